"""The typesetting options of a page, with its outline and the text that is copied from it."""

from reader.document.outline import Outline
from reader.reading.opened_article import Reading
from reader.settings.options import ChineseScript, Typesetting
from reader.ui import late
from reader.ui.widgets.outline_pane import OutlinePane
from reader.ui.widgets.page import Page


class PageTypesetting:
    """The options by which articles are laid out on a page. They change neither positions nor marks."""

    def __init__(self, page: Page, outline: OutlinePane, *, copies_as_shown: bool) -> None:
        self._page = page
        self._outline = outline
        self._copies_as_shown = copies_as_shown
        self._reading: Reading | None = None
        self._converted: tuple[Reading, ChineseScript, Outline] | None = None

    @property
    def options(self) -> Typesetting:
        """The options in use."""
        return self._page.typesetting

    @property
    def width(self) -> int:
        """The width of the page in cells."""
        return self._page.size.width

    @property
    def window_width(self) -> int:
        """The width of the window in cells."""
        return self._page.app.size.width

    def use(self, options: Typesetting) -> None:
        """Use other options for this article and those opened later."""
        changes_script = options.chinese is not self.options.chinese
        self._page.typeset(options)
        if self._reading is not None and changes_script:
            self._outline.show_titles(self.outline_of(self._reading))

    def outline_of(self, reading: Reading) -> Outline:
        """The outline to show of the opened article, in the script of the page."""
        self._reading = reading
        chinese = self.options.chinese
        if chinese is ChineseScript.SOURCE:
            return reading.outline
        known = self._converted
        if known is None or known[0] is not reading or known[1] is not chinese:
            outline = late.converted_outline(reading.outline, late.script_for(reading.document, chinese))
            self._converted = known = reading, chinese, outline
        return known[2]

    def copied(self, text: str) -> str:
        """A text of the article as it is copied: as the author wrote it, or in the script that is shown."""
        if not self._copies_as_shown or self.options.chinese is ChineseScript.SOURCE:
            return text
        return late.convert(text, late.script_for(self._page.document, self.options.chinese))
