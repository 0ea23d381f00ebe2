"""The sample archive and bundled themes: inside an installed wheel, or at the top level of a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_resources"


def _folder(name: str) -> Path:
    installed = _INSTALLED / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def seeds() -> Path:
    """The folder of the sample archive."""
    return _folder("seeds")


def themes() -> Path:
    """The folder of the bundled themes."""
    return _folder("themes")
