"""The script in which a page shows Chinese, with its outline and the text that is copied from it."""

from reader.document.outline import Outline
from reader.lean_dataclasses import replace
from reader.reading.opened import Reading
from reader.settings.options import ChineseScript
from reader.ui import late
from reader.ui.widgets.outline_pane import OutlinePane
from reader.ui.widgets.page import Page


class ChinesePage:
    """The script of the articles on a page. It changes neither positions nor marks."""

    def __init__(self, page: Page, outline: OutlinePane, *, copies_as_shown: bool) -> None:
        self._page = page
        self._outline = outline
        self._copies_as_shown = copies_as_shown
        self._reading: Reading | None = None

    @property
    def script(self) -> ChineseScript:
        """The script in which Chinese is shown if an article is in another one."""
        return self._page.typesetting.chinese

    def show(self, script: ChineseScript) -> None:
        """Show Chinese in another script, here and in the articles opened later."""
        self._page.typeset(replace(self._page.typesetting, chinese=script))
        if self._reading is not None:
            self._outline.show_titles(self.outline_of(self._reading))

    def outline_of(self, reading: Reading) -> Outline:
        """The outline to show of a newly opened article."""
        self._reading = reading
        if self.script is ChineseScript.SOURCE:
            return reading.outline
        return late.converted_outline(reading.outline, late.script_for(reading.document, self.script))

    def copied(self, text: str) -> str:
        """A text of the article as it is copied: as the author wrote it, or as it is shown."""
        if not self._copies_as_shown or self.script is ChineseScript.SOURCE:
            return text
        return late.convert(text, late.script_for(self._page.document, self.script))
