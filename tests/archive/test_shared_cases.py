"""Regression cases, which only some checkouts have beside them: each gives the expected title, date, blocks and text.

For each file, `cases.digests` has the facts that were compared by eye with its `.expect.txt`: title, day, author,
categories, tags, address, format, warnings, text, and kinds of blocks. Texts are stored as digests, so that nothing is
copied."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import read_body, scan
from reader.document.blocks import Heading, leaves
from reader.parse.parser import parse
from tests.conftest import SHARED

CASES = SHARED / "cases" / "text"
DIGESTS = Path(__file__).with_name("cases.digests")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10] if text else "-"


def facts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the name of each article in a file or folder, and the facts that are compared."""
    for found in scan(open_archives([path])):
        assert isinstance(found, Article), found
        document = parse(read_body(found)[0])
        levels = [f"{leaf.level}" if isinstance(leaf, Heading) else "" for leaf in document.leaves]
        kinds = ",".join(type(block).__name__ for block in document.blocks)
        text = "".join("".join(leaf.text.text for block in document.blocks for leaf in leaves(block)).split())
        day = f"{found.date:%Y-%m-%d}" if found.date else "-"
        lists = digest("|".join((*found.categories, "", *found.tags)).strip("|"))
        told = (digest(found.title), day, digest(found.author), lists, digest(found.url), found.format.name)
        yield (
            found.path.relative_to(CASES).as_posix(),
            " ".join((*told, str(len(found.warnings)), digest(text), kinds, "".join(levels) or "-")),
        )


def expected() -> dict[str, dict[str, str]]:
    """Return the expected facts of each case: a file, or a folder of articles that belong together."""
    cases: dict[str, dict[str, str]] = {}
    for line in DIGESTS.read_text(encoding="utf-8").splitlines():
        name, told = line.split("\t")
        cases.setdefault(name.partition("/")[0], {})[name] = told
    return cases


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared files are not beside this checkout")
@pytest.mark.parametrize("case", sorted(expected()))
def test_regression_case_is_correct(case: str) -> None:
    if not (CASES / case).exists():
        pytest.skip("this case is not beside this checkout")
    assert dict(facts(CASES / case)) == expected()[case]
