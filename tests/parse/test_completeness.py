"""No word is lost or invented: a document has the text that another parser finds in the same body."""

import re
from html import escape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Comment

from reader.document.blocks import Leaf, Paragraph, SpanKind, is_kind_title
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.document.sanitizing import clean
from reader.parse.parser import parse
from tests.conftest import real_files

FILES = real_files()
HIGHLIGHTING = r"span|b|i|em|strong|br|a|u|mark|font|code"
CODE = re.compile(r"(<(?:pre|code)\b[^<>]*>)(.*?)(</(?:pre|code)>)", re.DOTALL)

# The kinds of markup in a body.
LEFT_OUT_ELEMENTS = ("style", "script", "noscript", "rp")
LEFT_OUT_TEXTS = {".copy-code-btn": "复制代码"}


def body_of(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return re.split(r"^---[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)[2]


def without_blanks(text: str) -> str:
    return re.sub(r"\s+", "", clean(text))


def expected(source: str) -> str:
    """The characters that BeautifulSoup finds in a body; in code, tags without formatting count as text."""

    def code(found: re.Match[str]) -> str:
        return found[1] + re.sub(rf"<(?!/?(?:{HIGHLIGHTING})\b[^<>]*>)", "&lt;", found[2]) + found[3]

    soup = BeautifulSoup(CODE.sub(code, source), "html.parser")
    for element in soup.find_all(LEFT_OUT_ELEMENTS):
        element.decompose()
    for selector, text in LEFT_OUT_TEXTS.items():
        for element in soup.select(selector):
            assert element.get_text() == text
            element.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for image in soup.find_all("img"):
        image.replace_with(str(image.get("alt") or ""))
    for embed in soup.find_all(["video", "audio", "iframe", "object"]):
        embed.insert_before(str(embed.get("title") or ""))
    # `get_text` skips ruby readings.
    return without_blanks("".join(soup.find_all(string=True)))


def said(document: Document) -> str:
    """All characters of a document that are in its source, ruby readings after their base.

    The source lacks the title of details without a summary, for which browsers have a word of their own, too.
    """
    own = (leaf for leaf in document.leaves if not (isinstance(leaf, Paragraph) and is_kind_title(leaf)))
    return without_blanks("".join(map(with_readings, own)))


def with_readings(leaf: Leaf) -> str:
    pieces, end = [], 0
    text = leaf.text.text
    for span in leaf.text.spans:
        if span.kind is SpanKind.RUBY:
            pieces += [text[end : span.end], span.value]
            end = span.end
    return "".join([*pieces, text[end:]])


@pytest.mark.skipif(not FILES, reason="the shared files are not beside this checkout")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.encode("ascii", "ignore").decode()[:40])
def test_every_character_of_a_real_article_is_kept_once_and_in_order(path: Path) -> None:
    source = body_of(path)
    assert said(parse(Body(source, BodyFormat.HTML))) == expected(source)


@pytest.mark.skipif(not FILES, reason="the shared files are not beside this checkout")
@pytest.mark.parametrize("form", [BodyFormat.MARKDOWN, BodyFormat.TEXT])
def test_seed_has_the_same_text_in_every_format(seed_file: Path, form: BodyFormat) -> None:
    soup = BeautifulSoup(body_of(seed_file), "html.parser")
    paragraphs = [part.get_text() for part in soup.find_all("p")]
    text = "\n\n".join(paragraphs)
    assert said(parse(Body(text, form))) == without_blanks("".join(paragraphs))


PIECES = [
    "<p>甲<b>乙</b>丙</p>", "<ul><li>子<li>丑<ul><li>寅</ul></ul>", "<ol start=3><li><p>卯</p><p>辰</p></ol>",
    "<table><caption>巳</caption><tr><th>午<td>未<tr><td colspan=2>申</table>", "<dl><dt>酉<dd>戌</dl>",
    "<blockquote>天<p>地</p></blockquote>", "<details><summary>玄</summary>黄</details>",
    "<figure><img alt='宇'><figcaption>宙</figcaption></figure>", "<pre>洪\n  荒</pre>", "<h2>日<small>月</small></h2>",
    "盈<br>昃", "<div>辰<div>宿</div>列</div>", "<a href='/x'>张</a>", "<iframe src=x title=寒></iframe>",
]  # fmt: skip


@pytest.mark.parametrize("outer", range(len(PIECES)))
@pytest.mark.parametrize("inner", range(len(PIECES)))
def test_adjacent_pieces_lose_nothing(outer: int, inner: int) -> None:
    source = PIECES[outer] + PIECES[inner]
    assert said(parse(Body(source, BodyFormat.HTML))) == expected(source)


@pytest.mark.parametrize(
    "around", ["<div>{}</div>", "<blockquote>{}", "<ul><li>{}</ul>", "<table><td>{}</table>", "<b>{}</b>"]
)
@pytest.mark.parametrize("piece", PIECES)
def test_nested_pieces_lose_nothing(around: str, piece: str) -> None:
    source = around.format(piece) + "来"
    assert said(parse(Body(source, BodyFormat.HTML))) == expected(source)


def test_text_with_every_markup_character_survives_escaping() -> None:
    text = "a < b && c > d; \"e\" 'f' &lt; &copy; <!-- g --> <![CDATA[h]]> </i> <int> \\j `k` *l* _m_ # n | o ~~p~~ $q$"
    assert said(parse(Body(f"<p>{escape(text)}", BodyFormat.HTML))) == without_blanks(text)
    assert said(parse(Body(text, BodyFormat.TEXT))) == without_blanks(text)
