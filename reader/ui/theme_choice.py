"""The available themes and the current one."""

from reader.errors import ThemeError
from reader.theme import WITHOUT_COLOURS, Theme, load_theme
from reader.ui import late
from reader.ui.colours import Colours


class ThemeChoice:
    """The available themes, and the colours of the current one.

    Attributes:
        colours: The colours of the current theme.
        without_colours: Whether `NO_COLOR` forbids themes with colours.
    """

    def __init__(self, name: str, *, without_colours: bool) -> None:
        theme, error = load_theme(WITHOUT_COLOURS if without_colours else name)
        self.without_colours = without_colours
        self.colours = Colours(theme)
        self._themes: dict[str, Theme] = {}
        self._errors = [error] if error else []
        self._reported: set[str] = set()

    def themes(self) -> dict[str, Theme]:
        """Return all themes by name, loading them at the first call."""
        if not self._themes:
            self._themes, errors = late.load_themes()
            self._errors += errors
        return self._themes

    def next(self) -> str:
        """Return the name of the theme after the current one."""
        names = list(self.themes())
        current = self.colours.theme.name
        return names[(names.index(current) + 1 if current in names else 0) % len(names)]

    def use(self, name: str) -> None:
        """Switch to a theme."""
        self.colours = Colours(self.themes()[name])

    def new_errors(self) -> list[ThemeError]:
        """Return the theme errors that have not been reported yet."""
        new = [error for error in self._errors if str(error) not in self._reported]
        self._reported |= {str(error) for error in new}
        return new
