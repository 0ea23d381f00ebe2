"""The picture viewer: a single picture of the open article in a dialog."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reader.document.blocks import Image
from reader.document.document import Document
from reader.document.web_addresses import shown_address
from reader.errors import ArchiveError
from reader.language import _
from reader.layout.picture_rooms import PictureSize
from reader.settings.options import PictureStyle
from reader.ui import late
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.picture_copies import PictureCopies
from reader.ui.screens import modals
from reader.ui.session import Session

if TYPE_CHECKING:
    from reader.linking.picture_files import PictureFile


class PictureViewing:
    """Shows single pictures of the open article, here or in another program."""

    def __init__(self, session: Session, view: ReadingView, host: Host, *, open_file: Callable[[Path], None]) -> None:
        """Show pictures of the open article; `open_file` opens one in another program."""
        self._session = session
        self._view = view
        self._host = host
        self._open_file = open_file
        self._copies = PictureCopies()

    def show(self, target: str) -> bool:
        """Show the picture that a link leads to; return False if it is not in the archive or cannot be painted."""
        reading = self._view.reading
        if reading is None or not self._can_paint:
            return False
        picture = late.picture_file(reading.article, target)
        if picture is None or picture.suffix not in late.PICTURE_SUFFIXES:
            return False
        size = late.picture_size(picture)
        if not isinstance(size, PictureSize):
            return False

        def closed(wants_program: bool | None) -> None:  # noqa: FBT001 - the result of the modal
            if wants_program:
                self.open(picture)

        title = _title(reading.document, target) or _("Image")
        self._host.push(modals.PictureBox(self._session, title, picture, size), closed)
        return True

    def open(self, picture: "PictureFile") -> None:
        """Open a picture in another program, which is given a copy if the picture is inside another file."""
        if not picture.part:
            self._open_file(picture.path)
            return

        def copy() -> None:
            """Runs in a thread."""
            try:
                path = self._copies.path(picture)
            except (ArchiveError, OSError):
                message = _("The picture cannot be copied for another program: {name}")
                self._host.call_from_thread(self._host.say, message.format(name=shown_address(picture.part)))
            else:
                self._host.call_from_thread(self._open_file, path)

        if self._host.starts_programs:
            self._host.run_in_thread(copy, "picture")
        else:
            self._open_file(picture.path)

    def end(self) -> None:
        """Remove the copies of pictures."""
        self._copies.remove()

    @property
    def _can_paint(self) -> bool:
        settings = self._session.settings
        has_half_blocks = settings.typesetting.ambiguous_width == 1
        return has_half_blocks and settings.pictures is not PictureStyle.FRAME and not self._session.colours.plain


def _title(document: Document, source: str) -> str:
    """The alt text of a picture, if it has any."""
    texts = (leaf.text.text for leaf in document.leaves if isinstance(leaf, Image) and leaf.source == source)
    return next(filter(None, texts), "")
