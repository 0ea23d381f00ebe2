"""Dataclasses whose methods are created when they are first used.

`dataclasses` compiles six methods for every class while its module is imported, and imports `inspect`: a quarter of the
CPU time of a short command. Here `__init__` is compiled after it has been called a few times, and all classes share the
other methods.
`dataclass`, `field`, `fields` and `replace` do the same as those of `dataclasses`, for the arguments that the program
uses; for type checkers they are those of `dataclasses`.
"""

import sys
from functools import partial
from operator import attrgetter
from reprlib import recursive_repr

__all__ = ["dataclass", "field", "fields", "replace"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass, field, fields, replace
    from typing import Any

_MISSING = object()
"""Stands for a default that was not given."""

_CALLS = 20
"""The number of calls of `__init__` that together take less time than compiling it."""


class _DataclassField:
    """A field of a dataclass: its default, and the methods in which it takes part."""

    __slots__ = ("compare", "default", "default_factory", "init", "name", "repr")

    def __init__(self, default: object, default_factory: "Any" = _MISSING) -> None:
        self.name = ""
        self.default = default
        self.default_factory = default_factory
        self.init = True
        self.repr = True
        self.compare = True


def _fields_of(cls: type) -> dict[str, _DataclassField]:
    found: dict[str, _DataclassField] = cls.__lean_fields__  # type: ignore[attr-defined]
    return found


class _StandardFields:
    """The attribute `__dataclass_fields__`, by which `dataclasses` and msgspec recognize a dataclass."""

    def __init__(self) -> None:
        self._fields: dict[str, Any] = {}

    def __get__(self, instance: object, owner: type) -> "dict[str, Any]":
        if not self._fields:
            self._fields = _standard_fields(owner)
        return self._fields


def _standard_fields(cls: type) -> "dict[str, Any]":
    import dataclasses  # noqa: PLC0415 - the slow import that this module spares

    annotations: dict[str, object] = {}
    for base in reversed(cls.__mro__):
        annotations |= getattr(base, "__annotations__", {})
    namespace: dict[str, Any] = {"__annotations__": {name: annotations[name] for name in _fields_of(cls)}}
    for name, one in _fields_of(cls).items():
        given = {key: getattr(one, key) for key in ("default", "default_factory") if getattr(one, key) is not _MISSING}
        namespace[name] = dataclasses.field(**given, init=one.init, repr=one.repr, compare=one.compare)
    return {one.name: one for one in dataclasses.fields(dataclasses.dataclass(type(cls.__name__, (), namespace)))}


def _field(
    *,
    default: object = _MISSING,
    default_factory: object = _MISSING,
    init: bool = True,
    repr: bool = True,  # noqa: A002
    compare: bool = True,
) -> _DataclassField:
    one = _DataclassField(default, default_factory)
    one.init, one.repr, one.compare = init, repr, compare
    return one


def _all_fields(of: "Any") -> tuple[_DataclassField, ...]:
    return tuple(_fields_of(of).values())


def _replace(instance: "Any", /, **changes: object) -> object:
    for name, one in _fields_of(instance).items():
        if one.init and name not in changes:
            changes[name] = getattr(instance, name)
    return instance.__class__(**changes)


def _dataclass(cls: type | None = None, /, **options: "Any") -> object:
    return partial(_made, **options) if cls is None else _made(cls, **options)


if not TYPE_CHECKING:
    dataclass, field, fields, replace = _dataclass, _field, _all_fields, _replace


def _made(cls: type, *, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False) -> type:
    found = _inherited(cls) | _own(cls)
    methods: dict[str, object] = {
        "__match_args__": tuple(name for name, one in found.items() if one.init),
        "__repr__": _repr,
    }
    if eq:
        methods |= {"__eq__": _equal, "__hash__": _hash if frozen else None}
    if order:
        methods |= {"__lt__": _less, "__le__": _at_most, "__gt__": _greater, "__ge__": _at_least}
    if frozen:
        methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
    if frozen and slots:
        methods |= {"__getstate__": _state, "__setstate__": _restore}
    set_always = {
        "__lean_fields__": found,
        "__lean_frozen__": frozen,
        "__lean_key__": staticmethod(_key([name for name, one in found.items() if one.compare])),
        "__dataclass_fields__": _StandardFields(),
    }
    defined = {name for name, value in vars(cls).items() if value is not None or name != "__hash__"}
    added = {name: value for name, value in methods.items() if name not in defined} | set_always
    made = _with_slots(cls, found, added) if slots else _with_defaults(cls, found, added)
    if "__init__" not in defined:
        made.__init__ = _first_init(made)  # type: ignore[misc]
    return made


def _inherited(cls: type) -> dict[str, _DataclassField]:
    found: dict[str, _DataclassField] = {}
    for base in cls.__mro__[:0:-1]:
        found |= vars(base).get("__lean_fields__", {})
    return found


def _own(cls: type) -> dict[str, _DataclassField]:
    found = {}
    for name, annotation in cls.__annotations__.items():
        if not _is_class_variable(annotation):
            default = vars(cls).get(name, _MISSING)
            one = found[name] = default if isinstance(default, _DataclassField) else _DataclassField(default)
            one.name = name
    return found


def _with_defaults(cls: type, found: dict[str, _DataclassField], added: dict[str, object]) -> type:
    for name in found.keys() & vars(cls).keys():
        if found[name].default is _MISSING:
            delattr(cls, name)
        else:
            setattr(cls, name, found[name].default)
    for name, value in added.items():
        setattr(cls, name, value)
    return cls


def _is_class_variable(annotation: object) -> bool:
    typing = sys.modules.get("typing")
    return typing is not None and typing.ClassVar in {annotation, getattr(annotation, "__origin__", None)}


def _with_slots(cls: type, found: dict[str, _DataclassField], added: dict[str, object]) -> type:
    """A copy of the class with slots instead of `__dict__`, because slots cannot be added to an existing class."""
    taken = {name for base in cls.__mro__[1:] for name in base.__dict__.get("__slots__", ())}
    left_out = {*found, "__dict__", "__weakref__"}
    namespace = {name: value for name, value in cls.__dict__.items() if name not in left_out} | added
    namespace["__slots__"] = tuple(name for name in found if name not in taken)
    namespace["__qualname__"] = cls.__qualname__
    return type(cls)(cls.__name__, cls.__bases__, namespace)


def _first_init(cls: type) -> "Callable[..., None]":
    """An `__init__` that a compiled one replaces after a few calls, or as soon as the arguments are wrong."""
    left = _CALLS

    def __init__(self: object, /, *arguments: object, **named: object) -> None:  # noqa: N807
        nonlocal left
        left -= 1
        if left < 0 or not _filled(cls, self, arguments, named):
            written = _written_init(cls)
            cls.__init__ = written  # type: ignore[misc]
            written(self, *arguments, **named)

    return __init__


def _filled(cls: type, instance: "Any", arguments: tuple[object, ...], named: dict[str, object]) -> bool:
    """Set the fields of an instance as `__init__` does; return false if the arguments do not fit it."""
    all_fields = _fields_of(cls)
    names = [name for name, one in all_fields.items() if one.init]
    values = dict(zip(names, arguments, strict=False)) | named
    if len(values) != len(arguments) + len(named) or not values.keys() <= set(names):
        return False
    for name, one in all_fields.items():
        if name not in values:
            if one.default is not _MISSING:
                values[name] = one.default
            elif one.default_factory is not _MISSING:
                values[name] = one.default_factory()
            elif one.init:
                return False
    put = object.__setattr__ if cls.__lean_frozen__ else setattr  # type: ignore[attr-defined]
    for name, value in values.items():
        put(instance, name, value)
    if hasattr(cls, "__post_init__"):
        instance.__post_init__()
    return True


def _written_init(cls: type) -> "Callable[..., None]":
    """Compile `__init__`. A frozen instance is filled by its slots, which takes less time than `object.__setattr__`."""
    names: dict[str, object] = {"_MISSING": _MISSING, "_set": object.__setattr__}
    parameters, lines = ["self"], []
    for name, one in _fields_of(cls).items():
        names |= {f"_default_{name}": one.default, f"_make_{name}": one.default_factory}
        made = one.default_factory is not _MISSING
        default = f" = {'_MISSING' if made else f'_default_{name}'}" if made or one.default is not _MISSING else ""
        value = f"_make_{name}() if {name} is _MISSING else {name}" if made else name
        if one.init:
            parameters.append(name + default)
        elif default:
            value = f"_make_{name}()" if made else f"_default_{name}"
        else:
            continue
        setter = getattr(getattr(cls, name, None), "__set__", None)
        if not cls.__lean_frozen__:  # type: ignore[attr-defined]
            lines.append(f"self.{name} = {value}")
        elif setter is None:
            lines.append(f"_set(self, {name!r}, {value})")
        else:
            names[f"_set_{name}"] = setter
            lines.append(f"_set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    source = f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"])
    written: dict[str, Any] = {}
    exec(source, names, written)  # noqa: S102 - the names of fields, as in `dataclasses`
    made_init: Callable[..., None] = written["__init__"]
    made_init.__qualname__ = f"{cls.__qualname__}.__init__"
    return made_init


