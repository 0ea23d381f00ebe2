"""Loading and validation of the settings file; errors name the file and the key."""

from dataclasses import fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from reader.errors import SettingsError
from reader.language import _
from reader.settings.folders import settings_path
from reader.settings.options import Between, OneOf, Settings
from reader.yaml_files import InvalidYamlError, nearest, parse_yaml, read_text

_LARGEST = 65_536
"""Maximum size of a settings file in bytes."""


def load(path: Path | None = None) -> Settings:
    """Load the settings from `path` (default: `settings_path()`); defaults if there is no file.

    Raises:
        SettingsError: The file cannot be read, or has an unknown key or an invalid value.
    """
    file = path or settings_path()
    try:
        values = parse_yaml(read_text(file, _LARGEST))
    except FileNotFoundError:
        return Settings()
    except InvalidYamlError as error:
        raise SettingsError(
            _("The settings are not valid YAML ({path})").format(path=error.place(file)),
            _("write each line as “key: value”"),
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            _("Cannot read the settings ({path}): {reason}").format(path=file, reason=error), _("correct or remove it")
        ) from error
    return Settings() if values is None else _read(Settings, values, file, "")


def _read(kind: type[Any], values: object, file: Path, prefix: str) -> Any:
    """Build an options class from a mapping."""
    if not isinstance(values, dict):
        raise _invalid(_("“{key}” in {path} must be a list of “key: value” lines"), key=prefix.rstrip("."), path=file)
    types = get_type_hints(kind, include_extras=True)
    known = [field.name for field in fields(kind)]
    arguments: dict[str, Any] = {}
    for key, value in values.items():
        name = str(key)
        if name not in known:
            raise SettingsError(
                _("Unknown setting “{key}” in {path}").format(key=prefix + name, path=file), nearest(name, known)
            )
        if is_dataclass(types[name]):
            arguments[name] = _read(types[name], value, file, f"{prefix}{name}.")
        else:
            arguments[name] = _value(types[name], value, file, prefix + name)
    return kind(**arguments)


def _value(kind: Any, value: object, file: Path, key: str) -> Any:
    import msgspec  # noqa: PLC0415 - only needed with a settings file

    base, *limits = get_args(kind) if get_origin(kind) is Annotated else (kind,)
    limit = limits[0] if limits else None
    if isinstance(limit, Between):
        kind = Annotated[base, msgspec.Meta(ge=limit.low, le=limit.high)]
    # Accept a single text instead of a list.
    plain = [value] if get_origin(base) is tuple and isinstance(value, str) else value
    try:
        checked = msgspec.convert(plain, kind)
    except msgspec.ValidationError:
        raise _invalid(_requirement(base, limit, value), key=key, path=file, **_limits(base, limit)) from None
    if isinstance(limit, OneOf) and checked not in limit.choices():
        raise _invalid(_requirement(base, limit, value), key=key, path=file, **_limits(base, limit))
    return checked


def _requirement(base: Any, limit: object, value: object) -> str:
    """The message template for an invalid value."""
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


def _limits(base: Any, limit: object) -> dict[str, object]:
    """The values for the fields of that template."""
    if isinstance(limit, Between):
        return {"low": limit.low, "high": limit.high}
    if isinstance(limit, OneOf):
        return {"choices": ", ".join(limit.choices())}
    return {"choices": ", ".join(base)} if isinstance(base, type) and issubclass(base, StrEnum) else {}


def _invalid(message: str, **values: object) -> SettingsError:
    return SettingsError(message.format(**values), _("correct or remove the line"))
