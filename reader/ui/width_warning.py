"""The warning about terminals that draw “ ” … two cells wide, shown once."""

from reader.language import _
from reader.settings.folders import settings_path
from reader.ui.session import Session


def width_warning(session: Session) -> str | None:
    """Return what to do about such a terminal; None if it was said before."""
    if session.kept("told-of-width"):
        return None
    session.keep("told-of-width", "yes")
    message = _(
        "This terminal draws “ ” … ─ two cells wide: set typesetting.ambiguous_width to 2 in "
        "{path}, or make the terminal draw them narrow"
    )
    return message.format(path=settings_path())
