"""Small EPUB files for tests."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
METADATA = "<dc:title>岛上的邮局</dc:title><dc:creator>林一</dc:creator><dc:language>zh</dc:language>"


def xhtml(body: str, head: str = "") -> str:
    """A chapter of a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"'
        ' xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>ignored</title>{head}</head><body>{body}</body></html>"
    )


def nav(*entries: str) -> str:
    """A navigation document with the items of its list."""
    return xhtml(f'<nav epub:type="toc"><h1>Contents</h1><ol>{"".join(entries)}</ol></nav>')


def package(names: Sequence[str], metadata: str = METADATA, items: str = "", spine: str = "") -> str:
    """A package whose spine has the files `names`."""
    own = "".join(f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(names))
    order = "".join(f'<itemref idref="i{number}"/>' for number in range(len(names)))
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata><manifest>{own}{items}</manifest>'
        f"<spine>{order}{spine}</spine></package>"
    )


def write_book(
    path: Path,
    chapters: Mapping[str, str],
    *,
    metadata: str = METADATA,
    navigation: str = "",
    items: str = "",
    spine: str = "",
    order: bool = True,
    files: Mapping[str, str | bytes] | None = None,
) -> Path:
    """Write a book with the bodies of its chapters, and `files` by their names in the container."""
    if navigation:
        items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    opf = package(list(chapters), metadata, items, spine)
    written: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": opf if order else opf.partition("<spine>")[0] + "<spine/></package>",
        **{f"OEBPS/{name}": xhtml(body) for name, body in chapters.items()},
        **({"OEBPS/nav.xhtml": navigation} if navigation else {}),
        **(files or {}),
    }
    path.write_bytes(zipped({name: content for name, content in written.items() if content != ""}))
    return path


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP container with these files."""
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as container:
        container.writestr("mimetype", "application/epub+zip", ZIP_STORED)
        for name, content in files.items():
            container.writestr(name, content)
    return data.getvalue()
