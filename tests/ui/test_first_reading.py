"""The article that is read before the screen opens."""

import re
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest

from reader.archive.article import Article
from reader.archive.scan import scan
from reader.cli.articles import open_file
from reader.document.document import Position
from reader.index.index_file import index_path
from reader.indexing.protocol import IndexedArchive
from reader.indexing.update import UpdateOptions, run_update
from reader.keymap.keymap import Keymap
from reader.library import first_article
from reader.library.library import Library
from reader.reading import reading_cache
from reader.reading.article_beginning import Beginning
from reader.reading.opened_article import Reading, open_article
from reader.settings.options import Settings, SourceBreaks
from reader.ui import first_frame
from reader.ui.app import EarlyStart, ReaderApp
from reader.ui.first_frame import file_stamp, read_first
from reader.ui.first_shelves import count_first, count_growing
from reader.ui.session import Session
from reader.workers.limits import COUNTS_CPU, LIMIT_SIGNAL
from tests.articles import write_article
from tests.ui.test_reading import opened
from tests.ui.waiting import until


async def _going_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]) -> list[str]:
    """Open an archive, given as a relative path, follow a link, and go back after a change of the first file.

    Return the titles of the articles that were parsed by the screen, then the text that is shown.
    """
    parsed: list[str] = []

    def counted(article: Article, stop: Event, *, whole_page: bool, breaks: SourceBreaks) -> Reading:
        parsed.append(article.title)
        return open_article(article, stop, whole_page=whole_page, breaks=breaks)

    path = write_article(tmp_path / "archive" / "one.md", "一", "灯塔 [二](two.md)")
    write_article(path.parent / "two.md", "二", "海", month=3)
    monkeypatch.chdir(tmp_path)
    library = Library([Path("archive")], tmp_path / "marks.db")
    session = Session(library, Settings(), Keymap())
    first = read_first(session, sample=False)
    assert first is not None
    assert first.reading.article.title == "一"
    monkeypatch.setattr(reading_cache, "open_article", counted)
    app = ReaderApp(library, Settings(), begun=EarlyStart(session, first))
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "一")
        await pilot.press("f", "f")
        await until(pilot, lambda: screen.reading is not None and screen.reading.article.title == "二")
        change(path)
        await pilot.press("H")
        await until(pilot, lambda: screen.reading is not None and screen.reading.article.title == "一")
        parsed.append(screen.page.document.leaves[-1].text.text)
    library.close()
    return parsed


async def test_going_back_to_the_first_article_does_not_parse_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await _going_back(tmp_path, monkeypatch, lambda path: path) == ["二", "灯塔 二"]


async def test_going_back_to_an_article_that_has_changed_parses_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(path: Path) -> None:
        path.write_text(path.read_text(encoding="utf-8").replace("灯塔", "灯火通明的塔"), encoding="utf-8")

    assert (await _going_back(tmp_path, monkeypatch, change))[-1] == "灯火通明的塔 二"


def test_a_file_that_is_gone_or_replaced_by_a_folder_has_no_stamp(tmp_path: Path) -> None:
    path = write_article(tmp_path / "archive" / "a.md", "灯塔", "灯")
    article = open_file(path).article
    assert file_stamp(article) is not None
    path.unlink()
    assert file_stamp(article) is None
    path.mkdir()
    assert file_stamp(article) is None


def test_article_that_has_grown_since_indexing_does_not_delay_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_article(tmp_path / "archive" / "a.md", "灯塔", "<p>灯</p>")
    library = Library([path.parent], tmp_path / "marks.db")
    session = Session(library, Settings(), Keymap())
    (indexed,) = scan(library.archives)
    monkeypatch.setattr(first_frame, "first_article", lambda *_arguments, **_options: indexed)
    first = read_first(session, sample=False)
    assert first is not None
    assert first.reading.article.title == "灯塔"
    monkeypatch.setattr(first_frame, "_MAX_BYTES", path.stat().st_size)
    assert read_first(session, sample=False) is not None
    path.write_text(path.read_text(encoding="utf-8") + "塔", encoding="utf-8")
    assert read_first(session, sample=False) is None
    path.unlink()
    assert read_first(session, sample=False) is None
    library.close()


