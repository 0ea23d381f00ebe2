"""Folder traversal: each possible article once, with its file status, and without opening any file."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.archive.archive import Archive, open_archives
from reader.archive.article import FileWarning
from reader.archive.skipped_files import skipped_message
from reader.archive.walk import TEMPLATES, FoundFile, SkippedFiles, may_be_article, stat_file, walk

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def write(path: Path, text: str = "正文") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def walked(folder: Path) -> list[str]:
    """The paths of the files found, relative to the folder."""
    found = walk(open_archives([folder])[0])
    return [os.path.relpath(one.path, folder) for one in found if isinstance(one, FoundFile)]


def warnings(folder: Path) -> list[FileWarning]:
    return [one for one in walk(open_archives([folder])[0]) if isinstance(one, FileWarning)]


@pytest.mark.parametrize(
    "name",
    [
        "a.md",
        "b.MARKDOWN",
        "c.html",
        "d.Htm",
        "e.txt",
        "f.mdx",
        "g.Rmd",
        "h.org",
        "i.xhtml",
        ".md",
        " .md",
        ".hidden.md",
        "字.md",
    ],
)
def test_names_that_may_be_articles(name: str) -> None:
    assert may_be_article(name)


@pytest.mark.parametrize("name", ["", "a", "md", "a.md.bak", "a.png", "._a.md", "a.docx", "a.md ", "txt"])
def test_names_that_are_not_articles(name: str) -> None:
    assert not may_be_article(name)


def test_file_status_is_that_of_the_system(tmp_path: Path) -> None:
    file = write(tmp_path / "a.md", "灯塔")
    os.utime(file, ns=(1, 1_616_388_274_123_456_700))
    (found,) = walk(open_archives([tmp_path])[0])
    assert found == FoundFile(str(file), 6, file.stat().st_mtime_ns, file.stat().st_ino) == stat_file(str(file))


def test_files_are_sorted_by_name_before_folders(tmp_path: Path) -> None:
    for name in ("b/2.md", "a/1.md", "c.md", "a/b/0.md", "b.md", "a/z.md", "B/1.md", "a b/1.md"):
        write(tmp_path / name)
    assert walked(tmp_path) == ["b.md", "c.md", "B/1.md", "a/1.md", "a/z.md", "a/b/0.md", "a b/1.md", "b/2.md"]


def test_hidden_folders_are_skipped(tmp_path: Path) -> None:
    for name in (".git/a.md", "x/.trash/b.md", "x/c.md"):
        write(tmp_path / name)
    assert walked(tmp_path) == ["x/c.md"]
    # Unless it is named explicitly.
    assert walked(tmp_path / ".git") == ["a.md"]


def test_a_folder_called_like_an_article_is_walked(tmp_path: Path) -> None:
    write(tmp_path / "folder.md" / "a.md")
    assert walked(tmp_path) == ["folder.md/a.md"]


def test_links_are_followed_after_all_real_folders(tmp_path: Path) -> None:
    write(tmp_path / "z" / "a.md")
    write(tmp_path / "elsewhere" / "b.md")
    (tmp_path / "a").symlink_to("z")
    (tmp_path / "z" / "up").symlink_to("..")
    (tmp_path / "z" / "out").symlink_to(tmp_path / "elsewhere")
    assert walked(tmp_path) == ["elsewhere/b.md", "z/a.md"]
    assert walked(tmp_path / "z") == ["a.md", "out/b.md"]
    assert warnings(tmp_path) == []


def test_two_links_to_one_file_are_two_articles(tmp_path: Path) -> None:
    write(tmp_path / "a.md")
    (tmp_path / "b.md").symlink_to("a.md")
    os.link(tmp_path / "a.md", tmp_path / "c.md")
    found = [one for one in walk(open_archives([tmp_path])[0]) if isinstance(one, FoundFile)]
    assert [Path(one.path).name for one in found] == ["a.md", "b.md", "c.md"]
    assert len({one.inode for one in found}) == 1


def test_broken_or_circular_link_has_no_size(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    (tmp_path / "self.md").symlink_to("self.md")
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "self.pdf").symlink_to("self.pdf")
    found = list(walk(open_archives([tmp_path])[0]))
    assert found == [FoundFile(str(tmp_path / name), -1, 0, 0) for name in ("gone.md", "self.md")]
    assert found == [stat_file(str(tmp_path / name)) for name in ("gone.md", "self.md")]


@pytest.mark.parametrize("path", ["nowhere.md", "a\0b.md", "x" * 5_000])
def test_inaccessible_file_has_no_size(path: str) -> None:
    assert stat_file(path) == FoundFile(path, -1, 0, 0)


def test_named_files_are_walked_as_given(tmp_path: Path) -> None:
    file = write(tmp_path / "a.unknown")
    gone = tmp_path / "gone.md"
    archive = Archive(tmp_path, "a", (file, gone))
    assert list(walk(archive)) == [stat_file(str(file)), FoundFile(str(gone), -1, 0, 0)]


def test_no_file_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.md")

    def refusing(*_: object) -> int:
        raise AssertionError

    monkeypatch.setattr(os, "open", refusing)
    monkeypatch.setattr("builtins.open", refusing)
    assert walked(tmp_path) == ["a.md"]


def test_unreadable_folder_causes_a_warning_and_others_are_walked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a/x.md", "b/y.md", "c.md"):
        write(tmp_path / name)
    scandir = os.scandir

    def refusing(path: str) -> "os._ScandirIterator[str]":
        if path.endswith("a"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert walked(tmp_path) == ["c.md", "b/y.md"]
    assert warnings(tmp_path) == [FileWarning(tmp_path / "a", "Cannot read the folder: Permission denied")]


@pytest.mark.skipif(AS_ROOT, reason="root may read everything")
def test_forbidden_folder_causes_a_warning(tmp_path: Path) -> None:
    write(tmp_path / "a" / "x.md")
    (tmp_path / "a").chmod(0)
    try:
        assert walked(tmp_path) == []
        assert [warning.path for warning in warnings(tmp_path)] == [tmp_path / "a"]
    finally:
        (tmp_path / "a").chmod(0o700)


def test_missing_archive_causes_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (archive,) = open_archives([tmp_path / "a"])
    (tmp_path / "a").rmdir()
    (warning,) = walk(archive)
    assert isinstance(warning, FileWarning)
    assert warning.path == tmp_path / "a"


def test_file_deleted_during_the_walk_is_omitted(tmp_path: Path) -> None:
    for name in ("a.md", "b/c.md"):
        write(tmp_path / name)
    found = walk(open_archives([tmp_path])[0])
    assert isinstance(first := next(found), FoundFile)
    assert first.size > 0
    (tmp_path / "b" / "c.md").unlink()
    assert list(found) == []


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="this system's names are always Unicode")
def test_name_that_is_not_utf_8_is_returned_byte_for_byte(tmp_path: Path) -> None:
    name = b"\xce\xc4.md"
    (tmp_path / os.fsdecode(name)).touch()
    (found,) = walk(open_archives([tmp_path])[0])
    assert isinstance(found, FoundFile)
    assert os.fsencode(found.path).endswith(b"/" + name)


NAMES = st.sampled_from(["a", "b", "B", "字", "a b", "z-1", ".h"])
FILES = st.lists(
    st.tuples(st.lists(NAMES, max_size=3), NAMES, st.sampled_from([".md", ".txt", ".png", ""])), max_size=12
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES)
def test_every_file_is_found_once(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[list[str], str, str]]
) -> None:
    root = tmp_path_factory.mktemp("archive")
    created = set()
    for folders, name, suffix in files:
        # A file cannot have the name of an existing folder, nor a folder that of a file.
        file = root.joinpath(*(f"{folder}d" for folder in folders), f"{name}{suffix}")
        write(file)
        if suffix in (".md", ".txt") and not any(folder.startswith(".") for folder in folders):
            created.add(str(file.relative_to(root)))
    found = walked(root)
    assert len(found) == len(set(found))
    assert set(found) == created
    assert found == list(in_order(root))


def in_order(folder: Path, inner: str = "") -> Iterator[str]:
    """The files of a folder without links, found by recursion."""
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    yield from (f"{inner}{entry.name}" for entry in entries if entry.is_file() and may_be_article(entry.name))
    for entry in entries:
        if entry.is_dir() and not entry.name.startswith("."):
            yield from in_order(entry, f"{inner}{entry.name}/")


def test_skipped_files_are_counted_by_kind(tmp_path: Path) -> None:
    for name in (
        "a.md",
        "b.pdf",
        "c.PDF",
        "d/e.docx",
        "d/LICENSE",
        "d/f.png",
        "g.css",
        ".hidden.pdf",
        "._h.pdf",
        ".i/j.pdf",
        "k~",
    ):
        write(tmp_path / name)
    *_found, told = walk(open_archives([tmp_path])[0])
    assert told == SkippedFiles({".pdf": 2, ".docx": 1, "-": 1})


def test_templates_and_libraries_are_counted_as_skipped(tmp_path: Path) -> None:
    for name in ("_layouts/post.html", "_includes/a/b.html", "node_modules/x/README.md", "node_modules/x/LICENSE"):
        write(tmp_path / name)
    write(tmp_path / "_posts" / "2021-03-04-a.md")
    *found, told = walk(open_archives([tmp_path])[0])
    assert [Path(one.path).name for one in found if isinstance(one, FoundFile)] == ["2021-03-04-a.md"]
    assert told == SkippedFiles({TEMPLATES: 3})
    assert len(list(walk(open_archives([tmp_path / "_layouts"])[0]))) == 1


def test_nothing_is_counted_without_skipped_files(tmp_path: Path) -> None:
    write(tmp_path / "a.md")
    assert all(isinstance(one, FoundFile) for one in walk(open_archives([tmp_path])[0]))


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ({}, ""),
        ({".org": 1}, "1 file skipped: 1 .org"),
        ({".docx": 3, ".pdf": 9}, "12 files skipped: 9 .pdf, 3 .docx"),
        ({".pdf": 2_000, "-": 1}, "2,001 files skipped: 2,000 .pdf, 1 without an extension"),
        (
            {f".{letter}": 1 for letter in "abcdefghij"},
            "10 files skipped: 1 .a, 1 .b, 1 .c, 1 .d, 1 .e, 1 .f, 1 .g, 1 .h, 2 others",
        ),
        ({"template": 3, ".pdf": 1}, "4 files skipped: 3 templates or libraries, 1 .pdf"),
        ({".a\x1b[31mb": 1}, "1 file skipped: 1 .a[31mb"),
    ],
)
def test_message_about_skipped_files(kinds: dict[str, int], sentence: str) -> None:
    assert skipped_message(kinds) == sentence


def test_older_versions_of_pages_of_logseq_are_not_articles(tmp_path: Path) -> None:
    for name in ("pages/灯.md", "logseq/bak/pages/灯/2022-09-19.md", "logseq/version-files/base/灯.md", "logseq/灯.md"):
        write(tmp_path / name)
    assert len(walked(tmp_path)) == 4
    write(tmp_path / "logseq" / "config.edn", "{}")
    assert walked(tmp_path) == [os.path.join("logseq", "灯.md"), os.path.join("pages", "灯.md")]  # noqa: PTH118
