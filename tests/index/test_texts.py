"""Texts: the stored text of articles is the same on the fast path and with headings."""

import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.archive.article import FileWarning
from reader.archive.scan import body_at
from reader.document.body import Body, BodyFormat
from reader.document.find import find
from reader.errors import ArchiveError
from reader.index import texts
from reader.index.entries import IndexedText, PendingArticle
from reader.index.pinyin import pinyin_tokens
from reader.index.schema import read_warnings
from reader.index.texts import facets, plain_text, read_texts
from reader.index.tokens import LEAF_SEPARATOR, together, tokens
from reader.parse.parser import parse
from reader.workers.parsing import ParsedDocument, parse_document
from tests.articles import write_article

FIELDS = ("body", "singles", "title", "category", "author", "source", "tags", "path", "pinyin", "facets")


def wanted(file: Path, title: str, **others: Any) -> PendingArticle:
    made = PendingArticle(7, str(file), file.name, title, "财经\n港口周报", "甲", "港口周报", "海\n船")
    return made._replace(**others)


def read(file: Path, title: str, **others: Any) -> IndexedText:
    (text,) = read_texts([wanted(file, title, **others)])
    return text


def read_body(tmp_path: Path, title: str, body: str) -> IndexedText:
    return read(write_article(tmp_path / "a.md", title, body), title)


def said(text: IndexedText) -> list[str]:
    plain = zlib.decompress(text.plain).decode()
    return plain.split(LEAF_SEPARATOR) if plain else []


def field(text: IndexedText, name: str) -> str:
    found = text.fields[FIELDS.index(name)]
    return found if isinstance(found, str) else found.decode()


def test_a_text_has_all_its_fields(tmp_path: Path) -> None:
    body = "<p>灯塔照着 the sea</p><p><a href='https://a.b'>海</a></p>"
    text = read(write_article(tmp_path / "a.md", "灯塔", body), "灯塔", inner_path="x y/a.md")
    assert text.key == 7
    assert said(text) == ["灯塔照着 the sea", "海"]
    made = tokens("灯塔照着 the sea\0海")
    assert (field(text, "body"), set(field(text, "singles").split())) == (made.text, set("灯塔照着海"))
    assert field(text, "title") == together(f"灯塔{LEAF_SEPARATOR}a")
    assert field(text, "category").split() == together("财经\0港口周报").split()
    assert field(text, "tags").split() == together("海\0船").split()
    assert field(text, "path").split() == [*together("x y").split(), "·", *together("a.md").split()]
    assert set(pinyin_tokens("灯塔").split()) <= set(field(text, "pinyin").split())
    assert field(text, "facets") == "article link"
    assert text.length == 5 + 2
    assert text.warnings is None


@pytest.mark.parametrize(
    ("body", "holds"),
    [
        ("<p>x</p>", ""),
        ("<p><img src=https://a.b/c.png alt=灯></p>", "image"),
        ("<p>x<img src=a.png>y</p>", "image"),
        ("<pre><code>x</code></pre>", "code"),
        ("<p>a <code>x</code></p>", ""),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "table"),
        ("<blockquote><ul><li><table><tr><td>a<td>b</table></ul></blockquote>", "table"),
        ("<table><tr><td><pre>a</pre><td><a href=//a.b>b</a></table>", "code link table"),
        ("<p>x<sup><a href='#fn1'>1</a></sup></p>", ""),
    ],
)
def test_article_has_its_kinds_of_content(tmp_path: Path, body: str, holds: str) -> None:
    assert facets(parse(Body(body, BodyFormat.HTML, "t"))) == set(holds.split())
    assert field(read_body(tmp_path, "t", body), "facets").split() == ["article", *holds.split()]


@pytest.mark.parametrize(
    ("title", "body", "leaves"),
    [
        ("灯塔", "<h1>灯塔</h1><p>海</p>", ["海"]),
        ("灯塔", "<h1>「灯塔」</h1><p>海</p>", ["海"]),
        ("灯塔", "<p>灯塔</p><p>海</p>", ["海"]),
        ("灯塔", "<p>海</p><p>灯</p>", ["海", "灯"]),
        ("灯塔", "<p>灯塔</p>", ["灯塔"]),
        ("Über Häfen", "<h2>ÜBER HÄFEN</h2><p>x</p>", ["x"]),
    ],
)
def test_repeated_title_is_not_part_of_the_text(tmp_path: Path, title: str, body: str, leaves: list[str]) -> None:
    expected = plain_text(parse(Body(body, BodyFormat.HTML, title)))
    text = read_body(tmp_path, title, body)
    assert said(text) == expected.split(LEAF_SEPARATOR) == leaves


def test_heading_equal_to_the_title_without_the_site_is_not_part_of_the_text(tmp_path: Path) -> None:
    body = "<h1>港口的一天</h1><p>海</p>"
    expected = plain_text(parse(Body(body, BodyFormat.HTML, "港口的一天 | 港口周报")))
    assert expected == "海"
    assert said(read_body(tmp_path, "港口的一天 | 港口周报", body)) == ["海"]


# Both paths


