"""The messages of the reading screen. They name no receiver: the app routes each one to a command."""

from dataclasses import dataclass  # noqa: TID251 - its __init__ calls the __post_init__ of Textual's Message

from textual.message import Message

from reader.archive.article import Article
from reader.document.document import Position
from reader.ui.related_sections import RelatedEntry


@dataclass
class ReadingScreenReady(Message):
    """The first paint is done, so articles can be loaded."""


@dataclass
class OpenArticle(Message):
    """An article was chosen.

    Attributes:
        article: The article to open.
        place: Where to open it; None for the saved position.
    """

    article: Article
    place: Position | None = None


@dataclass
class OpenRelated(Message):
    """An article that is related to the open one was chosen.

    Attributes:
        entry: The article, and what leads to it.
    """

    entry: RelatedEntry


@dataclass
class FollowLink(Message):
    """A link was followed.

    Attributes:
        target: Its target as in the article, unvalidated and with any scheme, or the target of an internal link.
        on_web: Whether to open it on the web even if the archive has what it leads to.
    """

    target: str
    on_web: bool


@dataclass
class PlaceLeft(Message):
    """A jump within the article left a position to go back to.

    Attributes:
        article_id: The article.
        place: The position at the top of the page before the jump.
    """

    article_id: str
    place: Position


@dataclass
class PageScrolled(Message):
    """Another part of the article may have become visible; the last of several such messages counts."""

    def can_replace(self, message: Message) -> bool:
        """Whether this message replaces a pending one."""
        return isinstance(message, PageScrolled)


@dataclass
class EndReached(Message):
    """The end of an article became visible.

    Attributes:
        article: The article.
    """

    article: Article
