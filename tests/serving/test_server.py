"""The web server, asked as a browser, and as others, would ask it."""

import asyncio
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestServer

from reader.serving import server as serving
from reader.serving.access import access_to
from reader.serving.browser_page import LARGEST, headers, page
from reader.serving.browser_session import columns, rows
from reader.serving.server import BrowserServer
from reader.themes.theme_files import load_theme

THEME = load_theme("paper")[0]

ECHO = """
import os, sys
def say(kind, data):
    os.write(1, kind + len(data).to_bytes(4, "big") + data)
os.write(1, b"__GANGLION__\\n")
say(b"D", f"{sys.argv[1:]} {os.environ['COLUMNS']}x{os.environ['ROWS']} {os.getsid(0) == os.getpid()}".encode())
while head := sys.stdin.buffer.read(5):
    data = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    say(b"D", head[:1] + data)
    if data == b"q" or b"quit" in data:
        break
"""
"""A program that speaks the protocol of textual-serve: it repeats all that it receives."""

STUBBORN = """
import os, pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
pid = str(os.getpid()).encode()
os.write(1, b"__GANGLION__\\nD" + len(pid).to_bytes(4, "big") + pid)
while head := sys.stdin.buffer.read(5):
    if b"quit" in sys.stdin.buffer.read(int.from_bytes(head[1:], "big")):
        (folder / "asked").touch()
        break
for _ in range(6_000):
    if (folder / "leave").exists():
        break
    time.sleep(0.02)
"""
"""A program that says its process id, and that ends only once a file exists, or after two minutes."""

PATIENCE = 60.0
"""Seconds for an answer on a busy machine."""

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the stand-in for the screen uses sessions of processes"
)


class Served:
    """A running server, and a client that sends the headers of a browser."""

    def __init__(self, server: TestServer, client: ClientSession) -> None:
        self.server = server
        self.client = client
        self.authority = f"127.0.0.1:{server.port}"

    async def status(self, path: str, **sent: str) -> int:
        async with self.client.get(f"http://{self.authority}{path}", headers=sent, allow_redirects=False) as response:
            return response.status


async def _serve(token: str, command: list[str]) -> AsyncIterator[Served]:
    browser = BrowserServer(command, THEME, access_to("127.0.0.1", 0, token))
    server = TestServer(browser.application(), host="127.0.0.1")
    await server.start_server()
    assert server.port is not None
    browser.access = access_to("127.0.0.1", server.port, token)
    async with ClientSession() as client:
        yield Served(server, client)
    await server.close()


@pytest.fixture
async def local(tmp_path: Path) -> AsyncIterator[Served]:
    program = tmp_path / "echo.py"
    program.write_text(ECHO, encoding="utf-8")
    async for served in _serve("", [sys.executable, str(program), "a b", "$(touch x); 'y'"]):
        yield served


@pytest.fixture
async def stubborn(tmp_path: Path) -> AsyncIterator[Served]:
    program = tmp_path / "stubborn.py"
    program.write_text(STUBBORN, encoding="utf-8")
    async for served in _serve("", [sys.executable, str(program), str(tmp_path)]):
        yield served


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - a state of other processes
            await asyncio.sleep(0.02)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
async def guarded() -> AsyncIterator[Served]:
    async for served in _serve("a-token", ["false"]):
        yield served


async def test_the_page_and_its_files_come_from_here_only(local: Served) -> None:
    async with local.client.get(f"http://{local.authority}/?fontsize=999") as response:
        text = await response.text()
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert f'data-session-websocket-url="ws://{local.authority}/ws"' in text
    assert f'data-font-size="{LARGEST}"' in text
    # The only other addresses are relative.
    assert "http" not in text.replace('charset="utf-8"', "")
    for name in ("textual.js", "xterm.css", "RobotoMono.ttf", "focus.js"):
        assert f"static/{name}" in text
        assert await local.status(f"/static/{name}") == 200
    for path in ("/static/", "/static/..%2fserver.py", "/static/%2e%2e/%2e%2e/etc/passwd", "/download/x"):
        assert await local.status(path) == 404


async def test_other_hosts_and_origins_are_refused(local: Served) -> None:
    assert await local.status("/", Host="evil.example") == 403
    assert await local.status("/ws", Host="evil.example", Origin="http://evil.example") == 403
    assert await local.status("/ws", Origin="http://evil.example") == 403
    assert await local.status("/ws") == 403


async def test_without_the_token_everything_is_refused(guarded: Served) -> None:
    origin = f"http://{guarded.authority}"
    for path in ("/", "/ws", "/static/textual.js", "/other-token/", "/a-toke/ws", "/nothing/at/all", "/%00/"):
        assert await guarded.status(path, Origin=origin) == 403
    assert await guarded.status("/a-token/") == 200
    assert await guarded.status("/a-token") == 302
    assert await guarded.status("/a-token/static/textual.js") == 200
    assert await guarded.status("/a-token/ws", Origin="http://evil.example") == 403


