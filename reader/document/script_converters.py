"""OpenCC's converters between simplified and traditional characters, if it is installed."""

from collections.abc import Callable
from functools import cache


@cache
def script_converter(configuration: str) -> Callable[[str], str] | None:
    """OpenCC with one of its configurations; None if it is missing, or too old for the configuration."""
    try:
        from opencc import OpenCC  # noqa: PLC0415 - optional, and not needed for the first paint

        convert = OpenCC(configuration).convert
    except (ImportError, OSError, RuntimeError):
        return None
    return lambda text: str(convert(text))
