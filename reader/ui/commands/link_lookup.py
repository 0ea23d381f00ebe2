"""Lookups of links in a thread, whose failure is a message and does not end the screen."""

from collections.abc import Callable
from typing import TypeVar

from reader.document.cleaning import clean_line
from reader.language import _
from reader.ui.commands.host import Host

_Found = TypeVar("_Found")


def looked_up(host: Host, look: Callable[[], _Found]) -> _Found | None:
    """Return the result of `look`, or None after a message that it failed. Runs in a thread.

    Links depend on files of the archive that other programs have written, such as the configuration of its site.
    """
    try:
        return look()
    except Exception as error:  # noqa: BLE001 - the files are hostile
        reason = clean_line(str(error)) or type(error).__name__
        host.call_from_thread(host.say, _("Links cannot be looked up: {reason}").format(reason=reason))
        return None
