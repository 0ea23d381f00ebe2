"""Repair of whole pages, which a parser of the HTML standard reads next.

That parser reads attributes and misplaced tags as browsers do, so a page needs less repair than a fragment whose tokens
are read at once. Style sheets, scripts and comments, which are half of most pages, are removed one in a step.
"""

from reader.parse.diagram_elements import diagrams_as_code
from reader.parse.highlighted_code import with_plain_code
from reader.parse.html_repair import SPECIAL, Repair
from reader.regex import regex

# All quantifiers are possessive to rule out backtracking.
_REFERENCE = "&(?![A-Za-z][A-Za-z0-9]*+(?![;=]))"
"""An ampersand, unless it begins a reference without `;`, which the parser would decode at the end of a value."""
_VALUE = (
    rf"""(?:"[^"<>&]*+(?:{_REFERENCE}[^"<>&]*+)*+"(?=[\s/>])|'[^'<>&]*+(?:{_REFERENCE}[^'<>&]*+)*+'(?=[\s/>])"""
    r"""|[^\s"'=<>`&][^\s"'<>`&]*+(?=[\s>]))"""
)
_ATTRIBUTES = rf"""(?=[\s/>])[^<>"'=&]*+(?:={_VALUE}[^<>"'=&]*+)*+"""
_RUN = regex(rf"[^<]*+(?:<(?!{SPECIAL})/?+[A-Za-z][A-Za-z0-9:_.-]*+{_ATTRIBUTES}>[^<]*+)*+")
"""Tags that can be read in one way only, and the text after them, outside code."""


def _removed(name: str) -> str:
    """Return the expression of an element that is removed, from its name on; none with TeX, or without an end tag."""
    end = rf"/(?i:{name})(?:\s[^>]{{0,2000}}+)?/?>"
    start = rf"(?i:{name})(?!(?i:[^<>]*/(?:la)?tex\b)){_ATTRIBUTES}(?<!/)>"
    return rf"{start}[^<]*+(?:<(?!{end})[^<]*+)*+<{end}"


_COMMENT = r"!(?=--)[^-]*+(?:-(?!-!?\s*+>)[^-]*+)*+--!?\s*+>"
_REMOVED = regex(rf"<(?:{_COMMENT}|(?=[sS])(?:{_removed('script')}|{_removed('style')}))")
_MAY_BE_REMOVED = regex(r"<(?:!--|(?=[sS])(?i:script|style)\b)")


class _PageRepair(Repair):
    _may_remove = True
    """Whether the end of each element to remove has been found. Searching for those of others takes quadratic time."""

    def _ordinary_run(self, place: int) -> int:
        text, at = self._text, place
        while found := _RUN.match(text, at):
            at = found.end()
            if not self._may_remove:
                break
            removed = _REMOVED.match(text, at)
            if removed is None:
                self._may_remove = _MAY_BE_REMOVED.match(text, at) is None
                break
            at = self._replace(at, removed.end())
        return at


def repair_page(text: str) -> str:
    """Repair a page so that the parser of the standard changes no text, unless it has tags of unknown names."""
    return _PageRepair(with_plain_code(diagrams_as_code(text))).run()
