"""The folders of a reader that is measured."""

import shutil
from pathlib import Path


def home(base: Path, data: str, cache: str) -> dict[str, str]:
    """The environment of a reader whose marks and indexes are in these folders of `base`."""
    return {
        "XDG_DATA_HOME": f"{base}/{data}",
        "XDG_CACHE_HOME": f"{base}/{cache}",
        "XDG_CONFIG_HOME": f"{base}/config",
        "LC_ALL": "C.UTF-8",
        # Installed packages have bytecode; let a checkout write it too.
        "PYTHONDONTWRITEBYTECODE": "",
    }


def forget(base: Path, data: str, cache: str) -> None:
    """Delete the marks and indexes in these folders of `base`: a reader that has run before, but not on an archive.

    As Python's bytecode, the compiled regular expressions stay: they are those of the program, not of an archive.
    """
    shutil.rmtree(base / data, ignore_errors=True)
    for file in (base / cache).rglob("*"):
        if file.is_file() and not file.name.startswith("regexes."):
            file.unlink()
