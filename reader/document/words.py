"""Word segmentation: by spaces where a script uses them, by a dictionary for Chinese if jieba is installed.

Without jieba each Chinese character is a word, because a whole run of Han characters, from one punctuation mark to the
next, would be half a sentence. Japanese changes its script nearly as often as a new word begins, so a run of kanji, of
hiragana or of katakana is a word there, as in text editors; jieba, which has no Japanese dictionary, is not used.
"""

import logging
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from enum import Enum, auto
from functools import cache
from itertools import pairwise
from threading import Lock
from unicodedata import category

from apsw.unicode import is_extended_pictographic, is_regional_indicator, word_next_break

from reader.document.characters import TextSlice, edges
from reader.document.text_folding import folded
from reader.regex import regex

_HAN = regex("[\u3005-\u3007\u3021-\u3029\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HIRAGANA = regex("[\u3041-\u309f]")
_JAPANESE = regex("[\u3041-\u309f々〆]")
_KATAKANA = regex("[\u30a0-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f]")

_HAN_TO_KANA = 10
"""A text is Japanese if it has at most this many Han characters per character of `_JAPANESE`: a Chinese text may
contain an occasional の."""

_DIGITS = regex("([〇零一二三四五六七八九]{3,})")
"""Sequences of digits, as in 二〇二四年, which the dictionary would split."""

_BATCH = 500
"""Number of lines of the dictionary that are read without a pause, in less than a millisecond."""

_loading = Lock()


class _Script(Enum):
    """The scripts without spaces between words, which UAX 29 does not segment."""

    HAN = auto()
    HIRAGANA = auto()
    KATAKANA = auto()


def words(line: str) -> list[TextSlice]:
    """The words of one line, in order, including numbers and emoji, without white space and punctuation."""
    whole = edges(line)
    cuts = [cut for cut in _cuts(line) if cut in whole]
    return [(start, end) for start, end in pairwise((*cuts, len(line))) if _is_word(line[start:end])]


def _cuts(line: str) -> Iterator[int]:
    """The offsets at which words and separators start."""
    japanese = len(_JAPANESE.findall(line)) * _HAN_TO_KANA >= max(len(_HAN.findall(line)), 1)
    for start, end, script in _runs(line):
        yield start
        if script is _Script.HAN and not japanese:
            offset = start
            for word in _chinese(line[start:end]):
                yield offset
                offset += len(word)


def _runs(line: str) -> Iterator[tuple[int, int, _Script | None]]:
    """The words by UAX 29, without gaps; adjacent words of one script without spaces are merged."""
    start = end = 0
    script: _Script | None = None
    while end < len(line):
        following = _script(line[end], script)
        if end > start and (following is None or following is not script):
            yield start, end, script
            start = end
        script = following
        end = int(word_next_break(line, end))
    if end > start:
        yield start, end, script


def _script(character: str, before: _Script | None) -> _Script | None:
    """The script of a character that follows one of the script `before`."""
    if character == "ー" and before is _Script.HIRAGANA:
        return before
    # In 一ヶ月, the small kana stands for a counter word.
    if character in "ヶヵ" and before is _Script.HAN:
        return before
    patterns = {_Script.HAN: _HAN, _Script.HIRAGANA: _HIRAGANA, _Script.KATAKANA: _KATAKANA}
    return next((script for script, pattern in patterns.items() if pattern.match(character)), None)


def _is_word(piece: str) -> bool:
    """Whether a piece is more than white space and punctuation."""
    if any(character.isalnum() for character in piece):
        return True
    return any(
        is_regional_indicator(one) or (is_extended_pictographic(one) and category(one)[0] != "P") for one in piece
    )


def _chinese(run: str) -> Iterator[str]:
    """The words of a run of Han characters; single characters without a dictionary."""
    split = _dictionary()
    if split is None:
        yield from run
        return
    # The dictionary contains simplified characters; folding makes it work for traditional text too.
    known = folded(run)
    known = known if len(known) == len(run) else run
    for number, piece in enumerate(_DIGITS.split(known)):
        if number % 2:
            yield piece
        elif piece:
            yield from split(piece)


def _dictionary() -> Callable[[str], list[str]] | None:
    """A function that segments Chinese, or None without jieba; loading it takes about a second."""
    with _loading:
        return _loaded()


@cache
def _loaded() -> Callable[[str], list[str]] | None:
    try:
        with warnings.catch_warnings():
            # jieba's source triggers syntax warnings in current Python versions.
            warnings.simplefilter("ignore")
            import jieba  # noqa: PLC0415 - optional, and slow to import

            jieba.setLogLevel(logging.CRITICAL + 1)
            tokenizer = jieba.Tokenizer()
            # Bypass jieba's own cache: it is a file in the world-writable temporary directory, is no faster, and
            # fails if there is no such directory.
            with closing(tokenizer.get_dict_file()) as lines:
                tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(_throttled(lines))
            tokenizer.initialized = True
    except (ImportError, OSError, ValueError):
        return None
    return lambda run: [str(word) for word in tokenizer.cut(run)]


def _throttled(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, read with pauses in which other threads, such as that of the screen, can run."""
    for number, line in enumerate(lines):
        if number % _BATCH == 0:
            time.sleep(0.001)
        yield line
