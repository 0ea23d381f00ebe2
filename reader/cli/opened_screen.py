"""The screen: its first frame, then Textual."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from reader.archive.vaults import link_base
from reader.cli.output import print_error
from reader.cli.standard_input import STEM
from reader.keymap.keymap import Keymap
from reader.lean_dataclasses import dataclass
from reader.library.closing import close_saved
from reader.library.library import Library
from reader.reading.starting_place import StartingPlace
from reader.settings.options import Settings
from reader.themes.colour_depth import has_few_colours, has_true_colour
from reader.ui.background import ask_early, see_early
from reader.ui.early_terminal import early_terminal
from reader.ui.first_frame import paint_first, read_first
from reader.ui.session import Session
from reader.ui.terminal import terminal_restorer


@dataclass(frozen=True, slots=True)
class Start:
    """The state in which the screen starts.

    Attributes:
        keymap: The keys.
        key_warnings: Warnings about keys of the settings.
        missing: Paths of archives that do not exist.
        sample: Whether the sample archive is shown.
        base: The base of the links of a text from standard input, or empty; None for files.
        places: The places at which articles are shown first, by the paths of the articles.
    """

    keymap: Keymap
    key_warnings: Sequence[str]
    missing: Sequence[Path]
    sample: bool
    base: str | None
    places: Mapping[Path, StartingPlace]


def run_screen(library: Library, settings: Settings, start: Start) -> int:
    """Paint the page of the first article, then open the screen."""
    for stale in ("COLUMNS", "LINES"):
        # Textual and Rich would prefer a size that a script has exported to that of the terminal.
        os.environ.pop(stale, None)
    if has_true_colour(os.environ):
        # Rich detects direct colour by this variable only.
        os.environ["COLORTERM"] = "truecolor"
    session = Session(
        library,
        settings,
        start.keymap,
        without_colours=bool(os.environ.get("NO_COLOR")),
        few_colours=has_few_colours(os.environ),
    )
    session.key_warnings = start.key_warnings
    session.missing_archives = start.missing
    session.starting = dict(start.places)
    session.is_input = start.base is not None
    if start.base:
        session.link_base = link_base(start.base, STEM)
        session.base = "" if session.link_base is not None else start.base
    with early_terminal(terminal_restorer()) as terminal:
        if terminal is not None:
            ask_early(session, terminal)
        first = read_first(session, sample=start.sample)
        if terminal is not None:
            see_early(session, terminal)
        if first is not None and terminal is not None:
            first = paint_first(session, first, terminal)
        # Imported after the first frame is painted, because importing Textual takes too long.
        from reader.ui.app import EarlyStart, run_app  # noqa: PLC0415

        begun = EarlyStart(session, first, terminal)
        return run_app(library, begun, lambda: close_saved(library, print_error), sample=start.sample)
