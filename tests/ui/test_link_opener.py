"""Opening addresses: the program, its arguments and terminal, and the message."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from reader.ui import child_processes, link_opener
from reader.ui.app import ReaderApp
from reader.ui.child_processes import needs_terminal, openers, run_detached, with_address
from tests.ui.marking import Make
from tests.ui.test_reading import opened

ADDRESS = "https://example.org/a?b=c&d=(e)"
RECORDING = """\
#!{python}
import json, os, sys
def is_terminal(number):
    try:
        return os.isatty(number)
    except OSError:
        return False
try:
    os.close(os.open("/dev/tty", os.O_RDWR))
    has_terminal = True
except OSError:
    has_terminal = False
print("\\x1b[2Jtorn")
print("torn", file=sys.stderr)
with open({file!r}, "w") as file:
    json.dump([sys.argv[1:], any(map(is_terminal, (0, 1, 2))), has_terminal, os.getsid(0) == os.getpid()], file)
sys.exit({code})
"""


def program(folder: Path, name: str, code: int = 0) -> Path:
    """A program that records how it was called, and ends with an exit code."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(RECORDING.format(python=sys.executable, file=str(folder / "called.json"), code=code))
    path.chmod(0o700)
    return path


async def said_of(app: ReaderApp, address: str) -> list[str]:
    said: list[str] = []
    app.host.say = lambda *variants: said.append(variants[0])  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        app.host.open_address(address)
        await app.workers.wait_for_complete()
        await pilot.pause()
    return said


async def test_opener_gets_the_address_unchanged_and_no_terminal(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = program(tmp_path / "programs", "graphical")
    monkeypatch.setenv("BROWSER", f"{path} --new-tab '--title=a b' &")
    said = await said_of(make_app(), ADDRESS)
    arguments, on_terminal, has_terminal, leads = json.loads((tmp_path / "programs" / "called.json").read_text())
    assert arguments == ["--new-tab", "--title=a b", ADDRESS]
    assert (on_terminal, has_terminal, leads) == (False, False, True)
    assert said == [f"Opening: {ADDRESS}", f"Opened in the browser: {ADDRESS}"]


async def test_messages_show_a_host_that_imitates_another_in_punycode(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER", str(program(tmp_path / "programs", "graphical")))
    said = await said_of(make_app(), "https://\u0430pple.example.com/a")
    assert json.loads((tmp_path / "programs" / "called.json").read_text())[0] == ["https://\u0430pple.example.com/a"]
    assert [one.rpartition(" ")[2] for one in said] == ["https://xn--pple-43d.example.com/a"] * 2


async def test_failure_of_an_opener_is_reported(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = program(tmp_path / "programs", "graphical", code=3)
    monkeypatch.setenv("BROWSER", str(path))
    said = await said_of(make_app(), ADDRESS)
    assert said[-1] == f"{path} could not open {ADDRESS}"


async def test_opener_that_keeps_running_has_succeeded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_processes, "_SETTLED", 0.1)
    assert run_detached([sys.executable, "-c", "import time; time.sleep(3)"]) is None


@pytest.mark.parametrize("length", [131_000, 1_000_000])
async def test_address_rejected_by_all_programs_is_reported(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, length: int
) -> None:
    monkeypatch.setenv("BROWSER", str(program(tmp_path / "programs", "graphical")))
    (said,) = await said_of(make_app(), "https://example.org/" + "a" * length)
    assert said.startswith("The address is too long to open")


async def test_only_web_addresses_are_passed_to_a_program(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER", str(program(tmp_path / "programs", "graphical")))
    for address in ("file:///etc/passwd", "javascript:alert(1)", "--help", "-x https://example.org", "https://-x", ""):
        (said,) = await said_of(make_app(), address)
        assert said.startswith("Not a web address")
    assert not (tmp_path / "programs" / "called.json").exists()


async def test_spaces_and_control_characters_of_an_address_are_encoded(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER", f"{program(tmp_path / 'programs', 'graphical')} %s --")
    await said_of(make_app(), "https://example.org/a b\n\x1b;$(touch c)`d`")
    arguments = json.loads((tmp_path / "programs" / "called.json").read_text())[0]
    assert arguments == ["https://example.org/a%20b%0A%1B;$(touch%20c)`d`", "--"]


async def test_missing_browser_is_reported(make_app: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await said_of(make_app(), ADDRESS) == [f"No browser found: {ADDRESS}"]


def test_only_the_configured_browsers_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    first, second = program(tmp_path, "first"), program(tmp_path, "second")
    assert openers({"BROWSER": f"nothing:{second} -a:'broken:{first}", "DISPLAY": ":0"}) == [
        [str(second), "-a"],
        [str(first)],
    ]
    program(tmp_path, "xdg-open")
    program(tmp_path, "w3m")
    assert openers({"DISPLAY": ":0"}) == [["xdg-open"], ["w3m"]]
    assert openers({}) == [["w3m"]]


def test_console_browser_is_recognized_by_its_other_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "web").symlink_to(program(tmp_path, "w3m"))
    assert needs_terminal("web")
    assert needs_terminal("/usr/bin/lynx")
    assert not needs_terminal(str(program(tmp_path, "firefox")))


def test_address_replaces_the_placeholder_of_the_command() -> None:
    assert with_address(["a", "--url=%s", "b"], ADDRESS) == ["a", f"--url={ADDRESS}", "b"]
    assert with_address(["a"], ADDRESS) == ["a", ADDRESS]


@pytest.mark.parametrize("name", ["a.sh", "a.desktop", "a.exe", "a.app", "a.PDF.bat", "a", "a.html", "a.jar"])
async def test_a_file_that_may_be_a_program_is_not_opened(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(link_opener, "file_openers", lambda _environment: [[str(program(tmp_path / "bin", "opener"))]])
    said: list[str] = []
    link_opener.open_file(make_app(), tmp_path / name, SimpleNamespace(say=said.append))
    assert said == [f"Files of this kind are not opened: {name}"]
    assert not (tmp_path / "bin" / "called.json").exists()


def test_a_relative_path_is_not_given_to_a_program() -> None:
    assert child_processes.is_harmless(Path("/a/-x.png"))
    assert not child_processes.is_harmless(Path("-x.png"))


async def test_a_picture_is_given_to_another_program_as_one_argument(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "-a b;$(x).PNG"
    monkeypatch.setattr(link_opener, "file_openers", lambda _environment: [[str(program(tmp_path / "bin", "opener"))]])
    said: list[str] = []
    app = make_app()
    async with app.run_test(size=(60, 12)) as pilot:
        await opened(pilot)
        link_opener.open_file(app, picture, SimpleNamespace(say=said.append))
        await app.workers.wait_for_complete()
    assert json.loads((tmp_path / "bin" / "called.json").read_text())[0] == [str(picture)]
    assert said == [f"Opened in another program: {picture.name}"]
