"""Which archives a command works on."""

import os
from collections.abc import Sequence
from pathlib import Path

from reader import resources
from reader.settings.options import Settings


def archives(named: Sequence[str], settings: Settings) -> list[Path]:
    """The archives to use: those `named`, else $READER_ARCHIVE, else those in the settings, else the sample archive."""
    if named:
        return [Path(one) for one in named]
    environment = [part for part in os.environ.get("READER_ARCHIVE", "").split(os.pathsep) if part]
    chosen = environment or list(settings.archives)
    return [Path(part).expanduser() for part in chosen] or [resources.seeds()]
