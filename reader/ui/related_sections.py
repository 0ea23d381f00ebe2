"""The content of the pane of related articles."""

from collections.abc import Sequence

from reader.archive.article import Article
from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RelatedEntry:
    """An article in the pane.

    Attributes:
        article: The article to open.
        sentence: The sentence with the link or the mention, on one line; or empty.
        target: The target of the link in the sentence, at which the article is opened; empty without a link.
        text: The text at which the article is opened if there is no link; empty for its saved position.
    """

    article: Article
    sentence: str = ""
    target: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class RelatedSection:
    """A section of the pane.

    Attributes:
        title: Its title, with the number of its entries.
        entries: Its articles.
        note: A text in place of entries.
        asks: Whether choosing the note starts the search for the entries, which takes a while.
    """

    title: str
    entries: Sequence[RelatedEntry] = ()
    note: str = ""
    asks: bool = False
