"""Markdown bodies: the dialects that people write, parsed by one fast library, made into blocks."""

from reader.parse.markdown.body import parse_markdown

__all__ = ["parse_markdown"]
