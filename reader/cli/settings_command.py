"""`reader settings`: print and check the settings, or write a settings file with comments."""

from argparse import Namespace
from collections.abc import Iterator

from reader import language
from reader.cli.output import print_error, print_json, print_warning
from reader.errors import ReaderError, SettingsError, UsageError
from reader.language import _
from reader.lean_dataclasses import replace
from reader.private_files import make_private_folder
from reader.settings.descriptions import commented_settings, plain, settings_values, written
from reader.settings.folders import config_folder, settings_path
from reader.settings.loader import load_valid
from reader.settings.options import Settings
from reader.settings.user_keymap import key_warnings, keymap_of
from reader.themes.theme_files import chosen_themes


def run(options: Namespace, settings: Settings) -> int:
    """Print the path of the settings file and the settings that differ from the defaults, or write the file.

    Report every error, not only the first one. Return 0 if there is none.
    """
    path = settings_path()
    if options.path:
        print(path)
        return 0
    if options.write:
        _write(force=options.force)
        print(path)
        return 0
    settings, errors = load_valid()
    language.use(settings.language)
    errors += further_errors(settings)
    for one in errors:
        print_error(one)
    if errors:
        return SettingsError.exit_code
    for warning in key_warnings(settings):
        print_warning(warning)
    values = dict(settings_values(settings))
    if options.json:
        print_json([{"key": key, "value": plain(value)} for key, value in values.items()])
        return 0
    print(path if path.exists() else _("{path} (no file: all settings have their defaults)").format(path=path))
    usual = dict(settings_values(Settings()))
    for key, value in values.items():
        if value != usual[key]:
            print(f"{key}: {written(value)}")
    return 0


def further_errors(settings: Settings) -> Iterator[ReaderError]:
    """The errors of keys and themes, which are not checked when the settings are loaded."""
    told = set[str]()
    # Check each key alone, and then all together, because they may conflict.
    for keys in (*({name: labels} for name, labels in settings.keys.items()), settings.keys):
        try:
            keymap_of(replace(settings, keys=keys, commands=settings.commands if keys is settings.keys else {}))
        except SettingsError as error:
            if str(error) not in told:
                told.add(str(error))
                yield error
    for _theme, fault in chosen_themes(settings):
        if fault is not None:
            yield SettingsError(fault.message, fault.hint)


def _write(*, force: bool) -> None:
    """Write the commented file.

    Raises:
        UsageError: There is a file, and `force` is false.
        SettingsError: It cannot be written.
    """
    path = settings_path()
    if path.exists() and not force:
        raise UsageError(_("{path} already exists").format(path=path), _("overwrite it with --force"))
    try:
        make_private_folder(config_folder())
        path.write_text(commented_settings(), encoding="utf-8")
    except OSError as error:
        message = _("Cannot write {path}: {reason}").format(path=path, reason=error.strerror or error)
        raise SettingsError(message, _("check its permissions")) from error