@pytest.mark.skipif(not COUNTS_CPU, reason="this system cannot limit processor time")
def test_an_article_that_takes_too_long_is_left_to_a_process_that_can_be_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_article(tmp_path / "archive" / "a.md", "灯塔", "<p>灯</p>")
    library = Library([path], tmp_path / "marks.db")

    def endless(*_arguments: object, **_options: object) -> None:
        while True:
            # A parser survives exceptions too.
            with suppress(Exception):
                re.match("(a*)*b", "a" * 40)

    monkeypatch.setattr(first_frame, "_CPU_LIMIT", 0.2)
    monkeypatch.setattr(first_frame, "open_article", endless)
    before = signal.getsignal(LIMIT_SIGNAL)
    assert read_first(Session(library, Settings(), Keymap()), sample=False) is None
    assert signal.getsignal(LIMIT_SIGNAL) == before
    library.close()


def _long_archive(folder: Path) -> Path:
    archive = folder / "archive"
    archive.mkdir()
    sections = "".join(f"## 第{number}节\n\n{f'第**{number}**段说海，也说灯塔。' * 12}\n\n" for number in range(1_500))
    (archive / "long.md").write_text(f"---\ntitle: 长\n---\n{sections}", encoding="utf-8")
    return archive


async def test_the_beginning_of_a_long_article_is_shown_first_and_then_all_of_it(tmp_path: Path) -> None:
    library = Library([_long_archive(tmp_path)], tmp_path / "marks.db")
    session = Session(library, Settings(), Keymap())
    first = read_first(session, sample=False)
    assert first is not None
    assert isinstance(first.reading, Beginning)
    document = first.reading.document
    app = ReaderApp(library, Settings(), begun=EarlyStart(session, first))
    async with app.run_test(size=(100, 20)) as pilot:
        page = app.reading_screen.page
        assert page.document == document or app.reading_screen.reading is not None
        await until(pilot, lambda: app.reading_screen.reading is not None)
        assert page.document.blocks[: len(document.blocks)] == document.blocks
        assert len(page.document.blocks) == 3_000
    library.close()


def test_a_long_article_that_was_left_in_its_middle_is_read_whole(tmp_path: Path) -> None:
    library = Library([_long_archive(tmp_path)], tmp_path / "marks.db")
    session = Session(library, Settings(), Keymap())
    first = read_first(session, sample=False)
    assert first is not None
    library.marks.articles.save_position(first.reading.article, Position(0), 0.0)
    assert read_first(session, sample=False) is not None
    library.marks.articles.save_position(first.reading.article, Position(2_000), 0.5)
    assert read_first(session, sample=False) is None
    library.close()


def test_of_an_archive_with_many_files_none_is_read_before_the_screen_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_article, "_FILES", 2)
    for number in range(3):
        write_article(tmp_path / "archive" / f"{number}.md", f"灯塔{number}", "<p>灯</p>")
    library = Library([tmp_path / "archive"], tmp_path / "marks.db")
    session = Session(library, Settings(), Keymap())
    monkeypatch.setattr(first_article, "scan", lambda _archives: pytest.fail("a file was read"))
    assert read_first(session, sample=False) is None
    monkeypatch.undo()
    monkeypatch.setattr(first_article, "_FILES", 3)
    assert read_first(session, sample=False) is not None
    library.close()


def test_the_shelves_of_an_archive_that_is_being_indexed_are_counted_as_far_as_it_is(tmp_path: Path) -> None:
    for number in range(3):
        write_article(tmp_path / "archive" / f"{number}.md", f"灯塔{number}", "<p>灯</p>")
    library = Library([tmp_path / "archive"], tmp_path / "marks.db", tmp_path / "cache")
    session = Session(library, Settings(), Keymap())
    assert count_growing(session) is None
    place = index_path(tmp_path / "cache", library.archives[0].root, None)
    target = IndexedArchive(0, library.archives[0], str(place))
    # Stopped between the metadata and the texts.
    run_update(target, UpdateOptions(texts=False))
    shelves = count_growing(session)
    assert shelves is not None
    assert shelves.counts.total == 3
    assert count_first(session) is None
    run_update(target, UpdateOptions())
    assert count_growing(session) is None
    assert count_first(session) is not None
    library.close()
