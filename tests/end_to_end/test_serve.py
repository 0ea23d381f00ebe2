"""`reader serve` with the real screen: a page is opened, read, left and closed, as a browser would do it."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.end_to_end.terminal import READER

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(sys.platform == "win32", reason="the test ends the server by a signal"),
]

PATIENCE = 25


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    folders = ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    return {**os.environ, "LC_ALL": "C.UTF-8"} | {name: str(tmp_path / name) for name in folders}


def _hostile_folder(parent: Path) -> Path:
    """A current folder with modules that leave a trace when they are imported."""
    folder = parent / "hostile"
    folder.mkdir()
    for name in ("reader", "textual", "textual_serve", "aiohttp", "yaml", "apsw", "sitecustomize", "asyncio", "json"):
        (folder / f"{name}.py").write_text(f"import posix\nposix.mkdir({str(folder / 'ran-')!r} + {name!r})\n")
    return folder


def _traces(folder: Path) -> list[Path]:
    """What was left by a shell, or by a module of the current folder."""
    return [*folder.rglob("here"), *folder.rglob("ran-*")]


@asynccontextmanager
async def server(archive: Path, home: dict[str, str], *options: str) -> AsyncIterator[tuple[Process, str]]:
    """A running server and the address of its page."""
    command = [READER, "serve", "--port", "0", *options, str(archive)]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=PIPE, stderr=PIPE, env=home, cwd=_hostile_folder(archive.parent)
    )
    try:
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
        yield process, line.split()[4]
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def shown(page: ClientWebSocketResponse, text: str) -> None:
    """Wait until the screen has shown a text."""
    seen = ""
    while text not in seen:
        message = await page.receive(timeout=PATIENCE)
        assert message.type in {WSMsgType.BINARY, WSMsgType.TEXT}, (message, seen[-500:])
        if message.type is WSMsgType.BINARY:
            seen += message.data.decode("utf-8", "replace")


async def ended(page: ClientWebSocketResponse) -> None:
    while (await page.receive(timeout=PATIENCE)).type in {WSMsgType.BINARY, WSMsgType.TEXT}:
        pass


async def test_two_pages_read_with_the_same_marks_and_the_server_ends_cleanly(
    tmp_path: Path, home: dict[str, str]
) -> None:
    archive = tmp_path / "an archive; $(touch here)"
    archive.mkdir()
    (archive / "lamp.md").write_text("# Lamp\n\nKeeper\n", encoding="utf-8")
    async with server(archive, home, "--token") as (process, address), ClientSession() as client:
        origin = address.split("/", 3)
        site, socket = "/".join(origin[:3]), f"{address}ws?width=90&height=30"
        assert len(origin[3]) > 30
        async with client.ws_connect(socket, origin=site) as page, client.ws_connect(socket, origin=site) as other:
            await shown(page, "Keeper")
            await shown(other, "Keeper")
            await page.send_str(json.dumps(["stdin", "*"]))
            await shown(page, "Starred")
            await shown(other, "*")
            await page.send_str(json.dumps(["stdin", "q"]))
            await ended(page)
            process.send_signal(signal.SIGTERM)
            await ended(other)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    assert _traces(tmp_path) == []
