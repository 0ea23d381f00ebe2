"""Where the pictures of an article are, and that nothing outside the archive is read."""

from base64 import b64encode
from pathlib import Path
from zipfile import ZipFile

import pytest

from reader.archive.article import Article
from reader.document.body import BodyFormat
from reader.document.embedded_data import embedded_name
from reader.errors import ArchiveError
from reader.lean_dataclasses import replace
from reader.linking.picture_files import PictureFile, picture_file, read_picture
from tests.archive.epub_files import write_book, xhtml

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x08"
PNG += b"\x00\x00\x00\x04\x08\x02\x00\x00\x00<\xaf\xe9\xa7\x00\x00\x00\x00IDAT"


def article(root: Path, place: str = "notes/post.md") -> Article:
    return Article("0" * 16, root / place, root, "T", None, "", (), (), "", BodyFormat.MARKDOWN, 1)


def put(path: Path, data: bytes = PNG) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("notes/a.png", "a.png"),
        ("notes/a.png", "./a.png?width=3#x"),
        ("img/a b.png", "../img/a%20b.png"),
        ("notes/post_files/1.png", "post_files/1.png"),
        ("notes/post/a.png", "a.png"),  # Hexo's folder of the post
        ("attachments/deep/图 1.png", "图 1.png"),  # an embed of Obsidian
        ("img/a.png", "/img/a.png"),
        ("static/img/a.png", "/img/a.png"),
    ],
)
def test_pictures_are_found_where_programs_put_them(tmp_path: Path, place: str, source: str) -> None:
    path = put(tmp_path / place)
    found = picture_file(article(tmp_path), source)
    assert found == PictureFile(path.resolve())
    assert read_picture(found, 100)[0] == PNG


def test_pictures_of_joplin_are_named_by_ids(tmp_path: Path) -> None:
    one = "aaaabbbbccccddddeeeeffff00001111"
    path = put(tmp_path / f"notes/resources/{one}.png")
    for place in ("notes/post.md", "notes/book/post.md"):
        assert picture_file(article(tmp_path, place), f":/{one}") == PictureFile(path)
    missing = picture_file(article(tmp_path), f":/{'f' * 32}")
    assert missing is not None
    assert not missing.path.exists()


def test_a_path_may_be_relative_to_a_vault_in_the_archive(tmp_path: Path) -> None:
    path = put(tmp_path / "vault/attachments/a.png")
    put(tmp_path / "vault/notes/deep/post.md", b"")
    assert picture_file(article(tmp_path, "vault/notes/deep/post.md"), "attachments/a.png") == PictureFile(path)


@pytest.mark.parametrize(
    "source",
    [
        *("", "#top", "https://example.com/a.png", "//example.com/a.png", "data:image/png;base64,AAAA"),
        *("../../outside.png", "/../outside.png", "..%2f..%2foutside.png", "file:///etc/hostname"),
        *("link.png", "folder/outside.png", "a\0.png"),
    ],
)
def test_nothing_is_read_outside_the_archive(tmp_path: Path, source: str) -> None:
    put(tmp_path / "outside.png")
    root = tmp_path / "archive"
    (root / "notes").mkdir(parents=True)
    (root / "notes" / "link.png").symlink_to(tmp_path / "outside.png")
    (root / "notes" / "folder").symlink_to(tmp_path)
    assert picture_file(article(root), source) is None


def test_pictures_of_books_and_zip_files_are_their_members(tmp_path: Path) -> None:
    for name in ("book.epub", "notes.zip"):
        with ZipFile(tmp_path / name, "w") as file:
            file.writestr("text/one.md", "text")
            file.writestr("images/a.png", PNG)
    book = picture_file(article(tmp_path, "book.epub"), "images/a.png")
    member = picture_file(article(tmp_path, "notes.zip/text/one.md"), "../images/a.png")
    assert book == PictureFile(tmp_path / "book.epub", "images/a.png")
    assert member == PictureFile(tmp_path / "notes.zip", "images/a.png")
    assert read_picture(book, 100)[0] == read_picture(member, 100)[0] == PNG
    assert read_picture(book, 10) == read_picture(member, 10) == (PNG[:10], len(PNG))
    assert picture_file(article(tmp_path, "notes.zip/text/one.md"), "../../../x.png") is None


def test_pictures_embedded_in_an_article_are_read_from_its_file(tmp_path: Path) -> None:
    data = PNG + bytes(range(256)) * 2
    whole = f"data:image/png;base64,{b64encode(data).decode('ascii')}"
    page = article(tmp_path, "page.html")
    put(page.path, f"<p>text</p><img src='{whole}'>".encode())
    found = picture_file(page, embedded_name(whole))
    assert found is not None
    assert found.suffix == ".png"
    assert read_picture(found, 2**20) == (data, len(data))
    assert read_picture(found, 20) == (data[:20], len(data))
    page.path.write_text("<p>another text</p>", encoding="utf-8")
    with pytest.raises(ArchiveError):
        read_picture(found, 2**20)


def test_pictures_embedded_in_chapters_of_a_book_are_read_from_them(tmp_path: Path) -> None:
    data = PNG + bytes(range(256)) * 2
    whole = f"data:image/png;base64,{b64encode(data).decode('ascii')}"
    book = article(tmp_path, "book.epub")
    chapter = xhtml(f"<h1>One</h1><p><img src='{whole}' alt=''/></p>")
    write_book(book.path, {"one.xhtml": chapter})
    found = picture_file(book, embedded_name(whole))
    assert found is not None
    assert read_picture(found, 2**20) == (data, len(data))
    assert read_picture(found, 20) == (data[:20], len(data))
    with pytest.raises(ArchiveError):
        read_picture(replace(found, part="data:image/0123456789abcdef.png"), 20)


SAVED = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="b"

--b
Content-Type: text/html
Content-Location: https://example.com/

<p>text</p>
--b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://example.com/a.png
Content-ID: <one@example.com>

{data}
--b--
"""


def test_pictures_of_saved_pages_are_their_parts(tmp_path: Path) -> None:
    page = replace(article(tmp_path, "page.mhtml"), url="https://example.com/text/1.html")
    put(page.path, SAVED.format(data=b64encode(PNG).decode()).encode())
    for source in ("https://example.com/a.png", "cid:one@example.com", "/a.png", "../a.png"):
        found = picture_file(page, source)
        assert found is not None
        assert read_picture(found, 100)[0] == PNG
    assert picture_file(page, "https://example.com/b.png") is None
