"""Words that complete a query: its keys and their values, from the existing indexes."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reader.archive.archive import open_archives
from reader.cli.chosen_archives import archives
from reader.cli.shell_words import quoted, typed_word
from reader.errors import ReaderError
from reader.index.index import GroupBy, Index
from reader.index.index_file import index_path
from reader.lean_dataclasses import dataclass, replace
from reader.search.query_tokens import CLOSING, CONTENTS, KEYS, OPENING, QUOTES, STATES, plain
from reader.settings.folders import cache_folder, data_folder
from reader.settings.options import Settings

_GROUPS = {"cat": GroupBy.CATEGORY, "author": GroupBy.AUTHOR, "source": GroupBy.SOURCE}
_NOT_BARE = frozenset(f"{OPENING}{CLOSING}{QUOTES}”」|｜")
"""Characters that a value without quotation marks cannot contain, besides white space."""


@dataclass(frozen=True, slots=True)
class _Continued:
    """The possible continuations of a word of a query.

    Attributes:
        before: The part of the word that stays: a minus sign, a key with its colon.
        names: The keys or values that may follow `before`, sorted.
        typed: The beginning of a key or value that was typed.
        is_key: Whether `names` are keys, after each of which a colon follows.
        is_open: Whether a quotation mark was typed before the value.
    """

    before: str
    names: Sequence[str]
    typed: str = ""
    is_key: bool = False
    is_open: bool = False


def completions(word: str, settings: Settings) -> list[str]:
    """Return what may complete the last word of a query, sorted; nothing is indexed, and errors give no completions.

    `word` may be quoted for a shell, even with a quotation mark that is still open. The completions are not quoted for
    a shell; values that contain spaces have the quotation marks of queries. A completion keeps the case that the user
    typed, since fish filters by it.
    """
    found = _continued(typed_word(word).text, settings)
    return _written(replace(found, names=[_as_typed(one, found.typed) for one in found.names]))


def line_completions(line: str, breaks: str, settings: Settings) -> list[str]:
    """Return what may replace the end of a command line of bash, whose last word is that of a query.

    `breaks` has the characters at which bash splits words (`COMP_WORDBREAKS`): only what follows the last one is
    replaced. Of several completions, bash inserts the common prefix. They are therefore written as the word was typed;
    only a completion without alternatives has the quotation marks of queries.
    """
    word = typed_word(line, breaks)
    option, text = _parted(word.text)
    found = _continued(text, settings)
    if found.is_key or len(found.names) == 1:
        shown = _written(found)
    else:
        opened = '"' if found.is_open else ""
        shown = [f"{found.before}{opened}{one}" for one in found.names]
    closing = "" if found.is_key else word.quote
    shown = [option + one for one in shown]
    return [quoted(one.removeprefix(word.kept), word.quote) + closing for one in shown if one.startswith(word.kept)]


def listed_completions(line: str, settings: Settings) -> list[str]:
    """Return what may continue the last word of a command line, as it is to be read: without quotation marks."""
    found = _continued(_parted(typed_word(line).text)[1], settings)
    return _written(found) if found.is_key else list(found.names)


def _parted(word: str) -> tuple[str, str]:
    """Split a word into a long option with its equals sign, or an empty text, and the rest."""
    option, sign, rest = word.partition("=")
    return (option + sign, rest) if sign and option.startswith("--") else ("", word)


def _as_typed(value: str, typed: str) -> str:
    """A value; if it needs quotation marks, its beginning is replaced by what the user typed."""
    begins = value[: len(typed)].casefold() == typed.casefold() and _needs_quotes(value)
    return typed + value[len(typed) :] if begins else value


def _written(found: _Continued) -> list[str]:
    if found.is_key:
        return [f"{found.before}{name}:" for name in found.names]
    return [found.before + _in_query(name, is_open=found.is_open) for name in found.names]


def _in_query(value: str, *, is_open: bool) -> str:
    """A value as it is written in a query: in quotation marks if it needs them."""
    doubled = value.replace('"', '""')
    return f'"{doubled}"' if is_open or _needs_quotes(value) else value


def _needs_quotes(value: str) -> bool:
    return any(sign.isspace() or sign in _NOT_BARE for sign in value)


def _continued(word: str, settings: Settings) -> _Continued:
    sign = "-" if word.startswith("-") else ""
    key, colon, value = word.removeprefix("-").partition(":")
    if not colon:
        keys = [name for name in dict.fromkeys(KEYS.values()) if name.startswith(key)]
        return _Continued(sign, keys, key, is_key=True)
    typed = value.lstrip(QUOTES)
    try:
        names = sorted({one for one in _values(KEYS.get(plain(key), ""), settings) if one})
    except ReaderError:
        names = []
    fitting = [one for one in names if plain(one).startswith(plain(typed))]
    return _Continued(f"{sign}{key}:", fitting, typed, is_open=typed != value)


def _values(key: str, settings: Settings) -> Iterable[str]:
    if key == "is":
        return [name for name in STATES if name.isascii()]
    if key == "has":
        return [name for name in CONTENTS if name.isascii()]
    if key in _GROUPS:
        names = (name for index in _indexes(settings) for name, _count in index.counts(_GROUPS[key]))
        return [part for name in names for part in name.split("\n")]
    return _tags(settings) if key == "tag" else ()


def _tags(settings: Settings) -> Iterator[str]:
    """The tags of articles, and the user's own."""
    for index in _indexes(settings):
        for (tags,) in index.rows("SELECT DISTINCT tags FROM article WHERE tags <> ''"):
            yield from tags.split("\n")
    store = data_folder() / "marks.db"
    if store.exists():
        from reader.marks.restoring import open_marks  # noqa: PLC0415 - few completions need marks

        marks, _error = open_marks(store)
        try:
            yield from (name for name, _count in marks.articles.all_tags())
        finally:
            marks.close()


def _indexes(settings: Settings) -> Iterator[Index]:
    for archive in open_archives(archives((), settings)):
        path = index_path(cache_folder(), archive.root, archive.files)
        if Path(path).exists():
            index = Index(archive, str(path))
            try:
                yield index
            finally:
                index.close()
