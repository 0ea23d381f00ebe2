"""The files of themes: one small YAML file per theme, bundled with the program or written by the user."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from reader import resources
from reader.errors import ThemeError
from reader.language import N_, _, current, listed
from reader.settings.folders import config_folder
from reader.settings.options import Settings
from reader.settings.validation import Validator, shortened
from reader.settings.value_limits import Matching
from reader.themes.theme import AUTOMATIC, FIRST, OPTIONAL_ROLES, ROLES, WITHOUT_COLOURS, Theme, mono
from reader.yaml_files import InvalidYamlError, nearest, parse_yaml, read_text

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
_KEYS = {role.replace("_", "-"): role for role in ROLES}
_TYPES = {"title": _Title, "dark": bool, **dict.fromkeys(_KEYS, _Colour)}


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
    """Load the theme that the settings choose, or both themes of an automatic choice, each with its error."""
    is_automatic = settings.theme == AUTOMATIC
    names = (settings.light_theme, settings.dark_theme) if is_automatic else (settings.theme,)
    return [load_theme(name) for name in names]


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
    for key, other in OPTIONAL_ROLES.items():
        # A substitute may itself be an omitted role; it comes earlier in the table, and has its value by now.
        values.setdefault(key, values[other])
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
