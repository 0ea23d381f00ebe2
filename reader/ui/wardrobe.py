"""The themes one may wear, and the one that is worn."""

from reader.errors import ThemeError
from reader.theme import WITHOUT_COLOURS, Theme, load_theme
from reader.ui.colours import Colours


class Wardrobe:
    """The themes.

    Attributes:
        colours: What is worn.
        without_colours: Whether the person's `NO_COLOR` forbids to wear anything else.
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
            from reader.theme import load_themes  # noqa: PLC0415 - only who looks for another theme reads them all

            self._themes, errors = load_themes()
            self._errors += errors
        return self._themes

    def next(self) -> str:
        """The name of the theme behind the one that is worn."""
        names = list(self.themes())
        worn = self.colours.theme.name
        return names[(names.index(worn) + 1 if worn in names else 0) % len(names)]

    def wear(self, name: str) -> Colours:
        """Put on a theme."""
        self.colours = Colours(self.themes()[name])
        return self.colours

    def new_errors(self) -> list[ThemeError]:
        """What is wrong with themes and was not told yet."""
        new = [error for error in self._errors if str(error) not in self._told]
        self._told |= {str(error) for error in new}
        return new
