"""Putting text on the clipboard: through the terminal (OSC 52), and by the system's own program where there is one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from textual.app import App

_SECONDS = 5


def copy(app: App[Any], text: str) -> None:
    """Put `text` on the clipboard. A terminal that knows no OSC 52 does nothing with it and says nothing."""
    app.copy_to_clipboard(text)
    command = system_command(os.environ)
    if command:
        # It may wait for whoever pastes: never on the screen's own thread.
        app.run_worker(lambda: _hand_over(command, text), thread=True, group="copy")


def system_command(environment: Mapping[str, str]) -> list[str]:
    """The program that takes what is to be copied on its standard input; empty where there is none, or a far one."""
    if environment.get("SSH_CONNECTION"):
        # The clipboard of the machine that one is connected to is not the one that one pastes from.
        return []
    candidates: list[list[str]] = []
    if sys.platform == "darwin":
        candidates.append(["pbcopy"])
    elif sys.platform == "win32":
        candidates.append(["clip"])
    if environment.get("WAYLAND_DISPLAY"):
        candidates.append(["wl-copy"])
    if environment.get("DISPLAY"):
        candidates += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    return next((one for one in candidates if shutil.which(one[0])), [])


def _hand_over(command: list[str], text: str) -> None:
    encoding = "utf-16" if command == ["clip"] else "utf-8"
    try:
        subprocess.run(  # noqa: S603 - one of the programs named above
            command,
            input=text.encode(encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        # The terminal has had it already.
        return
