"""New articles, which rules apply to: each archive by itself, and only once it is indexed completely."""

from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.index.index import Index
from reader.index.index_file import open_to_write
from reader.index.sync import Sync
from reader.index.writer import Writer
from reader.library.new_articles import Arrivals, arrivals, valid_rules
from reader.settings.rules import ArrivalRule

RULES = [ArrivalRule("title:灯塔", star=True)]


class Indexed:
    """An archive and its index."""

    def __init__(self, folder: Path, *names: str) -> None:
        self.folder = folder
        folder.mkdir()
        self.write(*names)
        (self.archive,) = open_archives([folder])
        self.index = str(folder.with_suffix(".db"))

    def write(self, *names: str) -> None:
        for name in names:
            (self.folder / f"{name}.md").write_text(f"---\ntitle: 灯塔 {name}\n---\n\n文\n", encoding="utf-8")

    def sync(self, *, stops: bool = False) -> None:
        connection, _ = open_to_write(self.index)
        writer = Writer(connection, str(self.folder))
        asked = iter([False] * 3)
        Sync(self.archive, writer, stopped=(lambda: next(asked, True)) if stops else lambda: False).run()
        connection.close()

    def arrivals(self, data: Path) -> Arrivals:
        return arrivals(Index(self.archive, self.index), RULES, data, lambda _query: ())


def titles(found: Arrivals) -> list[str]:
    return [article.title for _rule, articles in found.matches for article in articles]


def test_articles_of_an_archive_that_is_half_indexed_are_not_new_later(tmp_path: Path) -> None:
    small, large = Indexed(tmp_path / "small", "a"), Indexed(tmp_path / "large", "b", "c", "d")
    small.sync()
    large.sync(stops=True)
    for one in (small, large):
        found = one.arrivals(tmp_path / "data")
        assert titles(found) == []
        found.remember()
    assert len(list((tmp_path / "data" / "rules").iterdir())) == 1, "nothing is known of the incomplete one"
    large.sync()
    found = large.arrivals(tmp_path / "data")
    assert titles(found) == []
    found.remember()
    large.write("e")
    large.sync()
    found = large.arrivals(tmp_path / "data")
    assert titles(found) == ["灯塔 e"]
    found.remember()
    assert large.arrivals(tmp_path / "data") == Arrivals()


def test_two_readers_that_record_an_archive_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "rules" / "a.ids"
    Arrivals((), file, frozenset({"a" * 16})).remember()
    Arrivals((), file, frozenset({"b" * 16})).remember()
    assert file.read_text(encoding="ascii").split() == ["a" * 16, "b" * 16]
    assert [one.name for one in file.parent.iterdir()] == ["a.ids"], "nothing else is left"


@pytest.mark.parametrize(("query", "valid"), [("title:灯塔", True), ("title:", False), ("(a", False)])
def test_rules_are_checked_before_any_article_comes(query: str, *, valid: bool) -> None:
    assert [bool(some) for some in valid_rules([ArrivalRule(query)])] == [valid, not valid]
