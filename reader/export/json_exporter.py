"""Articles as JSON: for each article one object, like an item of the list that `reader show --json` prints."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Self

from reader.archive.article import Article
from reader.document.annotation import Annotation
from reader.document.document import Document, Position
from reader.document.outline import outline
from reader.export.article_json import article_record
from reader.export.exporter import ExportOptions
from reader.layout.head import Head
from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JsonExporter:
    """JSON in UTF-8: an object with metadata, sections, blocks and, if there are `annotations`, `highlights`."""

    annotations: Sequence[Annotation] = ()
    article: Article | None = None

    @classmethod
    def of(cls, options: ExportOptions) -> Self:
        """An exporter with these options."""
        return cls(options.annotations, options.article)

    @property
    def suffix(self) -> str:
        """The file name suffix."""
        return ".json"

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The object, indented."""
        record = {"title": head.title, **article_record(self.article, document, outline(document))}
        if self.annotations:
            record["highlights"] = [
                {
                    "start": _position(one.span.start),
                    "end": _position(one.span.end),
                    "text": document.extract(one.span),
                    "note": one.note,
                }
                for one in self.annotations
            ]
        yield (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _position(position: Position) -> dict[str, Any]:
    return {"block": position.block, "offset": position.offset}
