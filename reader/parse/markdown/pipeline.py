"""The steps of Markdown parsing: cleaning, rewriting of dialects, parsing, and conversion to blocks."""

from reader.document.blocks import Block
from reader.document.cleaning import clean
from reader.parse.linebreaks import break_rule
from reader.parse.markdown.block_converter import BlockConverter
from reader.parse.markdown.dialects import as_markdown
from reader.parse.markdown.engine import parse_tree
from reader.parse.markdown.nodes import NestedTooDeepError
from reader.parse.plain import parse_plain
from reader.settings.options import SourceBreaks


def parse_markdown(source: str, breaks: SourceBreaks = SourceBreaks.AUTO) -> list[Block]:
    """Parse a Markdown body into blocks; a body that is nested too deeply is parsed as plain text."""
    text = as_markdown(clean(source))
    try:
        tree = parse_tree(text)
    except NestedTooDeepError:
        return parse_plain(text, breaks)
    return BlockConverter(break_rule(breaks)).finish(tree)
