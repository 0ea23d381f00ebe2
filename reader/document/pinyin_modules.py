"""The modules of pypinyin, if it is installed, imported by one thread at a time.

The modules import each other in circles. If the page and the search import two of them in two threads, each thread
waits for a module that the other thread is importing, until Python aborts one of the imports with an error.
"""

from threading import RLock
from typing import TYPE_CHECKING, Any

from reader.lazy_imports import import_module

if TYPE_CHECKING:
    from types import ModuleType

_IMPORTING = RLock()


def pinyin_module(name: str = "") -> "ModuleType | Any | None":
    """A module of pypinyin by its name within the package, else the package; None if it is not installed."""
    with _IMPORTING:
        try:
            return import_module(f"pypinyin.{name}" if name else "pypinyin")
        except ImportError:
            return None
