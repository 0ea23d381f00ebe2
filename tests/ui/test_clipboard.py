"""Copying: the method, and messages that only claim success if it is certain."""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.ui.clipboard import Clipboard, CopyMethod, clipboard_of, for_screen
from reader.ui.output_guard import filtered
from tests.ui.marking import Make
from tests.ui.test_reading import opened

TERM = {"TERM": "xterm-256color"}


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the only one in PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    for variable in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return folder


def program(folder: Path, name: str, code: int = 0) -> None:
    path = folder / name
    path.write_text(
        f"#!{sys.executable}\nimport sys\n"
        f"open(sys.argv[0] + '.taken', 'ab').write(sys.stdin.buffer.read())\nsys.exit({code})\n"
    )
    path.chmod(0o700)


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these have programs of their own")
def test_method_is_the_one_that_works_in_the_environment(programs: Path) -> None:
    for name in ("xclip", "wl-copy", "tmux"):
        program(programs, name)
    xclip = ("xclip", "-selection", "clipboard")
    tmux = ("tmux", "load-buffer", "-w", "-")
    far = {**TERM, "SSH_CONNECTION": "a b c d"}
    assert clipboard_of({**TERM, "DISPLAY": ":0"}) == Clipboard(CopyMethod.PROGRAM, xclip)
    assert clipboard_of({**TERM, "DISPLAY": ":0", "TMUX": "x"}) == Clipboard(CopyMethod.PROGRAM, xclip)
    assert clipboard_of({**TERM, "WAYLAND_DISPLAY": "w"}) == Clipboard(CopyMethod.PROGRAM, ("wl-copy",))
    assert clipboard_of({"TERM": "tmux-256color", "TMUX": "x"}) == Clipboard(CopyMethod.TMUX, tmux)
    assert clipboard_of({**far, "DISPLAY": ":10"}) == Clipboard(CopyMethod.TERMINAL, (), is_remote=True)
    assert clipboard_of({**far, "TMUX": "x"}) == Clipboard(CopyMethod.TMUX, tmux, is_remote=True)
    assert clipboard_of({"TERM": "screen", "STY": "1.a"}) == Clipboard(CopyMethod.SCREEN)
    assert clipboard_of({"TERM": "linux"}) == Clipboard(CopyMethod.NONE)
    assert clipboard_of(TERM) == Clipboard(CopyMethod.TERMINAL)


def test_gnu_screen_passes_the_text_on() -> None:
    sequence = f"\x1b]52;c;{base64.b64encode(bytes(1_000)).decode()}\x07"
    wrapped = for_screen(sequence)
    assert filtered(wrapped) == wrapped
    pieces = wrapped.removeprefix("\x1bP").removesuffix("\x1b\\").split("\x1b\\\x1bP")
    assert "".join(pieces) == sequence
    assert max(map(len, pieces)) <= 250


async def copied(make_app: Make, size: int = 0) -> list[str]:
    """The message after copying the section, or a given number of characters."""
    app = make_app()
    said: list[str] = []
    app.host.say = said.append  # type: ignore[assignment]
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(pilot)
        if size:
            app.copy_to_clipboard("海" * size)
        else:
            await pilot.press("y")
        await app.workers.wait_for_complete()
        await pilot.pause()
    return said


async def test_text_accepted_by_a_program_is_reported_as_copied(
    make_app: Make, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(programs, "xclip")
    monkeypatch.setenv("DISPLAY", ":0")
    (said,) = await copied(make_app)
    assert said.startswith("Copied ")
    assert "海岸线上的十二座灯塔" in (programs / "xclip.taken").read_text("utf-8")


async def test_text_rejected_by_a_program_goes_to_the_terminal_and_is_not_reported_as_copied(
    make_app: Make, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(programs, "xclip", code=1)
    monkeypatch.setenv("DISPLAY", ":0")
    (said,) = await copied(make_app)
    assert said.startswith("Sent ")
    assert "to the terminal" in said


@pytest.mark.usefixtures("programs")
async def test_over_ssh_the_message_says_what_the_terminal_must_permit(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "a b c d")
    (said,) = await copied(make_app)
    assert said.startswith("Sent ")
    assert "to your terminal" in said
    assert "OSC 52" in said


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("term", ["linux", "vt220"])
async def test_console_without_a_clipboard_is_reported(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    monkeypatch.setenv("TERM", term)
    (said,) = await copied(make_app)
    assert said.startswith("Not copied: this terminal has no clipboard")


@pytest.mark.usefixtures("programs")
async def test_text_too_long_for_terminals_is_not_sent(make_app: Make) -> None:
    (least,), (most,) = await copied(make_app, 24_998), await copied(make_app, 24_999)
    assert least.startswith("Sent 24,998 characters to the terminal")
    assert most.startswith("Not copied: larger than the 74,994 bytes")


def answer(*command: str) -> str:
    """The output of a program."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def tmux() -> Iterator[list[str]]:
    if not shutil.which("tmux"):
        pytest.skip("there is no tmux")
    command = ["tmux", "-L", f"reader-{os.getpid()}", "-f", os.devnull]
    subprocess.run([*command, "new-session", "-d", "-x", "80", "-y", "24", "sleep 600"], check=True)
    yield command
    subprocess.run([*command, "kill-server"], check=False)


async def test_in_tmux_with_default_settings_the_text_is_in_its_buffer(
    make_app: Make, tmux: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TMUX", answer(*tmux, "display-message", "-p", "#{socket_path},#{pid},0").strip())
    (said,) = await copied(make_app)
    assert said.startswith("Copied ")
    assert "to tmux" in said
    assert answer(*tmux, "show-buffer").startswith("海岸线上的十二座灯塔")
