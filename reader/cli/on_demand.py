"""The parts of the entry point that only some commands need: reading a settings file, and printing errors."""

from reader.lazy_imports import loader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reader.cli.output import print_crash as print_crash
    from reader.cli.output import print_error as print_error
    from reader.library.crash_log import crash_folder as crash_folder
    from reader.settings.loader import load as load
    from reader.settings.loader import load_valid as load_valid
    from reader.settings.options import Settings as Settings
else:
    __getattr__ = loader(
        __name__,
        {
            "Settings": "reader.settings.options",
            "crash_folder": "reader.library.crash_log",
            "load": "reader.settings.loader",
            "load_valid": "reader.settings.loader",
            "print_crash": "reader.cli.output",
            "print_error": "reader.cli.output",
        },
    )
