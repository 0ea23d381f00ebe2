"""An article that is moved while it is open stays open, and keeps its marks."""

from pathlib import Path

from reader.library.library import Library
from reader.settings.options import Settings
from reader.ui.app import ReaderApp
from tests.ui.marking import FIRST, painted, quotations
from tests.ui.test_reading import opened
from tests.ui.waiting import until


async def test_an_open_article_that_is_moved_and_edited_is_followed_with_its_marks(
    archive: Path, tmp_path: Path
) -> None:
    library = Library([archive], tmp_path / "marks.db", tmp_path / "cache")
    app = ReaderApp(library, Settings())
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("v", "a")
        assert painted(screen, "highlight_1") == FIRST
        before = screen.reading.article if screen.reading is not None else None
        assert before is not None
        there = archive / "moved" / "report.md"
        there.parent.mkdir()
        text = before.path.read_text(encoding="utf-8").replace("<p>", "<p>新写的一段。</p><p>", 1)
        before.path.rename(there)
        there.write_text(text, encoding="utf-8")
        await until(pilot, lambda: screen.reading is not None and screen.reading.article.path == there)
        assert screen.reading is not None
        assert screen.reading.article.id == before.id
        await until(pilot, lambda: painted(screen, "highlight_1") == FIRST)
        assert quotations(app) == [FIRST]
        assert not app._notifications
    library.close()
