"""A terminal reader for archived articles."""

from reader.lazy_imports import loader

__all__ = ["open_archive"]
__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reader.api import open_archive
else:
    __getattr__ = loader(__name__, {"open_archive": "reader.api"})
