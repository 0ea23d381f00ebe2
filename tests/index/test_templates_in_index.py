"""Templates of site generators are counted as skipped files."""

from reader.index.index import Index
from tests.index.syncing import SyncedArchive


def test_templates_are_counted(archived: SyncedArchive) -> None:
    root = archived.write("a.md", "一", "甲").parent
    (root / "layouts").mkdir()
    for number, body in enumerate(("{% extends 'base.html' %}", '{{ define "main" }}<p>甲</p>{{ end }}')):
        (root / "layouts" / f"{number}.html").write_text(body, "utf-8")
    archived.sync()
    index = Index(archived.archive, archived.address)
    try:
        assert index.skipped_files() == {"template": 2}
    finally:
        index.close()
