"""Validation of what people write in YAML files, by msgspec; errors name the file and the key."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from reader.errors import ReaderError
from reader.language import _, listed
from reader.lean_dataclasses import dataclass
from reader.settings.value_limits import Between, Matching, OneOf
from reader.yaml_files import nearest

_LONGEST_NAME = 40
"""The maximum length in characters of a name that the user gives; the palette shows it."""


@dataclass(frozen=True, slots=True)
class Validator:
    """The validation of one file.

    Attributes:
        file: The path of the file, for messages.
        error: The class of the errors that are raised.
        collected: Receives all errors, and the keys in error are left out; None to raise the first error.
    """

    file: Path
    error: type[ReaderError]
    collected: list[ReaderError] | None = None

    def validate(self, types: Mapping[str, Any], values: object, prefix: str = "") -> dict[str, Any]:
        """Check a mapping of keys to values against the types of its keys, and return the values converted to them.

        A type is one that msgspec converts to, with a limit if it is `Annotated`, or a dataclass of such types.
        `prefix` precedes the keys in messages.

        Raises:
            ReaderError: An `error`: a key is unknown, or a value invalid.
        """
        if not isinstance(values, dict):
            message = _("“{key}” in {path} must be a list of “key: value” lines")
            raise self._invalid(message, prefix.rstrip("."))
        found: dict[str, Any] = {}
        for key, value in values.items():
            try:
                found[str(key)] = self._value(types, str(key), value, prefix)
            except ReaderError as error:
                if self.collected is None:
                    raise
                self.collected.append(error)
        return found

    def _value(self, types: Mapping[str, Any], name: str, value: object, prefix: str) -> Any:
        """The value of a key."""
        if name not in types:
            raise self._unknown(prefix, name, types)
        kind = types[name]
        if is_dataclass(kind):
            return self._made(kind, value, f"{prefix}{name}.")
        if get_origin(kind) is Mapping and is_dataclass(entry := get_args(kind)[1]):
            return self._entries(entry, value, f"{prefix}{name}.")
        if get_origin(kind) is tuple and is_dataclass(entry := get_args(kind)[0]):
            return self._listed(entry, value, prefix + name)
        return self._convert(kind, value, prefix + name)

    def _made(self, kind: Any, value: object, prefix: str) -> Any:
        """The dataclass that a mapping of its fields describes."""
        found = self.validate(hints(kind), value, prefix)
        there = value if isinstance(value, dict) else {}
        for one in fields(kind):
            if one.name in found or one.default is not MISSING or one.default_factory is not MISSING:
                continue
            if one.name in there and self.collected:
                # Raise the collected error of this value, because the dataclass cannot be made without it.
                raise self.collected.pop()
            raise self._invalid(_("“{key}” in {path} is missing"), prefix + one.name, _("add the line"))
        return kind(**found)

    def _listed(self, kind: Any, value: object, key: str) -> tuple[Any, ...]:
        """The dataclasses that a list of mappings describes."""
        if not isinstance(value, list):
            raise self._invalid(_("“{key}” in {path} must be a list"), key)
        return tuple(self._made(kind, one, f"{key}.{number}.") for number, one in enumerate(value, 1))

    def _entries(self, kind: Any, value: object, prefix: str) -> dict[str, Any]:
        """Dataclasses by names that the user has given."""
        if not isinstance(value, dict):
            message = _("“{key}” in {path} must be a list of “key: value” lines")
            raise self._invalid(message, prefix.rstrip("."))
        found = {}
        for key, entry in value.items():
            name = str(key)
            if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable() or name != name.strip():
                message = _("The name “{name}” of “{key}” in {path} must have 1 to {count} characters")
                raise self._invalid(message, prefix.rstrip("."), name=shortened(name), count=_LONGEST_NAME)
            found[name] = self._made(kind, entry, f"{prefix}{shortened(name)}.")
        return found

    def _convert(self, kind: Any, value: object, key: str) -> Any:
        import msgspec  # noqa: PLC0415 - takes 10 ms, and most people have neither settings nor themes

        base, *limits = get_args(kind) if get_origin(kind) is Annotated else (kind,)
        limit = limits[0] if limits else None
        if isinstance(limit, Between):
            kind = Annotated[base, msgspec.Meta(ge=limit.low, le=limit.high)]
        elif isinstance(limit, Matching) and limit.pattern:
            kind = Annotated[base, msgspec.Meta(pattern=limit.pattern)]
        # Accept a single text instead of a list.
        plain = [value] if get_origin(base) is tuple and isinstance(value, str) else value
        try:
            converted = msgspec.convert(plain, kind)
        except msgspec.ValidationError:
            converted = None
        if isinstance(limit, Matching) and converted is not None and not limit.check(converted):
            converted = None
        if converted is None or (isinstance(limit, OneOf) and converted not in limit.choices()):
            hint = _(limit.hint) if isinstance(limit, Matching) and limit.hint else ""
            raise self._invalid(_requirement(base, limit, value), key, hint, **_bounds(base, limit))
        return converted

    def _unknown(self, prefix: str, name: str, known: Mapping[str, Any]) -> ReaderError:
        message = _("Unknown key “{key}” in {path}").format(key=shortened(prefix + name), path=self.file)
        nested = [f"{one}.{name}" for one, kind in known.items() if _has_key(kind, name)]
        # If the key exists at another level, suggest only that.
        return self.error(message, nearest(nested[0], nested) if nested else nearest(name[:40], list(known)))

    def _invalid(self, message: str, key: str, hint: str = "", **bounds: object) -> ReaderError:
        message = message.format(key=key, path=self.file, **bounds)
        # A hint may show other words in braces, such as `{word}`.
        return self.error(message, hint.replace("{key}", key) or _("correct or remove the line"))


def _has_key(kind: Any, name: str) -> bool:
    """Whether a type is a dataclass with a field of this name."""
    return is_dataclass(kind) and name in hints(kind)  # type: ignore[arg-type]  # no instance


def hints(kind: type[Any]) -> dict[str, Any]:
    """The types of a dataclass's fields, with their limits."""
    return get_type_hints(kind, include_extras=True)


def shortened(text: str) -> str:
    """`text` on one line of at most 40 characters, so that it does not dominate a message."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _requirement(base: Any, limit: object, value: object) -> str:
    """The message template for an invalid value."""
    if isinstance(limit, Matching):
        return _(limit.requirement)
    if isinstance(limit, Between) and isinstance(value, int) and not isinstance(value, bool):
        return _("“{key}” in {path} must be between {low} and {high}")
    if (isinstance(limit, OneOf) and isinstance(value, str)) or (isinstance(base, type) and issubclass(base, StrEnum)):
        return _("“{key}” in {path} must be one of {choices}")
    messages = {
        bool: _("“{key}” in {path} must be true or false"),
        int: _("“{key}” in {path} must be a whole number"),
        str: _("“{key}” in {path} must be a text"),
    }
    return messages.get(base, _("“{key}” in {path} must be a text or a list of texts"))


def _bounds(base: Any, limit: object) -> dict[str, object]:
    """The values for the fields of the template of `_requirement`."""
    if isinstance(limit, Between):
        return {"low": limit.low, "high": limit.high}
    if isinstance(limit, OneOf):
        return {"choices": listed(limit.choices())}
    return {"choices": listed(base)} if isinstance(base, type) and issubclass(base, StrEnum) else {}
