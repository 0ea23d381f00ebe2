"""Classification of line breaks in a paragraph: meaningful, as in a poem, or wrapped by an editor at a margin."""

from collections.abc import Callable, Sequence

from reader.parse.inline import WIDE
from reader.regex import regex
from reader.settings.options import SourceBreaks

_WIDE = regex(f"[{WIDE}\u1100-\u11ff\uac00-\ud7a3]")
_NARROWEST, _WIDEST = 50, 130
"""The range of the width of the longest wrapped line, in cells."""

_POEM = 50
"""The width in cells up to which Latin lines make a poem or an address."""

_SENTENCE = regex("[。！？!?…”」』）)】》]\\s*$")
_KEY = regex(r"\s*[^\s:：=]{1,20}(?: [^\s:：=]{1,12})?\s*[:：=]\s*\S|\s*https?://\S+\s*$")


def cells(line: str) -> int:
    """Return the width of a line in cells; a wide character takes two."""
    body = line.strip()
    return len(body) + (0 if body.isascii() else len(_WIDE.findall(body)))


def is_wrapped(widths: Sequence[int]) -> bool:
    """Whether an editor has wrapped the lines at a margin: all but the last have about the same width."""
    widest = max(widths)
    if not _NARROWEST <= widest <= _WIDEST or len(widths) < 2:
        return False
    return all(width >= 0.75 * widest for width in widths[:-1])


def break_rule(breaks: SourceBreaks) -> Callable[[Sequence[str]], bool]:
    """Return a function that tells whether the line breaks between the lines of a paragraph are kept."""
    match breaks:
        case SourceBreaks.AUTO:
            return keeps_breaks
        case SourceBreaks.KEEP:
            return lambda _lines: True
        case SourceBreaks.JOIN:
            return lambda _lines: False


def keeps_breaks(lines: Sequence[str]) -> bool:
    """Whether the line breaks of a paragraph are meaningful."""
    lines = [line for line in lines if line.strip()]
    if len(lines) < 2:
        return False
    widths = [cells(line) for line in lines]
    if sum(_KEY.match(line) is not None for line in lines) == len(lines):
        return True
    wide = sum(map(len, map(_WIDE.findall, lines))) * 4 >= sum(map(len, lines))
    if is_wrapped(widths):
        # Wrapping would break within sentences, so lines that all end sentences are not wrapped.
        return wide and all(_SENTENCE.search(line) for line in lines[:-1])
    if wide:
        return True
    return max(widths) <= _POEM
