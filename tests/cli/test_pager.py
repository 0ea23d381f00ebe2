"""Output through a pager."""

import shlex
from pathlib import Path

import pytest

from reader.cli import pager


@pytest.mark.parametrize("is_list", [True, False])
def test_each_line_is_sent_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_list: bool) -> None:
    target = tmp_path / "paged"
    monkeypatch.setenv("PAGER", f"sh -c {shlex.quote(f'cat > {shlex.quote(str(target))}')}")
    monkeypatch.setenv("TERM", "xterm")
    lines = [str(number) for number in range(200)]
    pager.print_paged(lines if is_list else iter(lines), paged=True)
    assert target.read_text().splitlines() == lines
