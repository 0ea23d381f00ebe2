"""Pictures on terminals that can show them: what is asked, what is sent, and what is left behind."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.articles import write_article
from tests.end_to_end.graphics_terminal import GraphicsTerminal
from tests.graphics.kitty_terminal import KittyMemory

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(sys.platform == "win32", reason="the terminal is asked where there is a POSIX terminal"),
]

KITTY = {
    b"\x1b[>0q": b"\x1bP>|kitty(0.42.0)\x1b\\",
    b"a=q,": b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b[6n": b"\x1b[2;1R",
    b"\x1b[c": b"\x1b[?62c",
}
SIXEL = {b"\x1b[16t": b"\x1b[6;20;10t", b"\x1b[c": b"\x1b[?62;4c", b"\x1b[?1;1;0S": b"\x1b[?1;0;256S"}
TMUX = {b"\x1b[>0q": b"\x1bP>|tmux 3.4\x1b\\", b"\x1b[c": b"\x1b[?62c"}
ITERM = {b"\x1b[>0q": b"\x1bP>|iTerm2 3.5.0\x1b\\", b"\x1b[c": b"\x1b[?62c"}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "archive" / "1.md"
    write_article(path, "第1篇", "<p>上文。</p><img src='noise.png' alt='一座灯塔'><p>下文。</p>", month=1)
    Image.effect_noise((64, 32), 60).save(path.with_name("noise.png"))
    return path


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    folders = {"XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "config"}
    return {name: str(tmp_path / folder) for name, folder in folders.items()} | {"LC_ALL": "C.UTF-8"}


def test_kitty_shows_placeholders_and_keeps_nothing(article: Path, home: dict[str, str]) -> None:
    memory = KittyMemory()
    with GraphicsTerminal(article, home, KITTY) as terminal:
        terminal.wait_for(lambda _terminal: "\U0010eeee" in terminal.sent)
        memory.feed(terminal.settle().sent)
        (shown,) = memory.pictures.values()
        assert shown.png.startswith(b"\x89PNG")
        assert "▀" not in terminal.line(10)
        terminal.press("q").wait_for_exit()
        memory.feed(terminal.sent)
        assert memory.pictures == {}


def test_tmux_is_given_time_for_the_terminal_around_it_and_quitting_is_clean(
    article: Path, home: dict[str, str]
) -> None:
    """The time is a timer that a reply starts; timers of Textual need the context of the app."""
    with GraphicsTerminal(article, home, TMUX) as terminal:
        terminal.wait_for(lambda _terminal: "▀" in terminal.sent).settle()
        assert terminal.press("q").wait_for_exit() == 0


def test_kitty_is_sent_pictures_again_after_the_program_was_suspended(article: Path, home: dict[str, str]) -> None:
    """Its process group is orphaned, so the system does not stop it, and it repaints."""
    sent = "a=T,U=1,i="
    with GraphicsTerminal(article, home, KITTY) as terminal:
        terminal.wait_for(lambda _terminal: terminal.sent.count(sent) == 2).settle()
        os.kill(terminal.process, signal.SIGTSTP)
        terminal.wait_for(lambda _terminal: terminal.sent.count(sent) == 3).settle()
        memory = KittyMemory()
        memory.feed(terminal.sent)
        assert len(memory.pictures) == 1
        assert "a=d,d=I" in terminal.sent[: terminal.sent.index("\x1b[?1049l")]
        terminal.press("q").wait_for_exit()


@pytest.mark.parametrize(("replies", "drawn"), [(SIXEL, "\x1bP0;1;0q"), (ITERM, "\x1b]1337;File=inline=1")])
def test_drawn_pictures_return_after_a_box(
    article: Path, home: dict[str, str], replies: dict[bytes, bytes], drawn: str
) -> None:
    with GraphicsTerminal(article, home, replies) as terminal:
        terminal.wait_for(lambda _terminal: drawn in terminal.sent)
        count = terminal.settle().sent.count(drawn)
        terminal.press("?").wait_for("Keyboard shortcuts").settle()
        assert terminal.sent.count(drawn) == count
        terminal.press("escape").wait_for(lambda _terminal: terminal.sent.count(drawn) > count)
        terminal.press("q").wait_for_exit()
        assert drawn not in terminal.sent[terminal.sent.rindex("\x1b[?1049l") :]


def styled(folder: Path, style: str) -> None:
    settings = folder / "config" / "reader" / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"pictures: {style}\n", encoding="utf-8")


def test_replies_are_no_keys_even_if_nobody_asked(article: Path, home: dict[str, str], tmp_path: Path) -> None:
    """`_Gi=31` would open the list of articles, and `c` change something."""
    styled(tmp_path, "blocks")
    with GraphicsTerminal(article, home, {}) as terminal:
        terminal.wait_for("▀").settle()
        before = terminal.text
        for reply in (*KITTY.values(), *SIXEL.values(), *ITERM.values()):
            terminal.send(reply[:3])
            time.sleep(0.02)
            terminal.send(reply[3:])
        assert terminal.settle().text == before
        terminal.press("q").wait_for_exit()


@pytest.mark.parametrize("style", ["blocks", "frame"])
def test_nothing_is_asked_if_pictures_are_text(article: Path, home: dict[str, str], tmp_path: Path, style: str) -> None:
    styled(tmp_path, style)
    with GraphicsTerminal(article, home, KITTY) as terminal:
        terminal.wait_for("上文").settle(1.0)
        assert "\x1b[c" not in terminal.sent
        terminal.press("q").wait_for_exit()
