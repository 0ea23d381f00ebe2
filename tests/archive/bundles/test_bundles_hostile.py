"""Hostile bundles: a message for each, in time and memory that grow with the file."""

import gzip
import json
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.archive import open_archives
from reader.archive.bundles import zip_bundle
from reader.archive.bundles.bundle import open_bundle
from reader.archive.bundles.evernote import note_article
from reader.archive.bundles.feed_entries import feed_article
from reader.archive.scan import scan
from tests.archive.bundles.making import (
    ENEX,
    NOTE,
    RSS,
    crawl,
    found,
    rss_item,
    told,
    wallabag,
    write_json,
    write_mbox,
    write_rss,
    write_zip,
)
from tests.growth import assert_linear


def test_paths_that_lead_out_of_a_zip(tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "a.zip", {"../up.md": "1", "x/../../up.md": "2", "C:/x.md": "3", "/root.md": "4", "a/./b.md": "5"}
    )
    assert sorted(str(one.path.relative_to(path)) for one in found(path)) == ["a/b.md", "root.md"]
    assert len(told(path)) == 3
    assert all("leads out" in one for one in told(path))


def test_metadata_beyond_a_limit_is_not_decompressed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    item = {"slug": "a", "title": "灯塔", "url": "https://e.org/1", "savedAt": "2024-01-02T03:04:05Z"}
    members = {f"metadata_{n}_to_{n + 1}.json": json.dumps([{**item, "slug": str(n)}]) for n in range(9)}
    path = write_zip(tmp_path / "o.zip", {**members, "content/0.html": "<p>甲</p>", "content/8.html": "<p>乙</p>"})
    monkeypatch.setattr(zip_bundle, "_LARGEST_METADATA", 3 * len(members["metadata_0_to_1.json"].encode()))
    assert sorted(one.title for one in found(path)) == ["乙", "灯塔"]
    (message,) = told(path)
    assert "larger than" in message


def test_nested_encrypted_and_unknown_members_are_told(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"inner.zip": b"PK", "secret.md": "1", "plain.md": "2"})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(b"secret.md", data.index(mark, data.index(mark) + 1)) - (30 if offset == 6 else 46)
        data[place + offset] |= 1
    path.write_bytes(data)
    assert [one.path.name for one in found(path)] == ["plain.md"]
    assert sorted(told(path)) == [
        "/inner.zip: Skipped: a ZIP file in a ZIP file is not read",
        "/secret.md: Skipped: it is encrypted with a password",
    ]


def test_a_bomb_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        file.writestr("bomb.md", b"a" * (20 * 2**20))
        file.writestr("good.md", "text")
    assert [one.path.name for one in found(path)] == ["good.md"]
    assert "as in an attack" in told(path)[0]


def test_many_members_of_a_suspicious_size_together_are_an_attack(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {f"{number}.md": b"a" * 2**20 for number in range(200)})
    # Each member is below the size from which its ratio counts; members that overlap look the same.
    assert "as in an attack" in told(path)[0]


