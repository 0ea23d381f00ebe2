"""A dictionary that runs a command of the user: the output is the entry."""

import os
from collections.abc import Sequence

from reader.dictionaries.dictionary_entry import DictionaryEntry
from reader.errors import DictionaryError
from reader.language import _
from reader.workers.external_program import ExternalProgram

_PATIENCE = 10.0
"""The maximum time in seconds that the command may take."""

_LONGEST = 100_000
"""Maximum length in characters of the output that is shown."""

PLACE_OF_WORD = "{word}"
"""The placeholder of the word in the arguments; without it, the word becomes the last argument."""


class CommandDictionary:
    """A command, run without a shell."""

    def __init__(self, words: Sequence[str]) -> None:
        """Use the program and its arguments."""
        self._words = words

    @property
    def name(self) -> str:
        """The name of the program."""
        return self._words[0]

    def find(self, word: str) -> list[DictionaryEntry]:
        """The output of the command as an entry; none if it is empty, or the exit code is not 0.

        Raises:
            DictionaryError: It could not be started, or took too long.
        """
        # The command would read a word that begins with “-” as an option.
        shown = word.lstrip("-")
        given = [one.replace(PLACE_OF_WORD, shown) for one in self._words]
        command = given if given != list(self._words) else [*given, shown]
        try:
            program = ExternalProgram(command, b"", os.environ)
        except (OSError, ValueError) as error:
            message = _("{name} cannot be started: {reason}").format(name=self.name, reason=error)
            raise DictionaryError(message) from error
        if not program.wait(_PATIENCE):
            program.stop()
            raise DictionaryError(_("{name} took more than {seconds:.0f} s").format(name=self.name, seconds=_PATIENCE))
        text = program.output[:_LONGEST].strip()
        return [DictionaryEntry(word, "", (text,), self.name)] if text and program.code == 0 else []
