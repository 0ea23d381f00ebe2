"""Parsers: bodies in HTML, Markdown, plain text and other markup become one document model."""
