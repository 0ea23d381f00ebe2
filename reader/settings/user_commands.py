"""Commands that users name in their settings, and the parts of an article that they receive."""

import os
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from reader.language import N_
from reader.lean_dataclasses import dataclass
from reader.settings.value_limits import Matching

WrittenCommand = str | tuple[str, ...]
"""A program with its arguments, as a list or as a string; a string is split as by a shell, but not run by one."""

WrittenKeys = str | int | tuple[str | int, ...] | None
"""One key, several keys, or none; YAML reads a digit as a number."""


class PipedPart(StrEnum):
    """The part of an article that a command receives."""

    SELECTION = "selection"  # the selection, or else the section
    SECTION = "section"
    ARTICLE = "article"
    NOTHING = "nothing"


class PipedFormat(StrEnum):
    """The format in which a command receives its part of the article."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


class CommandOutput(StrEnum):
    """Where the output of a command goes."""

    BOX = "box"
    PAGER = "pager"
    TERMINAL = "terminal"  # the command has the terminal while it runs
    NOTHING = "nothing"  # only a failure is reported


def command_words(written: WrittenCommand) -> list[str]:
    """The program and its arguments; empty if nothing is written, or a quotation mark is not closed."""
    if isinstance(written, str):
        import shlex  # noqa: PLC0415 - only for commands

        try:
            words = shlex.split(written)
        except ValueError:
            return []
    else:
        words = list(written)
    return [os.path.expanduser(word) if word.startswith("~/") else word for word in words]  # noqa: PTH111 - a word


def _is_command(written: WrittenCommand) -> bool:
    words = command_words(written)
    return bool(words and words[0]) and not any("\0" in word for word in words)


def are_commands(written: Sequence[WrittenCommand]) -> bool:
    """Whether all of these are commands that can be run."""
    return all(map(_is_command, written))


def _is_dictionary(written: WrittenCommand) -> bool:
    return written == () or _is_command(written)


DICTIONARY = Matching(
    N_("“{key}” in {path} must be a command"),
    N_("write a program with its arguments: [sdcv, -n, '{word}']"),
    check=_is_dictionary,
)
COMMAND = Matching(
    N_("“{key}” in {path} must be a command"),
    N_("write a program with its arguments: [wc, -m], or wc -m"),
    check=_is_command,
)
KEYS = Matching(N_("“{key}” in {path} must be a key or a list of keys"), N_("write it as !, F12 or [!, F12]"))


@dataclass(frozen=True, slots=True)
class UserCommand:
    """A command that can be performed by a key and from the palette.

    Attributes:
        run: The command.
        key: Its keys.
        pipe: What it receives as standard input.
        format: The format of the standard input.
        output: Where its output goes.
    """

    run: Annotated[WrittenCommand, COMMAND]
    key: Annotated[WrittenKeys, KEYS] = None
    pipe: PipedPart = PipedPart.SELECTION
    format: PipedFormat = PipedFormat.TEXT
    output: CommandOutput = CommandOutput.BOX
