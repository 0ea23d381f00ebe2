"""The questions before following a link to a file that another program opens, or to something not in the archive."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.document.web_addresses import shown_address
from reader.keymap.actions import Context
from reader.language import _
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.session import Session
from reader.ui.widgets.passage import Passage


class OpenFileScreen(Dialog[bool]):
    """A modal that names a file; returns True to open it in another program."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.LINKED)

    def __init__(self, session: Session, path: Path) -> None:
        """Ask about the file at `path`."""
        hints = Hint(_("open"), ("linked.go",)), Hint(_("cancel"), ("box.close",))
        super().__init__(session.colours, session.keymap, _("Open this file in another program?"), hints)
        self._text = shown_address(str(path))

    def body(self) -> ComposeResult:
        """Compose the path."""
        yield Passage(self._text, id="linked-text")

    def action_go(self) -> None:
        """Open the file."""
        self.dismiss(True)  # noqa: FBT003 - the result of the modal


class MissingLinkScreen(Dialog[bool]):
    """A modal that says what a link looked for; returns True to search for it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.LINKED)

    def __init__(self, session: Session, name: str) -> None:
        """Say that no article or file is called `name`."""
        hints = Hint(_("search for it"), ("linked.go",)), Hint(_("close"), ("box.close",))
        super().__init__(session.colours, session.keymap, _("Not in the archive"), hints)
        self._text = _("No article or file is called {name}.").format(name=shown_address(name))

    def body(self) -> ComposeResult:
        """Compose the message."""
        yield Passage(self._text, id="linked-text")

    def action_go(self) -> None:
        """Search for it."""
        self.dismiss(True)  # noqa: FBT003 - the result of the modal
