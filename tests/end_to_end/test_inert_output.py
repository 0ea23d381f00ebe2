"""The raw output of the reader with malicious content: no control function of the content reaches the terminal."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.end_to_end.generated import archives_of, generated, read_in_terminal
from tests.end_to_end.hostile import EVIL, Item, file_name, write_archive, write_marks, write_themes
from tests.end_to_end.stream import SIGN, findings
from tests.end_to_end.terminal import PATIENCE, READER, Terminal

pytestmark = pytest.mark.end_to_end

OWN_STYLES = re.compile(rb"\x1b\[(?:[12349]|35)?(?:;(?:[2349]|35))*m")
"""The styles that “show” prints on a terminal; those of the content have other numbers."""

ITEMS = [
    Item(EVIL, f"甲{EVIL}", f"folder{EVIL}", f"note{EVIL}"),
    Item(EVIL * 3, EVIL, EVIL, EVIL),
    Item("plain", "乙", "c", "d"),
]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    # A colon separates the folders in $READER_ARCHIVE.
    root = tmp_path / os.fsdecode(b"archive" + file_name(EVIL.replace(":", ""), ""))
    write_archive(root, ITEMS)
    # The same article at another path with a malicious name, for “Also in …”.
    twins = root / os.fsdecode(b"twin" + file_name(EVIL, ""))
    twins.mkdir()
    body = "\n---\ntitle: twin\ndate: 2022-01-01\n---\n<p>The same text, twice.</p>" + "<p>And more of it.</p>" * 50
    (root / "twin.md").write_text(body, "utf-8")
    (twins / "twin.md").write_text(body, "utf-8")
    (root / os.fsdecode(b"gone" + file_name(EVIL, ".md"))).symlink_to(os.fsdecode(b"nowhere" + file_name(EVIL, "")))
    (root / os.fsdecode(b"out" + file_name(EVIL, ".md"))).symlink_to(root.parent / "outside.md")
    (root.parent / "outside.md").write_text("outside", "utf-8")
    return root


@pytest.fixture
def environ(tmp_path: Path, archive: Path) -> dict[str, str]:
    # SQLite does not accept a path that is not UTF-8.
    home = tmp_path / ("home" + "".join(one for one in EVIL if one.isprintable() or (ord(one) < 0xD800 and one != "/")))
    settings = home / "config" / "reader"
    write_themes(settings / "themes", ITEMS, PROJECT / "themes" / "night.yaml")
    return {
        "LC_ALL": "C.UTF-8",
        "BROWSER": "nothing-at-all",
        "READER_ARCHIVE": str(archive),
        **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CACHE", "CONFIG")},
    }


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    path = tmp_path / os.fsdecode(b"marks" + file_name(EVIL, ".json"))
    write_marks(path, ITEMS)
    return path


COPIED = re.compile(r"'\\x1b\]52;c;(?!RVZJTA)[A-Za-z0-9+/=]*\\x07'")
"""The sequence for copying, which contains only base64."""


def command(
    arguments: Sequence[str],
    environ: dict[str, str],
    folder: Path | None = None,
    *,
    expected: Sequence[int] = (0, 1, 2),
) -> bytes:
    """The bytes that a terminal receives from a command."""
    with Terminal([READER, *arguments], columns=120, rows=40, environ=environ, folder=folder) as terminal:
        assert terminal.wait_for_exit() in expected, terminal.text
        return terminal.received


def test_oracle_detects_malicious_output() -> None:
    assert len(findings(EVIL.encode("utf-8", "replace"), is_screen=True)) > 20
    assert findings(f"\x1b[{SIGN}m".encode(), is_screen=True)
    assert findings(b"\x1b[1;2Habc\x1b[0m\x1b[?25l", is_screen=True) == []
    assert findings("文章 🏴\U000e0067\U000e0062\U000e007f\n".encode(), is_screen=False) == []


def test_no_screen_emits_control_functions_of_content(archive: Path, environ: dict[str, str], marks: Path) -> None:
    command(["marks", "import", str(marks)], environ)
    here = archive.parent / "here"
    here.mkdir()
    with Terminal([READER, str(archive)], columns=130, rows=40, environ=environ, folder=here) as terminal:
        terminal.wait_for("The same text", PATIENCE).settle()
        for keys in WALK:
            terminal.press(*keys)
            terminal.settle(0.15)
        terminal.press("escape").settle(0.3).press("escape").settle(0.3).press("q")
        assert terminal.wait_for_exit() == 0, terminal.text
        through = findings(terminal.received, is_screen=True)
        assert [one for one in through if not COPIED.fullmatch(one)] == []
        assert len(terminal.received) > 50_000


WALK: list[tuple[str, ...]] = [
    ("G",),
    ("g",),
    ("J",),
    ("t",),
    ("t",),
    ("J",),
    ("J",),
    ("J",),
    ("K",),
    ("v", "s"),
    ("a",),
    ("A",),
    ("down",),
    ("down",),
    ("escape",),
    ("'", "'"),
    ("down",),
    ("down",),
    ("escape",),
    ("#",),
    ("\x1b",),
    ("h",),
    ("down",),
    ("escape",),
    ("i",),
    ("escape",),
    ("S",),
    ("escape",),
    ("V",),
    ("V",),
    ("V",),
    ("tab",),
    ("down", "down", "enter"),
    ("down",),
    ("/", "x"),
    ("escape",),
    ("tab",),
    ("?",),
    ("pagedown",),
    ("escape",),
    (":",),
    *[("pagedown",)] * 8,
    ("escape",),
    ("F", "x"),
    ("down",),
    ("escape",),
    ("/", "plain"),
    ("escape",),
    ("o",),
    ("s",),
    ("E",),
    ("y",),
    ("m", "m"),
    ("U",),
    ("v", "p", "n", "x"),
    ("escape",),
    ("escape",),
    ("*",),
    ("w",),
    ("r",),
    ("c",),
    ("c",),
    ("z",),
    ("z",),
    ("\x0c",),
]
"""The keys that open every list and modal, or show a message about an article."""


def commands(article: str, evil: str, archive: Path, marks: Path, out: Path) -> list[Sequence[str]]:
    """Calls of every command, with malicious arguments where one is possible."""
    return [
        ["list"],
        ["list", "--json"],
        ["search", "note"],
        ["search", "--json", "note"],
        ["search", evil],
        ["search", f"nothing:{evil}", f"before:{evil}"],
        ["check"],
        ["check", "--json"],
        ["stats"],
        ["index"],
        ["index", "--rebuild"],
        ["index", "-a", evil],
        ["show", article],
        ["show", evil],
        ["show", "--width", evil, article],
        ["outline", article],
        ["outline", "--json", article],
        ["export", "-o", str(out), article],
        ["export", "-o", str(out), article],
        ["export", "--marks", "--format", "markdown", "-o", str(out), article],
        ["export", "--format", evil, article],
        ["export", "-o", article, article],
        ["marks", "import", str(marks)],
        ["marks", "import", evil],
        ["marks", "import", article],
        ["marks", "export"],
        ["marks", "export", "--markdown"],
        ["marks", "export", "-o", str(out / evil)],
        ["marks", "export", "-o", str(out / evil)],
        ["marks", evil],
        ["marks", "check"],
        ["marks", "restore"],
        ["marks", "restore", evil],
        ["marks", "clear-history"],
        ["--help"],
        [f"--{evil}"],
        [evil],
        ["outline", str(archive)],
        [f"-{evil}"],
    ]


def test_no_command_emits_control_functions_of_content(
    archive: Path, environ: dict[str, str], marks: Path, tmp_path: Path
) -> None:
    article = next(str(path) for path in archive.rglob("*.md") if path.name.startswith("0"))
    out = tmp_path / os.fsdecode(b"out" + file_name(EVIL, ""))
    evil = os.fsdecode(file_name(EVIL, ""))
    calls = commands(article, evil, archive, marks, out)
    for arguments in calls:
        received = command(arguments, environ, tmp_path)
        if arguments[0] == "show":
            received = OWN_STYLES.sub(b"", received)
        assert findings(received, is_screen=False) == [], arguments
        # The requested content is printed, without its malicious parts.
        assert "甲" in received.decode() or arguments[0] not in {"list", "show"} or evil in arguments, arguments


@pytest.mark.parametrize(
    "settings",
    [
        "theme: {0}\n",
        "{0}: 1\n",
        "keys: {{ {0}: x }}\n",
        "language: {0}\n",
        "archives: [{0}]\n",
        "measure: {0}\n",
        "{0}",
    ],
)
def test_no_setting_reaches_the_terminal_as_a_control_function(
    archive: Path, environ: dict[str, str], settings: str
) -> None:
    file = Path(environ["XDG_CONFIG_HOME"]) / "reader" / "settings.yaml"
    for evil in ('"' + "".join(f"\\U{ord(one):08x}" for one in EVIL if not 0xD800 <= ord(one) < 0xE000) + '"', EVIL):
        file.write_bytes(settings.format(evil).encode("utf-8", "surrogatepass"))
        with Terminal([READER, str(archive)], columns=100, rows=30, environ=environ) as terminal:
            terminal.wait_for(lambda one: one.exit_code is not None or "The same text" in one.text).settle()
            if terminal.exit_code is None:
                terminal.press("q")
                terminal.wait_for_exit()
            is_screen = b"\x1b[?1049h" in terminal.received
            assert findings(terminal.received, is_screen=is_screen) == []


def test_crash_report_contains_no_control_function(environ: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "crash.py"
    script.write_text(
        "import sys, warnings\nimport reader.cli.show_command as show\nfrom reader.cli import main\n"
        f"evil = {EVIL!r}\n"
        "def run(arguments, settings):\n    warnings.warn(evil)\n    raise ValueError(evil)\n"
        "show.run = run\nsys.exit(main.run(['show', 'x']))\n"
    )
    python = str(Path(READER).with_name("python"))
    with Terminal([python, str(script)], environ=environ) as terminal:
        assert terminal.wait_for_exit() == 1
        assert "Internal error (ValueError" in " ".join(terminal.text.split())
        assert findings(terminal.received, is_screen=False) == []


@pytest.mark.usefixtures("archive")
def test_pipe_gets_no_control_functions_either(environ: dict[str, str]) -> None:
    done = subprocess.run([READER, "check"], env={**os.environ, **environ}, capture_output=True, check=False)
    assert "Skipped: a link to" in done.stdout.decode()
    assert findings(done.stdout + done.stderr, is_screen=False) == []


@pytest.mark.slow
def test_no_control_function_of_generated_names_titles_paths_and_marks_is_emitted(tmp_path: Path) -> None:
    (items,) = archives_of(generated(240), 240)
    assert read_in_terminal(tmp_path, items) == []
