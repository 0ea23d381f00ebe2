"""The warnings when the screen opens: archives, `--base`, keys, and terminals that draw “ ” … two cells wide."""

from collections.abc import Iterator

from reader.document.resolved_links import base_warning
from reader.language import _
from reader.settings.folders import at_home, settings_path
from reader.ui.session import Session


def width_warning(session: Session) -> str | None:
    """Return the advice about such a terminal; None if it was given before."""
    if session.kept("told-of-width"):
        return None
    session.keep("told-of-width", "yes")
    message = _(
        "This terminal draws “ ” … ─ two cells wide: set typesetting.ambiguous_width to 2 in "
        "{path}, or make the terminal draw them narrow"
    )
    return message.format(path=at_home(str(settings_path())))


def start_warnings(session: Session, *, draws_wide: bool) -> Iterator[str]:
    """Yield the warnings about archives and `--base`, and others not shown before.

    `draws_wide` tells how wide quotes are drawn.
    """
    missing = (_("{path} does not exist").format(path=at_home(str(path))) for path in session.missing_archives)
    if told := "\n".join(missing):
        yield told
    if draws_wide and (warning := width_warning(session)) is not None:
        yield warning
    base = session.link_base
    # If the base is a folder, its path is that of a file in it, which has no suffix and need not exist.
    written = "" if base is None else str(base.path if base.path.suffix else base.path.parent)
    if written and (warning := base_warning(written)):
        yield warning
    keys = "\n".join(session.key_warnings)
    if keys and session.kept("told-of-keys", keys) != "yes":
        session.keep("told-of-keys", "yes", keys)
        yield keys
