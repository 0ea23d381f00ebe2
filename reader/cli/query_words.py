"""Words that complete a query: its keys and their values, from the index as it is."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from reader.archive.archive import open_archives
from reader.cli.chosen_archives import archives
from reader.errors import ReaderError
from reader.index.index import GroupBy, Index
from reader.index.index_file import index_path
from reader.search.keywords import CONTENTS, KEYS, STATES, plain
from reader.settings.folders import cache_folder, data_folder
from reader.settings.options import Settings

_GROUPS = {"cat": GroupBy.CATEGORY, "author": GroupBy.AUTHOR, "source": GroupBy.SOURCE}


def completions(word: str, settings: Settings) -> list[str]:
    """Return what may complete the last word of a query, sorted; nothing is indexed, and errors give no completions.

    Names that contain spaces are left out, since shells would split them.
    """
    sign = "-" if word.startswith("-") else ""
    key, colon, value = word.removeprefix("-").partition(":")
    if not colon:
        return [f"{sign}{name}:" for name in dict.fromkeys(KEYS.values()) if name.startswith(key)]
    try:
        values = sorted({one for one in _values(KEYS.get(plain(key), ""), settings) if _is_one_word(one)})
    except ReaderError:
        return []
    return [f"{sign}{key}:{one}" for one in values if plain(one).startswith(plain(value))]


def _is_one_word(value: str) -> bool:
    return bool(value) and not any(sign.isspace() or sign in "()（）\"'\\$`|&;<>*?!#" for sign in value)


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
