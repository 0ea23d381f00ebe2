"""The header of a page: title and byline, laid out like the text below them."""

from reader.document.blocks import Inline
from reader.layout.lines import NO_BLOCK, Line, Role, Style
from reader.layout.paragraph import set_paragraph
from reader.layout.wrapping import unbreakable_parts
from reader.lean_dataclasses import dataclass, replace
from reader.settings.options import Typesetting

_TITLE = Style(Role.HEADING, bold=True)
_BYLINE = Style(Role.MUTED)


@dataclass(frozen=True, slots=True)
class Head:
    """The header above a text: its title, and an optional line with author, date and length."""

    title: str
    byline: str = ""


def set_head(head: Head, width: int, typesetting: Typesetting) -> list[Line]:
    """The lines of a header, followed by a blank one; none for an empty header.

    Their runs belong to no position of the document.
    """
    if not head.title and not head.byline:
        return []
    lines = _balanced(head.title, width, typesetting)
    if head.byline:
        lines += [Line(), *_set(unbreakable_parts(head.byline), width, typesetting, _BYLINE)]
    return [*lines, Line()]


def _balanced(title: str, width: int, typesetting: Typesetting) -> list[Line]:
    """A title in the minimum number of lines, with balanced lengths, to avoid a single word on the last line."""
    plain = replace(typesetting, justify=False)
    best = _set(title, width, plain, _TITLE)
    low, high = width // 2, width
    while len(best) > 1 and low < high:
        middle = (low + high) // 2
        lines = _set(title, middle, plain, _TITLE)
        if len(lines) <= len(best):
            best, high = lines, middle
        else:
            low = middle + 1
    return best


def _set(text: str, width: int, typesetting: Typesetting, style: Style) -> list[Line]:
    inline = Inline(" ".join(text.split(" ")).strip())
    lines = set_paragraph(inline, width, typesetting, block=NO_BLOCK, base=style)
    return [
        Line(tuple(replace(run, text=run.text.replace("\u00a0", " "), start=0, end=0) for run in line.runs if run.text))
        for line in lines
    ]
