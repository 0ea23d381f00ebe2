"""Reading bodies: without the header, and with a warning if they are incomplete."""

from dataclasses import replace
from pathlib import Path

import pytest

from reader.archive import contents
from reader.archive.scan import read_body
from reader.document.body import BodyFormat
from reader.errors import ArchiveError
from tests.archive.test_scan import articles, write


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_body_excludes_the_header(tmp_path: Path, end: str, encoding: str) -> None:
    text = end.join(["", "---", "title: 港口", "author: 港口周报", "---", "", "<div>", "正文。", "</div>", ""])
    (tmp_path / "a.md").write_bytes(text.encode(encoding))
    (article,) = articles(tmp_path)
    assert article.title == "港口"
    body, found = read_body(article)
    assert body.text == "\n<div>\n正文。\n</div>\n"
    assert (body.format, body.title, body.first_line, found) == (BodyFormat.HTML, "港口", 6, ())


def test_a_body_without_a_header_is_the_file(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "第一行\n第二行")
    (article,) = articles(tmp_path)
    body, found = read_body(article)
    assert (body.text, body.first_line, body.format, found) == ("第一行\n第二行", 1, BodyFormat.TEXT, ())


def test_damaged_bytes_are_reported_once_with_their_line(tmp_path: Path) -> None:
    text = "\n---\ntitle: 港口\n---\n\n<div>港口扩建工程进入第三年\n全年吞吐量达到".encode()
    write(tmp_path / "a.md", text + b"\xff\n</div>")
    (article,) = articles(tmp_path)
    (warning,) = article.warnings
    assert warning.line == 7
    body, found = read_body(article)
    assert "达到�\n" in body.text
    assert found == ()


def test_damage_after_the_head_is_reported_when_the_body_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "<p>正文一段。</p>\n".encode() * 10_000 + b"\xff\n")
    (article,) = articles(tmp_path)
    assert article.warnings == ()
    (warning,) = read_body(article)[1]
    assert warning.line == 10_001


def test_saved_replacement_character_causes_no_warning(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "港口�扩建")
    (article,) = articles(tmp_path)
    assert (article.warnings, read_body(article)[1]) == ((), ())


def test_warnings_about_the_header_are_not_repeated(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "\n---\ntitle: @x\ndate: Invalid Date\n---\n正文")
    (article,) = articles(tmp_path)
    assert len(article.warnings) == 2
    assert read_body(article)[1] == ()


def test_too_large_file_is_read_partly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "_LONGEST", 1_000)
    write(tmp_path / "a.md", "正文" * 1_000)
    (article,) = articles(tmp_path)
    body, found = read_body(article)
    assert body.text == ("正文" * 1_000)[:333]
    assert len(found) == 1


def test_missing_or_binary_body_is_an_error(tmp_path: Path) -> None:
    file = write(tmp_path / "a.md")
    (article,) = articles(tmp_path)
    file.write_bytes(b"\0" * 10)
    with pytest.raises(ArchiveError, match=r"a\.md"):
        read_body(article)
    file.unlink()
    with pytest.raises(ArchiveError, match=r"a\.md") as caught:
        read_body(article)
    assert caught.value.hint
    file.mkdir()
    with pytest.raises(ArchiveError, match=r"a\.md"):
        read_body(replace(article, title="x"))
