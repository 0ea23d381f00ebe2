"""The names by which links refer to articles, to find the articles that a link may mean.

Links name an article by its path, a permalink, an alias, its title or a URL, in many spellings. All spellings of a name
have the same letters and digits in their last part, except for case. The index stores a number for each such name
(`name_key`), which narrows the search to a few articles; `reader.linking` decides among them.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote
from zlib import crc32

from reader.archive.suffixes import ARTICLE_SUFFIXES
from reader.document.addresses import EMBED, REFERENCE, WIKI
from reader.document.letters_and_digits import letters
from reader.document.note_addresses import note_address, notion_page
from reader.document.web_addresses import folded_address, is_web_address
from reader.regex import regex

INDEX_STEMS = frozenset({"index", "_index", "readme"})
"""Names of files that represent their folder, in lower case."""

_SUFFIX = regex(rf"(?i:{'|'.join(map(re.escape, ARTICLE_SUFFIXES))})$")
"""The suffixes of articles, and of the pages that site generators create from them."""
_LANGUAGE = regex(r"(?i:\.(?:en|zh|ja|ko|de|fr|es|ru|pt|it)(?:[-_](?:[a-z]{2}|hans|hant))?)$")
_DATED = regex(r"(?:19|20)\d\d[-_.]?[01]?\d[-_.]?[0-3]?\d[-_. ]+(?=.)")
_NUMBERED = regex(r"\d{1,3}[-_. ]+(?=\D)")
_BLANKS = regex("  +")
_NUMBER = regex(r"\d{8,14}(?=[^\d])")
_EXPORT_ID = regex(r"[\s_-]+[0-9a-f]{32}$")
_LONGEST = 2_000
"""Maximum number of characters of a target that is looked up."""


def name_key(name: str) -> int:
    """The number of a name in the index: equal for names with the same letters and digits, whatever their case."""
    folded = fold(name)
    return crc32((letters(folded) or folded).encode("utf-8", "replace"))


def address_key(address: str) -> int:
    """The number of a folded URL in the index."""
    return crc32(b"//" + address.encode("utf-8", "replace"))


def fold(name: str) -> str:
    """A name in a form for comparison: without differences in case, Unicode composition and the number of blanks."""
    if "  " in name:
        name = _BLANKS.sub(" ", name)
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", name).casefold()


def without_suffix(name: str) -> str:
    """A file name without the suffix of an article; unchanged if it has none."""
    return _SUFFIX.sub("", name)


def stems(name: str) -> Iterator[str]:
    """The spellings under which links refer to the file called `name`, the most exact first."""
    stem = without_suffix(name)
    yield stem
    if "." in stem:
        # As in `page.html.md`, and in `page.en.md`, a translation.
        yield (plain := _LANGUAGE.sub("", without_suffix(stem)))
        stem = plain
    if "___" in stem or "%" in stem:
        # Logseq and exports encode characters that file names cannot contain.
        yield unquote(stem.replace("___", "/"))
    if stem[:1].isdigit():
        for pattern in (_DATED, _NUMBERED):
            if found := pattern.match(stem):
                yield stem[found.end() :]
        if found := _NUMBER.match(stem):
            yield found[0]
    if len(stem) > 33 and (found := _EXPORT_ID.search(stem)):
        yield stem[: found.start()]
        yield stem[-32:]


def article_keys(path: str, title: str, addresses: str, names: str) -> set[int]:
    """The numbers under which an article is found.

    Args:
        path: Its path relative to the archive's root.
        title: Its title.
        addresses: Its URLs, separated by newlines.
        names: Its further names (`Article.names`), separated by newlines.
    """
    folder, _slash, name = path.rpartition("/")
    if folder and fold(without_suffix(name).partition(".")[0]) in INDEX_STEMS:
        # `index` says nothing about an article, so the name of its folder counts.
        name = folder.rpartition("/")[2]
    found = {name_key(stem.rpartition("/")[2]) for stem in stems(name)}
    found.add(name_key(title))
    for other in names.split("\n") if names else ():
        found.add(_last_key(other))
    for address in addresses.split("\n") if addresses else ():
        if folded := folded_address(address):
            found.add(address_key(folded))
        if "notion." in address and (page := notion_page(address)):
            found.add(name_key(page))
    return found


def is_within(target: str) -> bool:
    """Whether a link leads to a place in its own article, as in `#heading` and `[[#heading]]`."""
    return target.startswith(("#", f"{WIKI}#", f"{WIKI}^")) and len(target) <= _LONGEST


@lru_cache(maxsize=16_384)
def target_key(target: str, folder: str = "") -> int | None:
    """The number under which the article that a link leads to is found; None if it leads to no other article.

    `target` is the value of a link span; `folder` is the name of the folder of the linking article, to which
    `index.html` may refer.
    """
    if len(target) > _LONGEST or target.startswith("#"):
        return None
    if is_web_address(target) or target.startswith("//"):
        if "notion." in target and (page := notion_page(target)):
            return name_key(page)
        folded = folded_address(target if target[0] != "/" else f"https:{target}")
        return address_key(folded) if folded else None
    if note := note_address(target):
        return name_key(note.title) if note.title else _last_key(note.name.partition("#")[0], folder)
    place = _place_in(target)
    return _last_key(place, folder) if place else None


def _place_in(target: str) -> str:
    """The path or name in a target that is no web address, decoded; empty if the target has none."""
    prefix, colon, rest = target.partition(":")
    if not (colon and prefix.isalnum() and prefix.isascii() and len(prefix) > 1):
        return unquote(target.partition("#")[0].partition("?")[0])
    if f"{prefix}:" not in (WIKI, EMBED, REFERENCE):
        return unquote(file_and_fragment(target)[0])
    name = rest.partition("#")[0]
    # References of site generators are parts of URLs; names of notes are not encoded.
    return unquote(name.partition("?")[0]) if f"{prefix}:" == REFERENCE else name.partition("^")[0]


def file_and_fragment(address: str) -> tuple[str, str]:
    """The path in a `file:` URL, as it is written, and its fragment; both are empty for any other URL.

    Org writes paths in this way, with what to search for in the file after `::`.
    """
    if address[:5].lower() != "file:":
        return "", ""
    place, colons, fragment = address[5:].partition("::")
    if not colons:
        place, _hash, fragment = place.partition("#")
    return place, fragment.lstrip("*#")


def _last_key(place: str, folder: str = "") -> int:
    """The number of the last part of a path that names a page or, with `index.html`, a folder."""
    parts = [part for part in place.replace("\\", "/").split("/") if part and part != "."]
    last = without_suffix(parts[-1].strip()) if parts else ""
    if not last or fold(last) in INDEX_STEMS:
        last = parts[-2] if len(parts) > 1 else (not place.startswith("/") and folder) or last or "index"
    return name_key(last)
