"""Copying to the clipboard by the method that works in this environment, and reporting what is certain.

tmux discards clipboard sequences unless it is configured to pass them on. GNU screen needs them wrapped, and the Linux
console has no clipboard. No terminal acknowledges sequences, so only the exit code of a program proves success.
"""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any

from textual.app import App

from reader.keymap.keymap import Keymap
from reader.language import _, ngettext
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_TIMEOUT = 5.0
"""Seconds that a program may take to accept a text."""

_OSC52_BYTES = 74_994
"""The maximum bytes of a text sent to the terminal: 99,992 in base64; many terminals discard more than 100,000."""

_WITHOUT_CLIPBOARD = regex(r"(?:linux|dumb|unknown|vt\d.*|cons\d.*|sun.*|)\Z")
"""Values of $TERM of terminals without a clipboard."""

_DCS_PIECE = 250
"""The maximum number of characters of a control string in GNU screen."""


class CopyMethod(Enum):
    """The methods of copying."""

    PROGRAM = "program"
    TMUX = "tmux"
    TERMINAL = "terminal"
    SCREEN = "screen"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Clipboard:
    """A method of copying.

    Attributes:
        method: The method.
        command: The program that reads the text from its standard input, for the methods that use one.
        is_remote: Whether the terminal is on another machine.
    """

    method: CopyMethod
    command: tuple[str, ...] = ()
    is_remote: bool = False


def clipboard_of(environment: Mapping[str, str]) -> Clipboard:
    """The method that works in an environment."""
    remote = bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))
    # The clipboard of a remote machine is not the one that the user pastes from.
    command = () if remote else _program(environment)
    if command:
        return Clipboard(CopyMethod.PROGRAM, command)
    if environment.get("TMUX") and shutil.which("tmux"):
        return Clipboard(CopyMethod.TMUX, ("tmux", "load-buffer", "-w", "-"), remote)
    if environment.get("STY"):
        return Clipboard(CopyMethod.SCREEN, (), remote)
    if sys.platform != "win32" and _WITHOUT_CLIPBOARD.match(environment.get("TERM", "")):
        return Clipboard(CopyMethod.NONE, (), remote)
    return Clipboard(CopyMethod.TERMINAL, (), remote)


def _program(environment: Mapping[str, str]) -> tuple[str, ...]:
    candidates: list[tuple[str, ...]] = []
    if sys.platform == "darwin":
        candidates.append(("pbcopy",))
    elif sys.platform == "win32":
        candidates.append(("clip",))
    if environment.get("WAYLAND_DISPLAY"):
        candidates.append(("wl-copy",))
    if environment.get("DISPLAY"):
        candidates += [("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input")]
    return next((command for command in candidates if shutil.which(command[0])), ())


def copy(app: App[Any], text: str, keymap: Keymap, say: Callable[[str], None]) -> None:
    """Copy `text` to the clipboard, and `say` the result as soon as it is known."""
    # A program would copy on the machine of the server, not of the browser.
    clipboard = Clipboard(CopyMethod.TERMINAL, (), True) if app.is_web else clipboard_of(os.environ)  # noqa: FBT003
    if not clipboard.command:
        say(_through_terminal(app, clipboard, text, keymap))
        return

    def run_program() -> None:
        """Pass the text to the program; runs in a thread, because the program may be slow."""
        if _passed_to(clipboard.command, text) or (
            clipboard.method is CopyMethod.TMUX and _passed_to(("tmux", "load-buffer", "-"), text)
        ):
            app.call_from_thread(say, _copied(clipboard, text))
        else:
            # The terminal may still accept it.
            fallback = Clipboard(CopyMethod.NONE if clipboard.method is CopyMethod.TMUX else CopyMethod.TERMINAL)
            app.call_from_thread(lambda: say(_through_terminal(app, fallback, text, keymap)))

    app.run_worker(run_program, thread=True, group="copy")


def _copied(clipboard: Clipboard, text: str) -> str:
    if clipboard.method is CopyMethod.TMUX:
        message = ngettext(
            "Copied {count:,} character to tmux (paste with prefix ])",
            "Copied {count:,} characters to tmux (paste with prefix ])",
            len(text),
        )
    else:
        message = ngettext("Copied {count:,} character", "Copied {count:,} characters", len(text))
    return message.format(count=len(text))


def _through_terminal(app: App[Any], clipboard: Clipboard, text: str, keymap: Keymap) -> str:
    """Send text to the terminal's clipboard (OSC 52); return the message to show."""
    data = text.encode("utf-8", "replace")
    if clipboard.method is CopyMethod.NONE:
        message = _("Not copied: this terminal has no clipboard · {key} exports to a file")
        return message.format(key=keymap.label("export"))
    if len(data) > _OSC52_BYTES:
        message = _("Not copied: larger than the {limit:,} bytes that terminals accept · {key} exports to a file")
        return message.format(limit=_OSC52_BYTES, key=keymap.label("export"))
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode()}\x07"
    driver = app._driver  # noqa: SLF001 - Textual's own method ignores size limits and GNU screen
    if driver is not None:
        driver.write(for_screen(sequence) if clipboard.method is CopyMethod.SCREEN else sequence)
    if clipboard.is_remote:
        message = ngettext(
            "Sent {count:,} character to your terminal, which copies it if it allows OSC 52",
            "Sent {count:,} characters to your terminal, which copies them if it allows OSC 52",
            len(text),
        )
    else:
        message = ngettext(
            "Sent {count:,} character to the terminal; if nothing is copied, install wl-clipboard or xclip",
            "Sent {count:,} characters to the terminal; if nothing is copied, install wl-clipboard or xclip",
            len(text),
        )
    return message.format(count=len(text))


def for_screen(sequence: str) -> str:
    """Wrap a control sequence for the terminal outside GNU screen, in control strings of limited length."""
    pieces = (sequence[at : at + _DCS_PIECE] for at in range(0, len(sequence), _DCS_PIECE))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def _passed_to(command: Sequence[str], text: str) -> bool:
    """Pass a text to a program; return whether it exited with 0."""
    encoding = "utf-16" if command[0] == "clip" else "utf-8"
    try:
        process = subprocess.run(  # noqa: S603 - one of the programs named above
            command,
            input=text.encode(encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT,
            check=False,
            # A program that serves the clipboard until a paste must outlive the terminal, and never writes to it.
            start_new_session=True,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return process.returncode == 0
