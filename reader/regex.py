"""Regular expressions that are compiled when they are first used.

Compiling is slow: a range of characters beyond Latin-1 takes up to a millisecond, and a run of the program uses a small
part of the expressions of its modules. So a module's expressions are made by `regex`, not by `re.compile`, and the
program keeps their compiled form between its runs (`regex_cache.py`).
"""

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

compiler: "list[Callable[[Any, int], re.Pattern[Any]]]" = [re.compile]
"""The function in use that compiles an expression with its flags."""

if TYPE_CHECKING:
    regex = re.compile
else:

    class regex:  # noqa: N801 - stands for the function `re.compile`
        """A `re.Pattern` with all its methods, compiled on first use.

        Threads may share it: one that is compiled twice gives the same matches.

        Attributes:
            pattern: The expression.
        """

        def __init__(self, pattern: str, flags: int = 0) -> None:
            self.pattern = pattern
            self._flags = flags

        def __getattr__(self, name: str) -> object:
            if name.startswith("__"):
                raise AttributeError(name)
            compiling = name == "_compiled"
            value = compiler[0](self.pattern, self._flags) if compiling else getattr(self._compiled, name)
            # Store it, so that the next use does not call this method.
            setattr(self, name, value)
            return value
