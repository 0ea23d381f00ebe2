"""Articles in Org, read again by this program's own parser of Org."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given

from reader.archive.article import Article
from reader.document.annotation import Annotation
from reader.document.blocks import Inline, Paragraph, Span, SpanKind
from reader.document.body import Body, BodyFormat
from reader.document.document import Document, Position, Range
from reader.export.exporter import ExportOptions
from reader.export.org_exporter import OrgExporter
from reader.export.org_text import link, write_text
from reader.layout.head import Head
from reader.parse.markdown import parse_markdown
from reader.parse.parser import parse
from tests.layout.strategies import documents

MARKDOWN = """
# One

A **strong** and *slanted* word, `code_x`, [a link](https://example.org/a) and 灯**塔**新。

1. first
2. second
   - inner

- [x] done
- [ ] open

> quoted

```python
* not a heading
#+end_src
```

| a | b |
| --- | --- |
| 1 | 2\\|3 |

## Two

$$
x^2
$$

last[^1]

[^1]: a note
"""


def org(markdown: str, options: ExportOptions | None = None) -> str:
    document = Document(tuple(parse_markdown(markdown)))
    return b"".join(OrgExporter.of(options or ExportOptions()).render(Head("Title", ""), document)).decode()


def test_blocks_and_text_have_their_form_in_org() -> None:
    text = org(MARKDOWN)
    assert text.startswith("#+title: Title\n#+options: ^:{}\n\n* One\n\nA *strong* and /slanted/ word, ~code_x~, ")
    assert "[[https://example.org/a][a link]] and 灯\u200b*塔*\u200b新。\n" in text
    assert "1. first\n2. second\n\n   - inner\n" in text
    assert "- [X] done\n- [ ] open\n" in text
    assert "#+begin_quote\nquoted\n#+end_quote\n" in text
    assert "#+begin_src python\n,* not a heading\n,#+end_src\n#+end_src\n" in text
    assert "| a | b |\n|---+---|\n| 1 | 2\\vert{}3 |\n" in text
    assert "** Two\n\n\\[\nx^2\n\\]\n\nlast[fn:1]\n\n[fn:1] a note\n" in text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("* not a heading", "\u200b* not a heading"),
        ("#+title: no", "\u200b#+title: no"),
        ("1) no list\n- nor this", "\u200b1) no list\\\\\n\u200b- nor this"),
        ("2*3 and *stars* /x/", "2*3 and *\u200bstars* /\u200bx/"),
        ("[[no link]] [fn:1]", "[\u200b[no link]] [\u200bfn:1]"),
    ],
)
def test_literal_text_has_no_meaning(text: str, written: str) -> None:
    assert write_text(Inline(text)) == written


def test_metadata_links_and_notes() -> None:
    when = datetime(2021, 11, 10, tzinfo=UTC)
    article = Article("0" * 16, Path("a"), Path(), "T", when, "A", (), ("x y",), "https://e.org/", BodyFormat.HTML, 1)
    found = Annotation(Range(Position(0), Position(0, 3)), 1, "why")
    text = org("one [[Note#Heading|there]]", ExportOptions(article=article, annotations=(found,)))
    assert "#+author: A\n#+date: 2021-11-10\n#+source: https://e.org/\n#+filetags: :x_y:\n" in text
    assert "_one_" in text
    assert "why" in text
    assert "[[file:Note.org::*Heading][there]]" in text
    script = Inline("x", (Span(0, 1, SpanKind.LINK, "javascript:alert(1)"),))
    assert write_text(script) == "x"


@given(documents())
def test_all_text_is_written(document: Document) -> None:
    written = b"".join(OrgExporter().render(Head("", ""), document)).decode()
    letters = "".join(filter(str.isalnum, written))
    for leaf in document.leaves:
        if isinstance(leaf, Paragraph):
            assert "".join(filter(str.isalnum, leaf.text.text)) in letters or leaf.text.spans


def test_the_own_parser_reads_it_again() -> None:
    again = parse(Body(org(MARKDOWN), BodyFormat.ORG))
    texts = [leaf.text.text for leaf in again.leaves]
    assert "One" in texts
    assert any("A strong and slanted word, code_x, a link" in text for text in texts)
    assert "* not a heading\n#+end_src" in texts


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("other.md", "file:other.md"),
        ("../a%20b.md#x", "file:../a b.md::#x"),
        ("/top.md", "file:/top.md"),
        ("#here", "#here"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("//example.org/x", "//example.org/x"),
    ],
)
def test_relative_links_name_files(target: str, written: str) -> None:
    assert link(target, "text") == f"[[{written}][text]]"
