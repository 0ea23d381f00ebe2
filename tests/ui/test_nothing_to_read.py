"""The screen of an archive without articles, which tells what was skipped."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.ui.app import ReaderApp
from reader.ui.widgets.page import Page
from tests.ui.waiting import until

Make = Callable[..., ReaderApp]
FILES = [*(f"{n}.pdf" for n in range(9)), *(f"{n}.docx" for n in range(3))]


@pytest.fixture
def empty(archive: Path) -> Path:
    """The folder of the app, without articles."""
    for path in archive.iterdir():
        path.unlink()
    return archive


@pytest.fixture
def skipped_files(empty: Path) -> None:
    """Files that are no articles; a picture belongs to a page, and a hidden file to the system."""
    for name in (*FILES, "cover.png", ".hidden.pdf"):
        (empty / name).write_bytes(b"%PDF-1.4")


def shown(page: Page) -> str:
    return "\n".join(page.render_line(y).text.strip() for y in range(page.size.height))


@pytest.mark.parametrize(
    ("chinese", "nothing", "skipped"),
    [
        (False, "No articles here", "12 files skipped: 9 .pdf, 3 .docx"),
        (True, "这里没有文章", "已跳过 12 个文件：9 个 .pdf、3 个 .docx"),
    ],
    ids=("en", "zh"),
)
@pytest.mark.usefixtures("skipped_files")
async def test_an_archive_without_articles_says_what_was_skipped(
    make_app: Make, *, chinese: bool, nothing: str, skipped: str
) -> None:
    app = make_app(chinese=chinese)
    async with app.run_test(size=(80, 12)) as pilot:
        page = app.reading_screen.page
        await until(pilot, lambda: "12" in shown(page))
        assert nothing in shown(page)
        assert skipped in shown(page)


@pytest.mark.usefixtures("empty")
async def test_an_empty_folder_says_only_that_it_has_no_articles(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 12)) as pilot:
        page = app.reading_screen.page
        await until(pilot, lambda: "No articles here" in shown(page))
        await until(pilot, lambda: app.commands.shelves.is_current)
        assert "skipped" not in shown(page)
