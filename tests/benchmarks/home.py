"""The folders of a reader that is measured."""

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
