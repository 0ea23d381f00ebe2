"""Putting a mutant into the functions of a module that is imported already."""

import gc
from collections import defaultdict
from collections.abc import Iterator
from types import CodeType, FunctionType

_OPTIMIZED = 0x1
"""The flag of code objects of functions (inspect.CO_OPTIMIZED); those of modules and classes ran at the import."""


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _codes(one)


def _meaning(code: CodeType) -> tuple[object, ...]:
    """What a code object does by itself, without the functions within it."""
    constants = [one.co_name if isinstance(one, CodeType) else repr(one) for one in code.co_consts]
    return code.co_code, constants, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars


def swapped(path: str, source: str, mutated: str) -> bool:
    """Replace the code of the functions that a mutant changes.

    Returns whether that gives the same program as importing the mutated source would; not if the mutant is in code that
    runs at the import, or in a function that does not exist yet.
    """
    before, after = (list(_codes(compile(text, path, "exec"))) for text in (source, mutated))
    if len(before) != len(after):
        return False
    changed = [(old, new) for old, new in zip(before, after, strict=True) if _meaning(old) != _meaning(new)]
    if not changed or not all(new.co_flags & _OPTIMIZED for _old, new in changed):
        return False
    functions: dict[tuple[str, int], list[FunctionType]] = defaultdict(list)
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == path:
            functions[one.__code__.co_qualname, one.__code__.co_firstlineno].append(one)
    done = 0
    for old, new in zip(before, after, strict=True):
        # Functions are replaced together with those within them, which are among their constants.
        if old in [one for one, _new in changed] or _holds(old, [one for one, _new in changed]):
            for function in functions[old.co_qualname, old.co_firstlineno]:
                if function.__code__ == old:
                    function.__code__ = new
                    done += 1
    return done > 0


def _holds(code: CodeType, changed: list[CodeType]) -> bool:
    return bool(code.co_flags & _OPTIMIZED) and any(one in changed for one in list(_codes(code))[1:])
