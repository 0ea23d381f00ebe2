"""Rules: applied once to each article that comes in, in one step for each rule, and told."""

from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.index.progress import SyncSummary
from reader.search.query_tree import State
from reader.settings.options import Settings
from reader.settings.rules import ArrivalRule
from reader.ui.app import ReaderApp
from tests.ui.conftest import write
from tests.ui.marking import Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("reader.ui.commands.applying_rules.data_folder", lambda: tmp_path / "data")
    return tmp_path / "data"


def known(tmp_path: Path) -> int:
    """The number of articles that are known."""
    return sum(len(file.read_text().split()) for file in (tmp_path / "data" / "rules").glob("*.ids"))


def ruled(make_app: Make, *rules: ArrivalRule) -> tuple[ReaderApp, list[str]]:
    app = make_app(Settings(rules=rules))
    told: list[str] = []
    app.host.notify = lambda message, **_: told.append(message)  # type: ignore[method-assign]
    return app, told


async def test_rules_apply_once_to_what_comes_in(make_app: Make, archive: Path, tmp_path: Path) -> None:
    rules = ArrivalRule("航标", tag=("buoys",), star=True), ArrivalRule("title:新", read=True)
    app, told = ruled(make_app, *rules)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await until(pilot, lambda: known(tmp_path) == 3)
        assert told == [], "what was there before is not new"
        write(archive, "new", "航标的新消息", "2021-12-01", ("海洋",), "<p>航标。</p>")
        await until(pilot, lambda: bool(told))
        assert told == ["Rules of the settings were applied\n航标: 1 new article\ntitle:新: 1 new article"]
        article = next(one for one in map(app.library.article, app.library.memory.marked.states[State.STARRED]) if one)
        assert article.title == "航标的新消息"
        assert app.library.marks.articles.tags(article.id) == ("buoys",)
        assert app.library.is_marked(article, State.READ)
        await pilot.press("U", "U")
        assert not app.library.is_marked(article, State.STARRED)
        assert app.library.marks.articles.tags(article.id) == ()
        app.commands._ruling.indexed(0, SyncSummary(4, new=1))
        await until(pilot, lambda: known(tmp_path) == 4)
        assert not app.library.is_marked(article, State.STARRED), "it is not new any more"


async def test_invalid_query_is_told_at_the_start_and_other_rules_apply(
    make_app: Make, archive: Path, tmp_path: Path
) -> None:
    app, told = ruled(make_app, ArrivalRule("title:", star=True), ArrivalRule("航标", star=True))
    (tmp_path / "data").mkdir()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await until(pilot, lambda: known(tmp_path) == 3)
        (said,) = told
        assert said.startswith("The rules of the settings were not applied: title:: ")
        write(archive, "new", "航标", "2021-12-01", (), "<p>航标。</p>")
        await until(pilot, lambda: len(told) == 2)
        assert told[1] == "Rules of the settings were applied\n航标: 1 new article"


async def test_unreadable_marks_are_reported_and_the_rules_wait(make_app: Make) -> None:
    app, _told = ruled(make_app, ArrivalRule("航标", star=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        errors: list[StoreError] = []
        app.session.report = errors.append

        def fail() -> None:
            message = "damaged"
            raise StoreError(message)

        app.library.memory.read_texts = fail  # type: ignore[method-assign]
        app.commands._ruling.indexed(0, SyncSummary(3, new=1))
        assert [one.message for one in errors] == ["damaged"]
