"""Themes: the colours of all roles, one small YAML file per theme.

This module only provides data. How roles are drawn, also without colours, is up to `ui`.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from reader import resources
from reader.errors import ThemeError
from reader.language import N_, _, current, listed
from reader.lean_dataclasses import dataclass, fields
from reader.settings.folders import config_folder
from reader.settings.options import Settings
from reader.settings.validation import Validator, shortened
from reader.settings.value_limits import Matching
from reader.yaml_files import InvalidYamlError, nearest, parse_yaml, read_text

FIRST = "paper"
"""The theme listed first, and the fallback."""
WITHOUT_COLOURS = "mono"
"""The name of the theme without colours, which has no file."""

AUTOMATIC = "auto"
"""In the settings, the choice of a light or a dark theme by the background of the terminal; it has no file either."""

_LARGEST = 32_768  # bytes; bundled themes have less than 2,000
_SUFFIXES = (".yaml", ".yml")
_Colour = Annotated[
    str,
    Matching(
        N_("“{key}” in {path} must be a colour"),
        # In YAML, # after a space starts a comment, so a colour without quotes is an empty value.
        N_('write the colour in quotes, with six hexadecimal digits: {key}: "#1f2328"'),
        pattern=r"\A#[0-9A-Fa-f]{6}\Z",
    ),
]
_Title = Annotated[
    str | dict[str, str],
    Matching(N_("“{key}” in {path} must be a text, or a text for each language"), N_("write it as title: Night")),
]


@dataclass(frozen=True, slots=True)
class Theme:
    """The colour of each role: `#rrggbb` in lower case, or "" for every role of the theme without colours.

    Attributes:
        name: Its name in the settings: the file name without suffix.
        title: Its title, in the language in use when it was loaded.
        dark: Whether `paper` is darker than `ink`.
        paper: Background of text.
        ink: Text.
        muted: Secondary text: dates, counts, captions, marks of wrapped lines.
        accent: Emphasis: the cursor of a list, the title's rule.
        link_inside: Links that stay within the archive; `link` are those that lead out of it.
        code_paper: Background of code; `code_ink` is its text.
        code_comment: Comments in code. `code_keyword` to `code_type` are the other tokens, `code_added` and
            `code_removed` the lines of a diff.
        hit: Background of matches; `hit_current` of the current one.
        selection: Background of the selected text or row.
        highlight_1: Background of a highlight, likewise `highlight_2` to `highlight_4`.
        unread: The marker of unread articles.
        border: Borders between panes; `focus` for the pane with the focus.
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
    link_inside: str
    quote: str
    code_paper: str
    code_ink: str
    code_comment: str
    code_keyword: str
    code_string: str
    code_number: str
    code_name: str
    code_type: str
    code_added: str
    code_removed: str
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
"""The names of the roles, in order of declaration."""
_KEYS = {role.replace("_", "-"): role for role in ROLES}
OPTIONAL_ROLES = {
    "link-inside": "accent",
    "code-comment": "muted",
    "code-keyword": "link",
    "code-string": "quote",
    "code-number": "code-ink",
    "code-name": "heading",
    "code-type": "code-ink",
    "code-added": "code-ink",
    "code-removed": "muted",
}
"""Roles that a theme may omit, because older themes lack them, each with the role that is used instead."""
_TYPES = {"title": _Title, "dark": bool, **dict.fromkeys(_KEYS, _Colour)}


def mono() -> Theme:
    """The theme without colours, for `NO_COLOR` and for terminals without colours."""
    return Theme(WITHOUT_COLOURS, _("No colour"), dark=False, **dict.fromkeys(ROLES, ""))


def custom_folder() -> Path:
    """The folder of custom themes."""
    return config_folder() / "themes"


def load_themes(folders: Sequence[Path] | None = None) -> tuple[dict[str, Theme], tuple[ThemeError, ...]]:
    """Load all valid themes, by name, and one error for each invalid file or folder. Does not raise.

    The order is: from the first folder `paper`, then light and dark themes by name; then the theme without colours;
    then themes of other folders by name. A theme replaces one with the same name in an earlier folder.

    Args:
        folders: Where to search; by default the bundled themes and then custom ones.
    """
    found: dict[str, Theme] = {}
    errors: list[ThemeError] = []
    for number, folder in enumerate(_folders(folders)):
        here: dict[str, Theme] = {}
        for file in _files(folder, errors):
            try:
                # If paper.yaml and paper.yml both exist, the first one counts, as in load_theme.
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
    """Load the theme `name`, or a fallback together with the error. Does not raise.

    Only reads files with that name, so that the first paint does not wait for others. The fallback is an earlier
    folder's theme with the same name, else `paper`, else the theme without colours.

    Args:
        name: See `Theme.name`.
        folders: See `load_themes`.
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


def chosen_themes(settings: Settings) -> list[tuple[Theme, ThemeError | None]]:
    """Load the theme that the settings choose, or both that they choose from; each with its error, as `load_theme`."""
    is_automatic = settings.theme == AUTOMATIC
    names = (settings.light_theme, settings.dark_theme) if is_automatic else (settings.theme,)
    return [load_theme(name) for name in names]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, from 1 to 21 (WCAG 2.1)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.1: 0 for black, 1 for white."""
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channels(colour: str) -> tuple[float, float, float]:
    """The red, green and blue of a colour `#rrggbb` as shares of light, 0 to 1 (linear sRGB)."""
    written = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in written)
    return red, green, blue


