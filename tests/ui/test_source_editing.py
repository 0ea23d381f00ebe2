"""Editing the source of the open article, and passing it on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from reader.ui import programs
from reader.ui.commands import source_editing
from reader.ui.editors import at_line, editor
from reader.ui.programs import exit_message
from tests.ui.marking import Make
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (["vim", "-p"], ["-p", "+7", "/a b.md"]),
        (["/usr/bin/nvim"], ["+7", "/a b.md"]),
        (["emacs-29.1", "-nw"], ["-nw", "+7", "/a b.md"]),
        (["nano"], ["+7", "/a b.md"]),
        (["micro"], ["+7", "/a b.md"]),
        (["kak"], ["+7", "/a b.md"]),
        (["hx"], ["/a b.md:7"]),
        (["code", "--wait"], ["--wait", "--goto", "/a b.md:7"]),
        (["kate"], ["--line", "7", "/a b.md"]),
        (["an-editor-of-my-own"], ["/a b.md"]),
    ],
)
def test_editors_open_the_file_at_the_line(command: list[str], arguments: list[str]) -> None:
    assert at_line(command, Path("/a b.md"), 7)[1:] == arguments


def test_first_editor_that_exists_is_used() -> None:
    assert editor({"VISUAL": "no-such-editor", "EDITOR": "sh -c 'a b'"}) == ["sh", "-c", "a b"]


@pytest.mark.parametrize(
    ("code", "told"), [(0, ""), (3, "ls failed with exit code 3"), (-9, "ls was ended by SIGKILL")]
)
def test_ends_of_programs_are_told(code: int, told: str) -> None:
    assert exit_message("ls", code) == told


def test_missing_program_is_told() -> None:
    assert programs.start_failure("no-such", FileNotFoundError()) == "There is no program no-such"


async def test_edited_article_is_shown_at_the_same_place(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, archive: Path
) -> None:
    monkeypatch.setattr(source_editing, "editor", lambda _environment: ["vi"])
    app = make_app()
    called: list[Sequence[str]] = []

    def edits(command: Sequence[str], *_: Any) -> str:
        called.append(command)
        file = Path(command[-1])
        text = file.read_text(encoding="utf-8").replace("<ul>", "<p>新增的一段话在前面。</p><ul>")
        file.write_text(text.replace("接下来的计划", "以后的计划"), encoding="utf-8")
        return ""

    async with app.run_test(size=(80, 8)) as pilot:
        screen = await opened(pilot)
        monkeypatch.setattr(app.host, "run_in_terminal", edits)
        await pilot.press("right_square_bracket", "right_square_bracket", "j", "j", "j")
        before = rows(screen)[:2]
        assert "换下来的透镜" in "".join(before)
        await pilot.press("e")
        await until(pilot, lambda: any("新增的一段话" in leaf.text.text for leaf in screen.page.document.leaves))
        assert rows(screen)[:2] == before, "the place is the same"
    file = archive / "report.md"
    line = next(number for number, text in enumerate(file.read_text("utf-8").split("\n"), 1) if "换下来的透镜" in text)
    assert called == [["vi", f"+{line}", str(file)]]


async def test_failing_editor_is_told(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "false")
    monkeypatch.delenv("VISUAL", raising=False)
    app = make_app()
    async with app.run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot)
        await pilot.press("e")
        assert "This terminal cannot run false" in screen.status.render_line(0).text


async def test_article_is_passed_on(make_app: Make, monkeypatch: pytest.MonkeyPatch, archive: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 12)) as pilot:
        await opened(pilot)
        copied: list[str] = []
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        await pilot.press("dollar_sign", "right_square_bracket", "quotation_mark", "ampersand")
    assert copied[0] == str(archive / "report.md")
    quoted = copied[1].split("\n")
    assert quoted[0] == "> 新灯更亮，也更省电"
    assert quoted[2].startswith("> “以前一夜要烧掉两升油，”守塔人说，")
    assert quoted[-1] == "> — 航标处 · [十二座灯塔换上新灯](<https://example.org/report>) · 航标 · 2021-11-10"
    assert copied[2].startswith("# 新灯更亮，也更省电\n\n“以前一夜")


async def test_a_text_from_standard_input_has_no_file_to_edit_or_to_show(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_editing, "editor", lambda _environment: ["vi"])
    app = make_app()
    copied: list[str] = []
    monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
    async with app.run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot)
        monkeypatch.setattr(app.host, "run_in_terminal", lambda *_, **__: pytest.fail("was edited"))
        monkeypatch.setattr(app.host, "show_in_folder", lambda _path: pytest.fail("was shown"))
        assert screen.view.reading is not None
        app.session.is_input = True
        # The file that standard input is written to is the root of the library.
        monkeypatch.setattr(app.library, "roots", (screen.view.reading.article.path,))
        for key in ("e", "at", "dollar_sign"):
            app.host.say("")
            await pilot.press(key)
            assert "The text comes from standard input: there is no file" in screen.status.render_line(0).text
        assert copied == []
