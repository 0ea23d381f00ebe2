"""Superscripts and subscripts in Unicode's own characters, so that 10⁸ is not read as 108, nor 1ˢᵗ as a word."""

from unicodedata import east_asian_width

from reader.document.blocks import Span, SpanKind
from reader.lean_dataclasses import dataclass

_RAISED = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
)
_LOWERED = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_KANBUN = str.maketrans("レ一二三四上中下甲乙丙丁天地人", "㆑㆒㆓㆔㆕㆖㆗㆘㆙㆚㆛㆜㆝㆞㆟")
"""The marks of kanbun (返り点), which sources write as small kanji."""

_LONGEST_SMALL = 12
"""The maximum number of characters of a text that is legible in small letters."""

_LONGEST_MARKED = 40
"""The maximum number of characters of a superscript or subscript; longer text is a sentence in small print."""


@dataclass(frozen=True, slots=True)
class RaisedText:
    """How one superscript or subscript is shown.

    Attributes:
        table: A replacement for each of its characters, as for `str.translate`; empty to keep them.
        before: The text to add before it.
        after: The text to add after it.
    """

    table: dict[int, int]
    before: str = ""
    after: str = ""


def raised(text: str, span: Span, ambiguous_width: int) -> RaisedText | None:
    """How `span`, a superscript or subscript in `text`, is shown; None for other spans, or if it is unchanged."""
    if span.kind not in {SpanKind.SUPERSCRIPT, SpanKind.SUBSCRIPT}:
        return None
    own = text[span.start : span.end]
    is_raised = span.kind is SpanKind.SUPERSCRIPT
    tables = [_KANBUN]
    if len(own) <= _LONGEST_SMALL:
        tables.append(_RAISED if is_raised else _LOWERED)
    for table in tables:
        if all(ord(one) in table and _is_narrow(table[ord(one)], ambiguous_width) for one in own):
            return RaisedText(table)
    # A bracket or a mark such as * or † already distinguishes a text from what precedes it.
    is_glued = span.start > 0 and text[span.start - 1].isalnum() and bool(own) and (own[0].isalnum() or own[0] in "+-−")
    if not is_glued or len(own) > _LONGEST_MARKED:
        return None
    mark = "^" if is_raised else "_"
    return RaisedText({}, f"{mark}(", ")") if " " in own else RaisedText({}, mark)


def _is_narrow(code: int, ambiguous_width: int) -> bool:
    """Whether the terminal surely draws a character in one cell; one of ambiguous width may take two."""
    return ambiguous_width == 1 or east_asian_width(chr(code)) != "A"
