"""Parsers: bodies in HTML, Markdown, plain text and other markup become one document model."""

from typing import TYPE_CHECKING

from reader.lazy_imports import loader

__all__ = ["parse"]

if TYPE_CHECKING:
    from reader.parse.parser import parse
else:
    __getattr__ = loader(
        __name__,
        {
            "parse": "reader.parse.parser",
        },
    )
