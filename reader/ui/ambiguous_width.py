"""Terminals that draw characters of ambiguous width (UAX 11) two cells wide, and those without box-drawing characters.

Textual counts these characters as one cell. The text of an article keeps them: each is followed by a filler, which
counts as a cell but is not sent to the terminal. Frames, symbols and the text of lists are written in ASCII instead.
"""

from functools import cache
from unicodedata import combining

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from reader.layout.cells import Cells
from reader.regex import regex
from reader.settings.options import Typesetting
from reader.ui.filler import FILLER

_FRAMES = {
    **dict.fromkeys("│┃┆┇┊┋║▏▎▍▌▋▊▉▕▐", "|"),
    **dict.fromkeys("─┄┈╌╴╶", "-"),
    **dict.fromkeys("━┅┉═╍", "="),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬", "+"),
    **dict(zip("▁▂▃▄▅▆▇█▔", "..::+*##-", strict=True)),
}
_SIGNS = dict(zip("●○•★☆◆◇▶◀▲▼→←↑↓·“”‘’…—–―×÷", "*o**o*o><^v><^v-\"\"''.---x/", strict=True))
_BOTH = _FRAMES | _SIGNS
_ASCII = str.maketrans(_BOTH)
_ASCII_FRAMES = str.maketrans(_FRAMES)
_UNFILLED = regex(f".(?!{FILLER})")
_BLANKS = regex(" {2,}")
_EMOJI = "\ufe0f\u20e3"
"""After one of these, a character is drawn as an emoji, whose width is not ambiguous."""


@cache
def _is_ambiguous(character: str) -> bool:
    return character != FILLER and not character.isascii() and Cells(2).width(character) > Cells(1).width(character)


def filled(segments: list[Segment], typesetting: Typesetting) -> list[Segment]:
    """Segments of text with a filler after each character that the terminal draws wider than Textual counts."""
    if typesetting.ambiguous_width == 1:
        return segments
    return [Segment(_filled(text), style, control) for text, style, control in segments]


def _filled(text: str) -> str:
    if text.isascii() or not any(map(_is_ambiguous, text)):
        return text
    parts: list[str] = []
    for place, character in enumerate(text):
        parts.append(character)
        following = text[place + 1 : place + 2]
        base = place
        while base and combining(text[base]):
            base -= 1
        if _is_ambiguous(text[base]) and not (following and (combining(following) or following in _EMOJI)):
            parts.append("" if character in _EMOJI else FILLER)
    return "".join(parts)


def narrowed(segments: list[Segment], typesetting: Typesetting) -> list[Segment]:
    """The segments of a row in characters that the terminal draws as wide as Textual counts them.

    Symbols become ASCII, except those with a filler, so that nothing shifts.
    """
    is_wide = typesetting.ambiguous_width == 2
    if not (is_wide or typesetting.ascii_borders) or all(text.isascii() for text, _style, _control in segments):
        return segments
    if not is_wide:
        return [Segment(text.translate(_ASCII_FRAMES), style, control) for text, style, control in segments]
    return _compensated([Segment(_narrowed(text), style, control) for text, style, control in segments])


def _narrowed(text: str) -> str:
    if FILLER not in text:
        return text.translate(_ASCII)
    return _UNFILLED.sub(lambda found: _BOTH.get(found[0], found[0]), text)


def _compensated(segments: list[Segment]) -> list[Segment]:
    """Add a filler to each letter without an ASCII form (Greek, for example), and drop spaces, or else text, to fit.

    Only what follows the last of these letters, such as a frame or a date, keeps its place.
    """
    wide = [segment if FILLER in segment.text else Segment(_filled(segment.text), *segment[1:]) for segment in segments]
    surplus = sum(cell_len(one.text) for one in wide) - sum(cell_len(one.text) for one in segments)
    last = max((number for number, (text, _s, _c) in enumerate(wide) if any(map(_is_ambiguous, text))), default=-1)
    for number in range(len(wide) - 1, -1, -1):
        if not surplus:
            break
        text, style, control = wide[number]
        runs = list(_BLANKS.finditer(text))
        if runs and not any(map(_is_ambiguous, text[runs[-1].end() :])):
            dropped = min(surplus, len(runs[-1][0]) - 1)
            start = runs[-1].start()
            wide[number] = Segment(text[:start] + text[start + dropped :], style, control)
            surplus -= dropped
    for number in range(last, -1, -1):
        if not surplus:
            break
        text, style, control = wide[number]
        dropped = min(surplus, cell_len(text))
        wide[number] = Segment(_shortened(text, dropped), style, control)
        surplus -= dropped
    return wide


def _shortened(text: str, cells: int) -> str:
    """Drop cells at the end of a text, which then ends with a dot instead of an ellipsis if there is room."""
    room = cell_len(text) - cells
    if not room:
        return ""
    kept = set_cell_size(text, room - 1)
    # A character without its filler would be drawn beyond its cell.
    return (f"{kept[:-1]} " if kept and _is_ambiguous(kept[-1]) else kept) + _SIGNS["…"]
