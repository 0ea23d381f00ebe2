"""One picture alone, as large as the screen allows."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.keymap.actions import Context
from reader.language import _
from reader.layout.picture_rooms import PictureSize
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.session import Session
from reader.ui.widgets.zoomed_picture import ZoomedPicture

if TYPE_CHECKING:
    from reader.linking.picture_files import PictureFile


class PictureBox(Dialog[bool]):
    """A picture that is enlarged and moved by keys; returns True to open it in another program."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.PICTURE)

    def __init__(self, session: Session, title: str, picture: "PictureFile", size: PictureSize) -> None:
        """Show a picture of a size in pixels."""
        hints = (
            Hint(_("zoom"), ("picture.enlarge", "picture.reduce")),
            Hint(_("fit"), ("picture.fit",)),
            Hint(_("open in another program"), ("picture.open",)),
            Hint(_("close"), ("box.close",)),
        )
        super().__init__(session.colours, session.keymap, f"{title} · {size.width} × {size.height}", hints)
        self.picture = ZoomedPicture(session.colours, picture, size)

    def body(self) -> ComposeResult:
        """Compose the picture."""
        yield self.picture

    def on_mount(self) -> None:
        """Focus the picture."""
        self.picture.focus()

    def action_enlarge(self) -> None:
        """Enlarge the picture."""
        self.picture.enlarge(1)

    def action_reduce(self) -> None:
        """Make the picture smaller."""
        self.picture.enlarge(-1)

    def action_fit(self) -> None:
        """Show the whole picture."""
        self.picture.fit()

    def action_left(self) -> None:
        """Move to the left."""
        self.picture.move(-1, 0)

    def action_right(self) -> None:
        """Move to the right."""
        self.picture.move(1, 0)

    def action_up(self) -> None:
        """Move up."""
        self.picture.move(0, -1)

    def action_down(self) -> None:
        """Move down."""
        self.picture.move(0, 1)

    def action_open(self) -> None:
        """Open the picture in another program."""
        self.dismiss(True)  # noqa: FBT003 - the result of the modal
