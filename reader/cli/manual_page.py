"""The manual page `reader(1)` in each language, made from the parser of the commands when the wheel is built."""

import os
from collections.abc import Iterable

from argparse_manpage.manpage import Manpage

from reader import language
from reader.cli.parsers import make_parser
from reader.cli.whole_parser import whole_parser
from reader.language import N_, _

_HEADINGS = (N_("NAME"), N_("SYNOPSIS"), N_("DESCRIPTION"))
"""The headings that the page always has in English."""
_FILLED = ".ad l\n.nh\n"
"""Requests for left-aligned lines without hyphenation, as in most manual pages."""
_BREAKS = ".if \\n(.g .mso {code}.tmac\n"
"""A request for line breaks in Chinese or Japanese, which groff otherwise makes only in a locale of the language."""
_COLUMNS = "COLUMNS"

_EXIT_CODES = (
    ("0", N_("success")),
    (
        "1",
        N_("failure; for search and links --to, nothing was found; for check and links --broken, something was found"),
    ),
    ("2", N_("invalid usage, query or settings")),
    ("130", N_("interrupted by Ctrl+C")),
)
_FILES = (
    ("~/.config/reader/settings.yaml", N_("the settings; other platforms have other folders")),
    ("~/.local/share/reader/marks.db", N_("bookmarks, highlights, notes and reading history, with backups beside it")),
    ("~/.cache/reader/", N_("indexes of archives, which can be deleted at any time")),
)
_ENVIRONMENT = (
    ("READER_ARCHIVE", N_("the archives if none are named, separated by colons")),
    (
        "PAGER, NO_COLOR, FORCE_HYPERLINK, VISUAL, EDITOR",
        N_("the pager of “show”; no colours; hyperlinks (0 or 1); the editor of notes and of sources, VISUAL first"),
    ),
)


def manual_pages(version: str) -> dict[str, str]:
    """The manual page in troff for each language, by the folder of manual pages to which it belongs."""
    chosen = language.current()
    pages: dict[str, str] = {}
    try:
        for code in language.languages():
            language.use(code)
            pages["man1" if code == "en" else f"{code}/man1"] = manual_page(version)
    finally:
        language.use(chosen)
    return pages


def manual_page(version: str) -> str:
    """The manual page in troff, in the language in use."""
    width = os.environ.get(_COLUMNS)
    # Troff breaks the lines; a line break that the help makes within a word would become a space.
    os.environ[_COLUMNS] = "9999"
    try:
        text = _page(version)
    finally:
        del os.environ[_COLUMNS]
        os.environ.update({} if width is None else {_COLUMNS: width})
    for heading in _HEADINGS:
        text = text.replace(f"\n.SH {heading}\n", f"\n.SH {_(heading)}\n", 1)
    code = language.current()
    title, rest = text.split("\n", 1)
    # Argparse-manpage escapes the hyphens of the date, which mandoc then cannot read.
    title = title.replace(r"\-", "-")
    breaks = "" if code == "en" else _BREAKS.format(code=code)
    sections = (
        (_("EXIT STATUS"), "B", _EXIT_CODES),
        (_("ENVIRONMENT"), "B", _ENVIRONMENT),
        (_("FILES"), "I", _FILES),
    )
    return f"{breaks}{title}\n{_FILLED}{rest}" + "".join(_section(*section) for section in sections)


def _page(version: str) -> str:
    parser = whole_parser()
    paths = next(action.help for action in make_parser("")._actions if action.dest == "path")  # noqa: SLF001 - argparse
    parser.description = _("{description} PATH is {paths}; several are opened together.").format(
        description=parser.description, paths=paths
    )
    page = Manpage(parser, format="single-commands-section")
    page.source = f"reader {version}"
    page.manual = _("User Commands")
    page.description = _("read archived articles in the terminal")
    page.synopsis = parser.format_usage().removeprefix(_("usage: ")).split()
    return str(page)


def _section(heading: str, font: str, terms: Iterable[tuple[str, str]]) -> str:
    """A section with a list of terms, several of which share a description if they are separated by commas."""
    rows: list[str] = []
    for term, text in terms:
        names = ", ".join(f"\\f{font}{one}\\fR" for one in term.split(", "))
        rows.append(f".TP\n{names}\n{_(text)}\n")
    return f".SH {heading}\n{''.join(rows)}"
