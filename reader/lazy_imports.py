"""Names that are imported when they are first used, so that the first paint does not wait for them.

A module of such names lists them twice: under `TYPE_CHECKING`, for readers and for mypy, and in the table given to
`loader`. It binds the result to its own `__getattr__` (PEP 562); `tests/test_architecture.py` compares the two lists.
"""

import sys
from collections.abc import Callable, Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any


def loader(module: str, where: Mapping[str, str]) -> "Callable[[str], Any]":
    """A module-level `__getattr__` for `module` that imports each name from the module given in `where`.

    A name is looked up once and then stays in the module. Importing is locked by Python, so threads may share it.
    """

    def load(name: str) -> "Any":
        if name not in where:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        value = getattr(import_module(where[name]), name)
        setattr(sys.modules[module], name, value)
        return value

    return load


def import_module(name: str) -> "ModuleType":
    """Import a module by its full name, like `importlib.import_module`; `importlib` is itself slow to import."""
    __import__(name)
    return sys.modules[name]
