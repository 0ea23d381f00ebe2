"""Scanning folders: links, special files, invalid names, unreadable files, and very large files."""

import os
import socket
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

import pytest

from reader.archive import metadata
from reader.archive import scan as walking
from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import read_body
from tests.archive.test_scan import articles, names, warnings, write
from tests.articles import write_article
from tests.growth import cpu_seconds

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

# Contents of a folder


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_fifo_a_socket_and_a_device_are_warnings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.md")
    os.mkfifo(tmp_path / "b.md")
    os.mkfifo(tmp_path / "not an article")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("c.md")
    (tmp_path / "d.md").symlink_to("/dev/zero")
    assert names(articles(tmp_path)) == ["a.md"]
    assert [warning.path.name for warning in warnings(tmp_path)] == ["b.md", "c.md", "d.md"]
    assert len(warnings(tmp_path / "b.md")) == 1


def test_circular_links_are_followed_once(tmp_path: Path) -> None:
    write(tmp_path / "z" / "a.md")
    (tmp_path / "a").symlink_to("z")
    (tmp_path / "z" / "up").symlink_to("..")
    (tmp_path / "z" / "self.md").symlink_to("self.md")
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    (tmp_path / "gone").symlink_to("nowhere")
    (article,) = articles(tmp_path)
    # The folder itself precedes a link to it, regardless of their names.
    assert article.path == tmp_path / "z" / "a.md"
    assert sorted(warning.path.name for warning in warnings(tmp_path)) == ["gone.md", "self.md"]


def test_links_out_of_the_archive_are_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "deep" / "a.md")
    write(tmp_path / "b.md")
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "archive" / "c.md").symlink_to(tmp_path / "b.md")
    found = articles(tmp_path / "archive")
    assert [article.path.relative_to(tmp_path / "archive").as_posix() for article in found] == [
        "c.md",
        "link/deep/a.md",
    ]
    assert found[1].categories == ("link", "deep")
    told = [[warning.message for warning in article.warnings] for article in found]
    outside = tmp_path / "archive"
    assert told == [
        [f"Skipped: a link to {tmp_path / 'b.md'}, which is outside {outside}"],
        [f"Skipped: a link to {tmp_path / 'elsewhere' / 'deep' / 'a.md'}, which is outside {outside}"],
    ]


def test_links_inside_an_archive_and_to_it_cause_no_warning(tmp_path: Path) -> None:
    write(tmp_path / "archive" / "a.md")
    (tmp_path / "archive" / "b.md").symlink_to("a.md")
    (tmp_path / "by link").symlink_to("archive")
    assert [article.warnings for article in articles(tmp_path / "by link")] == [(), ()]


@pytest.mark.skipif(AS_ROOT, reason="root may read everything")
def test_unreadable_entries_cause_warnings(tmp_path: Path) -> None:
    write(tmp_path / "a.md").chmod(0)
    (tmp_path / "b").mkdir()
    (tmp_path / "b").chmod(0)
    write(tmp_path / "c.md")
    assert names(articles(tmp_path)) == ["c.md"]
    assert [warning.path.name for warning in warnings(tmp_path)] == ["a.md", "b"]


def test_unreadable_folder_causes_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may read everything, so let the system call fail.
    write(tmp_path / "a" / "x.md")
    write(tmp_path / "b" / "y.md")
    scandir = os.scandir

    def refusing(path: str) -> "os._ScandirIterator[str]":
        if path.endswith("a"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert names(articles(tmp_path)) == ["y.md"]
    (warning,) = warnings(tmp_path)
    assert warning.path == tmp_path / "a"
    assert "Permission denied" in warning.message


def test_unreadable_file_causes_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.md")

    def refusing(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refusing)
    (warning,) = warnings(tmp_path)
    assert warning.path == tmp_path / "a.md"
    assert "Permission denied" in warning.message


def test_unexpected_error_in_a_file_does_not_stop_the_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.md")
    write(tmp_path / "b.md")
    read_article_metadata = metadata.read_article_metadata

    def failing(path: Path, *rest: object) -> Article | None:
        if path.name == "a.md":
            raise RuntimeError("no\none")
        return read_article_metadata(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(walking, "read_article_metadata", failing)
    assert names(articles(tmp_path)) == ["b.md"]
    assert [warning.message for warning in warnings(tmp_path)] == ["Cannot be read: no one"]


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="this system's names are always Unicode")
def test_name_that_is_not_utf_8_is_read(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xb2\xe2\xca\xd4"
    os.mkdir(folder)  # noqa: PTH102 - a path of bytes
    file = Path(os.fsdecode(folder + b"/\xce\xc4.md"))
    file.write_bytes(b"")
    (article,) = articles(tmp_path)
    assert article.path == file
    assert article.id == blake2b(folder + b"/\xce\xc4.md", digest_size=8).hexdigest()
    assert (article.title, article.categories) == ("��", ("����",))
    assert read_body(article)[0].text == ""
    assert open_archives([Path(os.fsdecode(folder))])[0].name == "����"


def test_binary_file_causes_a_warning(tmp_path: Path) -> None:
    write(tmp_path / "a.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
    write(tmp_path / "b.md", b"")
    assert names(articles(tmp_path)) == ["b.md"]
    assert [warning.path.name for warning in warnings(tmp_path)] == ["a.md"]


@pytest.mark.skipif(os.mkdir not in os.supports_dir_fd, reason="this system makes no paths longer than it takes")
def test_deeply_nested_folders_are_scanned(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(2_500):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    write(tmp_path / "a.md")
    try:
        assert names(articles(tmp_path)) == ["a.md"]
        assert len(warnings(tmp_path)) == 1
    finally:
        # `shutil.rmtree` recurses as deep as the folders are nested, and fails.
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)


def test_a_large_file_is_scanned_by_its_beginning(tmp_path: Path) -> None:
    write_article(tmp_path / "a.md", "长", "<div>" + "<p>正文一段。</p>\n" * 500_000)
    (article,) = articles(tmp_path)
    assert article.size > 10_000_000
    assert cpu_seconds(lambda: articles(tmp_path)) < cpu_seconds(lambda: read_body(article))
    body, found = read_body(article)
    assert len(body.text) > 5_000_000
    assert found == ()


def test_pdf_file_has_a_warning_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <<>> endobj\n")
    (tmp_path / "paper.md").write_bytes(b"%PDF-1.7\n1 0 obj <<>> endobj\n")
    found = list(walking.scan(open_archives([tmp_path / "paper.pdf", tmp_path / "paper.md"])))
    assert ["PDF" in str(one) and "pdftotext" in str(one) for one in found] == [True, True]