def test_a_damaged_zip_is_told(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.md": "1"})
    path.write_bytes(path.read_bytes()[:-30])
    assert len(told(path)) == 1
    assert found(path) == []


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
    (tmp_path / "a.xml").write_text(bomb + RSS % rss_item(1), "utf-8")
    (tmp_path / "b.xml").write_text(
        RSS % "<item><guid>1</guid><title>t</title><description>&b; &x;</description></item>", "utf-8"
    )
    assert [one.title for one in found(tmp_path)] == ["t"]


def test_deep_and_broken_json(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"is_archived": 1, "is_starred": 1, "url": ' + "[" * 100_000, "utf-8")
    cut = json.dumps(wallabag(1, 2))[:-30]
    (tmp_path / "b.json").write_text(cut, "utf-8")
    assert [one.path.name for one in found(tmp_path)] == ["1.html"]


def test_a_message_of_10000_parts(tmp_path: Path) -> None:
    part = "--x\nContent-Type: text/plain\n\na\n"
    head = "From a Thu Jan  1 00:00:00 2020\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n"
    (tmp_path / "a.mbox").write_text(head + part * 10_000 + "--x--\n", "utf-8")
    assert [one.title for one in found(tmp_path)] == ["s"]


def test_nested_messages(tmp_path: Path) -> None:
    inner = "".join(f'Content-Type: multipart/mixed; boundary="{level}"\n\n--{level}\n' for level in range(500))
    (tmp_path / "a.mbox").write_text(f"From a Thu Jan  1 00:00:00 2020\nSubject: s\n{inner}\ntext", "utf-8")
    assert len(found(tmp_path)) == 1


def test_a_large_mailbox_needs_little_memory(tmp_path: Path) -> None:
    path = write_mbox(tmp_path / "a.mbox", (1,))
    with path.open("ab") as file:
        file.writelines([*[b"x" * 70 + b"\n"] * 400_000, b"\n"])
    write_mbox(path, (2,))
    tracemalloc.start()
    try:
        bundle = open_bundle(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert bundle is not None
    assert len(bundle.entries) == 2
    assert peak < 6 * 2**20


def test_time_grows_linearly(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"

    def work(many: int) -> None:
        write_rss(path, range(many))
        bundle = open_bundle(path)
        assert bundle is not None
        assert len(bundle.entries) == many

    assert_linear(work, 60)


@pytest.mark.parametrize("suffix", ["xml", "json", "csv", "mbox", "enex", "warc", "warc.gz", "zip"])
@settings(max_examples=12)
@given(cuts=st.lists(st.tuples(st.integers(0, 2_000), st.binary(max_size=8)), max_size=4))
def test_any_damage_is_survived(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, cuts: list[tuple[int, bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / f"a.{suffix}"
    if suffix == "xml":
        write_rss(path)
    elif suffix == "json":
        write_json(path, wallabag(1, 2))
    elif suffix == "csv":
        path.write_text('URL,Title,Selection,Folder,Timestamp\nhttps://e.org/1,T,"text",F,1\n', "utf-8")
    elif suffix == "mbox":
        write_mbox(path)
    elif suffix.startswith("warc"):
        path.write_bytes(b"".join(map(gzip.compress, crawl()) if suffix == "warc.gz" else crawl()))
    elif suffix == "enex":
        path.write_text(ENEX % (NOTE % ("t", "text", "")), "utf-8")
    else:
        write_zip(path, {"a.md": "text", "b.html": "<p>x</p>"})
    data = bytearray(path.read_bytes())
    for place, bytes_ in cuts:
        data[place % len(data) : place % len(data) + len(bytes_) + 1] = bytes_
    path.write_bytes(data)
    # Whatever it is, each result is an article or a warning.
    for one in scan(open_archives([path])):
        assert str(getattr(one, "path", "")).startswith(str(path))


def test_a_directory_that_lies_about_its_size(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.md": "1"})
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x05\x06")
    data[place + 10 : place + 12] = struct.pack("<H", 65_000)
    path.write_bytes(data)
    assert len(told(path)) == 1


_PROLOGS = {
    "comments": ("<!---->", ""),
    "declarations": ("<?a ?>", ""),
    "document types": ("<!DOCTYPE a>", ""),
    "blanks": (" ", "<"),
    "openings": ("<!--", ""),
    "a root that is none": ("<!---->", "<config/>"),
}


@pytest.mark.parametrize("kind", _PROLOGS)
def test_what_precedes_a_root_is_read_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.xml"
    unit, end = _PROLOGS[kind]

    def work(many: int) -> None:
        path.write_text(unit * many + end, "utf-8")
        assert open_bundle(path) is None

    # Growth is not linear but exponential if comments can be joined in several ways.
    assert_linear(work, 40)


def test_a_root_behind_many_comments(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("\ufeff<?xml version='1.0'?>" + "<!-- > <rss> -->\n" * 100 + RSS % rss_item(1), "utf-8")
    assert len(found(path)) == 1


_FIELDS: dict[str, Callable[[int], str]] = {
    "unclosed markup": lambda many: '<content type="xhtml">' * many,
    "types": lambda many: "<content " + 'type="xhtml" ' * many,
    "brackets": lambda many: f"<author>{'a' * 10 * many}</author>",
    "open brackets": lambda many: f"<author>{'(a' * 10 * many}</author>",
    "authors": lambda many: "<author>a</author>" * many,
    "names": lambda many: f"<author>{'<name>' * 100}{'a' * many}</author>",
    "prefixes": lambda many: "".join(f"<a{number}:b/>" for number in range(many)),
    "blanks": lambda many: f"<description>{' ' * 10 * many}</description>",
}


@pytest.mark.parametrize("kind", _FIELDS)
def test_time_for_an_entry_grows_linearly(kind: str) -> None:
    assert_linear(lambda many: feed_article(f"<root><entry>{_FIELDS[kind](many)}".encode()), 1_000)


def test_time_for_a_note_grows_linearly() -> None:
    def work(many: int) -> None:
        note_article(f"<root><note><content><![CDATA[<en-note><en-media {'a' * many}>]]></content>".encode())
        note_article((" " * many + "<root><note>").encode())

    assert_linear(work, 2_000)


def test_time_for_deep_paths_in_a_zip_grows_linearly(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"

    def work(many: int) -> None:
        write_zip(path, {"a/" * many + "b.html": "x"})
        assert open_bundle(path) is not None

    assert_linear(work, 2_000)
