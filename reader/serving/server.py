"""The web server of `reader serve`: the page, its files, and a WebSocket for each session."""

import asyncio
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from aiohttp import WSCloseCode, web

from reader.errors import ReaderError
from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.serving.access import Access, access_to, in_address
from reader.serving.browser_page import FOCUS, USUAL, headers, page
from reader.serving.browser_session import BrowserSession
from reader.themes.theme import Theme

MOST_SESSIONS = 16
"""The maximum number of sessions at a time; each is a process of about 100 MB."""

_STATIC = {
    "textual.js": "js/textual.js",
    "xterm.css": "css/xterm.css",
    "RobotoMono.ttf": "fonts/RobotoMono-VariableFont_wght.ttf",
}
"""The files of textual-serve that the page needs."""

_LEAVING = 10.0
"""Seconds for which the server waits for its sessions when it ends."""

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class BrowserServer:
    """The handlers of one server.

    Attributes:
        access: The rules of access.
    """

    def __init__(self, command: Sequence[str], theme: Theme, access: Access) -> None:
        """Serve sessions that `command` starts, a program and its arguments."""
        self._command = command
        self._theme = theme
        self.access = access
        self._open: set[web.WebSocketResponse] = set()

    def application(self) -> web.Application:
        """The application of aiohttp."""
        application = web.Application(middlewares=[self._guard])
        # A token in the path rather than in a cookie, which other servers on this host would receive too.
        root = "/{token}" if self.access.token else ""
        application.add_routes(
            [
                web.get(f"{root}/", self._page),
                *([web.get(root, self._with_slash)] if root else []),
                web.get(f"{root}/ws", self._socket),
                web.get(f"{root}/static/{{name}}", self._file),
            ]
        )
        application.on_shutdown.append(self._shut_down)
        return application

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Answer 403 to requests that fail the access rules, even for paths that do not exist."""
        token = request.match_info.get("token", "")
        if not self.access.knows_host(request.host) or not self.access.is_token(token):
            return web.Response(status=403, text="403 Forbidden\n")
        return await handler(request)

    async def _with_slash(self, request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"{request.path}/")

    async def _page(self, request: web.Request) -> web.Response:
        secure = request.secure or request.headers.get("X-Forwarded-Proto") == "https"
        address = f"{'wss' if secure else 'ws'}://{request.host}{request.path}ws"
        text = page(self._theme, address, _number(request, "fontsize", USUAL))
        return web.Response(text=text, content_type="text/html", headers=headers(request.host))

    async def _file(self, request: web.Request) -> web.StreamResponse:
        kept = {"Cache-Control": "private, max-age=86400", "X-Content-Type-Options": "nosniff"}
        if request.match_info["name"] == "focus.js":
            return web.Response(text=FOCUS, content_type="text/javascript", headers=kept)
        name = _STATIC.get(request.match_info["name"])
        if name is None:
            raise web.HTTPNotFound
        return web.FileResponse(Path(str(files("textual_serve"))) / "static" / name, headers=kept)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if not self.access.is_own_page(request.headers.get("Origin"), request.host):
            return web.Response(status=403, text="403 Forbidden\n")
        if len(self._open) >= MOST_SESSIONS:
            return web.Response(status=503, text="503 Too many sessions\n")
        channel = web.WebSocketResponse(heartbeat=15)
        self._open.add(channel)
        session = BrowserSession(self._command, channel)
        try:
            await channel.prepare(request)
            await session.start(_number(request, "width", 80), _number(request, "height", 24))
            await session.converse()
        finally:
            try:
                await _completed(session.stop())
            finally:
                # Only now, because the limit counts processes, and a process may take a while to end.
                self._open.discard(channel)
            with suppress(ConnectionError, RuntimeError):
                await channel.close()
        return channel

    async def _shut_down(self, application: web.Application) -> None:
        """Close all pages, so that their sessions end."""
        del application
        await asyncio.gather(*(one.close(code=WSCloseCode.GOING_AWAY) for one in set(self._open)))


async def _completed(work: Coroutine[None, None, None]) -> None:
    """Wait for work to end even if the wait is cancelled, because a process must not outlive its page."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def _number(request: web.Request, name: str, otherwise: int) -> int:
    """A whole number in the query string, of at most four digits; `otherwise` if it is missing or invalid."""
    text = request.query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else otherwise


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server listens.

    Attributes:
        host: The host name or address.
        port: The port, or 0 for a free one.
        token: The token that all addresses need, or empty.
    """

    host: str
    port: int
    token: str = ""


async def serve(command: Sequence[str], theme: Theme, endpoint: Endpoint, announce: Callable[[str], None]) -> None:
    """Serve until SIGTERM or cancellation; then all sessions are ended.

    Args:
        command: The program and arguments that start a session.
        theme: The colours of the page.
        endpoint: Where to listen.
        announce: Receives the address of the page once it can be opened.

    Raises:
        ReaderError: The address cannot be used.
    """
    # Malformed requests are the fault of the client, and would print a traceback.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    host, port, token = endpoint.host, endpoint.port, endpoint.token
    server = BrowserServer(command, theme, Access(port, token))
    runner = web.AppRunner(server.application(), access_log=None, shutdown_timeout=_LEAVING)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except (OSError, OverflowError) as error:
            message = _("Cannot listen at {host}, port {port} ({reason})")
            raise ReaderError(
                message.format(host=host, port=port, reason=getattr(error, "strerror", None) or error),
                _("choose another one with --port, or 0 for a free one"),
            ) from error
        used = int(runner.addresses[0][1])
        server.access = access_to(host, used, token)
        announce(f"http://{in_address(_reached_by(host))}:{used}/{token and f'{token}/'}")
        await _stopped()
    finally:
        await runner.cleanup()


def _reached_by(host: str) -> str:
    """The host for the address of the page.

    If the server listens at every address, this is the address from which this machine would reach other hosts, because
    few networks resolve its name.
    """
    outside = {"0.0.0.0": (socket.AF_INET, "192.0.2.1"), "::": (socket.AF_INET6, "2001:db8::1")}  # noqa: S104
    if host not in outside:
        return host
    family, other = outside[host]
    try:
        # Connecting a datagram socket sends nothing; these addresses are for documentation only (RFC 5737, RFC 3849).
        with socket.socket(family, socket.SOCK_DGRAM) as asking:
            asking.connect((other, 9))
            return str(asking.getsockname()[0])
    except OSError:
        return socket.gethostname()


async def _stopped() -> None:
    """Wait for SIGTERM; Ctrl+C cancels the wait."""
    stop = asyncio.Event()
    with suppress(NotImplementedError):  # Windows
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
