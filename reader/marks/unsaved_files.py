"""Paths of the export files that sessions write if they cannot use the marks database."""

from pathlib import Path

_UNSAVED = "-unsaved-"
_ADDED = "-added-"


def unsaved_name(store: Path, stamp: str) -> str:
    """The name of such a file, for the store in the file `store`, written at the moment `stamp`."""
    return f"{store.stem}{_UNSAVED}{stamp}.json"


def unsaved_files(store: Path) -> list[Path]:
    """Such files beside the store in the file `store`, the oldest first."""
    try:
        return sorted(store.parent.glob(f"{store.stem}{_UNSAVED}*.json"))
    except OSError:
        return []


def added_files(store: Path) -> list[Path]:
    """Return the files whose marks were added to the database, oldest first."""
    return sorted(store.parent.glob(f"{store.stem}{_ADDED}*.json"))


def name_once_added(path: Path) -> Path:
    """What such a file is called once its marks are in the store."""
    return path.with_name(path.name.replace(_UNSAVED, _ADDED, 1))
