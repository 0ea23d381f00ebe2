"""The warnings when the screen opens: about `--base`, keys, and terminals that draw “ ” … two cells wide."""

from collections.abc import Iterator

from reader.document.sanitizing import clean_line
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


def missing_base(path: str) -> str:
    """What the folder of `--base` that does not exist means for the links."""
    return clean_line(_("{path} does not exist, so relative links lead nowhere").format(path=path))


def start_warnings(session: Session, *, draws_wide: bool) -> Iterator[str]:
    """Yield the warning about `--base`, and those not shown before; `draws_wide` tells how wide quotes are drawn."""
    if draws_wide and (warning := width_warning(session)) is not None:
        yield warning
    base = session.link_base
    if base is not None and not base.path.parent.is_dir():
        yield missing_base(str(base.path.parent))
    keys = "\n".join(session.key_warnings)
    if keys and session.kept("told-of-keys", keys) != "yes":
        session.keep("told-of-keys", "yes", keys)
        yield keys
