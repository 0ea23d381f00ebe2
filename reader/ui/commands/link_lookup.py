"""Lookups of links in a thread, with a message instead of an exception, and of the articles that links name by id."""

from collections.abc import Callable
from typing import TypeVar

from reader.archive.article import Article
from reader.document.sanitizing import clean_line
from reader.language import _
from reader.library.library import Library
from reader.ui.commands.host import Host

_Found = TypeVar("_Found")


def looked_up(host: Host, look: Callable[[], _Found]) -> _Found | None:
    """Return the result of `look`; if it fails, show a message and return None. Runs in a thread.

    Links depend on files of the archive that other programs have written, such as the configuration of its site.
    """
    try:
        return look()
    except Exception as error:  # noqa: BLE001 - the files are hostile
        reason = clean_line(str(error)) or type(error).__name__
        host.call_from_thread(host.say, _("Links cannot be looked up: {reason}").format(reason=reason))
        return None


def linked_article(library: Library, article_id: str) -> Article | None:
    """The article with an id, even if only the archive around a file that was opened alone contains it."""
    return library.article(article_id) or library.links.with_id(article_id)
