"""Everything that commands print."""

import io
import stat
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli.output import overwrite_line, print_crash
from reader.cli.sanitized_stream import SanitizedStream, plain_output
from reader.document import sanitizing
from reader.document.sanitizing import inert
from tests.end_to_end.stream import findings


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_printed_text_controls_the_terminal(text: str) -> None:
    target = io.StringIO()
    assert SanitizedStream(target).write(text) == len(text)
    assert findings(target.getvalue().encode(), is_screen=False) == []


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_harmless_text_is_printed_unchanged(text: str) -> None:
    target = io.StringIO()
    SanitizedStream(target).write(f"{text}\n\t🏴\U000e0067\U000e0062\U000e007f👨\u200d👩")
    assert target.getvalue() == f"{text}\n\t🏴\U000e0067\U000e0062\U000e007f👨\u200d👩"


def test_warnings_and_progress_are_filtered_too(capsys: pytest.CaptureFixture[str]) -> None:
    with plain_output():
        print("a\x1b[2J", file=sys.stderr)
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn("b\x1b[2J", stacklevel=1)
        overwrite_line("c\x1b[2J")
    assert findings(capsys.readouterr().err.encode(), is_screen=False) == []
    assert not isinstance(sys.stderr, SanitizedStream)


def fail() -> None:
    raise ValueError("evil\x1b[2J")


def test_details_of_a_crash_are_private(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        fail()
    except ValueError as error:
        print_crash(error, tmp_path / "cache")
    log = tmp_path / "cache" / "crash.txt"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "Traceback" in log.read_text("utf-8")
    assert "\x1b" not in log.read_text("utf-8")
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "ValueError: evil" in message
    assert str(log) in message


def test_crash_is_reported_even_if_its_details_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    print_crash(ValueError("x"), tmp_path / "file")
    assert "ValueError: x" in capsys.readouterr().err


@given(st.text(st.characters(), max_size=40))
def test_text_that_python_can_print_needs_no_cleaning(text: str) -> None:
    """`inert` relies on it: every character that it removes is not printable."""
    kept = "".join(one for one in text if one.isprintable() or one in "\n\t")
    assert sanitizing._CONTROLS.search(kept) is None
    assert inert(kept) == kept
