"""Highlights and notes as the files that other programs import: Anki, Readwise, and the clippings of a Kindle."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path

from reader.archive.article import Article
from reader.document.sanitizing import clean_line
from reader.export.anki_package import AnkiNote, anki_package
from reader.export.export_folder import ExportFolder
from reader.export.markdown_marks import ArticleOf
from reader.language import N_, _
from reader.lean_dataclasses import dataclass
from reader.marks.highlights import Highlight
from reader.marks.stored_values import local
from reader.regex import regex


def anki(highlights: Iterable[Highlight], article_of: ArticleOf) -> Iterator[str]:
    """Notes for Anki as tab-separated text with the header lines of Anki 2.1.54 and later.

    The first column is the identifier of the highlight, so that importing it again updates the note. Front: the
    quotation; back: the note and the source.
    """
    yield "#separator:tab\n#html:true\n#guid column:1\n#columns:GUID\tFront\tBack\tTags\n#tags column:4\n"
    for one in _anki_notes(highlights, article_of):
        yield "\t".join((one.uid, one.front, one.back, " ".join(one.tags))) + "\n"


def _anki_notes(highlights: Iterable[Highlight], article_of: ArticleOf) -> Iterator[AnkiNote]:
    for one in highlights:
        article = article_of(one.article_id)
        back = "<br><br>".join(filter(None, (_html(one.note), _html(_source(one, article)))))
        # Tags are not HTML, so quotation marks cannot be escaped: one at the beginning would open a quoted field.
        tags = ["_".join(tag.replace('"', "”").split()) for tag in (article.tags if article is not None else ())]
        yield AnkiNote(one.uid, _html(one.anchor.quotation), back, tags, int(one.changed.timestamp()))


def readwise(highlights: Iterable[Highlight], article_of: ArticleOf) -> Iterator[str]:
    """The CSV that Readwise imports."""
    yield _row(("Highlight", "Title", "Author", "URL", "Note", "Location", "Date"))
    for one in highlights:
        article = article_of(one.article_id)
        author, url = (article.author, article.url) if article is not None else ("", "")
        day = f"{local(one.created):%Y-%m-%d %H:%M:%S}"
        location = str(one.anchor.span.start.block + 1)
        yield _row((one.anchor.quotation, one.title, author, url, one.note, location, day))


def clippings(highlights: Iterable[Highlight], article_of: ArticleOf) -> Iterator[str]:
    """“My Clippings.txt” of a Kindle, which many programs import; a note follows its highlight."""
    for one in highlights:
        article = article_of(one.article_id)
        author = article.author if article is not None and article.author else ""
        title = clean_line(one.title) + (f" ({clean_line(author)})" if author else "")
        start = one.anchor.span.start.block + 1
        end = max(one.anchor.span.end.block + 1, start)
        yield _clipping(title, f"Your Highlight on Location {start}-{end}", one, one.anchor.quotation)
        if one.note:
            yield _clipping(title, f"Your Note on Location {end}", one, one.note)


@dataclass(frozen=True, slots=True)
class HighlightFile:
    """A file for another program: its description in English, and its suffix."""

    title: str
    suffix: str


PACKAGE = "apkg"
"""The binary format."""

FILES = {
    "anki": HighlightFile(N_("Anki, tab-separated"), ".tsv"),
    PACKAGE: HighlightFile(N_("Anki, package"), ".apkg"),
    "readwise": HighlightFile(N_("Readwise, CSV"), ".csv"),
    "clippings": HighlightFile(N_("My Clippings of a Kindle"), ".txt"),
}
"""The files by the names of their formats."""


def write_highlights(name: str, highlights: Iterable[Highlight], article_of: ArticleOf, folder: ExportFolder) -> Path:
    """Write highlights in the format with a name to a file in `folder`, and return its path.

    Raises:
        ExportError: The file cannot be written.
    """
    ordered = sorted(highlights, key=lambda one: (one.title, one.article_id, one.anchor.span, one.id))
    pieces = (written(name, ordered, article_of),)
    return folder.write(_("Highlights"), FILES[name].suffix, f"highlights {name}", pieces)


def written(name: str, highlights: Iterable[Highlight], article_of: ArticleOf) -> bytes:
    """Highlights in the format with a name."""
    if name == PACKAGE:
        return anki_package(_anki_notes(highlights, article_of), "reader")
    return "".join(_FORMATS[name](highlights, article_of)).encode("utf-8", "replace")


_FORMATS: dict[str, Callable[[Iterable[Highlight], ArticleOf], Iterator[str]]] = {
    "anki": anki,
    "readwise": readwise,
    "clippings": clippings,
}
"""The formats that are texts, by name."""

_FORMULA = regex(r"[\s\ufeff]*[=+\-@＝＋－＠]")
"""The beginning of a formula in a cell; Chinese and Japanese versions of Excel accept full-width signs, too."""

_CELL_BREAK = regex(r"([;\r\n])")
"""Separators of cells in spreadsheets that do not use the comma."""

_HARMFUL = regex(r"[\w.]\s*[(（]|[|｜][^|｜!！]*[!！]|[\w'\]]!\w")
"""A call of a function, DDE (`program|topic!item`), or a reference to another file (`[file]sheet!cell`)."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)


def _clipping(title: str, kind: str, one: Highlight, text: str) -> str:
    """An entry; a Kindle set to English writes these words, whatever the language of the system is."""
    at = local(one.created)
    hour = at.hour % 12 or 12
    clock = f"{hour}:{at:%M:%S} {'AM' if at.hour < 12 else 'PM'}"
    when = f"{_DAYS[at.weekday()]}, {_MONTHS[at.month - 1]} {at.day}, {at.year} {clock}"
    return f"{title}\r\n- {kind} | Added on {when}\r\n\r\n{clean_line(text)}\r\n==========\r\n"


def _source(one: Highlight, article: Article | None) -> str:
    parts = (one.title, article.author if article is not None else "", article.url if article is not None else "")
    return " · ".join(part for part in parts if part)


def _html(text: str) -> str:
    return escape(text).replace("\t", " ").replace("\n", "<br>")


def _row(values: Iterable[str]) -> str:
    """A row of CSV (RFC 4180), with an apostrophe before each value that a spreadsheet would run as a formula.

    Readwise imports every character, the apostrophes as well, so no other value gets one.
    """
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow([_guarded(one) for one in values])
    return stream.getvalue()


def _guarded(value: str) -> str:
    """A value with an apostrophe before each formula, at its beginning or behind a separator of cells.

    Where the comma is the decimal mark, spreadsheets separate cells at semicolons, and at line ends in cells without a
    quotation mark at the beginning. Then a cell may begin in the middle of a value.
    """
    first, *rest = _CELL_BREAK.split(value)
    guarded = [f"'{first}" if _runs(value) else first]
    # The pattern has a group, so `split` returns the separators as well, as every other part.
    guarded += [f"'{part}" if _runs(part) else part for part in rest]
    return "".join(guarded)


def _runs(value: str) -> bool:
    """Whether a spreadsheet takes a value for a formula, and the formula could do harm.

    A formula without a function call, DDE or a reference can only compute. Such a value is probably text: “- two”,
    “@name says”.
    """
    return _FORMULA.match(value) is not None and _HARMFUL.search(value) is not None
