"""Suspending the program, and repainting the screen."""

import sys
from typing import Any

from textual.app import App


def stop_process(app: App[Any]) -> None:
    """Suspend the program until the shell continues it; do nothing on systems without job control."""
    if sys.platform == "win32":
        return
    from reader.ui.driver import TerminalDriver  # noqa: PLC0415 - it cannot be imported on Windows

    driver = app._driver  # noqa: SLF001 - Textual does not make it public
    if isinstance(driver, TerminalDriver):
        driver.stop_process(group=True)


def repaint(app: App[Any]) -> None:
    """Repaint every cell."""
    app.refresh(layout=True)
