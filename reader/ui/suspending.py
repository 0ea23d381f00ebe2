"""Suspending the program by a key, and painting the screen again."""

import sys
from typing import Any

from textual.app import App


def stop_process(app: App[Any]) -> None:
    """Give the terminal back to the shell until it continues the program; nothing where there is no such thing."""
    if sys.platform == "win32":
        return
    from reader.ui.driver import TerminalDriver  # noqa: PLC0415 - it cannot be imported there

    driver = app._driver  # noqa: SLF001 - Textual has no other way to it
    if isinstance(driver, TerminalDriver):
        driver.stop_process(group=True)


def repaint(app: App[Any]) -> None:
    """Paint every cell again."""
    app.refresh(layout=True)
