"""The platform's folders for settings, marks and indexes as strings, found without importing anything slow."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

_NAME = "reader"


def config_place() -> str:
    """The folder of the settings and of custom themes."""
    return _xdg("XDG_CONFIG_HOME", ".config") or _library().user_config_dir(_NAME, appauthor=False)


def settings_place() -> str:
    """The settings file."""
    return os.path.join(config_place(), "settings.yaml")  # noqa: PTH118 - pathlib is slow to import


def data_place() -> str:
    """The folder for data that cannot be recreated."""
    return _xdg("XDG_DATA_HOME", ".local/share") or _library().user_data_dir(_NAME, appauthor=False)


def cache_place() -> str:
    """The folder for data that can be recreated."""
    return _xdg("XDG_CACHE_HOME", ".cache") or _library().user_cache_dir(_NAME, appauthor=False)


def documents_place() -> str:
    """The user's folder of documents."""
    place: str = _library().user_documents_dir()
    return place


def _xdg(variable: str, usual: str) -> str:
    """The folder by the XDG Base Directory Specification 0.8, or empty if platformdirs has to be asked.

    It has to be asked on systems other than Linux, or if no absolute path is set. Importing platformdirs takes as long
    as starting Python, so the common case avoids it.
    """
    if sys.platform != "linux" or "ANDROID_DATA" in os.environ:
        return ""
    base = os.environ.get(variable, "")
    if not base.startswith("/"):
        home = os.environ.get("HOME", "")
        base = f"{home.rstrip('/')}/{usual}" if home.startswith("/") and not base else ""
    return os.path.join(base, _NAME) if base == base.strip() and base else ""  # noqa: PTH118 - as above


def _library() -> "ModuleType":
    import platformdirs  # noqa: PLC0415 - see `_xdg`

    return platformdirs
