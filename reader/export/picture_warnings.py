"""Warnings about pictures that an exported article lacks."""

from collections.abc import Callable, Sequence

from reader.archive.article import Article
from reader.document.document import Document
from reader.document.sanitizing import clean_line
from reader.export.embedded_pictures import picture_sources
from reader.language import listed, ngettext
from reader.linking.picture_files import is_outside

_NAMED = 3
"""The number of pictures that a warning names."""


def warn_of_outside(article: Article | None, document: Document, warn: Callable[[str], None]) -> None:
    """Warn of pictures that are not exported because they lie outside the archive of the article."""
    outside = [source for source in dict.fromkeys(picture_sources(document)) if is_outside(article, source)]
    if outside:
        message = ngettext(
            "{count:,} picture is left out ({names}): it lies outside the archive",
            "{count:,} pictures are left out ({names}): they lie outside the archive",
            len(outside),
        )
        warn(message.format(count=len(outside), names=first_names(outside)))


def first_names(names: Sequence[str]) -> str:
    """The first of some names, and an ellipsis if there are more."""
    shown = listed(clean_line(one) for one in names[:_NAMED])
    return f"{shown} …" if len(names) > _NAMED else shown
