"""The argument parsers of commands that print no articles, in a module of their own for a fast start."""

from argparse import SUPPRESS

from reader.cli.arguments import add_archive, add_json, host, path, port
from reader.cli.command_parser import CommandParser
from reader.language import _, listed

_SHELLS = ("bash", "zsh", "fish")


def keys_parser() -> CommandParser:
    """The parser of `reader keys`."""
    from reader.keymap.presets import PRESETS  # noqa: PLC0415 - no other command needs it

    parser = CommandParser(
        prog="reader keys",
        description=_("List the actions with their names for the settings and their keys; * marks changed ones."),
    )
    add_json(parser)
    parser.add_argument("--preset", choices=tuple(PRESETS), help=_("show the keys of a preset, not those in use"))
    return parser


def settings_parser() -> CommandParser:
    """The parser of `reader settings`."""
    parser = CommandParser(
        prog="reader settings",
        description=_("Check the settings, and print their place and those that differ from the defaults."),
    )
    form = parser.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument("--path", action="store_true", help=_("print only the place of the file"))
    form.add_argument("--write", action="store_true", help=_("write a file with all settings, commented out"))
    parser.add_argument("--force", action="store_true", help=_("overwrite an existing file"))
    return parser


def serve_parser() -> CommandParser:
    """The parser of `reader serve`."""
    parser = CommandParser(
        prog="reader serve",
        description=_("Show the reader in a browser. Each page is a session of its own, with the same marks."),
        epilog=_(
            "On another host than this machine, the address contains a token. In the browser, the reader starts no "
            "other programs. Needs the extra “serve”."
        ),
    )
    parser.add_argument(
        "path", nargs="*", type=path, metavar="PATH", help=_("a folder of articles or a single file (repeatable)")
    )
    parser.add_argument(
        "--host",
        type=host,
        default="127.0.0.1",
        metavar="HOST",
        help=_("host name or address to listen at (default: 127.0.0.1, only this machine)"),
    )
    parser.add_argument(
        "--port", type=port, default=8000, metavar="PORT", help=_("port, or 0 for a free one (default: 8000)")
    )
    parser.add_argument("--token", action="store_true", help=_("require a token on this machine, too"))
    return parser


def mcp_parser() -> CommandParser:
    """The parser of `reader mcp`."""
    parser = CommandParser(
        prog="reader mcp",
        description=_("Let an agent search and read archives: a server of the Model Context Protocol on stdio."),
        epilog=_("It changes nothing but the index. Needs the extra “mcp”."),
    )
    add_archive(parser)
    return parser


def doctor_parser() -> CommandParser:
    """The parser of `reader doctor`."""
    return CommandParser(
        prog="reader doctor",
        description=_("Print what a bug report needs: versions, terminal, settings and data, no texts of yours."),
    )


def completion_parser() -> CommandParser:
    """The parser of `reader completion`."""
    parser = CommandParser(
        prog="reader completion",
        description=_("Print a completion script for a shell."),
        epilog=_("bash: source <(reader completion bash); fish: reader completion fish | source; zsh: see the README"),
    )
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("shell", nargs="?", choices=_SHELLS, metavar="SHELL", help=listed(_SHELLS))
    chosen.add_argument("--words", metavar="WORD", help=_("print what completes a word of a query, one per line"))
    chosen.add_argument(
        "--bash", metavar="LINE", help=_("the same for a command line of bash, which ends in that word, quoted for it")
    )
    parser.add_argument(
        "--breaks", metavar="SIGNS", default="", help=_("with --bash: the signs that separate words (COMP_WORDBREAKS)")
    )
    # Set by the bash script when completions are only listed, not inserted.
    parser.add_argument("--listed", action="store_true", help=SUPPRESS)
    return parser
