"""Suspending the program, and repainting the screen."""

import sys
from typing import Any

from textual.app import App


def stop_process(app: App[Any]) -> None:
    """Return the terminal to the shell until it continues the program; do nothing on systems without suspending."""
    if sys.platform == "win32":
        return
    from reader.ui.driver import TerminalDriver  # noqa: PLC0415 - it cannot be imported there

    driver = app._driver  # noqa: SLF001 - Textual has no other way to it
    if isinstance(driver, TerminalDriver):
        driver.stop_process(group=True)


def repaint(app: App[Any]) -> None:
    """Repaint every cell."""
    app.refresh(layout=True)
