"""The header of a page: title and byline, laid out like the text below them."""

from typing import TYPE_CHECKING

from reader.document.blocks import Inline
from reader.layout.balanced_titles import balanced
from reader.layout.lines import NO_BLOCK, Line, Role, Run, Style
from reader.layout.margins import blank
from reader.layout.paragraph import lay_out_paragraph
from reader.layout.picture_rooms import COVER, PictureRooms, PictureRow
from reader.layout.wrapping import set_parts
from reader.lean_dataclasses import dataclass, replace
from reader.regex import regex
from reader.settings.options import ChineseScript, Typesetting

if TYPE_CHECKING:
    from reader.layout.vertical_text import UprightForms

_TITLE = Style(Role.HEADING, bold=True)
_BYLINE = Style(Role.MUTED)

_DATE = regex("(?<![0-9-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")


@dataclass(frozen=True, slots=True)
class Head:
    """The header above a text.

    Attributes:
        title: The title.
        byline: An optional line with author, date and length.
        author: The beginning of the byline that is the article's own; what follows are words of the program.
    """

    title: str
    byline: str = ""
    author: str = ""


def set_head(head: Head, width: int, typesetting: Typesetting, upright: "UprightForms | None" = None) -> list[Line]:
    """The lines of a header, followed by a blank one; none for an empty header.

    Their runs belong to no position of the document. The options are those of the document's layout. With `upright`,
    the lines are columns of vertical text.
    """
    if not head.title and not head.byline:
        return []
    if typesetting.chinese is not ChineseScript.SOURCE:
        head = _in_script(head, typesetting.chinese)
    plain = replace(typesetting, justify=False, chinese=ChineseScript.SOURCE)
    title = " ".join(head.title.split())
    if upright is not None:
        lines = _set(title, width, plain, _TITLE, upright) if title else []
        if head.byline:
            lines += [Line(), *_set(_in_columns(head.byline, upright.language), width, plain, _BYLINE, upright)]
        return [*lines, Line()]
    parts = balanced(title, width, plain) or [title]
    lines = [line for part in parts for line in _set(part, width, plain, _TITLE)]
    if head.byline:
        lines += [Line(), *(Line((Run(text, _BYLINE),)) for text in set_parts(head.byline, width, plain) if text)]
    return [*lines, Line()]


def set_cover(rooms: PictureRooms, width: int) -> list[Line]:
    """The rows of the cover and a blank one; none without a cover. It is at most half as high as other pictures."""
    room = replace(rooms, most_rows=rooms.most_rows // 2).room(COVER, width)
    if room is None:
        return []
    cells, rows = room
    runs = (blank((width - cells) // 2), Run(" " * cells, Style(Role.PICTURE)))
    return [*(Line(runs, picture=PictureRow(COVER, row, rows, cells)) for row in range(rows)), Line()]


def _in_script(head: Head, script: ChineseScript) -> Head:
    from reader.document.chinese_script import convert  # noqa: PLC0415 - most people read Chinese as it is written

    rest = head.byline.removeprefix(head.author)
    return Head(convert(head.title, script), convert(head.author, script) + rest)


def _in_columns(byline: str, language: str) -> str:
    """A byline for vertical text with dates like 1905年1月1日, in which numbers of two digits take one row each."""
    year, month, day = ("년 ", "월 ", "일") if language == "ko" else "年月日"
    dated = _DATE.sub(lambda found: f"{found[1]}{year}{int(found[2])}{month}{int(found[3])}{day}", byline)
    return dated.replace(" · ", "\u3000")


def _set(
    text: str, width: int, typesetting: Typesetting, style: Style, upright: "UprightForms | None" = None
) -> list[Line]:
    lines = lay_out_paragraph(Inline(text), width, typesetting, block=NO_BLOCK, base=style, upright=upright)
    return [Line(tuple(replace(run, start=0, end=0) for run in line.runs if run.text)) for line in lines]
