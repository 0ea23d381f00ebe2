"""The cover of an article: the picture that its header, its page or its book declares."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from reader.archive import fields, front_matter
from reader.archive.bundles.entry_paths import split_entry
from reader.archive.contents import is_book, read_contents
from reader.archive.decoding import decode
from reader.document.placeholder_pictures import is_placeholder
from reader.regex import regex

_KEYS = (
    *("cover", "封面", "coverimage", "coverimg", "image", "featuredimage", "featureimage", "heroimage", "banner"),
    *("bannerimg", "headimg", "headerimg", "thumbnail", "thumb", "teaser", "topimg", "featured"),
)
"""Canonical keys of headers: Hexo, Hugo, Jekyll, Zola, Obsidian."""

_PARTS = ("image", "path", "src", "url")
"""Keys within a value that is a mapping, as in `cover: {image: a.png, alt: …}`."""

_MENTIONED = regex(rb"(?i)cover|image|banner|headimg|headerimg|thumb|teaser|topimg|featured|\xe5\xb0\x81\xe9\x9d\xa2")
"""A quick test: the beginning of most files without a cover does not match, so that it need not be parsed."""

_LINKED = regex(r"!?\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]|!\[[^\[\]]*\]\(([^()\s]+)[^()]*\)")
"""A value in the form of a link, as note-taking programs write it."""

_PAGE = regex(
    r"(?is)<meta\b(?=[^>]*\b(?:property|name)\s*=\s*[\"']?(?:og:image|twitter:image)\b)[^>]*?"
    r"\bcontent\s*=\s*(?:\"([^\">]{1,2000})\"|'([^'>]{1,2000})')"
)
_PAGE_HEAD = 32_768
"""The number of characters at the beginning of a page that are searched for the URL of its picture."""


def cover_source(path: Path) -> str:
    """Return the path or URL of the cover that an article names, as it is written; empty if it names none.

    Raises:
        ArchiveError: The file cannot be read.
    """
    if is_book(path):
        return _of_book(path) if split_entry(path) is None else ""
    data = read_contents(path, is_head=True).data
    if _MENTIONED.search(data) is None:
        return ""
    text = decode(data, cut=True).text
    header = front_matter.read(text)
    values = fields.canonical_values(header.values) if header is not None else {}
    named = next(filter(None, (_address(values.get(key)) for key in _KEYS)), "")
    return named or _of_page(text[:_PAGE_HEAD])


def _address(value: object) -> str:
    """The path or URL in the value of a header; empty if there is none."""
    if isinstance(value, Mapping):
        return next((one for key in _PARTS if isinstance(one := value.get(key), str)), "").strip()
    if isinstance(value, list):
        # `[[cover.png]]` without quotation marks is a list in a list.
        return _address(value[0]) if value else ""
    if not isinstance(value, str):
        return ""
    found = _LINKED.fullmatch(value.strip())
    return (found[1] or found[2]).strip() if found else value.strip()


def _of_page(text: str) -> str:
    addresses = ((found[1] or found[2]).strip() for found in _PAGE.finditer(text))
    return next((address for address in addresses if not is_placeholder(address)), "")


def _of_book(path: Path) -> str:
    """The name of the cover among the files of a book."""
    from reader.archive.epub_package import read_package  # noqa: PLC0415 - most articles are not books
    from reader.archive.zip_container import open_container  # noqa: PLC0415

    with open_container(path) as container:
        items = read_package(container).items
    pictures = [item for item in items if item.media_type.startswith("image/")]
    declared = (item.name for item in pictures if "cover-image" in item.properties)
    return next(iter((*declared, *_named_cover(item.name for item in pictures))), "")


def _named_cover(names: Iterable[str]) -> list[str]:
    """The names that begin with “cover”, as in books before EPUB 3, which do not declare a cover."""
    return [name for name in names if name.rpartition("/")[2].lower().startswith("cover")]
