"""A terminal reader for archived articles."""

from typing import TYPE_CHECKING, Any

__all__ = ["open_archive"]
__version__ = "0.1.0"

if TYPE_CHECKING:
    from reader.api import open_archive
else:

    def __getattr__(name: str) -> Any:
        """Import the interface for programs when it is first used, because the commands do not need it."""
        if name != "open_archive":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module  # noqa: PLC0415 - as above

        return import_module("reader.api").open_archive
