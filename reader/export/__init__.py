"""Export of documents and marks to files."""

from reader.lazy_imports import loader

__all__ = ["Exporter", "MarkdownExporter", "TextExporter"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reader.export.exporter import Exporter
    from reader.export.markdown_exporter import MarkdownExporter
    from reader.export.text_exporter import TextExporter
else:
    __getattr__ = loader(
        __name__,
        {
            "Exporter": "reader.export.exporter",
            "MarkdownExporter": "reader.export.markdown_exporter",
            "TextExporter": "reader.export.text_exporter",
        },
    )