def _key(names: list[str]) -> "Callable[[Any], tuple[object, ...]]":
    """A function that returns the values of some fields as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    if names:
        name = names[0]
        return lambda one: (getattr(one, name),)
    return lambda _one: ()


@recursive_repr()
def _repr(self: "Any") -> str:
    shown = [f"{name}={getattr(self, name)!r}" for name, one in self.__lean_fields__.items() if one.repr]
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _equal(self: "Any", other: "Any") -> bool:
    ours = other.__class__ is self.__class__
    return self.__lean_key__(self) == self.__lean_key__(other) if ours else NotImplemented


def _hash(self: "Any") -> int:
    return hash(self.__lean_key__(self))


def _less(self: "Any", other: "Any") -> bool:
    ours = other.__class__ is self.__class__
    return self.__lean_key__(self) < self.__lean_key__(other) if ours else NotImplemented


def _at_most(self: "Any", other: "Any") -> bool:
    ours = other.__class__ is self.__class__
    return self.__lean_key__(self) <= self.__lean_key__(other) if ours else NotImplemented


def _greater(self: "Any", other: "Any") -> bool:
    ours = other.__class__ is self.__class__
    return self.__lean_key__(self) > self.__lean_key__(other) if ours else NotImplemented


def _at_least(self: "Any", other: "Any") -> bool:
    ours = other.__class__ is self.__class__
    return self.__lean_key__(self) >= self.__lean_key__(other) if ours else NotImplemented


def _refuse(self: "Any", name: str, *_value: object) -> None:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415 - only for a mistake in the program

    message = f"cannot change {name!r} of a {self.__class__.__name__}"
    raise FrozenInstanceError(message)


def _state(self: "Any") -> list[object]:
    return [getattr(self, name) for name in self.__lean_fields__]


def _restore(self: "Any", state: list[object]) -> None:
    for name, value in zip(self.__lean_fields__, state, strict=True):
        object.__setattr__(self, name, value)
