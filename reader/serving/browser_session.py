"""One session of the screen for a browser: a process that talks to the page by the protocol of textual-serve."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress

from aiohttp import WSMsgType
from aiohttp.web import WebSocketResponse
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

_PATIENCE = 8.0
"""Seconds that the process has to save its marks and exit before it is killed."""

_COLUMNS, _ROWS = (20, 500), (5, 200)
"""The minimum and maximum size of a screen in cells, whatever size the browser requests."""


def columns(count: int) -> int:
    """A number of columns within the limits."""
    return max(_COLUMNS[0], min(_COLUMNS[1], count))


def rows(count: int) -> int:
    """A number of rows within the limits."""
    return max(_ROWS[0], min(_ROWS[1], count))


class BrowserSession(AppService):
    """The process of one page. It is started without a shell, and never outlives the page."""

    def __init__(self, command: Sequence[str], socket: WebSocketResponse) -> None:
        super().__init__(
            command[0],
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=self._close,
            download_manager=DownloadManager(),
        )
        self._words = tuple(command)
        self._socket = socket

    async def _close(self) -> None:
        await self._socket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> asyncio.subprocess.Process:
        """Start the process; textual-serve would start it with a shell.

        It has a session of its own, so Ctrl+C in the server's terminal does not reach it; it is asked to end instead.
        """
        self._process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._build_environment(columns(width), rows(height)),
            start_new_session=True,
        )
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Pass on what the process writes, and close the page when it ends, for whatever reason."""
        try:
            await super().run()
        finally:
            with suppress(ConnectionError, RuntimeError):
                await self._close()

    async def stop(self) -> None:
        """Ask the process to end, and kill it if it does not."""
        process = self._process
        if process is None:
            return
        # Not `asyncio.timeout`, whose cancellation the task of textual-serve suppresses.
        leaving = asyncio.ensure_future(self._leave(process))
        await asyncio.wait({leaving}, timeout=_PATIENCE)
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        leaving.cancel()  # does nothing if it has ended
        await asyncio.wait({leaving})

    async def _leave(self, process: asyncio.subprocess.Process) -> None:
        with suppress(ConnectionError, RuntimeError):
            await super().stop()
        await process.wait()

    async def converse(self) -> None:
        """Pass on what the page sends until the page closes; a malformed message closes it."""
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT or not await self._receive(message.data):
                break

    async def _type(self, typed: bytes) -> bool:
        """Pass on input; return whether the process reads it in time. Until then, a closed page goes unnoticed."""
        sending = asyncio.ensure_future(self.send_bytes(typed))
        await asyncio.wait({sending}, timeout=_PATIENCE)
        if sending.cancel():
            return False
        sending.result()
        return True

    async def _receive(self, text: str) -> bool:
        """Pass on one message; return False if it is malformed or the process does not read it."""
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            return False
        match message:
            case ["stdin", str(typed)]:
                return await self._type(typed.encode("utf-8", "replace"))
            case ["resize", {"width": int(width), "height": int(height)}]:
                await self.set_terminal_size(columns(width), rows(height))
            case ["ping", str(sent)]:
                await self._socket.send_json(["pong", sent[:64]])
            case ["focus"]:
                await self.focus()
            case ["blur"]:
                await self.blur()
            case _:
                return False
        return True
