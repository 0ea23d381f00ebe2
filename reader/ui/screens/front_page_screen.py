"""The front page: what to read next, by sections."""

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key

from reader.archive.article import Article
from reader.keymap.actions import Context
from reader.language import _, ngettext
from reader.lean_dataclasses import dataclass
from reader.library.front_page import FrontRow, FrontSection
from reader.ui.article_keys import ArticleActions, ArticleKeys
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint, PressedKeys, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.session import Session
from reader.ui.text_fitting import fitted, padded
from reader.ui.widgets.marked_rows import MarkedRows
from reader.ui.widgets.rows import RowList


@dataclass(frozen=True, slots=True)
class _Due:
    """The row of the highlights to review."""

    count: int


class _FrontRows(MarkedRows):
    """The highlights to review, if any, and the articles below the names of their sections."""

    def __init__(self, colours: Colours, rows: Sequence[FrontRow], due: int) -> None:
        super().__init__(colours, id="front")
        self.lines: list[FrontSection | FrontRow | _Due] = [_Due(due)] if due else []
        for section, those in groupby(rows, lambda row: row.section):
            self.lines += [section, *those]
        self.set_reactive(RowList.cursor, 1 if rows and not due else 0)
        self.show_row(self.cursor)

    def count(self) -> int:
        """The number of rows; one row says that there is nothing."""
        return max(1, len(self.lines))

    def choice_at(self, number: int) -> Article | str | None:
        """The article of a row, or the id of its action; None for the name of a section."""
        line = self.lines[number] if 0 <= number < len(self.lines) else None
        if isinstance(line, _Due):
            return "review"
        return line.article if isinstance(line, FrontRow) else None

    def id_at(self, number: int) -> str:
        """The id of the article of a row; empty for any other row."""
        choice = self.choice_at(number)
        return choice.id if isinstance(choice, Article) else ""

    @property
    def chosen(self) -> list[Article]:
        """The marked articles, or else the one under the cursor, if there is one."""
        articles = {line.article.id: line.article for line in self.lines if isinstance(line, FrontRow)}
        return [articles[one] for one in self.targets()]

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Render an article, with its date and progress, or the name of a section."""
        del lit
        muted = self.colours.role("muted")
        if not self.lines:
            return [Segment(" " + fitted(_("Nothing to read yet"), width - 1), muted)]
        line = self.lines[number]
        if isinstance(line, _Due):
            said = ngettext("{count:,} highlight to review", "{count:,} highlights to review", line.count)
            text = " " + padded(said.format(count=line.count), width - 1)
            return [Segment(text, self.colours.role("accent", bold=True))]
        if isinstance(line, FrontSection):
            return [Segment(" " + fitted(_(line), width - 1), self.colours.role("heading", bold=True))]
        about = f" {_about(line)} "
        title = padded(line.article.title, max(width - cell_len(about) - 3, 0))
        return [self.sign(number), Segment("  " + title, self.colours.role("ink")), Segment(about, muted)]

    def action_cursor(self, step: int) -> None:
        """Move the cursor to another article, skipping the names of sections."""
        if not self.lines:
            return
        super().action_cursor(step)
        further = 1 if step > 0 else -1
        if self.choice_at(self.cursor) is None:
            self.cursor = self.cursor + further if 0 < self.cursor + further < len(self.lines) else self.cursor + 1

    def action_cursor_to(self, number: int) -> None:
        """Move the cursor to the first article, or the last."""
        super().action_cursor_to(number)
        if self.lines and self.choice_at(self.cursor) is None:
            self.cursor += 1


def _about(row: FrontRow) -> str:
    if row.section is FrontSection.CONTINUE:
        return f"{round(row.progress * 100):3d}%"
    return row.article.local_day


_OWN = (Context.LIST, Context.ROWS, Context.BOX, Context.FRONT)
"""The contexts whose keys the front page handles itself."""


class FrontPageScreen(Dialog[Article | str]):
    """The front page; returns the chosen article, or the id of an action of the reading screen whose key was pressed.

    It may appear while the user is about to press a key of the reading screen, so that key must not be lost.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.FRONT)

    def __init__(self, session: Session, rows: Sequence[FrontRow], actions: ArticleActions, due: int = 0) -> None:
        """Show `rows`, which are ordered by section and have `actions`, and the number of highlights that are due."""
        hints = Hint(_("open"), ("list.choose",)), Hint(_("close"), ("box.close",))
        super().__init__(
            session.colours, session.keymap, _("Front page: {name}").format(name=session.library.name), hints
        )
        self._rows = _FrontRows(session.colours, rows, due)
        self._actions = actions
        self._article_keys = ArticleKeys(session.keymap, *_OWN)
        self._pressed = PressedKeys(session.keymap)

    def body(self) -> ComposeResult:
        """Compose the list."""
        yield self._rows

    def on_key(self, event: Key) -> None:
        """Act on the chosen articles, or close the page and return the action of the reading screen."""
        if (chosen := self._rows.chosen) and self._article_keys.take(event, self._actions, lambda: chosen):
            return
        action = self._pressed.action(event) if event.key not in self._article_keys.own else ""
        if action:
            event.stop()
            event.prevent_default()
            self.dismiss(action)

    def action_act(self) -> None:
        """Offer the actions on the chosen articles."""
        if chosen := self._rows.chosen:
            self._actions.choose(chosen)

    def action_close(self) -> None:
        """Unmark the marked articles, or close the page."""
        if not self._rows.unmark():
            super().action_close()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Return the chosen article, or the action."""
        event.stop()
        choice = self._rows.choice_at(event.number)
        if choice is not None:
            self.dismiss(choice)
