"""One parser of all commands, for shell completion and the manual page; it parses nothing itself."""

import argparse

from reader.cli.parsers import COMMAND_HELP, make_parser
from reader.language import _

_FILES = frozenset({"file", "path", "archive", "like", "to", "base", "copy", "output"})
"""The names of the arguments that are completed with files and folders."""

_QUERY = {
    "bash": "_reader_query",
    "zsh": "_reader_query",
    "fish": "(reader completion --words=(commandline -ct))",
}
"""The functions of the shells that complete words of a query, defined in `completion_scripts.py`."""

TEMPLATES = ("obsidian", "logseq", "plain")
"""The names that `--template` accepts besides those of the user's own templates."""

_TEMPLATE = {
    "bash": "_reader_template_file",
    "zsh": "_reader_template",
    "fish": f"({''.join(f'echo {name}; ' for name in TEMPLATES)}__fish_complete_path (commandline -ct))",
}
"""The functions of the shells that complete templates; `_file` in the name makes shtab let bash quote file names."""


def whole_parser() -> argparse.ArgumentParser:
    """The parser of `reader` with all commands as subcommands.

    Arguments with completions have the attribute `complete` that shtab expects.
    """
    opening = make_parser("")
    opening.usage = None
    # The commands and the paths to open are alternatives, which argparse cannot express.
    whole = argparse.ArgumentParser(prog="reader", description=opening.description, add_help=False)
    for action in opening._actions:  # noqa: SLF001 - argparse has no public list of arguments
        if action.option_strings:
            whole._add_action(action)  # noqa: SLF001
    commands = whole.add_subparsers(title=_("commands"), metavar="PATH | COMMAND")
    for name, text in COMMAND_HELP.items():
        parser = make_parser(name)
        added = commands.add_parser(
            name, help=_(text), description=parser.description, parents=[parser], add_help=False, prog=parser.prog
        )
        _mark(added)
    return whole


def _mark(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:  # noqa: SLF001 - as above
        if isinstance(action.choices, dict):
            for inner in action.choices.values():
                _mark(inner)
        elif action.dest in _FILES:
            vars(action)["complete"] = "file"
        elif action.dest == "query":
            vars(action)["complete"] = _QUERY
        elif action.dest == "template":
            vars(action)["complete"] = _TEMPLATE
