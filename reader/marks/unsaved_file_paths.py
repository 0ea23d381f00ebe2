"""Paths of the export files that sessions write if they cannot use the marks database."""

from pathlib import Path

_UNSAVED = "-unsaved-"
_ADDED = "-added-"


def unsaved_name(store: Path, stamp: str) -> str:
    """The name of an export file beside the database `store`, written at the time `stamp`."""
    return f"{store.stem}{_UNSAVED}{stamp}.json"


def unsaved_files(store: Path) -> list[Path]:
    """The export files beside the database `store`, oldest first."""
    try:
        return sorted(store.parent.glob(f"{store.stem}{_UNSAVED}*.json"))
    except OSError:
        return []


def added_files(store: Path) -> list[Path]:
    """Return the files whose marks were added to the database, oldest first."""
    return sorted(store.parent.glob(f"{store.stem}{_ADDED}*.json"))


def name_once_added(path: Path) -> Path:
    """The name of an export file after its marks were added to the database."""
    return path.with_name(path.name.replace(_UNSAVED, _ADDED, 1))
