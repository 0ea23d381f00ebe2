"""Damaged, protected and hostile EPUB files: one clear message, in bounded time and memory."""

import struct
import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import language
from reader.archive.archive import open_archives
from reader.archive.article import Article, FileWarning
from reader.archive.epub import read_book, read_book_head
from reader.archive.epub_chapters import Chapter, ChapterWriter, chapter_body, linked_names
from reader.archive.epub_headings import heading_changes
from reader.archive.epub_navigation import NavigationEntry
from reader.archive.scan import read_body, scan
from reader.archive.xml_elements import parse_xml
from reader.archive.zip_container import FILES_AT_MOST
from reader.errors import ArchiveError
from reader.language import translated
from tests.archive.epub_files import CONTAINER, package, write_book, xhtml, zipped
from tests.growth import assert_linear

GOOD = {"a.xhtml": "<p>港口很小。</p>"}


def refusal(path: Path) -> str:
    """Why a file is no article."""
    (found,) = scan(open_archives([path]))
    assert isinstance(found, FileWarning), found
    return translated(found.message)


def warnings(path: Path) -> list[str]:
    """The warnings about a book that opens."""
    (found,) = scan(open_archives([path]))
    assert isinstance(found, Article), found
    return [translated(one.message) for one in (*found.warnings, *read_body(found)[1])]


def encrypted(*names: str, method: str = "http://www.w3.org/2001/04/xmlenc#aes128-cbc") -> str:
    entries = "".join(
        f'<EncryptedData><EncryptionMethod Algorithm="{method}"/><CipherData>'
        f'<CipherReference URI="{name}"/></CipherData></EncryptedData>'
        for name in names
    )
    return f"<encryption>{entries}</encryption>"


