"""`reader settings`: where the settings are, whether they are valid, and a commented file."""

from argparse import Namespace

from reader.cli.output import print_json
from reader.errors import SettingsError, UsageError
from reader.language import _
from reader.own_keys import keymap_of
from reader.private_files import make_private_folder
from reader.settings.descriptions import commented_settings, plain, settings_values, written
from reader.settings.folders import config_folder, settings_path
from reader.settings.options import Settings
from reader.theme import chosen_themes


def run(options: Namespace, settings: Settings) -> int:
    """Print the place of the settings and those that differ from the defaults, or write the file; return 0 if valid.

    The settings have been loaded and validated when this is called; themes and keys are checked here.
    """
    path = settings_path()
    if options.path:
        print(path)
        return 0
    if options.write:
        _write(force=options.force)
        print(path)
        return 0
    keymap_of(settings)
    for _theme, error in chosen_themes(settings):
        if error is not None:
            raise SettingsError(error.message, error.hint)
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
