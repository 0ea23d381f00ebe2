"""A Markdown body: cleaned, its dialect made plain, parsed, made into blocks."""

from reader.document.blocks import Block
from reader.document.cleaning import clean
from reader.parse.linebreaks import keeps_breaks
from reader.parse.markdown.blocks import Writer
from reader.parse.markdown.dialects import as_markdown
from reader.parse.markdown.engine import NestedTooDeepError, parse_tree
from reader.parse.plain import parse_plain


def parse_markdown(source: str) -> list[Block]:
    """The blocks of a Markdown body; one that is nested beyond all writing is read as plain text."""
    text = as_markdown(clean(source))
    try:
        tree = parse_tree(text)
    except NestedTooDeepError:
        return parse_plain(text)
    return Writer(keeps_breaks).finish(tree)
