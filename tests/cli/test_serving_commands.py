"""`reader serve` and `reader mcp`: the errors before they begin to serve."""

import importlib.util
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli import mcp_command, serve_command
from tests.cli.run_type import Run


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\nText.\n", encoding="utf-8")
    return folder


@pytest.fixture
def used_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize(("name", "module"), [("serve", serve_command), ("mcp", mcp_command)])
def test_a_missing_extra_is_an_error_that_says_how_to_install_it(
    command: Run, archive: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: object
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    code, out, err = command(name, *(["-a"] if name == "mcp" else []), archive)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"pip install 'archive-reader[{name}]'" in err


def test_the_modules_of_the_extras_are_those_that_are_looked_for() -> None:
    for module in ("textual_serve", "aiohttp", "mcp"):
        assert importlib.util.find_spec(module) is not None


@pytest.mark.parametrize("arguments", [["serve", "missing"], ["mcp", "-a", "missing"]])
def test_a_missing_archive_is_an_error(command: Run, arguments: list[str]) -> None:
    code, out, err = command(*arguments)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "missing" in err


@pytest.mark.parametrize("port", ["-1", "65536", "http", "8000.0", "１"])
def test_a_port_is_a_number_in_range(command: Run, archive: Path, port: str) -> None:
    code, _out, err = command("serve", archive, f"--port={port}")
    assert code == 2
    assert "65535" in err


def test_an_empty_host_is_an_error_about_the_host(command: Run, archive: Path) -> None:
    code, out, err = command("serve", archive, "--host=")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "--host" in err
    assert "a host name must not be empty" in err


def test_a_used_port_is_an_error(command: Run, archive: Path, used_port: int) -> None:
    code, out, err = command("serve", archive, "--port", used_port)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "--port" in err


@pytest.mark.skipif(sys.platform == "win32", reason="the resolver of Windows may ask the network")
def test_an_unknown_host_is_an_error(command: Run, archive: Path) -> None:
    code, _out, err = command("serve", archive, "--port", 0, "--host", "no such host")
    assert (code, err.count("\n")) == (1, 1)
