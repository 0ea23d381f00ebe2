"""The available themes and the current one."""

from reader.errors import ThemeError
from reader.lean_dataclasses import dataclass
from reader.themes.theme import AUTOMATIC, WITHOUT_COLOURS, Theme
from reader.themes.theme_files import load_theme
from reader.ui import late
from reader.ui.colours import Colours


@dataclass(frozen=True, slots=True)
class ThemePair:
    """The names of the themes for a light and for a dark background."""

    light: str = "paper"
    dark: str = "night"


class ThemeChoice:
    """The available themes and the current one, which may follow the background of the terminal.

    Attributes:
        colours: The colours of the current theme.
        without_colours: Whether `NO_COLOR` forbids themes with colours.
        is_automatic: Whether the theme follows the background.
    """

    def __init__(
        self,
        name: str,
        pair: ThemePair,
        *,
        on_dark: bool = False,
        without_colours: bool = False,
        few_colours: bool = False,
    ) -> None:
        """Start with a theme; `AUTOMATIC` assumes a light background, or with `on_dark` a dark one.

        With `few_colours`, all themes are reduced to sixteen colours.
        """
        self._few_colours = few_colours
        self._pair, self._on_dark = pair, on_dark
        self.without_colours = without_colours
        self.is_automatic = name == AUTOMATIC and not without_colours
        shown = self._for_background if self.is_automatic else name
        theme, error = load_theme(WITHOUT_COLOURS if without_colours else shown)
        self.colours = self._colours_of(theme)
        self._themes: dict[str, Theme] = {}
        self._errors = [error] if error else []
        self._reported: set[str] = set()

    @property
    def _for_background(self) -> str:
        return self._pair.dark if self._on_dark else self._pair.light

    def themes(self) -> dict[str, Theme]:
        """Return all themes by name, loading them at the first call."""
        if not self._themes:
            self._themes, errors = late.load_themes()
            self._errors += errors
        return self._themes

    def next(self) -> str:
        """Return the name of the theme after the current one; after the last one, `AUTOMATIC`."""
        names = list(self.themes())
        if self.is_automatic:
            # Continue with the first theme that looks different.
            return next(name for name in names if name != self.colours.theme.name)
        current = self.colours.theme.name
        return [*names, AUTOMATIC][names.index(current) + 1 if current in names else 0]

    def use(self, name: str) -> None:
        """Switch to a theme, or to `AUTOMATIC`."""
        self.is_automatic = name == AUTOMATIC
        self._show(self._for_background if self.is_automatic else name)

    def see_background(self, *, dark: bool) -> bool:
        """Record whether the terminal's background is dark; return whether the colours changed."""
        self._on_dark = dark
        if not self.is_automatic or self.colours.theme.name == self._for_background:
            return False
        before = self.colours.theme
        self._show(self._for_background)
        return self.colours.theme != before

    def _show(self, name: str) -> None:
        theme, error = load_theme(name)
        self.colours = self._colours_of(theme)
        self._errors += [error] if error else []

    def _colours_of(self, theme: Theme) -> Colours:
        if not self._few_colours:
            return Colours(theme)
        return Colours(late.in_sixteen_colours(theme), few=True)

    def new_errors(self) -> list[ThemeError]:
        """Return the theme errors that have not been reported yet."""
        new = [error for error in self._errors if str(error) not in self._reported]
        self._reported |= {str(error) for error in new}
        return new