async def test_a_session_is_a_process_that_gets_what_the_page_sends(local: Served) -> None:
    origin = f"http://{local.authority}"
    async with local.client.ws_connect(f"{origin}/ws?width=9999&height=30", origin=origin) as page_socket:

        async def received() -> str:
            message = await page_socket.receive(timeout=PATIENCE)
            assert message.type is WSMsgType.BINARY
            return str(message.data.decode())

        # Arguments with blanks, quotes and dollars reach the program as they are: there is no shell.
        assert await received() == f"{['a b', '$(touch x); ' + repr('y')]} 500x30 True"
        await page_socket.send_json(["stdin", "灯塔"])
        assert await received() == "D灯塔"
        await page_socket.send_json(["resize", {"width": -3, "height": 10**12}])
        meta = json.loads((await received()).removeprefix("M"))
        assert (meta["type"], meta["width"], meta["height"]) == ("resize", 20, 200)
        await page_socket.send_json(["stdin", "q"])
        assert await received() == "Dq"
        # The page is told when the program has ended.
        assert (await page_socket.receive(timeout=PATIENCE)).type in {
            WSMsgType.CLOSE,
            WSMsgType.CLOSING,
            WSMsgType.CLOSED,
        }


@pytest.mark.parametrize(
    "sent", ["", "{", "[]", '["stdin"]', '["stdin", 3]', '["resize", {"width": "x"}]', '["run", "x"]']
)
async def test_a_message_of_another_form_ends_the_session(local: Served, sent: str) -> None:
    origin = f"http://{local.authority}"
    async with local.client.ws_connect(f"{origin}/ws", origin=origin) as page_socket:
        await page_socket.receive(timeout=PATIENCE)
        await page_socket.send_str(sent)
        while (message := await page_socket.receive(timeout=PATIENCE)).type is WSMsgType.BINARY:
            pass
        assert message.type in {WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED}


async def test_there_are_only_so_many_sessions(local: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MOST_SESSIONS", 1)
    origin = f"http://{local.authority}"
    async with local.client.ws_connect(f"{origin}/ws", origin=origin):
        with pytest.raises(WSServerHandshakeError) as refused:
            await local.client.ws_connect(f"{origin}/ws", origin=origin)
        assert refused.value.status == 503


async def test_a_session_counts_until_its_process_has_ended(
    stubborn: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "MOST_SESSIONS", 1)
    monkeypatch.setattr("reader.serving.browser_session._PATIENCE", 60.0)
    origin = f"http://{stubborn.authority}"
    async with stubborn.client.ws_connect(f"{origin}/ws", origin=origin) as page_socket:
        process = int((await page_socket.receive(timeout=PATIENCE)).data)
    await until((tmp_path / "asked").exists)
    with pytest.raises(WSServerHandshakeError) as refused:
        await stubborn.client.ws_connect(f"{origin}/ws", origin=origin)
    assert refused.value.status == 503
    assert is_alive(process)
    (tmp_path / "leave").touch()
    await until(lambda: not is_alive(process))
    async with asyncio.timeout(PATIENCE):
        while True:
            # The process is gone a moment before the server knows it.
            with suppress(WSServerHandshakeError):
                async with stubborn.client.ws_connect(f"{origin}/ws", origin=origin) as page_socket:
                    assert int((await page_socket.receive(timeout=PATIENCE)).data) != process
                break


async def test_a_process_that_does_not_end_is_killed(
    stubborn: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.serving.browser_session._PATIENCE", 0.5)
    origin = f"http://{stubborn.authority}"
    async with stubborn.client.ws_connect(f"{origin}/ws", origin=origin) as page_socket:
        process = int((await page_socket.receive(timeout=PATIENCE)).data)
    await until(lambda: not is_alive(process))
    assert not (tmp_path / "leave").exists()


async def test_a_page_that_closes_while_its_process_reads_nothing_ends_it(
    stubborn: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.serving.browser_session._PATIENCE", 0.5)
    origin = f"http://{stubborn.authority}"
    async with stubborn.client.ws_connect(f"{origin}/ws", origin=origin) as page_socket:
        process = int((await page_socket.receive(timeout=PATIENCE)).data)
        for _ in range(20):
            await page_socket.send_json(["stdin", "j" * 100_000])
    await until(lambda: not is_alive(process))


async def test_the_sessions_end_with_the_server(local: Served) -> None:
    origin = f"http://{local.authority}"
    async with local.client.ws_connect(f"{origin}/ws", origin=origin) as page_socket:
        await page_socket.receive(timeout=PATIENCE)
        closing = asyncio.ensure_future(local.server.close())
        while (await page_socket.receive(timeout=PATIENCE)).type is WSMsgType.BINARY:
            pass
        await asyncio.wait_for(closing, PATIENCE)


def test_screens_have_limits() -> None:
    assert [columns(one) for one in (-1, 80, 10**9)] == [20, 80, 500]
    assert [rows(one) for one in (-1, 24, 10**9)] == [5, 24, 200]


def test_nothing_in_the_page_is_taken_for_markup() -> None:
    text = page(THEME, 'ws://x/"><script>', 16)
    assert "<script>" not in text
    assert "ws://host:1 " in headers("host:1")["Content-Security-Policy"]


@pytest.mark.parametrize(("host", "reached"), [("0.0.0.0", "198.51.100.7"), ("::", "2001:db8::7")])  # noqa: S104
def test_a_server_at_every_address_names_one_that_others_reach(
    host: str, reached: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Asking:
        """A datagram socket of a machine with one address."""

        def __init__(self, family: socket.AddressFamily, _kind: socket.SocketKind) -> None:
            self.address = {socket.AF_INET: "198.51.100.7", socket.AF_INET6: "2001:db8::7"}[family]

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_error: object) -> None:
            pass

        def connect(self, _other: tuple[str, int]) -> None:
            pass

        def getsockname(self) -> tuple[str, int]:
            return self.address, 1

    monkeypatch.setattr("reader.serving.server.socket.socket", Asking)
    assert serving._reached_by(host) == reached
    assert serving._reached_by("lamp.example") == "lamp.example"
