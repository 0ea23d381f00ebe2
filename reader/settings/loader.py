"""Loading of the settings file; errors name the file and the key."""

from pathlib import Path

from reader.errors import ReaderError, SettingsError
from reader.language import _
from reader.settings.folders import settings_path
from reader.settings.options import Settings
from reader.settings.validation import Validator, hints
from reader.yaml_files import InvalidYamlError, parse_yaml, read_text

_LARGEST = 65_536
"""Maximum size of a settings file in bytes."""


def load(path: Path | None = None) -> Settings:
    """Load the settings from `path` (default: `settings_path()`); defaults if there is no file.

    Raises:
        SettingsError: The file cannot be read, or has an unknown key or an invalid value.
    """
    return _loaded(path or settings_path(), None)


def load_valid(path: Path | None = None) -> tuple[Settings, list[ReaderError]]:
    """Load the valid settings, and return the errors of all others.

    Raises:
        SettingsError: The file cannot be read.
    """
    errors: list[ReaderError] = []
    return _loaded(path or settings_path(), errors), errors


def _loaded(file: Path, collected: list[ReaderError] | None) -> Settings:
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
    validator = Validator(file, SettingsError, collected)
    if values is None:
        return Settings()
    try:
        return Settings(**validator.validate(hints(Settings), values))
    except SettingsError as error:
        # The file is not a mapping.
        if collected is None:
            raise
        collected.append(error)
        return Settings()
