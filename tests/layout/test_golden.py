"""The laid-out sample documents, stored in `golden/` so that changes are visible in a diff.

After an intended change, run `READER_GOLDEN=write pytest tests/layout/test_golden.py`, and proofread the diff before
committing it."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from reader.layout.head import set_head
from reader.layout.layout import Layout
from reader.settings.options import Fill, RubyStyle, Typesetting
from tests.layout.samples import SAMPLES

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = (24, 40, 80)
PLAIN = Typesetting()
BOOK = replace(
    PLAIN,
    fill=Fill.HANG,
    justify=True,
    cjk_latin_space=True,
    first_line_indent=2,
    paragraph_spacing=0,
    ruby=RubyStyle.ABOVE,
    ascii_borders=True,
)
"""The typesetting of books: hanging punctuation, justification, indents, no space between paragraphs."""

PAGES = [(sample, width, "plain", PLAIN) for sample in SAMPLES for width in WIDTHS]
PAGES += [(sample, 40, "book", BOOK) for sample in SAMPLES]


def page(sample: str, width: int, typesetting: Typesetting) -> str:
    head, document = SAMPLES[sample]
    lines = [*set_head(head, width, typesetting), *Layout(document, width, typesetting).lines(0, 10**9)]
    return "".join(f"{line.text}\n" for line in lines)


@pytest.mark.parametrize(("sample", "width", "name", "typesetting"), PAGES)
def test_page_equals_the_proofread_one(sample: str, width: int, name: str, typesetting: Typesetting) -> None:
    file = GOLDEN / f"{sample}-{width}-{name}.txt"
    found = page(sample, width, typesetting)
    if os.environ.get("READER_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


def test_every_stored_page_is_compared() -> None:
    kept = {file.name for file in GOLDEN.glob("*.txt")}
    assert kept == {f"{sample}-{width}-{name}.txt" for sample, width, name, _ in PAGES}
