"""The manual page `reader(1)`, made from the parser of the commands when the wheel is built."""

from argparse_manpage.manpage import Manpage

from reader.cli.parsers import make_parser
from reader.cli.whole_parser import whole_parser

_EXIT_CODES = """\
.TP
\\fB0\\fR
success
.TP
\\fB1\\fR
failure; for search and links --to, nothing was found; for check and links --broken, something was found
.TP
\\fB2\\fR
invalid usage, query or settings
.TP
\\fB130\\fR
interrupted by Ctrl+C
"""

_FILES = """\
.TP
\\fI~/.config/reader/settings.yaml\\fR
the settings; other platforms have other folders
.TP
\\fI~/.local/share/reader/marks.db\\fR
bookmarks, highlights, notes and reading history, with backups beside it
.TP
\\fI~/.cache/reader/\\fR
indexes of archives, which can be deleted at any time
"""

_ENVIRONMENT = """\
.TP
\\fBREADER_ARCHIVE\\fR
the archives if none are named, separated by colons
.TP
\\fBPAGER\\fR, \\fBNO_COLOR\\fR, \\fBFORCE_HYPERLINK\\fR, \\fBVISUAL\\fR, \\fBEDITOR\\fR
the pager of “show”; no colours; hyperlinks (0 or 1); the editor of notes and of sources, VISUAL first
"""


def manual_page(version: str) -> str:
    """The manual page in troff."""
    parser = whole_parser()
    paths = next(action.help for action in make_parser("")._actions if action.dest == "path")  # noqa: SLF001 - as there
    parser.description = f"{parser.description} PATH is {paths}; several are opened together."
    page = Manpage(parser, format="single-commands-section")
    page.source = f"reader {version}"
    page.manual = "User Commands"
    page.description = "read archived articles in the terminal"
    return f"{page}.SH EXIT STATUS\n{_EXIT_CODES}.SH ENVIRONMENT\n{_ENVIRONMENT}.SH FILES\n{_FILES}"
