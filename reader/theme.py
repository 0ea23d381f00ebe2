"""Themes: which colour each role of the page has, from one small YAML file a theme.

Plain data. What a role looks like on the screen, and what stands in for colour where there is none, is `ui`'s work.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from reader import resources
from reader.errors import ThemeError
from reader.language import _, current
from reader.settings.folders import config_folder
from reader.yaml_files import InvalidYamlError, nearest, parse_yaml, read_text

FIRST = "paper"
"""The theme that is listed first, and taken where the wanted one cannot be had."""
WITHOUT_COLOURS = "mono"
"""The name of the theme that has no colours and no file."""

_LARGEST = 32_768  # bytes; the longest theme that comes with the program has less than 1,500
_SUFFIXES = (".yaml", ".yml")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Theme:
    """What colour each role has: `#rrggbb` in lower case, or in the theme without colours "" for every role.

    Attributes:
        name: What the settings call it: the name of its file without the suffix.
        title: What a person calls it, in the language in use when it was loaded.
        dark: Whether `paper` is darker than `ink`.
        paper: Behind the text.
        ink: The text.
        muted: What stands back: dates, counts, captions, marks of a folded line.
        accent: The one colour that calls: the cursor of a list, the title's rule.
        code_paper: Behind code; `code_ink` is written on it.
        hit: Behind what a search found; `hit_current` behind the one the reader is at.
        selection: Behind the selected text or row.
        highlight_1: Behind what a person has marked, as `highlight_2` to `highlight_4`.
        unread: The mark of an article not yet read.
        border: Between the panes; `focus` around the pane that has the keys.
    """

    name: str
    title: str
    dark: bool
    paper: str
    ink: str
    muted: str
    accent: str
    heading: str
    link: str
    quote: str
    code_paper: str
    code_ink: str
    rule: str
    hit: str
    hit_current: str
    selection: str
    highlight_1: str
    highlight_2: str
    highlight_3: str
    highlight_4: str
    unread: str
    warning: str
    error: str
    border: str
    focus: str


ROLES = tuple(field.name for field in fields(Theme) if field.name not in {"name", "title", "dark"})
"""The names of the roles, in the order in which they are declared."""
_KEYS = {role.replace("_", "-"): role for role in ROLES}


def mono() -> Theme:
    """The theme without colours, for `NO_COLOR` and for terminals that have none; it needs no file."""
    return Theme(WITHOUT_COLOURS, _("No colour"), dark=False, **dict.fromkeys(ROLES, ""))


def own_folder() -> Path:
    """The folder of a person's own themes."""
    return config_folder() / "themes"


def load_themes(folders: Sequence[Path] | None = None) -> tuple[dict[str, Theme], tuple[ThemeError, ...]]:
    """Every theme that can be used, by name, and one error for each file or folder that cannot.

    The themes of the first folder come first: `paper`, the light ones, the dark ones, each by name; then the theme
    without colours; then those of the other folders by name. A theme of a later folder takes the place of an earlier
    one with its name. Nothing is raised.

    Args:
        folders: Where to look; the program's own themes and then a person's, where not given.
    """
    found: dict[str, Theme] = {}
    errors: list[ThemeError] = []
    for number, folder in enumerate(_folders(folders)):
        here: dict[str, Theme] = {}
        for file in _files(folder, errors):
            try:
                # Where paper.yaml and paper.yml lie side by side, the first is meant, here as in load_theme.
                here.setdefault(file.stem, _read(file))
            except ThemeError as error:
                errors.append(error)
        if number == 0:
            here = dict(sorted(here.items(), key=lambda item: (item[0] != FIRST, item[1].dark, item[0])))
            here[WITHOUT_COLOURS] = mono()
        found.update(here)
    found.setdefault(WITHOUT_COLOURS, mono())
    return found, tuple(errors)


def load_theme(name: str, folders: Sequence[Path] | None = None) -> tuple[Theme, ThemeError | None]:
    """The theme `name`, or the nearest to it that can be used and what is wrong with the wanted one.

    Only the files with that name are read, so that the first paint does not wait for the others. In place of a
    theme that cannot be used comes an earlier folder's with the same name, else `paper`, else the one without
    colours. Nothing is raised.

    Args:
        name: As `Theme.name`.
        folders: As for `load_themes`.
    """
    if name == WITHOUT_COLOURS:
        return mono(), None
    places = _folders(folders)
    wrong: ThemeError | None = None
    for wanted in (name, FIRST):
        for file in _files_named(wanted, places):
            try:
                return _read(file), wrong
            except ThemeError as error:
                wrong = wrong or error
        wrong = wrong or _unknown(wanted, places)
    return mono(), wrong


