"""The themes there are, and the one in use."""

from reader.errors import ThemeError
from reader.theme import WITHOUT_COLOURS, Theme, load_theme
from reader.ui import late
from reader.ui.colours import Colours


class ThemeChoice:
    """The themes by name, and the colours of the one in use.

    Attributes:
        colours: The theme in use, as paint.
        without_colours: Whether the person's `NO_COLOR` forbids any other.
    """

    def __init__(self, name: str, *, without_colours: bool) -> None:
        theme, error = load_theme(WITHOUT_COLOURS if without_colours else name)
        self.without_colours = without_colours
        self.colours = Colours(theme)
        self._themes: dict[str, Theme] = {}
        self._errors = [error] if error else []
        self._told: set[str] = set()

    def themes(self) -> dict[str, Theme]:
        """All themes by name, read when first asked for."""
        if not self._themes:
            self._themes, errors = late.load_themes()
            self._errors += errors
        return self._themes

    def next(self) -> str:
        """The name of the theme after the one in use."""
        names = list(self.themes())
        current = self.colours.theme.name
        return names[(names.index(current) + 1 if current in names else 0) % len(names)]

    def use(self, name: str) -> None:
        """Change `colours` to those of a theme."""
        self.colours = Colours(self.themes()[name])

    def new_errors(self) -> list[ThemeError]:
        """What is wrong with themes and was not reported yet."""
        new = [error for error in self._errors if str(error) not in self._told]
        self._told |= {str(error) for error in new}
        return new
