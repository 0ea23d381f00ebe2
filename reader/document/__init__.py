"""Document model: the content of an article, independent of the width of the screen."""

from reader.lazy_imports import loader

__all__ = ["Body", "BodyFormat", "Document", "Position", "Range"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reader.document.body import Body, BodyFormat
    from reader.document.document import Document, Position, Range
else:
    __getattr__ = loader(
        __name__,
        {
            "Body": "reader.document.body",
            "BodyFormat": "reader.document.body",
            "Document": "reader.document.document",
            "Position": "reader.document.document",
            "Range": "reader.document.document",
        },
    )
