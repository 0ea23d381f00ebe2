"""The Markdown parser: dialects are rewritten to common Markdown, parsed by a library, and converted to blocks."""

from reader.parse.markdown.pipeline import parse_markdown

__all__ = ["parse_markdown"]