def contrast(one: str, other: str) -> float:
    """How far apart two colours `#rrggbb` are in brightness, from 1 to 21 (the contrast ratio of WCAG 2.1)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.1: 0 for black, 1 for white."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _folders(folders: Sequence[Path] | None) -> Sequence[Path]:
    return (resources.themes(), own_folder()) if folders is None else folders


def _files(folder: Path, errors: list[ThemeError]) -> list[Path]:
    """The theme files in `folder`, by name; none where there is no folder."""
    try:
        return sorted(file for file in folder.iterdir() if file.suffix in _SUFFIXES)
    except FileNotFoundError:
        return []
    except OSError as error:
        errors.append(_unreadable(folder, error))
        return []


def _files_named(name: str, folders: Sequence[Path]) -> Iterator[Path]:
    """The files that may hold the theme `name`, the last folder's first."""
    # The name comes from the settings file: it must not lead out of the folders.
    if not name or name != Path(name).name or "\0" in name:
        return
    for folder in reversed(folders):
        for suffix in _SUFFIXES:
            file = folder / f"{name}{suffix}"
            try:
                there = file.is_symlink() or file.exists()
            except OSError:  # the folder may not be entered, or the name is too long
                continue
            if there:
                yield file


def _unknown(name: str, folders: Sequence[Path]) -> ThemeError:
    files = [file for folder in folders for file in _files(folder, [])]
    names = sorted({WITHOUT_COLOURS, *(file.stem for file in files)})
    return ThemeError(_("There is no theme “{name}”").format(name=_short(name)), nearest(name[:40], names))


def _unreadable(path: Path, reason: object) -> ThemeError:
    return ThemeError(
        _("Cannot read the theme ({path}): {reason}").format(path=path, reason=reason), _("correct or remove it")
    )


def _read(file: Path) -> Theme:
    """The theme in `file`.

    Raises:
        ThemeError: It cannot be read, or is no theme.
    """
    if file.stem == WITHOUT_COLOURS:
        raise ThemeError(
            _("The name “{name}” is reserved for the theme without colours ({path})").format(name=file.stem, path=file),
            _("rename the file"),
        )
    values = _values(file)
    unknown = next((key for key in values if key not in _KEYS and key not in {"title", "dark"}), None)
    if unknown is not None:
        raise ThemeError(
            _("Unknown role “{key}” in {path}").format(key=_short(unknown), path=file),
            nearest(unknown[:40], ["title", "dark", *_KEYS]),
        )
    missing = [key for key in ("title", "dark", *_KEYS) if key not in values]
    if missing:
        raise ThemeError(
            _("The theme {path} lacks {keys}").format(path=file, keys=", ".join(missing)),
            _("give every role a colour"),
        )
    return Theme(
        file.stem,
        _title(values["title"], file),
        _truth(values["dark"], file),
        **{role: _colour(key, values[key], file) for key, role in _KEYS.items()},
    )


def _values(file: Path) -> Mapping[str, object]:
    """What `file` says for each key, every single value as it is written."""
    form = _("write each line as “{line}”").format(line='paper: "#fbf7ef"')
    try:
        values = parse_yaml(read_text(file, _LARGEST), as_written=True)
    except InvalidYamlError as error:
        raise ThemeError(_("The theme is not valid YAML ({path})").format(path=error.place(file)), form) from error
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(file, error) from error
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise ThemeError(_("The theme is not a list of roles and colours ({path})").format(path=file), form)
    return values


def _title(value: object, file: Path) -> str:
    """The title in the language in use, else in English, else in any."""
    titles = {"": value} if isinstance(value, str) else value
    if isinstance(titles, dict):
        for language in (current(), "en", "", *titles):
            title = titles.get(language)
            if isinstance(title, str) and title.strip():
                return " ".join(title.split())
    raise _wrong("title", file, _("“{key}” in {path} must be a text, or a text for each language"))


def _truth(value: object, file: Path) -> bool:
    truth = _TRUTHS.get(value.lower()) if isinstance(value, str) else None
    if truth is None:
        raise _wrong("dark", file, _("“{key}” in {path} must be true or false"))
    return truth


def _colour(key: str, value: object, file: Path) -> str:
    if value == "":
        # In YAML a # after a blank begins a comment: this is what becomes of a colour without quotes.
        hint = _("write the colour in quotes: {line}").format(line=f'{key}: "#…"')
        raise _wrong(key, file, _("“{key}” in {path} has no colour"), hint)
    if not isinstance(value, str):
        raise _wrong(key, file, _("“{key}” in {path} must be a colour"))
    if not _COLOUR.fullmatch(value.lower()):
        raise _wrong(key, file, _("“{key}” in {path} is not a colour: {value}"), value=_short(value))
    return value.lower()


def _wrong(key: str, file: Path, message: str, hint: str = "", value: str = "") -> ThemeError:
    return ThemeError(
        message.format(key=key, path=file, value=value),
        hint or _("write a colour as “#rrggbb”: six hexadecimal digits"),
    )


def _short(text: str) -> str:
    """`text` on one line, and not so long that it hides the rest of a message."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= 40 else f"{line[:39]}…"
