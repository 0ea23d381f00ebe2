"""Files of marks for a database without other marks; every mark has a unique name."""

import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reader.marks.exchange import (
    FORMAT,
    VERSION,
    ArticleRecord,
    BookmarkRecord,
    HighlightRecord,
    MarksFile,
    encoded,
)

_ARTICLES = 3


def write_import(path: Path, name: str, highlights: int) -> list[list[Any]]:
    """Write a file with a bookmark and highlights named after `name`; return the rows that importing it creates."""
    when = datetime.now(UTC)
    article = f"imported{len(name) % _ARTICLES}"
    record = ArticleRecord(article, f"/archive/{article}.md", f"Article {article}")
    record.bookmarks = [BookmarkRecord(f"{name}-uid", (1, 0), name, when, when, quotation=name)]
    rows: list[list[Any]] = [[["bookmark", name], article], [["name", name], name]]
    for number in range(highlights):
        token = f"{name}h{number}"
        record.highlights.append(HighlightRecord(uuid.uuid4().hex, (1, 0), (1, 5), token, when, when, 3, token))
        rows += [[["highlight", token], article], [["colour", token], 3], [["note", token], token]]
    path.write_bytes(encoded(MarksFile(FORMAT, VERSION, [record])))
    return rows
