"""The environment variables that tell a program about an article."""

import os
from collections.abc import Mapping, Sequence

from reader.archive.archive import absolute
from reader.archive.article import Article

_LONGEST = 8_000
"""The maximum characters of a value: Linux rejects one over 131,071 bytes (MAX_ARG_STRLEN)."""

_PREFIX = "READER_"
_NAMES = ("PATH", "ID", "TITLE", "URL", "AUTHOR", "DATE", "SECTION", "EVENT", "CHANGE")


def variables(article: Article, **others: str) -> dict[str, str]:
    """The variables of an article: READER_PATH, READER_ID, READER_TITLE …, and `others` in the same form.

    The values are texts of the article. Whatever they contain, no shell sees them unless the user runs one.
    """
    values = {
        "PATH": str(absolute(article.path)),
        "ID": article.id,
        "TITLE": article.title,
        "URL": article.url,
        "AUTHOR": article.author,
        "DATE": article.local_day,
        **{name.upper(): value for name, value in others.items()},
    }
    return {f"{_PREFIX}{name}": value.replace("\0", "")[:_LONGEST] for name, value in values.items()}


def environment(found: Mapping[str, str]) -> dict[str, str]:
    """The environment of this process with the variables of an article, and with none of another article."""
    unset = {f"{_PREFIX}{name}" for name in _NAMES}
    return {**{name: value for name, value in os.environ.items() if name not in unset}, **found}


def with_variables(words: Sequence[str], found: Mapping[str, str]) -> list[str]:
    """The words of a command; one that is just `$READER_TITLE` or `${READER_TITLE}` is replaced by its value.

    A variable within a longer word stays as it is, because the word may be a script and a title must not become code.
    """
    values = {f"${name}": value for name, value in found.items()} | {f"${{{name}}}": v for name, v in found.items()}
    return [words[0], *(values.get(word, word) for word in words[1:])] if words else []
