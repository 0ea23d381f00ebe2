"""The steps of Markdown parsing: cleaning, rewriting of dialects, parsing, and conversion to blocks."""

from reader.document.blocks import Block
from reader.document.sanitizing import clean
from reader.parse.markdown.block_converter import BlockConverter
from reader.parse.markdown.dialects import as_markdown
from reader.parse.markdown.engine import ParsePass, read_markdown
from reader.parse.source_line_breaks import break_rule
from reader.settings.options import SourceBreaks


def parse_markdown(source: str, breaks: SourceBreaks = SourceBreaks.AUTO, *, lean: bool = False) -> list[Block]:
    """Parse a Markdown body into blocks; content that is nested too deep becomes plain text.

    With `lean` the blocks have the same text, but no formatting; see `LeanConverter`.
    """
    text = as_markdown(clean(source))

    def convert(parsed: ParsePass) -> list[Block]:
        converter = BlockConverter(break_rule(breaks))
        if not lean:
            return converter.finish(parsed.tree())
        from reader.parse.markdown.text_for_index import LeanConverter  # noqa: PLC0415 - only the index needs it

        return LeanConverter(parsed, converter).finish()

    return read_markdown(text, convert)
