"""Fixtures every folder of tests shares."""

import os
from pathlib import Path

import pytest

# A test speaks English and touches nobody's settings, marks or caches, whoever runs it.
os.environ.update(LC_ALL="C.UTF-8", LANG="C.UTF-8")

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
"""Real files that lie beside the checkout on some machines; what needs them skips elsewhere."""


def real_files() -> list[Path]:
    """The real articles beside the checkout, or none."""
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    wild = sorted(path for path in (SHARED / "wild").rglob("*") if path.is_file() and path.name != "README.md")
    return [*seeds, *wild]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache")):
        monkeypatch.setenv(variable, str(tmp_path / "xdg" / folder))
    monkeypatch.delenv("READER_ARCHIVE", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def seed_file() -> Path:
    """The user's own article."""
    found = sorted((SHARED / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("the shared files are not beside this checkout")
    return found[0]
