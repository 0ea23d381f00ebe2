"""A database that fails while reading: the error is shown and does not cover the page."""

from collections.abc import Callable

import pytest

from reader.errors import StoreError
from reader.marks.article_marks import ArticleMarks
from reader.ui.app import ReaderApp
from tests.ui.test_reading import opened


def refuse(*_arguments: object, **_options: object) -> None:
    raise StoreError("the disk is full", "")


async def test_error_is_shown_once(make_app: Callable[[], ReaderApp], monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        for name in ("save_position", "star"):
            monkeypatch.setattr(ArticleMarks, name, refuse)
        for key in ("j", "j", "*", "j", "*"):
            await pilot.press(key)
            app.commands.places.keep()
        assert [one.message for one in app._notifications] == ["the disk is full"]


async def test_background_change_reports_errors_once_until_it_succeeds(
    make_app: Callable[[], ReaderApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    said: list[str] = []
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        monkeypatch.setattr(app.session, "report", lambda error: said.append(str(error)))
        for _ in range(3):
            assert not app.session.quietly(refuse)
        assert app.session.quietly(lambda: None)
        assert not app.session.quietly(refuse)
    assert len(said) == 2
