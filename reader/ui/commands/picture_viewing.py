"""Pictures of the archive alone on the screen."""

from collections.abc import Callable
from pathlib import Path

from reader.document.blocks import Image
from reader.document.document import Document
from reader.language import _
from reader.layout.picture_rooms import PictureSize
from reader.settings.options import PictureStyle
from reader.ui import late
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session


class PictureViewing:
    """Shows pictures of the open article alone."""

    def __init__(self, session: Session, view: ReadingView, host: Host, *, open_file: Callable[[Path], None]) -> None:
        """Show pictures of the open article; `open_file` opens one in another program."""
        self._session = session
        self._view = view
        self._host = host
        self._open_file = open_file

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
                self._open_file(picture.path)

        title = _title(reading.document, target) or _("Image")
        self._host.push(modals.PictureBox(self._session, title, picture, size), closed)
        return True

    @property
    def _can_paint(self) -> bool:
        settings = self._session.settings
        has_half_blocks = settings.typesetting.ambiguous_width == 1
        return has_half_blocks and settings.pictures is not PictureStyle.FRAME and not self._session.colours.plain


def _title(document: Document, source: str) -> str:
    """The alt text of a picture, if it has any."""
    texts = (leaf.text.text for leaf in document.leaves if isinstance(leaf, Image) and leaf.source == source)
    return next(filter(None, texts), "")
