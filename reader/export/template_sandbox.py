"""Jinja2's sandbox with a limit on the work of a template, so that it ends soon and needs little memory.

The unit of work is a character. An operation costs the characters that it reads or makes; a step of a loop and a call
cost a fixed number. An operation that may make much from little, such as `"x" * n` or `center(n)`, is counted before it
runs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextvars import ContextVar
from functools import wraps
from types import BuiltinMethodType
from typing import Any

from jinja2 import nodes
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from reader.regex import regex

_LEAST_WORK, _WORK_FOR_CHARACTER = 16_777_216, 64
"""The work that a template may do, in characters: a fixed amount, and more for each character of its values."""

_STEP, _CALL = 20, 200
"""The work of one step of a loop or one element of a list, and the work of one call or filter, in characters."""

_WITHOUT_SIZE = ("truncate", "wordwrap", "range", "default")
"""Filters and functions with numeric arguments that do not enlarge the result, or that are counted elsewhere."""

_MOST_BITS = 65_536
"""The maximum size of an integer in bits."""

_WIDE_FIELDS = {
    "%": regex(r"%[^%a-zA-Z]*(?:\*|[0-9]{5})"),
    "{": regex(r"\{[^{}]*:[^{}]*(?:\{|[0-9]{5})"),
}
"""Fields of format strings whose width is large or is a value, by the character with which they begin."""

_left: ContextVar[int] = ContextVar("_left", default=_LEAST_WORK)


class TooMuchWorkError(Exception):
    """The template has done all the work that is allowed."""


def allow_work_for(values: Mapping[str, object]) -> None:
    """Start counting anew, with the allowance for a template with these values."""
    _left.set(_LEAST_WORK)
    _left.set(_LEAST_WORK + _WORK_FOR_CHARACTER * _size(values))


def spend(work: int) -> None:
    """Count work before it is done.

    Raises:
        TooMuchWorkError: It would be more than is allowed.
    """
    left = _left.get() - max(work, 0)
    if left < 0:
        raise TooMuchWorkError
    _left.set(left)


class LimitedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox whose templates `spend` the work that they do."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(finalize=_counted_value, **options)
        # `lipsum` makes random text, so the same export would not yield the same file.
        self.globals.pop("lipsum", None)
        self.limit_filters()

    def limit_filters(self) -> None:
        """Count the work of all filters, after some have been added."""
        for name, function in self.filters.items():
            if not hasattr(function, "is_limited"):
                self.filters[name] = _limited(name, function)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Counting().visit(super()._parse(source, name, filename))
        return tree.set_environment(self)  # type: ignore[return-value] # it returns itself

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Run an operation of `intercepted_binops`."""
        if isinstance(left, int) and isinstance(right, int):
            bits, times = left.bit_length(), right.bit_length()
            if (bits * abs(right) if operator == "**" else bits + times) > _MOST_BITS:
                raise TooMuchWorkError
        elif operator == "*" and (isinstance(left, int) or isinstance(right, int)):
            spend(_size(right) * left if isinstance(left, int) else _size(left) * right)
        elif operator == "%":
            _spend_on_format(left, right, "%")
        else:
            spend(_size(left) + _size(right))
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, PYI063 - as in Jinja2
        """Call a function or macro for a template."""
        spend(_CALL)
        if not isinstance(__obj, Macro):
            name = getattr(__obj, "__name__", "")
            if name == "join":
                args = tuple([*one] if isinstance(one, Iterator) else one for one in args)
            _spend_on(name, __obj.__self__ if isinstance(__obj, BuiltinMethodType) else None, args, kwargs)
        return super().call(__context, __obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """The method `format` of a text."""
        function = super().wrap_str_format(value)
        if function is None:
            return None

        @wraps(function)
        def limited(*args: object, **kwargs: object) -> str:
            _spend_on_format(value.__self__, [*args, *kwargs.values()], "{")
            return function(*args, **kwargs)

        return limited

    def concat(self, pieces: Iterable[str]) -> str:
        """Join the output of a macro or a block."""
        found = [*pieces]
        spend(sum(map(len, found)))
        return "".join(found)

    @staticmethod
    def joined(*values: object) -> str:
        """Join values as the operator `~` does."""
        return "".join(map(str, values))

    @staticmethod
    def same(value: object) -> object:
        """Return the value of a list literal: `call` has counted its size, since it is an argument here."""
        return value

    @staticmethod
    def steps(values: Iterable[object]) -> Iterator[object]:
        """The values of a loop."""
        for value in values:
            spend(_STEP)
            yield value


class _Counting(NodeTransformer):
    """Replaces operations that the sandbox does not intercept with calls, which it does."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - the name that Jinja2 calls
        self.generic_visit(node)
        return _call("joined", node, *node.nodes)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - as above
        self.generic_visit(node)
        node.iter = _call("steps", node, node.iter)
        return node

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802 - as above
        self.generic_visit(node)
        return _call("same", node, node)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802 - as above
        self.generic_visit(node)
        return _call("same", node, node)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802 - as above
        self.generic_visit(node)
        return _call("same", node, node) if node.ctx == "load" else node


def _call(name: str, place: nodes.Node, *arguments: nodes.Node) -> nodes.Call:
    line = place.lineno
    function = nodes.EnvironmentAttribute(name, lineno=line)
    return nodes.Call(function, [*arguments], [], None, None, lineno=line)


def _limited(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that counts its work."""
    first = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def limited(*args: Any, **kwargs: Any) -> Any:
        spend(_CALL)
        value = args[first]
        if isinstance(value, Iterator):
            value = [*value]
        _spend_on(name, value, args[first + 1 :], kwargs)
        result = function(*args[:first], value, *args[first + 1 :], **kwargs)
        spend(_size(result))
        return result

    limited.is_limited = True  # type: ignore[attr-defined] # a mark
    return limited


def _spend_on(name: str, value: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Count the work of a filter or a method of a value."""
    size, others = _size(value), [*args, *kwargs.values()]
    spend(size + sum(map(_size, others)))
    if name == "format":
        _spend_on_format(value, others, "%")
        return
    numbers = 0 if name in _WITHOUT_SIZE else sum(abs(one) for one in others if isinstance(one, int))
    longest = max((_size(one) for one in others if not isinstance(one, int)), default=0)
    text = value if isinstance(value, str) else ""
    times = 1
    if name == "replace":
        times = text.count(str(others[0])) + 1 if others else 1
    elif name in ("translate", "wordwrap", "xmlattr"):
        times = size
    elif name == "urlize":
        times = text.count(".") + text.count("@") + 1
    elif name == "join":
        longest = max((len(one) for one in (value, *others) if isinstance(one, str)), default=0)
        times = next(
            (len(one) for one in (value, *others) if isinstance(one, Sized) and not isinstance(one, str)), size
        )
    elif name in ("indent", "expandtabs"):
        times = text.count("\n") + text.count("\t") + 1
        numbers *= times
    elif name == "tojson":
        numbers *= size
    elif name == "round":
        # Rounding calculates a power of ten with so many digits.
        numbers **= 2
    spend(longest * times + numbers)


def _spend_on_format(template: object, values: object, mark: str) -> None:
    """Count the work of a format string, whose fields begin with `mark` and may repeat values; refuse wide fields."""
    if isinstance(template, str):
        if _WIDE_FIELDS[mark].search(template):
            raise TooMuchWorkError
        spend(len(template) + template.count(mark) * _size(values))


def _counted_value(value: object) -> object:
    """Return a value that is written into the output, after counting its size."""
    spend(_size(value))
    return value


def _size(value: object) -> int:
    """The number of characters in a value. Counting is work as well, since lists may contain one another many times."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, range):
        return len(value)
    if isinstance(value, Mapping):
        parts: Iterable[object] = [*value.keys(), *value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        parts = value
    else:
        return 1
    size = 1
    for part in parts:
        spend(_STEP)
        size += _size(part)
    return size
