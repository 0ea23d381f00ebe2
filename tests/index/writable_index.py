"""An index for tests that is written and read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reader.archive.archive import Archive
from reader.index.index import Index
from reader.index.index_file import open_to_write
from reader.index.writer import Writer
from tests.index.making import ROOT, a_head, put


class WritableIndex:
    """An index with separate connections for writing and reading."""

    def __init__(self, path: str) -> None:
        self.connection, _ = open_to_write(path)
        self.writer = Writer(self.connection, ROOT)
        self.index = Index(Archive(Path(ROOT), "archive"), path)

    def put(self, *names: str, texts: bool = True, **others: Any) -> None:
        """Write articles with their names as ids and titles."""
        with self.writer.transaction():
            for name in names:
                put(self.writer, a_head(name, title=name, **others), name, {} if texts else None)

    def names(self, keys: Sequence[int]) -> list[str]:
        found = self.index.articles(keys)
        return [found[key].id for key in keys]

    def close(self) -> None:
        self.index.close()
        self.connection.close()
