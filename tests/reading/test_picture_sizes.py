"""The sizes of the pictures of an article: of local ones, and why others have none."""

from pathlib import Path
from threading import Event
from zipfile import ZipFile

import pytest

from reader.archive import zip_container
from reader.document.blocks import Image, Inline
from reader.document.document import Document
from reader.layout.picture_rooms import PictureProblem, PictureSize, problem_name
from reader.linking import picture_files
from reader.reading.picture_sizes import picture_sizes
from reader.workers.stopped import Stopped
from tests.linking.test_picture_files import PNG, article, put


def of_sources(*sources: str) -> Document:
    return Document(tuple(Image(Inline(), source) for source in sources))


def never() -> bool:
    """In place of the usual limit, which a busy machine reaches."""
    return False


class Reads:
    """Counts calls of a function."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
        self.count = 0
        original = getattr(module, name)

        def counted(*arguments: object) -> object:
            self.count += 1
            return original(*arguments)

        monkeypatch.setattr(module, name, counted)


def test_sizes_are_known_for_local_pictures_alone(tmp_path: Path) -> None:
    put(tmp_path / "notes/a.png")
    put(tmp_path / "notes/a.svg", b"<svg/>")
    sources = ("a.png", "https://example.com/a.png", "gone.png", "a.svg", "../../a.png", "a.png")
    document = Document(tuple(Image(Inline(), source) for source in sources))
    assert picture_sizes(article(tmp_path), document, is_late=never) == {
        0: PictureSize(8, 4),
        1: PictureProblem.WEB,
        2: PictureProblem.MISSING,
        3: PictureProblem.UNSUPPORTED,
        4: PictureProblem.OUTSIDE,
        5: PictureSize(8, 4),
    }
    assert problem_name(PictureProblem.OUTSIDE) == "outside the archive"


def test_a_file_is_read_once_however_many_sources_lead_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "notes/a.png")
    (tmp_path / "notes/b.png").symlink_to("a.png")
    reads = Reads(monkeypatch, picture_files, "read_start")
    sources = [f"{name}?{number}" for number in range(100) for name in ("a.png", "./a.png", "b.png", "../notes/a.png")]
    found = picture_sizes(article(tmp_path), of_sources(*sources), is_late=never)
    assert (reads.count, len(found), set(found.values())) == (1, 400, {PictureSize(8, 4)})


def test_a_book_is_opened_once_for_all_its_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ZipFile(tmp_path / "book.epub", "w") as file:
        for number in range(20):
            file.writestr(f"{number}.png", PNG)
    reads = Reads(monkeypatch, zip_container, "open_container")
    sources = (f"{number}.png" for number in range(20))
    found = picture_sizes(article(tmp_path, "book.epub"), of_sources(*sources), is_late=never)
    assert (reads.count, [*found.values()]) == (1, [PictureSize(8, 4)] * 20)


def test_pictures_that_are_not_reached_in_time_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        put(tmp_path / f"notes/{name}.png")
    reads = Reads(monkeypatch, picture_files, "read_start")
    late = iter((False, True, True))
    document = of_sources("a.png", "b.png", "https://example.com/a.png", "c.png")
    assert picture_sizes(article(tmp_path), document, is_late=lambda: next(late)) == {
        0: PictureSize(8, 4),
        1: PictureProblem.LATE,
        2: PictureProblem.WEB,
        3: PictureProblem.LATE,
    }
    assert reads.count == 1
    assert problem_name(PictureProblem.LATE) == "not read in time"


def test_nothing_more_is_read_once_another_article_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        put(tmp_path / f"notes/{name}.png")
    reads = Reads(monkeypatch, picture_files, "read_start")
    stop = Event()

    def stops_after_the_first() -> bool:
        stop.set()
        return False

    with pytest.raises(Stopped):
        picture_sizes(article(tmp_path), of_sources("a.png", "b.png", "c.png"), stop, stops_after_the_first)
    assert reads.count == 1
