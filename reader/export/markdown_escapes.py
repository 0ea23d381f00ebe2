"""Escaping of text that Markdown would parse as markup, with as few backslashes as possible.

Covers CommonMark 0.31 and GFM, and also footnotes, dollar formulas and definition lists, which many parsers support.
The output never defines reference links, so that a single `[` needs no escape.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from html.entities import html5

from reader.document.blocks import Inline, SpanKind
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_SIGNS = regex(
    r"[\\`*~\[\]<&$|^]|_+"
    r"|={2,}(?:(?=[^\s=])|\Z)"  # a highlight
    r"|\{(?=[{%])|%(?=%)"  # a tag of a site generator, a comment
    r"|(?<![a-z0-9/]):(?=[a-z0-9_+-]+:(?![a-z0-9/]))"  # an emoji
    r"|(?<=http):(?=//)|(?<=https):(?=//)|(?<=www)\.(?=[A-Za-z0-9\[])",  # a URL, which would become a link
    re.IGNORECASE,
)
_TEMPLATE = regex(r"\{(?=[{%])|%(?=%)")
"""Tags of site generators, and comments of Obsidian, which are read before Markdown, whatever precedes them."""
_BLOCK_ID = regex(r"(?:^|[ \t])\\?\^[A-Za-z0-9-]+$")
"""The name of a block in Obsidian, which a backslash does not escape."""
_ENTITY = regex(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][0-9A-Za-z]{1,40});")
_TAG = regex(r"<(?:[A-Za-z/!?]|[^\s<>]*@)")
_TASK = regex(r"\[[ xX]\]")
_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

_LINE_START = regex(
    r"#{1,6}(?=[ \t]|$)|#{2,6}(?=[^\s#!])"  # a heading, which older parsers recognize without a blank, too
    r"|>"  # a block quotation
    r"|<{3}|--8<--|@(?=\[code)"  # a file to insert
    r"|[-+*](?=[ \t]|$)"  # a list item
    r"|[:~](?=[ \t])"  # a definition
    r"|:{3}|(?:!{3}|\?{3})(?=\+?[ \t])|={3}[!+]{0,2}[ \t]"  # a container
    r"|(?:=+|-+)[ \t]*$"  # the underline of a heading
    r"|(?=[^-]*-)[|:-][-:| \t]*$"  # the delimiter row of a table
)
_NUMBER = regex(r"[0-9]{1,9}(?=[.)](?:[ \t]|$))")
_ATTRIBUTES = regex(r"\{:?\s*[#.][^{}]*\}\s*$")
"""The attributes of a heading, which a backslash does not escape."""
_HEADING_END = regex(r"(?:^|(?<=[ \t]))#+$")

_UNSAFE_SCHEME = regex(r"\s*(?:javascript|vbscript|file|data)\s*:", re.IGNORECASE)
"""Links that many parsers reject: they stay links only if written as HTML."""


def has_markdown_form(address: str) -> bool:
    """Whether a link or picture with this address can be written in Markdown syntax."""
    return not _UNSAFE_SCHEME.match(address)


def destination(address: str, *, cell: bool = False) -> str:
    """An address as a link destination; without angle brackets if possible."""
    address = " ".join(address.split())
    if cell:
        address = address.replace("|", "%7C")
    address = _ENTITY.sub(lambda found: f"&amp;{found[0][1:]}", address)
    address = _without_templates(address)
    if re.search(r"[ <>\\]", address) or not _is_balanced(address):
        return "<" + re.sub(r"[<>\\]", r"\\\g<0>", address) + ">"
    return address


def element_text(line: str) -> str:
    """A line of text within an HTML block, where it is not parsed as Markdown, except for formulas by scripts."""
    text = _without_templates(escape(line.strip(), quote=False))
    return text.replace("$", "&#36;") if text.count("$") > 1 else text


def _without_templates(text: str) -> str:
    return _TEMPLATE.sub(lambda found: f"&#{ord(found[0])};", text)


def attribute(value: str) -> str:
    """A value for a double-quoted HTML attribute, also inside a table cell."""
    return escape(" ".join(value.split())).replace("|", "&#124;")


def guarded(line: str) -> str:
    """Escape a line of a paragraph so that it does not start another block."""
    if _LINE_START.match(line):
        return f"\\{line}"
    return _NUMBER.sub(r"\g<0>\\", line, count=1) if _NUMBER.match(line) else line


def heading_guarded(text: str) -> str:
    """Escape trailing `#` of a heading's text, and keep braces at its end from being read as its attributes."""
    return f"{text}<!-- -->" if _ATTRIBUTES.search(text) else _HEADING_END.sub(r"\\\g<0>", text)


def _is_entity(text: str, place: int) -> bool:
    found = _ENTITY.match(text, place)
    return found is not None and (found[0][1] == "#" or found[0][1:] in html5)


