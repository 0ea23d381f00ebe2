"""Commands of the user: what they receive, what is shown of them, and that no title can act in them."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.archive.article import Article
from reader.document.body import BodyFormat
from reader.library.library import Library
from reader.settings.options import HookCommands, Settings
from reader.settings.user_commands import CommandOutput, PipedFormat, PipedPart, UserCommand
from reader.settings.user_keymap import keymap_of
from reader.ui.app import ReaderApp
from reader.ui.commands import hooks
from reader.ui.environment_variables import environment, variables, with_variables
from reader.ui.screens.output_box import OutputBox
from reader.ui.screens.palette import PaletteScreen
from reader.ui.screens.pipe_prompt import PipePrompt
from reader.ui.widgets.passage import Passage
from reader.workers.external_program import ExternalProgram, shown_output
from tests.ui.marking import FIRST, Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until

COPY = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())"


def article(title: str) -> Article:
    return Article("0" * 16, Path("a.md"), Path(), title, None, "", (), (), "", BodyFormat.MARKDOWN, 1)


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def with_commands(make_app: Make, **commands: UserCommand) -> ReaderApp:
    """The app with commands of its settings."""
    settings = Settings(commands=commands)
    app = make_app(settings)
    app.session.keymap = keymap_of(settings)
    return app


def output_of(app: ReaderApp) -> str:
    screen = app.screen
    return screen._program.output if isinstance(screen, OutputBox) and screen._program.code is not None else ""


async def typed_command(pilot: Any, *keys: str) -> None:
    await pilot.press("vertical_line")
    await until(pilot, lambda: isinstance(pilot.app.screen, PipePrompt))
    await pilot.press(*keys)


async def test_article_is_piped_to_a_typed_command_and_remembered(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await typed_command(pilot, *"cat", "enter")
        await until(pilot, lambda: output_of(app).startswith("十二座灯塔换上新灯\n海岸线上"))
        await pilot.press("escape")
        await typed_command(pilot, "tab", "tab", "up")
        assert app.screen.query_one("#pipe-choices", Passage).text == "Selection · Text → shown here"
        await pilot.press("enter")
        await until(pilot, lambda: output_of(app).startswith("海岸线上的十二座灯塔"))
        assert "新灯更亮" not in output_of(app), "without a selection, the section is piped"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("echo 'a", "A quotation mark is not closed"),
        *((line, "No shell runs this") for line in ("cat | wc", "cat|wc", "wc -c; date", "cat >notes", "wc && date")),
    ],
)
async def test_line_that_cannot_be_run_is_told_and_kept(make_app: Make, line: str, told: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await typed_command(pilot, *line, "enter")
        assert isinstance(app.screen, PipePrompt)
        assert told in str(app.screen.query_one("#pipe-choices", Passage).text)
        await pilot.press("x")
        assert told not in str(app.screen.query_one("#pipe-choices", Passage).text)


@pytest.mark.parametrize(
    ("piped", "part", "begins"),
    [
        (PipedFormat.MARKDOWN, PipedPart.SECTION, "# 新灯更亮，也更省电\n\n“以前"),
        (PipedFormat.HTML, PipedPart.ARTICLE, "<!DOCTYPE html>"),
        (PipedFormat.JSON, PipedPart.ARTICLE, '{\n  "title": "十二座灯塔换上新灯"'),
    ],
)
async def test_named_command_has_a_key_and_receives_its_part(
    make_app: Make, piped: PipedFormat, part: PipedPart, begins: str
) -> None:
    app = with_commands(make_app, copy=UserCommand(python(COPY), "!", part, piped))
    async with app.run_test(size=(80, 12)) as pilot:
        await opened(pilot)
        await pilot.press("right_square_bracket", "exclamation_mark")
        await until(pilot, lambda: output_of(app).lower().startswith(begins.lower()))


@pytest.mark.parametrize("line", ["tr a '|'", 'cut -d ";" -f 1', r"tr a \|", "echo https://example.org/?a=1&b=2"])
async def test_quoted_signs_are_no_operators_of_a_shell(make_app: Make, line: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await typed_command(pilot, *line, "enter")
        await until(pilot, lambda: bool(output_of(app)))


async def test_named_command_receives_a_selection_by_keys(archive: Path, tmp_path: Path) -> None:
    settings = Settings(commands={"copy": UserCommand(python(COPY), "f12", PipedPart.SELECTION, PipedFormat.TEXT)})
    app = ReaderApp(Library([archive], tmp_path / "marks.db"), settings, keymap_of(settings))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("v", "s", "f12")
        await until(pilot, lambda: bool(output_of(app)))
        assert output_of(app).strip() == FIRST
    app.library.close()


async def test_named_command_is_in_the_palette_and_a_failure_is_told(make_app: Make) -> None:
    command = UserCommand(python("print('why it failed'); raise SystemExit(3)"), output=CommandOutput.NOTHING)
    app = with_commands(make_app, **{"my command": command})
    told: list[str] = []
    app.host.notify = lambda message, **_: told.append(message)  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen))
        await pilot.press(*"my command", "enter")
        await until(pilot, lambda: bool(told))
    assert told == ["my command failed with exit code 3\nwhy it failed"]


async def test_output_in_the_pager_and_on_the_terminal(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "most -x")
    app = with_commands(
        make_app,
        a=UserCommand(python(COPY), "!", PipedPart.SECTION, output=CommandOutput.PAGER),
        b=UserCommand("vi - $READER_ID", "~", PipedPart.SECTION, output=CommandOutput.TERMINAL),
    )
    ran: list[tuple[Sequence[str], bytes | None]] = []

    charsets: list[str | None] = []

    def runs(command: Sequence[str], data: bytes | None = None, environment: Any = None, **_: Any) -> str:
        ran.append((command, data))
        charsets.append(environment.get("LESSCHARSET"))
        return ""

    monkeypatch.delenv("LESSCHARSET", raising=False)
    app.host.run_in_terminal = runs  # type: ignore[method-assign]
    async with app.run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("tilde", "exclamation_mark")
        await until(pilot, lambda: len(ran) == 2)
        assert screen.reading is not None
    assert [command for command, _data in ran] == [["vi", "-", screen.reading.article.id], ["most", "-x"]]
    assert ran[0][1] == ran[1][1]
    assert charsets == [None, "utf-8"], "only the pager"


@given(st.text())
def test_titles_do_not_act_in_commands(title: str) -> None:
    title = title.replace("\0", "")
    found = variables(article(title))
    words = with_variables(["say", "$READER_TITLE", "sh -c 'echo $READER_TITLE'", "${READER_ID}", "$HOME"], found)
    assert words == ["say", title, "sh -c 'echo $READER_TITLE'", "0" * 16, "$HOME"]


@pytest.mark.parametrize("title", ["$(touch {path})", "`touch {path}`", "'; touch {path}; '", "-rf", "\x1b[2J"])
def test_hostile_title_is_harmless_in_a_script(title: str, tmp_path: Path) -> None:
    title = title.format(path=tmp_path / "made")
    found = variables(article(title))
    program = ExternalProgram(["sh", "-c", 'printf %s "$READER_TITLE"'], b"", environment(found))
    assert program.wait(60)
    assert program.output == shown_output(title.encode())
    assert list(tmp_path.iterdir()) == []


def test_variables_of_another_reader_are_not_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_SECTION", "of another article")
    monkeypatch.setenv("READER_ARCHIVE", "kept")
    found = environment(variables(article("a")))
    assert "READER_SECTION" not in found
    assert found["READER_ARCHIVE"] == "kept"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (b"\x1b[31mred\x1b[0m\r\n\x1b]0;title\x07b\n", "red\nb"),
        (b"10 %\r50 %\rdone\n", "done"),
        (b"\xff\x07\xe2\x80\xae", "�"),
    ],
)
def test_output_is_shown_without_control_sequences(written: bytes, shown: str) -> None:
    assert shown_output(written) == shown


@given(st.binary())
def test_no_output_controls_the_terminal(written: bytes) -> None:
    assert not set(shown_output(written)) & {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160))}


def test_stopping_ends_the_programs_that_a_program_started() -> None:
    program = ExternalProgram(["sh", "-c", "sleep 1000 & sleep 1000"], b"", {"PATH": "/usr/bin:/bin"})
    program.stop()
    assert program.wait(60)
    assert program.code == -15


# Commands at opening and marking


def hooked(make_app: Make, monkeypatch: pytest.MonkeyPatch, found: HookCommands) -> tuple[ReaderApp, list[str]]:
    app, told = make_app(Settings(hooks=found)), []
    monkeypatch.setattr(app.host, "notify", lambda message, **_: told.append(message))
    return app, told


async def test_hooks_run_at_opening_and_marking(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    command = ("sh", "-c", f'echo "$READER_EVENT $READER_CHANGE $READER_TITLE" >> {log}')
    app, told = hooked(make_app, monkeypatch, HookCommands(open=(command,), mark=(command,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("asterisk")
        wanted = "open  十二座灯塔换上新灯\nmark star 十二座灯塔换上新灯\n"
        await until(pilot, lambda: log.exists() and log.read_text(encoding="utf-8") == wanted)
    assert told == []


async def test_failing_and_slow_hooks_are_told_once(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "_LONGEST", 0.1)
    app, told = hooked(make_app, monkeypatch, HookCommands(open=("no-such-program", "sleep 1000")))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await until(pilot, lambda: len(told) == 2)
        await pilot.press("J", "K")
        await opened(pilot)
        await until(pilot, lambda: not app.commands._hooks._runs)
    assert [message.partition("\n")[2] for message in told] == [
        "There is no program no-such-program",
        "sleep was ended, because it took more than 0 seconds",
    ]


async def test_the_named_section_is_the_piped_one(make_app: Make) -> None:
    told = "import os, sys; print(os.environ['READER_SECTION'], '|', sys.stdin.readline())"
    commands = {part.value: UserCommand(python(told), f"f{number}", part) for number, part in enumerate(PipedPart, 2)}
    app = with_commands(make_app, **commands)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("right_square_bracket")
        view, reading = app.reading_screen.view, app.reading_screen.reading
        assert reading is not None
        for _row in range(9):
            # Its heading is in sight, but not at the top.
            if reading.outline.index_at(view.place) != view.moving.sections.current:
                break
            await pilot.press("k")
        current = view.moving.sections.current
        assert current is not None
        assert current != reading.outline.index_at(view.place)
        title = reading.outline.sections[current].title
        for number in range(2, 6):
            await pilot.press(f"f{number}")
            await until(pilot, lambda: bool(output_of(app)))
            name, _mark, first = output_of(app).partition(" | ")
            assert name == title
            if number < 4:
                assert first.strip() == title
            await pilot.press("escape")
