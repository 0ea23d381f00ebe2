"""The driver of the screen in a browser, which speaks textual-serve's protocol on standard input and output."""

import signal
from contextlib import suppress

from textual.drivers.web_driver import WebDriver

from reader.ui.clean_exit import HUNG_UP, leave_soon
from reader.ui.output_guard import filtered


class BrowserDriver(WebDriver):
    """Textual's driver with the filter of the terminal's output.

    When the page or the server is gone, it exits as for a lost terminal: Textual's own driver would exit without saving
    the position, or not exit at all.
    """

    def write(self, data: str) -> None:
        """Write the safe parts of `data`."""
        super().write(filtered(data))

    def start_application_mode(self) -> None:
        """Begin, and keep the handlers of signals, which Textual would replace by an exit that saves nothing."""
        handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        super().start_application_mode()
        for number, handler in handlers.items():
            with suppress(NotImplementedError):  # Windows
                self._loop.remove_signal_handler(number)
            signal.signal(number, handler)

    def run_input_thread(self) -> None:
        """Read until the screen is closed, or exit if the server is gone."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._hang_up()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Exit if the page was closed; leave everything else to Textual."""
        if packet_type == "quit":
            self._hang_up()
        else:
            super().on_meta(packet_type, payload)

    def _hang_up(self) -> None:
        leave_soon(self._app, self._loop, HUNG_UP)