def _folders(folders: Sequence[Path] | None) -> Sequence[Path]:
    return (resources.themes(), custom_folder()) if folders is None else folders


def _files(folder: Path, errors: list[ThemeError]) -> list[Path]:
    """The theme files in `folder`, by name; none if it does not exist."""
    try:
        return sorted(file for file in folder.iterdir() if file.suffix in _SUFFIXES)
    except FileNotFoundError:
        return []
    except OSError as error:
        errors.append(_unreadable(folder, error))
        return []


def _files_named(name: str, folders: Sequence[Path]) -> Iterator[Path]:
    """The candidate files for the theme `name`, last folder first."""
    # The name comes from the settings file and must not escape the folders.
    if not name or name != Path(name).name or "\0" in name:
        return
    for folder in reversed(folders):
        for suffix in _SUFFIXES:
            file = folder / f"{name}{suffix}"
            try:
                there = file.is_symlink() or file.exists()
            except OSError:  # no permission for the folder, or the name is too long
                continue
            if there:
                yield file


def _unknown(name: str, folders: Sequence[Path]) -> ThemeError:
    files = [file for folder in folders for file in _files(folder, [])]
    names = sorted({WITHOUT_COLOURS, AUTOMATIC, *(file.stem for file in files)})
    return ThemeError(_("There is no theme “{name}”").format(name=shortened(name)), nearest(name[:40], names))


def _unreadable(path: Path, reason: object) -> ThemeError:
    return ThemeError(
        _("Cannot read the theme ({path}): {reason}").format(path=path, reason=reason), _("correct or remove it")
    )


def _read(file: Path) -> Theme:
    """Load the theme in `file`.

    Raises:
        ThemeError: The file cannot be read, or is not a valid theme.
    """
    if file.stem == WITHOUT_COLOURS:
        raise ThemeError(
            _("The name “{name}” is reserved for the theme without colours ({path})").format(name=file.stem, path=file),
            _("rename the file"),
        )
    if file.stem == AUTOMATIC:
        raise ThemeError(
            _("The name “{name}” is reserved for the choice by the terminal's background ({path})").format(
                name=file.stem, path=file
            ),
            _("rename the file"),
        )
    values = _values(file)
    if file.parent != resources.themes():
        # The tests validate the bundled themes, so that the first paint need not.
        values = Validator(file, ThemeError).validate(_TYPES, values)
        if missing := [key for key in _TYPES if key not in values and key not in OPTIONAL_ROLES]:
            raise ThemeError(
                _("The theme {path} lacks {keys}").format(path=file, keys=listed(missing)),
                _("give every role a colour"),
            )
    values |= {key: values[other] for key, other in OPTIONAL_ROLES.items() if key not in values}
    colours = {role: values[key].lower() for key, role in _KEYS.items()}
    return Theme(file.stem, _title(values["title"]) or file.stem, values["dark"], **colours)


def _values(file: Path) -> dict[str, Any]:
    """The keys and values of `file`, not validated."""
    form = _("write each line as “{line}”").format(line='paper: "#fbf7ef"')
    try:
        values = parse_yaml(read_text(file, _LARGEST))
    except InvalidYamlError as error:
        raise ThemeError(_("The theme is not valid YAML ({path})").format(path=error.place(file)), form) from error
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(file, error) from error
    if not isinstance(values, dict):
        raise ThemeError(_("The theme is not a list of roles and colours ({path})").format(path=file), form)
    return values


def _title(titles: str | Mapping[str, str]) -> str:
    """The title in the current language, else in English, else in any; empty if there is none."""
    by_language = {"": titles} if isinstance(titles, str) else titles
    found = (by_language.get(language, "").split() for language in (current(), "en", "", *by_language))
    return " ".join(next(filter(None, found), ()))
