"""The parts of a link's target, and whether it is safe to follow."""

from enum import Enum, auto
from functools import lru_cache
from urllib.parse import unquote

from reader.document.addresses import EMBED, REFERENCE, WIKI, is_active
from reader.document.note_addresses import NoteAddress, note_address
from reader.document.sanitizing import clean
from reader.document.web_addresses import is_web_address
from reader.index.link_names import file_and_fragment
from reader.lean_dataclasses import dataclass, replace
from reader.regex import regex

LONGEST = 8_000
"""Maximum number of characters of a target that is followed."""

_SCHEME = regex(r"([A-Za-z][A-Za-z0-9+.-]+):")
_MAIL = regex(r"(?i:mailto):[^\s-][^\s]*@[^\s]+")
_WITHIN = regex(r"#(?![\w ]{0,20}[\"'][^<>#]{0,100}>)")
"""The separator of a heading and a subheading; not the `#` of a colour in a tag, as in `<font color="#ffc000">`."""
_NOT_IN_NAMES = regex("[\x00-\x1f\x7f]")


class TargetKind(Enum):
    """The form in which a target is written."""

    PATH = auto()
    """A path, relative to the article or, with a leading slash, to the site."""
    NAME = auto()
    """The name of a note or post, which may have folders."""
    TITLE = auto()
    """The title of a note."""
    WEB = auto()
    MAIL = auto()
    UNSAFE = auto()


@dataclass(frozen=True, slots=True)
class Target:
    """The parts of a target.

    Attributes:
        kind: The form in which it is written.
        place: A path, name or title, decoded, without query and fragment; or the web or mail address.
        fragment: What follows `#`, decoded, or a block id with its `^`.
        raw_place: A path as it is written, since a file may be called `100%25`.
        has_query: Whether a query follows the path.
    """

    kind: TargetKind
    place: str
    fragment: str = ""
    raw_place: str = ""
    has_query: bool = False


@lru_cache(maxsize=16_384)
def parse_target(written: str) -> Target:
    """Split a target into its parts; one that must not be followed is UNSAFE."""
    if len(written) > LONGEST or clean(written) != written:
        return Target(TargetKind.UNSAFE, "")
    text = written.strip()
    if text.startswith("//"):
        text = f"https:{text}"
    for prefix in (WIKI, EMBED, REFERENCE):
        if text.startswith(prefix):
            return _named(text.removeprefix(prefix), is_wiki=prefix != REFERENCE)
    if is_web_address(text):
        return Target(TargetKind.WEB, text, unquote(text.partition("#")[2]))
    if is_active(text):
        return Target(TargetKind.UNSAFE, "")
    if (scheme := _SCHEME.match(text)) is not None and "/" not in scheme[1]:
        return _with_scheme(text, scheme[1].lower())
    note = note_address(text)
    return _note(note) if note is not None else _path(text)


def _path(text: str) -> Target:
    """The parts of a path, or of a reference to a block."""
    if block := block_reference(text):
        return Target(TargetKind.NAME, text, f"^{block}")
    place, _hash, fragment = text.partition("#")
    place, query, _rest = place.partition("?")
    return _path_to(place, unquote(fragment), has_query=bool(query))


def _path_to(place: str, fragment: str, *, has_query: bool = False) -> Target:
    """The parts of a path that is still encoded."""
    decoded = unquote(place)
    if _NOT_IN_NAMES.search(decoded) or decoded.startswith("\\\\"):
        return Target(TargetKind.UNSAFE, "")
    return Target(TargetKind.PATH, decoded, fragment, place, has_query)


def _with_scheme(text: str, scheme: str) -> Target:
    """The parts of a target with a scheme other than that of the web."""
    if scheme == "mailto" and _MAIL.match(text):
        return Target(TargetKind.MAIL, text)
    if note := note_address(text):
        return _note(note, is_wiki=scheme in {"obsidian", "logseq"})
    place, fragment = file_and_fragment(text)
    if place and not place.startswith(("/", "~", "\\")):
        return _path_to(place, fragment)
    return Target(TargetKind.UNSAFE, "")


def _note(note: NoteAddress, *, is_wiki: bool = False) -> Target:
    """The parts of an address of a note-taking program."""
    if note.title:
        return Target(TargetKind.TITLE, note.title, note.fragment)
    named = _named(note.name, is_wiki=True) if is_wiki else Target(TargetKind.NAME, note.name)
    return replace(named, fragment=named.fragment or note.fragment)


def as_path(name: Target) -> Target:
    """A name that begins as a path does, as a path."""
    return Target(TargetKind.PATH, name.place, raw_place=name.place)


def block_reference(place: str) -> str:
    """The id in a reference to a block of Logseq, `((id))`; empty for any other name."""
    return place[2:-2] if place.startswith("((") and place.endswith("))") else ""


def _named(name: str, *, is_wiki: bool) -> Target:
    """The parts of a name with a heading (`note#heading`, `note#a#b`) or a block (`note#^id`, `note^id`)."""
    if block := block_reference(name):
        return Target(TargetKind.NAME, name, f"^{block}")
    place, _hash, fragment = name.partition("#")
    if not is_wiki:
        place = place.partition("?")[0]
    if is_wiki and not fragment and "^" in place:
        place, _caret, fragment = place.rpartition("^")
        fragment = f"^{fragment}"
    fragment = fragment.strip()
    # A heading within a heading: the innermost is meant.
    fragment = _WITHIN.split(fragment)[-1].strip()
    if not is_wiki:
        place, fragment = unquote(place), unquote(fragment)
    if _NOT_IN_NAMES.search(place):
        return Target(TargetKind.UNSAFE, "")
    return Target(TargetKind.NAME, place.strip(), fragment)
