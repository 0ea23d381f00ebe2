"""Text layout: a document as lines of runs at one width, following CJK typesetting rules."""

from typing import TYPE_CHECKING

from reader.lazy_imports import loader

__all__ = ["Layout", "Line", "Run"]

if TYPE_CHECKING:
    from reader.layout.layout import Layout
    from reader.layout.lines import Line, Run
else:
    __getattr__ = loader(
        __name__,
        {
            "Layout": "reader.layout.layout",
            "Line": "reader.layout.lines",
            "Run": "reader.layout.lines",
        },
    )
