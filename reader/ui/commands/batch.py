"""What can be done with several articles at once."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from reader.archive.article import Article
from reader.language import _
from reader.ui.commands.exporting import Exporting
from reader.ui.commands.host import Host
from reader.ui.commands.marking import Marking, named
from reader.ui.commands.piping import Piping
from reader.ui.screens import modals
from reader.ui.session import Session


class Batch:
    """The palette for articles that were marked in search results."""

    def __init__(self, session: Session, host: Host, marking: Marking, exporting: Exporting, piping: Piping) -> None:
        self._session = session
        self._host = host
        self._does: Mapping[str, Callable[[Sequence[Article]], object]] = {
            "toggle_read": marking.toggle_read,
            "star": marking.star,
            "later": marking.later,
            "tags": marking.tag,
            "export": partial(exporting.export_all, exporting.formats["export"]),
            "export_marked": partial(exporting.export_all, exporting.formats["export_marked"]),
            "pipe": piping.ask_for,
        }

    def choose(self, articles: Sequence[Article]) -> None:
        """Ask what to do with articles, and do it."""
        keymap = self._session.keymap
        entries = [
            modals.PaletteEntry(
                _(keymap[name].title), keymap.label(name), name, f"{_(keymap[name].title)} {keymap[name].title} {name}"
            )
            for name in self._does
        ]

        def chosen(name: str | None) -> None:
            if name:
                self._does[name](articles)

        self._host.push(modals.PaletteScreen(self._session.colours, keymap, entries, named(articles)), chosen)
