"""Links that no program can follow end in a destination, never in an exception."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.body import Body, BodyFormat
from reader.document.embedded_data import length_without_data
from reader.document.web_addresses import folded_address, join_address, shown_address, split_address
from reader.linking import archive_files, resolver
from reader.linking.archive_files import ArchiveFiles
from reader.linking.link_targets import Target, TargetKind, parse_target
from reader.parse.document_links import document_links
from reader.parse.parser import parse
from tests.linking.archives import linked

BROKEN = ("http://[x/", "http://e\u2100.org/", "http://a]b/", "http://[::1/", "https://[v1.]/", "http://x:99999999/")
"""Addresses that `urllib.parse` refuses, or the port of which it refuses."""


@pytest.mark.parametrize("target", ["obsidian://[?file=a", "obsidian://e\u2100?file=a", "obsidian://]/?file=a"])
def test_a_note_of_a_broken_host_is_not_followed(target: str) -> None:
    assert parse_target(target).kind is TargetKind.UNSAFE


@pytest.mark.parametrize("address", BROKEN)
def test_links_of_a_page_with_a_broken_address_lead_nowhere(tmp_path: Path, address: str) -> None:
    page = (
        f'<link rel=canonical href="{address}"><meta property="og:url" content="{address}"><title>页</title><p>文</p>'
    )
    with linked(tmp_path, {"page.html": page, "b.md": ""}) as archive:
        assert archive.follow("page.html", "b.md") == "article b.md"
        assert archive.follow("page.html", "nowhere").startswith(("missing ", "web "))
        assert archive.follow("page.html", address).startswith("web ")


_PARTS = st.sampled_from(
    ["http:", "https:", "obsidian:", "file:", "//", "[", "]", "/", "?file=", "#", ":", "@", "%", "\u2100"]
)


@given(
    st.lists(_PARTS | st.text(max_size=3), max_size=12).map("".join), st.sampled_from(("", *BROKEN, "https://a.org/b"))
)
def test_any_target_has_parts(target: str, base: str) -> None:
    parse_target(target)
    folded_address(target)
    shown_address(target)
    split_address(target)
    joined = join_address(base, target)
    assert joined is None or isinstance(folded_address(joined), str)


def test_a_link_that_cannot_be_resolved_does_not_affect_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse(written: str) -> Target:
        if written == "broken":
            raise RecursionError
        return parse_target(written)

    with linked(tmp_path, {"a.md": "", "b.md": ""}) as archive:
        monkeypatch.setattr(resolver, "parse_target", parse)
        found = archive.links.destinations(archive.article("a.md"), ["broken", "b.md"])
    assert [str(one.kind) for one in found] == ["missing", "article"]


DEPTH = 1_500
"""More folders than `os.walk` and `shutil.rmtree` of Python 3.11 can enter."""


@pytest.fixture
def deep_file(tmp_path: Path) -> Iterator[Path]:
    """A file in nested folders, which are removed afterwards, since pytest cannot remove them."""
    folders = [tmp_path.joinpath(*["d"] * depth) for depth in range(1, DEPTH + 1)]
    for folder in folders:
        folder.mkdir()
    path = folders[-1] / "deep.pdf"
    path.touch()
    yield path
    path.unlink()
    for folder in reversed(folders):
        folder.rmdir()


def test_files_in_folders_nested_deeper_than_the_stack_are_found(tmp_path: Path, deep_file: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "near.pdf").touch()
    files = ArchiveFiles(tmp_path)
    assert files.named("near.pdf", "") == tmp_path / "a" / "near.pdf"
    assert files.named("deep.pdf", "") == deep_file
    assert files.named("none.pdf", "") is None


def test_the_number_of_files_whose_names_are_collected_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        (tmp_path / f"d{number}" / "e").mkdir(parents=True)
        (tmp_path / f"d{number}" / "e" / f"{number}.pdf").touch()
    assert ArchiveFiles(tmp_path).named("8.pdf", "") is not None
    monkeypatch.setattr(archive_files, "_MOST_FILES", 5)
    assert ArchiveFiles(tmp_path).named("8.pdf", "") is None


def test_names_are_not_collected_through_links_to_folders(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.pdf").touch()
    root = tmp_path / "archive"
    (root / "in").mkdir(parents=True)
    (root / "in" / "out").symlink_to(outside)
    (root / "in" / "loop").symlink_to(root)
    assert ArchiveFiles(root).named("secret.pdf", "") is None


@pytest.mark.parametrize(
    "long",
    [
        "[long](https://example.org/{x})",
        "https://example.org/{x}",
        "<https://example.org/{x}>",
        "[[{x}]]",
        "[long][ref]\n\n[ref]: https://example.org/{x}",
    ],
)
def test_an_endless_address_does_not_hide_the_other_links_of_its_paragraph(long: str) -> None:
    written = f"[a](a.md) and [[b]] and https://example.org/c and {long.format(x='x' * 10_000_000)}"
    found = document_links(parse(Body(written, BodyFormat.MARKDOWN)))
    assert [link.target for link in found if len(link.target) < 100] == ["a.md", "wiki:b", "https://example.org/c"]


def test_a_long_text_without_an_endless_address_is_plain() -> None:
    written = "**lamp** " * 1_200_000
    assert length_without_data(written) == len(written)
    assert length_without_data("x" * 99_999 + " ") == 100_000
    assert length_without_data("x" * 200_000 + " ](") == 3
    # Chinese has as few blanks as an address.
    assert length_without_data("汉" * 60_000 + "，" + "字" * 60_000) == 120_001
