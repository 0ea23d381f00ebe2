"""What calls a command: given its arguments, it gives the exit code, and what was printed on stdout and stderr."""

from collections.abc import Callable

Run = Callable[..., tuple[int, str, str]]
