"""The place in a document that the fragment of a link means.

A fragment is an id of the source, the text of a heading, or a slug of it. Programs make slugs by different rules, which
a document does not name, so all are tried, the most exact first.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from urllib.parse import unquote

from reader.document.addresses import WIKI
from reader.document.blocks import (
    Anchored,
    Container,
    DefinitionList,
    Heading,
    Inline,
    Leaf,
    SpanKind,
    children,
    leaves,
)
from reader.document.document import Document, Position
from reader.document.find import DocumentSearch
from reader.document.letters_and_digits import letters
from reader.layout.links import NoteLinks
from reader.regex import regex

_NO_WORD = regex(r"[^\w\- ]")
_NO_WORD_OR_DOT = regex(r"[^\w\- .]")
_BLANKS = regex(r"\s+")
_HYPHENS = regex(r"[-\s]+")
_SPECIAL = regex(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'“”‘’<>,.?/]+")
_BEFORE_LETTER = regex(r"^[\W\d_]+")
_COUNTED = regex(r"^(.+)[-_](\d{1,3})$", re.DOTALL)
_DOT_ESCAPES = regex(r"(?:\.[0-9A-F]{2})+")
_MARKUP = regex(r"<[^<>]*>")
"""HTML that notes repeat from a heading."""
_LINK = regex(r"\[([^\[\]]{1,300})\]\([^()]{0,1000}\)")
"""A link in Markdown, which Obsidian repeats from a heading."""
_TEXT = regex(r":~:text=(?:[^&]*-,)?([^&,]+)")
_BEHIND_TEASER = regex(r"more-\d+")
MOST_TEXTS = 200
"""Maximum number of different text fragments that are searched for in one document."""
_PREFIXES = ("user-content-", "^")


def github_slug(title: str) -> str:
    """The fragment of a heading on GitHub, without the number that tells equal ones apart."""
    return _NO_WORD.sub("", title.lower()).replace(" ", "-")


def _hexo(title: str) -> str:
    return _SPECIAL.sub("-", title).strip("-").lower()


def _pandoc(title: str) -> str:
    return _BEFORE_LETTER.sub("", _BLANKS.sub("-", _NO_WORD_OR_DOT.sub("", title)).lower())


def _kramdown(title: str) -> str:
    return _BEFORE_LETTER.sub("", _NO_WORD.sub("", title)).replace(" ", "-").replace("_", "").lower()


def _python_markdown(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return _HYPHENS.sub("-", _NO_WORD.sub("", plain).strip().lower())


def _vitepress(title: str) -> str:
    plain = "".join(one for one in unicodedata.normalize("NFKD", title) if not unicodedata.combining(one))
    slug = _SPECIAL.sub("-", plain).strip("-").lower()
    return f"_{slug}" if slug[:1].isdigit() else slug


def _wikipedia(title: str) -> str:
    return title.replace(" ", "_").lower()


def _letters(title: str) -> str:
    """The letters and digits of a title, which every rule keeps in the same order."""
    return letters(unicodedata.normalize("NFKC", title).casefold())


_RULES: tuple[Callable[[str], str], ...] = (
    github_slug,
    _hexo,
    _vitepress,
    _kramdown,
    _pandoc,
    _python_markdown,
    _wikipedia,
    _letters,
)


class Fragments:
    """The places of a document that fragments mean; it is searched once for any number of fragments."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._slugs: dict[int, dict[str, list[Position]]] = {}
        self._notes = NoteLinks(document)
        self._search = DocumentSearch(document)
        self._texts: dict[str, Position | None] = {}

    def place(self, fragment: str) -> Position | None:
        """The place that a fragment, as written or decoded, means; the beginning if it is empty, None if there is none.

        A block id begins with `^`; a text fragment (`:~:text=`) is searched for, if it is one of the first
        `MOST_TEXTS`. `more-12`, the place behind a teaser in WordPress, means the beginning, because few exports keep
        that place.
        """
        if not fragment:
            return Position(0)
        if (text := _TEXT.search(fragment)) is not None:
            return self._text(unquote(text[1]))
        spellings = (
            fragment,
            unquote(fragment),
            _DOT_ESCAPES.sub(_decoded, fragment),
            _MARKUP.sub("", fragment),
            _LINK.sub(r"\1", fragment),
        )
        for spelling in dict.fromkeys(spellings):
            if (found := self._place(spelling.strip())) is not None:
                return found
        return Position(0) if _BEHIND_TEASER.fullmatch(fragment) else None

    def _text(self, text: str) -> Position | None:
        """The first occurrence of a text."""
        if text not in self._texts and len(self._texts) < MOST_TEXTS:
            found = self._search.first(text)
            self._texts[text] = found.start if found is not None else None
        return self._texts.get(text)

    def _place(self, fragment: str) -> Position | None:
        if (note := self._notes.target(f"#{fragment}")) is not None:
            return note
        for name in self._spellings(fragment):
            if (found := self._anchors.get(name)) is not None:
                # Of two elements with one id, browsers go to the first.
                return min(found, self._slugged.get(name, found))
        lowered = fragment.lower()
        if (found := self._folded_anchors.get(lowered)) is not None:
            return found
        title = " ".join(fragment.split())
        if (found := self._titles.get(title) or self._titles.get(title.lower())) is not None:
            return found
        for number in range(len(_RULES)):
            if (found := self._by_rule(number, lowered)) is not None:
                return found
        return self._terms.get(_letters(fragment))

    @staticmethod
    def _spellings(fragment: str) -> Iterable[str]:
        yield fragment
        for prefix in _PREFIXES:
            if fragment.startswith(prefix):
                yield fragment.removeprefix(prefix)

    def _by_rule(self, number: int, fragment: str) -> Position | None:
        """The heading whose slug by a rule equals the fragment.

        A number at the end of the fragment tells headings with the same slug apart.
        """
        rule = _RULES[number]
        # A term that is the fragment itself takes precedence over a heading that only has its letters.
        if rule is _letters and (term := self._whole_terms.get(fragment)) is not None:
            return term
        if number not in self._slugs:
            self._slugs[number] = {}
            for position, title in self._headings:
                self._slugs[number].setdefault(rule(title), []).append(position)
        slugs = self._slugs[number]
        wanted = _letters(fragment) if rule is _letters else fragment
        if not wanted:
            return None
        if found := slugs.get(wanted):
            return found[0]
        counted = _COUNTED.match(fragment)
        if counted is None:
            return None
        found = slugs.get(_letters(counted[1]) if rule is _letters else counted[1], [])
        count = int(counted[2])
        # Most programs count from 1 for the second heading, MediaWiki from 2.
        if count < len(found):
            return found[count]
        return found[-1] if count == len(found) > 1 else None

    @cached_property
    def _headings(self) -> list[tuple[Position, str]]:
        """The headings; the repeated title comes last, because a heading with the same text takes precedence.

        A heading that links to notes is repeated with their names, which Obsidian counts as part of its text.
        """
        found = [
            (leaf.level == 0, Position(number), leaf.text)
            for number, leaf in enumerate(self._document.leaves)
            if isinstance(leaf, Heading)
        ]
        found.sort(key=lambda one: one[:2])
        shown = [(position, _title(text)) for _is_title, position, text in found]
        named = [(position, _title(text, with_names=True)) for _is_title, position, text in found]
        return [*shown, *(new for old, new in zip(shown, named, strict=True) if new != old)]

    @cached_property
    def _slugged(self) -> dict[str, Position]:
        """The headings without an id of their own, by the ids that programs generate for them."""
        found: dict[str, Position] = {}
        for number, leaf in enumerate(self._document.leaves if self._document.has_slugs else ()):
            if isinstance(leaf, Heading) and leaf.level > 0 and not leaf.anchor:
                found.setdefault(github_slug(_title(leaf.text)), Position(number))
        return found

    @cached_property
    def _whole_terms(self) -> dict[str, Position]:
        """The terms of definition lists, to which Hugo gives ids, by their text in lower case."""
        found: dict[str, Position] = {}
        waiting = list(reversed(self._document.blocks))
        while waiting:
            block = waiting.pop()
            if isinstance(block, DefinitionList):
                for term in (term for entry in block.entries for term in entry.terms):
                    found.setdefault(term.text.text.lower(), Position(self._numbers[id(term)]))
            if not isinstance(block, Leaf):
                waiting.extend(reversed(list(children(block))))
        return found

    @cached_property
    def _terms(self) -> dict[str, Position]:
        """The terms of definition lists, and names in code that headings begin with, by their letters.

        In a heading, the text after a name is often a label, which is not part of the id.
        """
        found: dict[str, Position] = {}
        for position, _title in self._headings:
            text = self._document.leaves[position.block].text
            code = next((one for one in text.spans if one.kind is SpanKind.CODE and one.start == 0), None)
            if code is not None:
                found.setdefault(_letters(text.text[: code.end]), position)
        for term, position in self._whole_terms.items():
            found.setdefault(_letters(term), position)
        found.pop("", None)
        return found

    @cached_property
    def _titles(self) -> dict[str, Position]:
        found: dict[str, Position] = {}
        for position, title in self._headings:
            found.setdefault(title, position)
        for position, title in self._headings:
            found.setdefault(title.lower(), position)
        return found

    @cached_property
    def _anchors(self) -> dict[str, Position]:
        found: dict[str, Position] = {}
        for number, leaf in enumerate(self._document.leaves):
            if isinstance(leaf, Anchored) and leaf.anchor:
                for name in leaf.anchor.split():
                    found.setdefault(name, Position(number))
        for name, block in anchored_containers(self._document):
            first = next(leaves(block), None)
            if first is not None:
                found.setdefault(name, Position(self._numbers[id(first)]))
        return found

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """The numbers of the leaves by their identities."""
        return {id(leaf): number for number, leaf in enumerate(self._document.leaves)}

    @cached_property
    def _folded_anchors(self) -> dict[str, Position]:
        found: dict[str, Position] = {}
        for name, position in self._anchors.items():
            found.setdefault(name.lower(), position)
        return found


