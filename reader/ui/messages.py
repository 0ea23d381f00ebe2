"""What the reading screen reports. It names no receiver: the app passes each message on to a command."""

from dataclasses import dataclass

from textual.message import Message

from reader.archive.article import Article
from reader.document.document import Position


@dataclass
class ReadingScreenReady(Message):
    """The first paint is done: articles can be looked for."""


@dataclass
class OpenArticle(Message):
    """An article was chosen.

    Attributes:
        article: The article to open.
    """

    article: Article


@dataclass
class OpenAddress(Message):
    """A link that leads out of the article was followed.

    Attributes:
        address: Where it leads, as the article has it: not cleaned, of any scheme.
    """

    address: str


@dataclass
class PlaceLeft(Message):
    """A jump within the article left a place to come back to.

    Attributes:
        article_id: The article.
        place: What stood at the top of the page before the jump.
    """

    article_id: str
    place: Position


@dataclass
class PageScrolled(Message):
    """Another part of the article may have come into sight; of several such reports the last one counts."""

    def can_replace(self, message: Message) -> bool:
        """Whether this report makes an older one needless."""
        return isinstance(message, PageScrolled)


@dataclass
class EndReached(Message):
    """The end of an article is in sight.

    Attributes:
        article: The article.
    """

    article: Article
