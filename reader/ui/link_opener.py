"""Opening URLs and files in an external program, and reporting whether it succeeded."""

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from textual.app import App, SuspendNotSupported

from reader.document.web_addresses import shown_address
from reader.language import _
from reader.regex import regex
from reader.ui.child_processes import (
    file_openers,
    is_harmless,
    keyboard_signals_ignored,
    needs_terminal,
    openers,
    run_detached,
    run_in_foreground,
    start_file,
    with_address,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCHEMES = regex(r"(?:https?://|mailto:)[^\s-]", re.IGNORECASE)
_MAX_BYTES = 100_000
"""The maximum size of a URL in bytes: Linux rejects an argument over 131,071 bytes (MAX_ARG_STRLEN)."""
_MAX_SHOWN = 200
"""The maximum number of characters of a URL in a message."""


def _shown(address: str) -> str:
    """The beginning of an address for a message, its host in Punycode if it may imitate another."""
    return shown_address(address)[:_MAX_SHOWN]


class Notifier(Protocol):
    """A receiver of messages about the result."""

    def say(self, message: str, *shorter: str) -> None:
        """Show a short message in the status line."""


def open_address(app: App[None], address: str, notifier: "Notifier") -> None:
    """Open a URL in the browser; only http, https and mailto URLs are passed to the system."""
    shown = _shown(address)
    if not _SCHEMES.match(address):
        notifier.say(_("Not a web address: {address}").format(address=shown))
        return
    # Some programs would cut the URL at white space or a control character.
    address = re.sub(r"[\s\x00-\x20\x7f-\x9f]", lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), address)
    if len(address.encode("utf-8", "replace")) > _MAX_BYTES:
        notifier.say(_("The address is too long to open: {address}").format(address=shown))
        return
    if app.is_web:
        app.open_url(address)
        notifier.say(_("Opened in the browser: {address}").format(address=shown))
        return
    commands = openers(os.environ)
    if sys.platform != "win32" and not commands:
        notifier.say(_("No browser found: {address}").format(address=shown))
    elif commands and needs_terminal(commands[0][0]):
        notifier.say(_in_foreground(app, commands[0], address))
    else:
        app.run_worker(
            lambda: app.call_from_thread(notifier.say, _detached(commands, address)), thread=True, group="browser"
        )
        notifier.say(_("Opening: {address}").format(address=shown))


def no_programs() -> str:
    """Say why a session in a browser starts no program: it would run on the machine of the server."""
    return _("In the browser, the reader starts no other programs")


def open_file(app: App[None], path: Path, notifier: "Notifier") -> None:
    """Open a file in the program that the system has for it, if its kind is never run as a program."""
    name = path.name[:_MAX_SHOWN]
    if app.is_web:
        notifier.say(no_programs())
        return
    if not is_harmless(path):
        notifier.say(_("Files of this kind are not opened: {name}").format(name=name))
        return
    commands = file_openers(os.environ)
    if sys.platform != "win32" and not commands:
        notifier.say(_("No program found that opens {name}").format(name=name))
        return

    def run() -> None:
        """Try each program in turn; runs in a thread."""
        try:
            if sys.platform == "win32":
                start_file(str(path))
                succeeds = True
            else:
                succeeds = any(not run_detached([*command, str(path)]) for command in commands)
        except (OSError, ValueError):
            succeeds = False
        message = _("Opened in another program: {name}") if succeeds else _("The system could not open {name}")
        app.call_from_thread(notifier.say, message.format(name=name))

    app.run_worker(run, thread=True, group="browser")


def _in_foreground(app: App[None], command: "Sequence[str]", address: str) -> str:
    try:
        with keyboard_signals_ignored(), app.suspend():
            try:
                code = run_in_foreground(with_address(command, address))
            except (OSError, ValueError):
                code = -1
    except SuspendNotSupported:
        return _("This terminal cannot run {name}").format(name=command[0])
    return _outcome(command[0], code, address)


def _detached(commands: "Sequence[Sequence[str]]", address: str) -> str:
    """Try each program in turn until one succeeds; runs in a thread."""
    name, code = "", -1
    try:
        if sys.platform == "win32" and not commands:
            start_file(address)
            return _outcome("", 0, address)
        for command in commands:
            if needs_terminal(command[0]):
                continue
            name = command[0]
            code = run_detached(with_address(command, address)) or 0
            if code == 0:
                break
    except (OSError, ValueError):
        code = -1
    return _outcome(name, code, address)


def _outcome(name: str, code: int, address: str) -> str:
    if code == 0:
        return _("Opened in the browser: {address}").format(address=_shown(address))
    if not name:
        return _("The system could not open {address}").format(address=_shown(address))
    return _("{name} could not open {address}").format(name=name, address=_shown(address))