def _is_balanced(address: str) -> bool:
    depth = 0
    for sign in address:
        depth += (sign == "(") - (sign == ")")
        if not 0 <= depth < 30:
            return False
    return not depth


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which delimiters may find a partner in the text that is parsed together."""

    dollars: bool
    tildes: bool


def pairs_in(inlines: Iterable[Inline]) -> Pairs:
    """The delimiters that may pair in these texts and their spans; a single one has no effect."""
    dollars = tildes = 0
    for inline in inlines:
        for text in (inline.text, *(span.value for span in inline.spans)):
            dollars += text.count("$")
            tildes += text.count("~")
        kinds = {span.kind for span in inline.spans}
        dollars += 2 * (SpanKind.MATH in kinds)
        tildes += 2 * (SpanKind.STRIKE in kinds)
    return Pairs(dollars > 1, tildes > 1)


class Plain:
    """A text to be escaped completely.

    Args:
        text: The whole text; the part to write is given by offsets.
        pairs: The delimiters that pair in it and around it.
        cell: Whether it is in a table cell.
    """

    def __init__(self, text: str, pairs: Pairs, *, cell: bool = False) -> None:
        self._text = text
        self._pairs = pairs
        self._cell = cell
        self._first = len(text) - len(text.lstrip())
        self._last_brackets = text.rfind("]]")
        self._last_definition = text.rfind("]:")

    def written(self, start: int, stop: int, *, label: bool = False, after_note: bool = False) -> str:
        """The characters from `start` to `stop`, without newlines, escaped for Markdown.

        Args:
            start: The first offset.
            stop: The offset after the last.
            label: Whether they are in the brackets of a link or picture.
            after_note: Whether they directly follow a footnote reference.
        """
        pieces = ["\\"] if after_note and start < stop and self._text[start] in "(:" else []
        at = start
        for found in _SIGNS.finditer(self._text, start, stop):
            place = found.start()
            if found[0][0] == "_":
                if self._delimits(place, found.end(), start, stop):
                    pieces += (self._text[at:place], "\\_" * len(found[0]))
                    at = found.end()
            elif found[0] in {"{", "%"}:
                pieces += (self._text[at:place], f"&#{ord(found[0])};")
                at = found.end()
            elif len(found[0]) > 2 and self._is_markup(place, start, stop, label=label):
                # Any two characters of a long run could be the delimiter.
                pieces += (self._text[at:place], "\\=" * len(found[0]))
                at = found.end()
            elif found[0] == "<" and self._is_markup(place, start, stop, label=label):
                # Python-Markdown does not support a backslash before “<”.
                pieces += (self._text[at:place], "&lt;")
                at = found.end()
            elif self._is_markup(place, start, stop, label=label):
                pieces += (self._text[at:place], "\\")
                at = place
        return "".join([*pieces, self._text[at:stop]])

    def as_formula(self, around: str) -> str:
        """The text as TeX without dollar signs: in the other delimiters of MathJax and KaTeX, or in MathML.

        MathML is used if `around`, the text around the formula, has `$$`, which would be taken for a delimiter.
        """
        tex = self.written(0, len(self._text))
        mathml = f'<math><annotation encoding="application/x-tex">{tex}</annotation></math>'
        return mathml if "$$" in around else f"\\\\({tex}\\\\)"

    def _is_markup(self, place: int, start: int, stop: int, *, label: bool) -> bool:  # noqa: C901, PLR0911 - one per sign
        """Whether the character at `place` could be parsed as markup in the range from `start` to `stop`."""
        text = self._text
        before = text[place - 1] if place > start else ""
        after = text[place + 1] if place + 1 < stop else ""
        match text[place]:
            case "\\":
                # Before a line end it would be a hard line break; at the end of the range markup may follow.
                return not after or after == "\n" or after in _ASCII_PUNCTUATION
            case "*":
                return not (before.isspace() and after.isspace())
            case "~":
                return self._pairs.tildes
            case "$":
                return self._pairs.dollars
            case "[":
                starts_task = place == self._first and _TASK.match(text, place) is not None
                note = after == "[" and place < self._last_brackets
                # Inside code, “]:” would end the label of a link reference definition as well.
                defines = place == self._first and stop <= self._last_definition
                return label or starts_task or note or defines or after == "^" or before == "^"
            case "^":
                # At the beginning of a label it would make a footnote of it.
                return (label and place == start) or (before != "[" and (after == "[" or text.count("^") > 1))
            case "=":
                return text.count("==") > 1 and (stop < len(text) or text[place : place + 80].strip("=") != "")
            case "]":
                # A text that starts with a bracket could be a link reference definition.
                return label or after == "(" or (after == ":" and text[self._first] == "[")
            case "<":
                return not after or _TAG.match(text, place) is not None
            case "&":
                return _is_entity(text, place)
            case "|":
                return self._cell
            case _:
                return True

    def _delimits(self, first: int, last: int, start: int, stop: int) -> bool:
        """Whether the underscores from `first` to `last` are delimiters, not part of a word."""
        before = self._text[first - 1] if first > start else ""
        after = self._text[last] if last < stop else ""
        return not ((before.isalnum() and after.isalnum()) or (before.isspace() and after.isspace()))


def lines_of(text: str) -> Iterator[str]:
    """The escaped lines of a paragraph with its hard line breaks."""
    *broken, last = text.split("\n")
    for line in broken:
        yield guarded(line.removesuffix("\\").strip(" \t")) + "\\"
    last = guarded(last.strip(" \t"))
    yield f"{last}<!-- -->" if _BLOCK_ID.search(last) else last


def flanks(inner: str, outer: str) -> bool:
    """Whether a delimiter between these characters attaches to the inner one in every version of CommonMark."""
    if inner.isspace():
        return False
    if unicodedata.category(inner)[0] not in "PS":
        return True
    # Before version 0.31, symbols other than ASCII did not count as punctuation; some parsers look past = and ~.
    return outer.isspace() or unicodedata.category(outer)[0] == "P" or outer in "$+<>^`|"


_AUTOLINK = regex(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20\x7f<>|\\]*")
_ADDRESS = regex(r"[A-Za-z0-9.+_-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
"""The address of an autolink (CommonMark 6.5): a URL of the web, or a simple e-mail address."""


def is_autolink(target: str, text: str) -> bool:
    """Whether a link is written as its address alone."""
    if target == f"mailto:{text}":
        return _ADDRESS.fullmatch(text) is not None
    return bool(text) and target == text and _AUTOLINK.fullmatch(text) is not None


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of a part of a text without surrounding white space."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
