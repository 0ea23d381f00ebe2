"""`reader serve`: the screen in a browser."""

import asyncio
import sys
from argparse import Namespace
from importlib.util import find_spec

from reader.archive.archive import absolute, open_archives
from reader.cli.chosen_archives import archives, chosen_paths
from reader.errors import UsageError
from reader.language import _
from reader.settings.options import Settings
from reader.themes.theme_files import load_theme


def run(options: Namespace, settings: Settings) -> int:
    """Serve the screen until Ctrl+C or SIGTERM; return 0."""
    if find_spec("textual_serve") is None or find_spec("aiohttp") is None:
        raise UsageError(_("“reader serve” needs textual-serve"), _("install it: pip install 'archive-reader[serve]'"))
    from reader.serving.access import is_loopback, new_token  # noqa: PLC0415 - only with the extra
    from reader.serving.server import Endpoint, serve  # noqa: PLC0415

    # Report missing archives here already; later, each page that is opened reports them itself.
    opened = archives(options.path, settings)
    open_archives(opened)
    paths = chosen_paths(options.path, settings) or opened
    # -P: import nothing from the current folder.
    session = [sys.executable, "-P", "-m", "reader.cli.served_session"]
    command = [*session, *(str(absolute(path)) for path in paths)]
    is_local = is_loopback(options.host)
    token = "" if is_local and not options.token else new_token()

    def announce(address: str) -> None:
        print(_("The reader is at {address} · Ctrl+C stops it").format(address=address), flush=True)
        if not is_local:
            warning = _(
                "Whoever knows this address can read your archives and change your marks; the connection is not "
                "encrypted"
            )
            print(f"reader: {warning}", file=sys.stderr)

    theme, _error = load_theme(settings.theme)
    try:
        asyncio.run(serve(command, theme, Endpoint(options.host, options.port, token), announce))
    except KeyboardInterrupt:
        # Ctrl+C is the usual way to stop a server, not an error.
        print(file=sys.stderr)
    return 0
