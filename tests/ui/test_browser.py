"""The screen in a browser: it starts no programs, and web links and copies go to the browser."""

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.drivers.web_driver import WebDriver

from reader.cli.served_session import without_programs
from reader.settings.options import HookCommands, Settings
from reader.settings.user_commands import CommandOutput, PipedFormat, PipedPart, UserCommand
from reader.ui import child_processes, clipboard
from reader.ui.app import ReaderApp
from reader.ui.browser_driver import BrowserDriver
from reader.ui.link_opener import no_programs
from reader.workers import external_program
from tests.ui.marking import Make
from tests.ui.test_reading import opened


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The app is in a browser; the names of the programs that it starts are listed."""
    names: list[str] = []
    monkeypatch.setattr(ReaderApp, "is_web", property(lambda _app: True))

    def start(command: list[str], **_options: object) -> None:
        names.append(command[0])

    # Only in these modules: the index is updated by a process, too.
    stand_in = SimpleNamespace(**{**vars(subprocess), "Popen": start, "run": start})
    for module in (child_processes, clipboard, external_program):
        monkeypatch.setattr(module, "subprocess", stand_in)
    return names


def said(app: ReaderApp, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    messages: list[str] = []
    monkeypatch.setattr(app.host, "_say", messages.append)
    return messages


async def test_no_program_is_started(make_app: Make, started: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "vim")
    app = make_app()
    async with app.run_test() as pilot:
        await opened(pilot)
        messages = said(app, monkeypatch)
        for action in (
            "pipe",
            "edit_source",
            "show_file",
        ):
            await app.action_perform(action)
            await pilot.pause()
        app.host.open_file(Path("picture.png"))
        command = UserCommand("sh -c true", None, PipedPart.ARTICLE, PipedFormat.TEXT, CommandOutput.BOX)
        app.commands._piping._run("own", command)
        await pilot.pause()
        assert messages == [no_programs()] * 5
        assert len(app.screen_stack) == 1
    assert started == []


async def test_web_links_open_in_the_browser(
    make_app: Make, started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_addresses: list[str] = []
    monkeypatch.setattr(ReaderApp, "open_url", lambda _app, url, **_options: opened_addresses.append(url))
    app = make_app()
    async with app.run_test() as pilot:
        await opened(pilot)
        app.host.open_address("https://example.org/a b")
        app.host.open_address("javascript:alert(1)")
    assert opened_addresses == ["https://example.org/a%20b"]
    assert started == []


async def test_copies_go_to_the_browser(make_app: Make, started: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    app = make_app()
    async with app.run_test() as pilot:
        await opened(pilot)
        written: list[str] = []
        monkeypatch.setattr(app._driver, "write", written.append)
        app.copy_to_clipboard("灯塔")
        await pilot.pause()
        assert any("]52;c;" in one for one in written)
    assert started == []


def test_settings_of_a_session_have_no_programs() -> None:
    command = UserCommand("wc", None, PipedPart.ARTICLE, PipedFormat.TEXT, CommandOutput.BOX)
    settings = Settings(commands={"count": command}, hooks=HookCommands(open=("true",)), dictionary=("sdcv",))
    cleared = without_programs(settings)
    assert (cleared.commands, cleared.hooks, cleared.dictionary) == ({}, HookCommands(), ())


def test_output_to_the_browser_passes_the_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(WebDriver, "write", lambda _driver, data: written.append(data))
    driver: Any = BrowserDriver.__new__(BrowserDriver)
    driver.write("\x1b[1;1Ha\x1b]0;title\x07b")
    (output,) = written
    assert output.startswith("\x1b[1;1Ha")
    assert "\x1b]0" not in output
