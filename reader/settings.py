"""The settings: what may be set, its default and its range, in one place; and the reading of the settings file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, cast, get_type_hints

from reader.errors import SettingsError
from reader.language import _, languages

_LARGEST = 65_536
"""Bytes of a settings file that are read."""


def _between(default: int, low: int, high: int) -> Any:
    return field(default=default, metadata={"low": low, "high": high})


class Strictness(StrEnum):
    """How many marks may not begin a line: CSS `line-break`, the prohibition rules of CLREQ, JLREQ 3.1.7."""

    STRICT = "strict"
    NORMAL = "normal"
    LOOSE = "loose"


class Fill(StrEnum):
    """What becomes of a mark that may not begin the next line (line adjustment in CLREQ, JLREQ 3.8.1)."""

    PUSH_OUT = "push-out"  # the character before the mark goes down with it
    PUSH_IN = "push-in"  # the line takes the mark in where gaps between Han and Latin can be closed for it
    HANG = "hang"  # one mark stands in a column reserved to the right of the measure


class RubyStyle(StrEnum):
    """Where a reading stands."""

    INLINE = "inline"  # behind its base, in brackets
    ABOVE = "above"  # on a line of its own over the base
    HIDDEN = "hidden"


class CodeStyle(StrEnum):
    """What becomes of a code line wider than the measure."""

    FOLD = "fold"  # it goes on in the next row, behind a mark
    SCROLL = "scroll"  # it runs out of the page, and can be scrolled


class KoreanBreaks(StrEnum):
    """Where Korean text may break (UAX 14 section 8, KLREQ on line breaking)."""

    WORD = "word"
    SYLLABLE = "syllable"


@dataclass(frozen=True, slots=True)
class Typesetting:
    """How text is set. Everything here changes where text falls, nothing here changes what it says."""

    strictness: Strictness = Strictness.NORMAL
    fill: Fill = Fill.PUSH_OUT
    justify: bool = False
    cjk_latin_space: bool = False  # a thin gap between Han and Latin (盘古之白), on the screen only
    first_line_indent: int = _between(0, 0, 8)  # in ems of two cells; 2 is the Chinese custom (段首缩进)
    paragraph_spacing: int = _between(1, 0, 5)  # blank rows between paragraphs
    line_spacing: int = _between(0, 0, 3)  # blank rows between the lines of a paragraph
    ambiguous_width: int = _between(
        1, 1, 2
    )  # cells of a character that Unicode calls ambiguous: 1, or 2 on some CJK terminals
    korean: KoreanBreaks = KoreanBreaks.WORD
    ruby: RubyStyle = RubyStyle.INLINE
    code: CodeStyle = CodeStyle.FOLD
    ascii_borders: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person can set."""

    archives: tuple[str, ...] = ()
    language: str = field(default="auto", metadata={"choices": lambda: ("auto", *languages())})
    theme: str = "paper"
    measure: int = _between(80, 20, 200)  # cells a line may be wide at most
    show_copies: bool = False  # show an article at each of the places it lies at, not only where it is fullest
    statistics: bool = True  # keep how long and how much is read on which day; it stays on this machine
    typesetting: Typesetting = field(default_factory=Typesetting)


def settings_path() -> Path:
    """Where a person's settings lie."""
    return config_folder() / "settings.yaml"


def config_folder() -> Path:
    """The folder of a person's settings and own themes."""
    from platformdirs import user_config_path  # noqa: PLC0415 - slow to import, and a test's environment may change

    return user_config_path("reader", appauthor=False)


def data_folder() -> Path:
    """The folder of what cannot be made again: the store of marks."""
    from platformdirs import user_data_path  # noqa: PLC0415 - as above

    return user_data_path("reader", appauthor=False)


def cache_folder() -> Path:
    """The folder of what can be made again: the indexes of archives."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - as above

    return user_cache_path("reader", appauthor=False)


def load(path: Path | None = None) -> Settings:
    """The settings in the file `path` (default: a person's own), or the defaults where there is none.

    Raises:
        SettingsError: The file cannot be read, or holds a key or a value that does not exist.
    """
    file = path or settings_path()
    try:
        text = _text(file)
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            _("The settings cannot be read ({path}): {reason}").format(path=file, reason=error), _("mend or remove it")
        ) from error
    import yaml  # noqa: PLC0415 - most people have no settings file

    try:
        # Settings have no use for aliases, and a few of them can mean billions of values.
        aliases = any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader))
        values = [] if aliases else yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}:{mark.line + 1}" if mark else str(file)
        raise SettingsError(
            _("The settings are not valid YAML ({path})").format(path=place), _("the form of a line is “key: value”")
        ) from error
    return Settings() if values is None else _read(Settings, values, file, "")


def _text(file: Path) -> str:
    """What is written in a settings file.

    Raises:
        OSError: It cannot be read, or is a pipe or a device, from which one would wait for ever.
        UnicodeDecodeError: It is not UTF-8.
    """
    if file.exists() and not file.is_file():
        raise OSError(_("it is not a file"))
    with file.open("rb") as stream:
        return stream.read(_LARGEST).decode("utf-8-sig")


def _read(kind: type[Any], values: object, file: Path, prefix: str) -> Any:
    """A settings class from a mapping, each value checked against its field."""
    if not isinstance(values, dict):
        raise _wrong(file, prefix.rstrip("."), _("must be a list of “key: value” lines"))
    known = {field.name: field for field in fields(kind)}
    hints = get_type_hints(kind)
    arguments: dict[str, Any] = {}
    for key, value in values.items():
        name = str(key)
        if name not in known:
            near = get_close_matches(name, known, 1, 0.5)
            hint = (
                _("did you mean {near}?").format(near=near[0])
                if near
                else _("known are {keys}").format(keys=", ".join(known))
            )
            raise SettingsError(_("Unknown setting “{key}” in {path}").format(key=prefix + name, path=file), hint)
        hint_type = hints[name]
        if is_dataclass(hint_type):
            arguments[name] = _read(cast("type[Any]", hint_type), value, file, f"{prefix}{name}.")
        else:
            arguments[name] = _value(hint_type, known[name].metadata, value, file, prefix + name)
    return kind(**arguments)


def _value(kind: Any, limits: Mapping[str, Any], value: object, file: Path, key: str) -> Any:
    if kind is bool or kind is int or kind is str:
        names = {bool: _("true or false"), int: _("a whole number"), str: _("a text")}
        # YAML's `yes` is a bool, and a bool is an int to Python: a number must not be a bool.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise _wrong(file, key, _("must be {kind}").format(kind=names[kind]))
        low, high = limits.get("low", value), limits.get("high", value)
        if kind is int and not low <= value <= high:
            raise _wrong(file, key, _("must lie between {low} and {high}").format(low=low, high=high))
        choices: tuple[Any, ...] = limits["choices"]() if "choices" in limits else (value,)
        if value not in choices:
            raise _wrong(file, key, _("must be one of {choices}").format(choices=", ".join(choices)))
        return value
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        try:
            return kind(str(value))
        except ValueError:
            raise _wrong(file, key, _("must be one of {choices}").format(choices=", ".join(kind))) from None
    many = [value] if isinstance(value, str) else value
    if not isinstance(many, list) or not all(isinstance(one, str) for one in many):
        raise _wrong(file, key, _("must be a text or a list of texts"))
    return tuple(many)


def _wrong(file: Path, key: str, what: str) -> SettingsError:
    return SettingsError(
        _("“{key}” in {path} {what}").format(key=key, path=file, what=what), _("mend or remove the line")
    )