def _title(text: Inline, *, with_names: bool = False) -> str:
    """The text of a heading without references to footnotes; `with_names` puts the name of a note before its link."""
    pieces: list[str] = []
    end = 0
    for span in text.spans:
        if span.kind is SpanKind.FOOTNOTE:
            pieces.append(text.text[end : span.start])
            end = span.end
        elif with_names and span.kind is SpanKind.LINK and span.value.startswith(WIKI) and end <= span.start:
            name = span.value.removeprefix(WIKI)
            shown = text.text[span.start : span.end]
            pieces += (text.text[end : span.start], name if shown == name else f"{name} {shown}")
            end = span.end
    return " ".join("".join((*pieces, text.text[end:])).split())


def anchored_containers(document: Document) -> Iterator[tuple[str, Container]]:
    """The names of lists, quotations and tables that links refer to, each with its block."""
    waiting = [block for block in reversed(document.blocks) if not isinstance(block, Leaf)]
    while waiting:
        block = waiting.pop()
        if isinstance(block, Anchored):
            yield from ((name, block) for name in block.anchor.split())
        waiting.extend(child for child in children(block) if not isinstance(child, Leaf))


def place_of(document: Document, fragment: str) -> Position | None:
    """The place in a document that the fragment of a link means; see `Fragments.place`."""
    return Fragments(document).place(fragment)


def _decoded(found: re.Match[str]) -> str:
    """The text of MediaWiki's old escapes, `.E4.B8.AD`."""
    return unquote(found[0].replace(".", "%"))
