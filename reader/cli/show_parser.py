"""The argument parser of `reader show`."""

from reader.cli.arguments import add_archive, add_articles, add_base, add_width, add_written_in, rows
from reader.cli.command_parser import CommandParser
from reader.language import _


def show_parser() -> CommandParser:
    """The parser of `reader show`."""
    parser = CommandParser(prog="reader show", description=_("Print articles, typeset for the terminal."))
    add_articles(
        parser, _("article to read: a file, an id, or “-” for standard input; FILE:20 and FILE#Heading print a part")
    )
    add_archive(parser)
    add_width(parser)
    parser.add_argument("--whole", action="store_true", help=_("print all of a web page, not only its article"))
    parser.add_argument(
        "--section", metavar="NAME", help=_("print one section with its subsections, by its title or number")
    )
    parser.add_argument(
        "--range", metavar="RANGE", help=_("print some blocks, numbered as in --json: 12, 12..15, 12.. or 12:5..15:20")
    )
    parser.add_argument(
        "--json", action="store_true", help=_("print JSON: a list of articles with metadata, sections and blocks")
    )
    add_written_in(parser)
    add_base(parser)
    parser.add_argument(
        "--chinese",
        metavar="SCRIPT",
        choices=("source", "simplified", "mainland", "traditional", "taiwan", "hong-kong"),
        help=_("script of Chinese: source, simplified, mainland, traditional, taiwan or hong-kong (needs OpenCC)"),
    )
    parser.add_argument(
        "--vertical", action="store_true", help=_("set the text vertically, in columns from right to left")
    )
    parser.add_argument(
        "--rows", type=rows, metavar="N", help=_("length of a column in rows (default: that of the terminal)")
    )
    parser.add_argument(
        "--color",
        "--colour",
        choices=("auto", "always", "never"),
        default="auto",
        help=_("when to print colours and styles (default: auto, on a terminal)"),
    )
    parser.add_argument(
        "--no-pager", action="store_true", help=_("do not start $PAGER for an article longer than the screen")
    )
    return parser