@pytest.mark.parametrize("data", [b"", b"no container at all", b"PK\x05\x06", b"PK\x03\x04" + b"\0" * 500])
def test_what_is_no_container(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.epub"
    path.write_bytes(data)
    assert "Not a ZIP container" in refusal(path)


def test_a_truncated_book(tmp_path: Path) -> None:
    path = write_book(tmp_path / "x.epub", GOOD)
    path.write_bytes(path.read_bytes()[:-200])
    assert "Not a ZIP container" in refusal(path)


def test_a_container_that_is_no_book(tmp_path: Path) -> None:
    path = tmp_path / "x.epub"
    path.write_bytes(zipped({"readme.txt": "x"}))
    assert refusal(path) == "Not an EPUB, or damaged: META-INF/container.xml is missing in the container"
    path.write_bytes(zipped({"META-INF/container.xml": CONTAINER}))
    assert refusal(path) == "Not an EPUB, or damaged: content.opf is missing in the container"


def test_the_only_package_is_read_without_a_container_file(tmp_path: Path) -> None:
    path = tmp_path / "x.epub"
    path.write_bytes(zipped({"a.opf": package(["a.xhtml"]), "a.xhtml": xhtml("<p>x</p>")}))
    assert warnings(path) == []


def test_drm_is_reported(tmp_path: Path) -> None:
    files = {"META-INF/encryption.xml": encrypted("OEBPS/a.xhtml"), "META-INF/rights.xml": "<rights/>"}
    path = write_book(tmp_path / "x.epub", {**GOOD, "b.xhtml": "<p>free</p>"}, files=files)
    assert warnings(path) == ["1 chapter is protected by DRM (Adobe ADEPT) and cannot be shown"]
    body = read_book(path)[0].decode()
    assert "free" in body
    assert "港口" not in body


def test_a_book_of_protected_chapters_does_not_open(tmp_path: Path) -> None:
    files = {"META-INF/encryption.xml": encrypted("OEBPS/a.xhtml"), "META-INF/license.lcpl": "{}"}
    path = write_book(tmp_path / "x.epub", GOOD, files=files)
    (found,) = scan(open_archives([path]))
    assert isinstance(found, Article)
    with pytest.raises(ArchiveError, match="protected by DRM"):
        read_body(found)


def test_obfuscated_fonts_are_no_protection(tmp_path: Path) -> None:
    files = {"META-INF/encryption.xml": encrypted("OEBPS/f.otf", method="http://www.idpf.org/2008/embedding")}
    assert warnings(write_book(tmp_path / "x.epub", GOOD, files=files)) == []


def test_a_password(tmp_path: Path) -> None:
    path = write_book(tmp_path / "x.epub", GOOD)
    data = bytearray(path.read_bytes())
    start = data.rfind(b"PK\x01\x02", 0, data.rfind(b"OEBPS/a.xhtml"))
    data[start + 8] |= 1
    path.write_bytes(data)
    (found,) = scan(open_archives([path]))
    assert isinstance(found, Article)
    with pytest.raises(ArchiveError, match="encrypted with a password"):
        read_body(found)


def test_a_missing_and_a_damaged_chapter(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "x.epub", {**GOOD, "b.xhtml": "<p>b</p>" * 9, "c.xhtml": ""}, files={"OEBPS/c.xhtml": ""}
    )
    data = bytearray(path.read_bytes())
    start = data.find(b"OEBPS/b.xhtml") + len("OEBPS/b.xhtml")
    data[start : start + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    assert warnings(path) == [
        "Files of the book are missing: c.xhtml",
        "Cannot read OEBPS/b.xhtml in the book: it is damaged",
    ]


def test_the_files_that_a_warning_names_are_a_list_in_the_language_in_use(tmp_path: Path) -> None:
    names = ["c.xhtml", "d.xhtml", "e.xhtml", "f.xhtml"]
    for count, english, chinese in (
        (3, "c.xhtml, d.xhtml, e.xhtml", "c.xhtml、d.xhtml、e.xhtml"),
        (4, "c.xhtml, d.xhtml, e.xhtml and others", "c.xhtml、d.xhtml、e.xhtml 等"),
    ):
        missing = names[:count]
        files = {f"OEBPS/{name}": "" for name in missing}
        path = write_book(tmp_path / "x.epub", {**GOOD, **dict.fromkeys(missing, "")}, files=files)
        (found,) = scan(open_archives([path]))
        assert isinstance(found, Article)
        (warning,) = read_body(found)[1]
        assert translated(warning.message) == f"Files of the book are missing: {english}"
        language.use("zh")
        try:
            assert translated(warning.message) == f"书中缺少文件：{chinese}"
        finally:
            language.use("en")


def test_a_bomb_is_not_expanded(tmp_path: Path) -> None:
    path = write_book(tmp_path / "x.epub", {**GOOD, "b.xhtml": "x" * 5_000_000, "c.xhtml": "y"})
    data = bytearray(path.read_bytes())
    start = data.rfind(b"PK\x01\x02", 0, data.rfind(b"OEBPS/c.xhtml"))
    data[start + 24 : start + 28] = struct.pack("<I", 40_000_000)
    path.write_bytes(data)
    tracemalloc.start()
    found = warnings(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.partition(": ")[2] for one in found] == [
        "it would expand to more than 200 times its size, as in an attack",
        "it is larger than 32 MiB",
    ]
    assert peak < 4_000_000


def test_a_declared_size_that_is_too_small(tmp_path: Path) -> None:
    path = write_book(tmp_path / "x.epub", {"a.xhtml": "<p>ab</p>" * 400_000})
    data = bytearray(path.read_bytes())
    start = data.rfind(b"PK\x01\x02", 0, data.rfind(b"OEBPS/a.xhtml"))
    data[start + 24 : start + 28] = struct.pack("<I", 1000)
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match="damaged"):
        read_book(path)


def test_the_beginning_of_a_damaged_chapter_is_shown(tmp_path: Path) -> None:
    lines = "".join(f"<p>{number * number}</p>" for number in range(20_000))
    path = write_book(tmp_path / "x.epub", {"a.xhtml": lines})
    data = bytearray(path.read_bytes())
    start = data.find(b"OEBPS/a.xhtml") + 60_000
    data[start : start + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    assert warnings(path) == ["Damaged files of the book are shown in part: OEBPS/a.xhtml"]
    assert "<p>10000</p>" in read_book(path)[0].decode()


@pytest.mark.parametrize("count", [FILES_AT_MOST + 1, 60_000])
def test_too_many_files_are_refused_before_they_are_listed(tmp_path: Path, count: int) -> None:
    path = write_book(tmp_path / "x.epub", GOOD)
    data = bytearray(path.read_bytes())
    data[-12:-10] = struct.pack("<H", count)
    path.write_bytes(data)
    assert "too many files" in refusal(path)


def test_paths_that_lead_out_are_only_names(tmp_path: Path) -> None:
    (tmp_path / "secret.xhtml").write_text("<p>secret</p>")
    names = [
        "../../secret.xhtml",
        "../../../../../../etc/passwd",
        "/etc/passwd",
        "..\\..\\secret.xhtml",
        "%2e%2e/%2e%2e/secret.xhtml",
    ]
    items = "".join(f'<item id="x{n}" href="{name}" media-type="text/html"/>' for n, name in enumerate(names))
    spine = "".join(f'<itemref idref="x{number}"/>' for number in range(len(names)))
    path = write_book(tmp_path / "x.epub", GOOD, items=items, spine=spine, files={"../secret.xhtml": "<p>inside</p>"})
    (found,) = warnings(path)
    assert found.startswith("Files of the book are missing: ../../secret.xhtml, ")
    assert "secret" not in read_book(path)[0].decode()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_names(tmp_path: Path) -> None:
    from zipfile import ZipFile  # noqa: PLC0415

    path = write_book(tmp_path / "x.epub", GOOD)
    with ZipFile(path, "a") as container:
        container.writestr("OEBPS/a.xhtml", xhtml("<p>last</p>"))
    assert warnings(path) == ["Several files in the book are called OEBPS/a.xhtml; the last one is read"]
    assert "last" in read_book(path)[0].decode()


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;"><!ENTITY z SYSTEM "file:///etc/passwd">]><a>&y;&z;</a>'
    assert parse_xml(bomb.encode()).elements == []
    tree = parse_xml(b"<a>x&nbsp;&amp;&copy; y & z</a>")
    assert tree.text(tree.elements[0]) == "x &© y & z"


def test_deep_and_damaged_xml_keeps_what_precedes() -> None:
    assert len(parse_xml(b"<a>" * 100_000).elements) == 200
    assert [one.name for one in parse_xml(b"<a><b>x</b><c></d>").elements] == ["a", "b", "c"]


def test_long_metadata_is_cut_and_stays_metadata(tmp_path: Path) -> None:
    quoted = '"[{' * 200
    metadata = f"<dc:title>{quoted}</dc:title>" + "".join(
        f"<dc:subject>{n}{quoted}</dc:subject><dc:creator>{n}{quoted}</dc:creator>" for n in range(90)
    )
    path = write_book(tmp_path / "x.epub", GOOD, metadata=metadata)
    (found,) = scan(open_archives([path]))
    assert isinstance(found, Article)
    assert found.title.startswith('"[')
    assert len(found.tags) == 50
    assert quoted[:20] not in read_body(found)[0].text


@pytest.mark.parametrize(
    "piece",
    ["<h1>x", '<a "', "<a ='", "<e:switch>", "<e:switch><e:case>", "<!--", "<script>", "<p id='x' ", "<a a", "&a"],
)
def test_chapters_take_linear_time(piece: str) -> None:
    entry = NavigationEntry("x", "a.xhtml", "x", 1)

    def convert(size: int) -> None:
        chapter = Chapter("a.xhtml", chapter_body(f"<body>{piece * size}</body>"))
        linked_names(chapter)
        changes = heading_changes(chapter.html, [entry], 0)
        ChapterWriter({"a.xhtml": 1}, {}, str).section(chapter, changes)

    assert_linear(convert, 2_000)


def test_links_in_circles_and_to_themselves(tmp_path: Path) -> None:
    items = "".join(f'<item id="e{n}" href="e{n}.xhtml" media-type="text/html"/>' for n in range(30))
    files = {f"OEBPS/e{n}.xhtml": xhtml(f'<p>e{n}</p><a href="e{(n + 1) % 30}.xhtml">x</a>') for n in range(30)}
    path = write_book(tmp_path / "x.epub", {"a.xhtml": '<a href="e0.xhtml">e</a>'}, items=items, files=files)
    assert read_book(path)[0].count(b"<section") == 32


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_damage_never_raises_anything_else(tmp_path_factory: pytest.TempPathFactory, noise: bytes, place: int) -> None:
    path = write_book(tmp_path_factory.getbasetemp() / "noise.epub", GOOD)
    data = path.read_bytes()
    path.write_bytes(data[:place] + noise + data[place + len(noise) :])
    for read in (read_book_head, read_book):
        with suppress(ArchiveError):
            read(path)