PIECES = st.sampled_from(
    [
        "灯塔",
        "照着",
        "港口周报",
        "a lamp",
        "，",
        "<b>",
        "</b>",
        "<br>",
        "<p>",
        "</p>",
        "<h2>",
        "</h2>",
        "<li>",
        "\n",
        " ",
        "&amp;",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=10).map("".join))
def test_text_without_heading_detection_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    def with_headings(path: Path, found: Body, warnings: tuple[FileWarning, ...], *, headings: bool) -> ParsedDocument:
        assert not headings
        return parse_document(path, found, warnings)

    quick = read_body(tmp_path, "灯塔", body)
    with monkeypatch.context() as patch:
        patch.setattr(texts, "parse_document", with_headings)
        slow = read_body(tmp_path, "灯塔", body)
    # Line ends may separate leaves.
    assert words(quick) == words(slow)
    assert (quick.length, quick.title_gist, quick.warnings) == (slow.length, slow.title_gist, slow.warnings)
    assert quick.fields[2:] == slow.fields[2:]
    assert (quick.gist == 0) == (slow.gist == 0)


def test_articles_read_together_stay_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_TOGETHER", 3)
    files = [write_article(tmp_path / f"{number}.md", "灯塔", f"<p>第{number}夜</p>") for number in range(8)]
    files[4].unlink()
    found = read_texts([wanted(file, "灯塔") for file in files])
    assert [said(text) for text in found] == [[f"第{number}夜"] if number != 4 else [] for number in range(8)]
    assert [number for number, text in enumerate(found) if text.warnings] == [4]


def words(text: IndexedText) -> list[str]:
    return [token for token in field(text, "body").split() if token[:1] not in "·¶" and token[-1:] not in "·¶"]


def test_full_text_search_and_find_use_the_same_text(tmp_path: Path) -> None:
    file = write_article(tmp_path / "a.md", "灯塔", "<h1>灯塔</h1><p>灯<b>塔</b></p><ul><li>海<ul><li>船</ul></ul>")
    parsed = parse_document(file, *body_at(file, "灯塔"))
    leaves = plain_text(parsed.document).split(LEAF_SEPARATOR)
    assert leaves == ["灯塔", "海", "船"]
    assert parsed.warnings == ()
    assert len(find(parsed.document, "灯塔")) == 1


# Unreadable articles


def test_deleted_file_keeps_its_metadata(tmp_path: Path) -> None:
    file = tmp_path / "gone.md"
    text = read(file, "灯塔")
    assert (said(text), text.length, text.gist) == ([], 0, 0)
    assert field(text, "title") == together(f"灯塔{LEAF_SEPARATOR}gone")
    assert field(text, "facets") == "article"
    (warning,) = read_warnings(file, text.warnings)
    assert str(file) in warning.message


def test_file_that_became_binary_keeps_its_metadata_and_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
    (tmp_path / "b.md").write_text("<p>海</p>", encoding="utf-8")
    one, other = read_texts([wanted(tmp_path / name, "灯塔") for name in ("a.md", "b.md")])
    assert (said(one), said(other)) == ([], ["海"])
    assert one.warnings
    with pytest.raises(ArchiveError):
        body_at(tmp_path / "a.md", "灯塔")


# Amount of text


@pytest.mark.parametrize(
    ("title", "body", "says"),
    [
        ("灯塔照着黑夜里的海", "", False),
        ("灯塔照着黑夜里的海", "<p>灯塔照着黑夜里的海</p>", False),
        ("灯塔照着黑夜里的海", "<p>灯塔照着黑夜里的海。</p>", False),
        ("【灯塔照着】黑夜里的海...", "<p>灯塔照着黑夜里的海</p>", False),
        ("灯塔照着黑夜里的海", "<p>灯塔照着</p>", False),
        ("灯塔照着黑夜里的海", "<p>照着</p>", False),
        ("灯塔照着黑夜里的海", "<img src=a.png>", False),
        ("灯塔照着黑夜里的海", "<p>海</p><p>灯塔</p>", True),
        ("灯塔照着黑夜里的海", "<p>灯塔照着黑夜里的海，看守人不睡</p>", True),
        ("灯塔照着黑夜里的海", "<p>看守人不睡</p>", True),
        ("x", f"<p>{'灯塔' * 100}</p>", True),
    ],
)
def test_text_without_more_than_its_title_has_no_gist(tmp_path: Path, title: str, body: str, *, says: bool) -> None:
    assert bool(read_body(tmp_path, title, body).gist) is says


def test_gist_depends_on_the_text_and_title_gist_on_the_letters_of_the_title(tmp_path: Path) -> None:
    one = read_body(tmp_path, "灯塔", "<p>看守人不睡</p>")
    other = read_body(tmp_path, "「灯塔」！", "<div><b>看守人</b>不睡</div>")
    third = read_body(tmp_path, "灯", "<p>看守人不睡了</p>")
    assert (one.gist, one.title_gist) == (other.gist, other.title_gist)
    assert third.gist != one.gist
    assert third.title_gist != one.title_gist
    assert all(-(2**63) <= number < 2**63 for number in (one.gist, one.title_gist))
