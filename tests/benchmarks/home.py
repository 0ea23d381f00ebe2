"""Where a reader that is measured keeps what it keeps."""

from pathlib import Path


def home(base: Path, data: str, cache: str) -> dict[str, str]:
    """The environment of a reader that keeps its marks and its indexes in these folders of `base`."""
    return {
        "XDG_DATA_HOME": f"{base}/{data}",
        "XDG_CACHE_HOME": f"{base}/{cache}",
        "XDG_CONFIG_HOME": f"{base}/config",
        "LC_ALL": "C.UTF-8",
        # What is installed has its bytecode beside it; a checkout keeps it only where that is not forbidden.
        "PYTHONDONTWRITEBYTECODE": "",
    }
