"""`reader mcp`: archives for agents, on standard input and output."""

import os
import signal
import sys
from argparse import Namespace
from importlib.util import find_spec

from reader.archive.archive import absolute, open_archives
from reader.cli.chosen_archives import archives
from reader.errors import UsageError
from reader.language import _
from reader.settings.options import Settings


def run(options: Namespace, settings: Settings) -> int:
    """Serve until standard input ends; return 0."""
    if find_spec("mcp") is None:
        raise UsageError(_("“reader mcp” needs the MCP SDK"), _("install it: pip install 'archive-reader[mcp]'"))
    from reader.agents.agent_server import agent_server  # noqa: PLC0415 - only with the extra

    paths = [absolute(path) for path in archives(options.archive, settings)]
    # Report a missing archive here rather than in every answer.
    open_archives(paths)
    if sys.stdin.isatty():
        print(_("Waiting for an agent on standard input; Ctrl+C ends this"), file=sys.stderr)
    # The SDK reads standard input in a thread that cannot be interrupted; there is nothing to save.
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    agent_server(paths).run()
    return 0
