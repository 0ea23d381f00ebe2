"""Standard input and the pager, in a real terminal."""

from pathlib import Path

import pytest

from tests.end_to_end.terminal import READER, Terminal

pytestmark = pytest.mark.end_to_end


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    folders = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CACHE", "CONFIG")}
    return {"LC_ALL": "C.UTF-8", "READER": READER, **folders}


@pytest.fixture
def long(tmp_path: Path) -> Path:
    path = tmp_path / "long.md"
    path.write_text("# Log\n\n" + "\n\n".join(f"entry {number}" for number in range(200)), "utf-8")
    return path


def test_text_from_a_pipe_is_opened_on_the_screen(tmp_path: Path, environ: dict[str, str]) -> None:
    script = r"printf '# Piped\n\nFrom a *pipe*.\n' | $READER --as markdown"
    with Terminal(["/bin/sh", "-c", script], environ=environ, folder=tmp_path) as started:
        started.wait_for("From a pipe.")
        started.press("f1").wait_for("Keyboard shortcuts")
        started.press("q").wait_for(lambda terminal: "Keyboard shortcuts" not in terminal.text)
        started.press("q")
        assert started.wait_for_exit() == 0
    assert not list(tmp_path.glob("reader-*"))


def test_long_article_goes_through_the_pager_with_styles(tmp_path: Path, long: Path, environ: dict[str, str]) -> None:
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\necho "paged $1 $LESS"\nhead -n 3 | cat -v\n')
    pager.chmod(0o755)
    arguments = [READER, "show", str(long)]
    with Terminal(arguments, environ={**environ, "PAGER": f"{pager} -x"}) as started:
        started.wait_for("paged -x FRX")
        started.wait_for("^[[1;35mLog^[[m")
        assert started.wait_for_exit() == 0


@pytest.mark.parametrize(
    ("arguments", "pager"),
    [(["--no-pager"], "false"), ([], ""), ([], "cat"), ([], "/nothing/here"), (["--json"], "false")],
)
def test_no_pager(arguments: list[str], pager: str, long: Path, environ: dict[str, str]) -> None:
    with Terminal([READER, "show", str(long), *arguments], environ={**environ, "PAGER": pager}) as started:
        assert started.wait_for_exit() == 0
        assert "entry 199" in started.text


def test_short_article_needs_no_pager(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / "short.md").write_text("# Short\n\nText.\n", "utf-8")
    arguments = [READER, "show", str(tmp_path / "short.md")]
    with Terminal(arguments, environ={**environ, "PAGER": "false"}) as started:
        assert started.wait_for_exit() == 0
        assert b"\x1b[1;35mShort\x1b[m" in started.received
    with Terminal(arguments, environ={**environ, "NO_COLOR": "1"}) as started:
        assert started.wait_for_exit() == 0
        assert b"\x1b[1mShort\x1b[m" in started.received
