"""The type of a function that runs a command and returns the exit code, stdout and stderr."""

from collections.abc import Callable

Run = Callable[..., tuple[int, str, str]]
