"""The beginning of a long article: parsed alone, and its positions mapped to the whole article."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import scan
from reader.document.blocks import Inline, Paragraph, SpanKind
from reader.document.document import Document, Position
from reader.reading.article_beginning import open_beginning, same_place
from reader.reading.opened_article import open_article
from reader.settings.options import SourceBreaks

TEXT = "---\ntitle: 长\n---\n# 第一节\n\n见[灯塔][r]，**海**。\n\n" + "".join(
    f"## 第{number}节\n\n第{number}段说海，也说灯塔。\n\n" for number in range(20_000)
)


def article(folder: Path, text: str, name: str = "长.md") -> Article:
    (folder / name).write_text(text, encoding="utf-8")
    (found,) = (one for one in scan(open_archives([folder])) if isinstance(one, Article) and one.path.name == name)
    return found


def test_beginning_has_the_first_blocks_of_the_whole(tmp_path: Path) -> None:
    long = article(tmp_path, TEXT + "\n[r]: https://a.b\n")
    beginning = open_beginning(long, SourceBreaks.AUTO)
    assert beginning is not None
    whole = open_article(long).document
    count = len(beginning.document.blocks)
    assert 100 < count < len(whole.blocks)
    assert whole.blocks[:count] == beginning.document.blocks
    # A link whose target is defined at the end of the file.
    assert [span.value for span in beginning.document.leaves[1].text.spans if span.kind is SpanKind.LINK] == [
        "https://a.b"
    ]
    assert beginning.outline.sections[0].title == "第一节"


HTML_LINES = (
    "<p>第{0}段说海，也说灯塔。</p>\n",
    "第{0}段说海<br/>",
    "<li>第{0}段说海</li>",
    "<div>第{0}段说<b>灯塔</b></div>",
)


@pytest.mark.parametrize("piece", HTML_LINES)
def test_beginning_of_html_has_the_first_blocks_of_the_whole(tmp_path: Path, piece: str) -> None:
    text = "<div><h2>第一节</h2>" + "".join(piece.format(number) for number in range(20_000)) + "</div>"
    long = article(tmp_path, f"---\ntitle: 长\n---\n{text}")
    beginning = open_beginning(long, SourceBreaks.AUTO)
    assert beginning is not None
    whole = open_article(long).document
    first, all_of_it = ("\n".join(leaf.text.text for leaf in one.leaves) for one in (beginning.document, whole))
    assert 5_000 < len(first) < len(all_of_it) / 4
    assert all_of_it.startswith(first)


def test_a_saved_page_has_no_beginning(tmp_path: Path) -> None:
    text = "<!doctype html><title>长</title><nav>…</nav><article>" + "<p>说海，也说灯塔。</p>" * 20_000 + "</article>"
    assert open_beginning(article(tmp_path, text, "长.html"), SourceBreaks.AUTO) is None
    assert open_beginning(article(tmp_path, f"<p>{'一' * 500_000}</p>", "段.html"), SourceBreaks.AUTO) is None


def test_short_articles_and_other_formats_have_no_beginning(tmp_path: Path) -> None:
    assert open_beginning(article(tmp_path, "# 短\n\n文\n\n又"), SourceBreaks.AUTO) is None
    assert open_beginning(article(tmp_path, "说海，也说灯塔。\n\n" * 30_000, "长.txt"), SourceBreaks.AUTO) is None
    assert open_beginning(article(tmp_path, "一" * 500_000, "块.md"), SourceBreaks.AUTO) is None
    gone = article(tmp_path, TEXT, "去.md")
    gone.path.unlink()
    assert open_beginning(gone, SourceBreaks.AUTO) is None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("海灯", min_size=1, max_size=5), min_size=1, max_size=8), st.data())
def test_position_is_mapped_however_leaves_are_split(texts: list[str], data: st.DataObject) -> None:
    joined = "".join(texts)
    beginning = Document(tuple(Paragraph(Inline(text)) for text in texts))
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(joined) - 1)), max_size=5)))
    pieces = [joined[start:end] for start, end in zip([0, *cuts], [*cuts, len(joined)], strict=True)]
    whole = Document(tuple(Paragraph(Inline(piece)) for piece in pieces if piece))
    block = data.draw(st.integers(0, len(texts) - 1))
    place = Position(block, data.draw(st.integers(0, len(texts[block]) - 1)))
    before = len("".join(texts[:block])) + place.offset
    found = same_place(place, beginning, whole) or Position(0)
    assert sum(len(leaf.text.text) for leaf in whole.leaves[: found.block]) + found.offset == before
