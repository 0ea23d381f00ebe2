"""Output through a pager."""

import shlex
from pathlib import Path

import pytest

from reader.cli import pager
from reader.ui import programs


@pytest.mark.parametrize("is_list", [True, False])
def test_each_line_is_sent_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_list: bool) -> None:
    target = tmp_path / "paged"
    monkeypatch.setenv("PAGER", f"sh -c {shlex.quote(f'cat > {shlex.quote(str(target))}')}")
    monkeypatch.setenv("TERM", "xterm")
    lines = [str(number) for number in range(200)]
    pager.print_paged(lines if is_list else iter(lines), paged=True)
    assert target.read_text().splitlines() == lines


@pytest.mark.parametrize(("written", "words"), [("", []), ("cat", []), ("cat -v", []), ("less -R", ["less", "-R"])])
def test_user_may_want_no_pager(written: str, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", written)
    monkeypatch.setenv("TERM", "xterm")
    assert pager._pager() == words
    assert programs.pager() == (words or ["less"]), "the screen shows output in a pager in any case"
    monkeypatch.setenv("TERM", "dumb")
    assert pager._pager() == []
    monkeypatch.delenv("PAGER")
    assert programs.pager() == ["less"]


@pytest.mark.parametrize(("own", "used"), [("", "utf-8"), ("latin1", "latin1")])
def test_less_is_told_that_the_text_is_utf_8(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: str, used: str
) -> None:
    target = tmp_path / "charset"
    monkeypatch.delenv("LESSCHARSET", raising=False)
    monkeypatch.delenv("LESSCHARDEF", raising=False)
    if own:
        monkeypatch.setenv("LESSCHARSET", own)
    script = f'cat > /dev/null; printf %s "$LESSCHARSET" > {shlex.quote(str(target))}'
    monkeypatch.setenv("PAGER", f"sh -c {shlex.quote(script)}")
    monkeypatch.setenv("TERM", "xterm")
    pager.print_paged(["灯塔"] * 200, paged=True)
    assert target.read_text() == used
