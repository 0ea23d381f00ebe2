"""The review of highlights that are due: one key press for each card."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from reader.document.sanitizing import clean_line
from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import _
from reader.marks.highlights import Highlight
from reader.marks.reviews import Grade, ReviewCard, graded
from reader.ui.key_bindings import Hint, bindings, hint_line
from reader.ui.screens.dialog import Dialog
from reader.ui.screens.marks_screen import UndoRedo
from reader.ui.session import Session
from reader.ui.widgets.passage import Passage
from reader.ui.widgets.text_rows import PaintedLine, TextRows

_MONTH, _YEAR = 60, 730
"""The numbers of days from which an interval is given in months, and in years."""


class ReviewScreen(Dialog[Highlight]):
    """The highlights of a day, one after the other; returns the one whose article is to be opened."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        Context.REVIEW, {one.name.lower(): f"grade({one.value})" for one in Grade}, priority=True
    )

    def __init__(self, session: Session, undoing: UndoRedo) -> None:
        """Review the highlights of `session` that are due today."""
        super().__init__(session.colours, session.keymap, _("Review of highlights"), _hints(can_open=True))
        self._session = session
        self._undoing = undoing
        self._cards: list[ReviewCard] = []
        self._rows = TextRows(session.colours, session.settings.typesetting, id="review")

    def body(self) -> ComposeResult:
        """Compose the line above the card, the card, where it is from, and its grades."""
        yield Static(id="review-left", markup=False)
        yield self._rows
        yield Static(id="review-about", markup=False)
        yield Passage(id="review-grades", parts=True)

    def on_mount(self) -> None:
        """Show the first card."""
        self._rows.focus()
        self._show()

    def _show(self, message: str = "") -> None:
        """Show the first card that is left, and a message above it."""
        reviews, most = self._session.library.marks.reviews, self._session.settings.reviews_per_day
        self._cards = self._session.asked(lambda: reviews.due(most), [])
        count = len(self._cards)
        left = _("{count:,} left today").format(count=count) if count else ""
        line = " · ".join(filter(None, (left, message)))
        self.query_one("#review-left", Static).update(clean_line(line))
        card = self._cards[0] if self._cards else None
        self._rows.show(_lines(card) if card else [(_("Nothing is due today"), "muted", False)])
        self.query_one("#review-about", Static).update(_about(card) if card else "")
        self.query_one("#box-keys", Passage).show(hint_line(self.keymap, _hints(can_open=card is not None)))
        grades = ("", "") if card is None else _grades(card, self.keymap)
        self.query_one("#review-grades", Passage).show(grades[0], shorter=grades[1])
        self._rows.scroll_to(y=0, animate=False)

    # Keys

    def action_grade(self, number: int) -> None:
        """Save how well the highlight was remembered, and show the next one."""
        if not self._cards:
            return
        card, reviews = self._cards[0], self._session.library.marks.reviews
        if self._session.attempt(lambda: reviews.grade(card, Grade(number))):
            self._show()

    def action_undo(self) -> None:
        """Undo the last change of any mark."""
        self._show(self._undoing.undo())

    def action_redo(self) -> None:
        """Redo the last undone change."""
        self._show(self._undoing.redo())

    def action_open(self) -> None:
        """Open the article at the highlight."""
        if self._cards:
            self.dismiss(self._cards[0].highlight)


def _hints(*, can_open: bool) -> tuple[Hint, ...]:
    """The key hints, with or without those that need a card."""
    opening = (Hint(_("open the article"), ("review.open",)),) if can_open else ()
    return Hint(_("undo"), ("review.undo",)), *opening, Hint(_("close"), ("box.close",))


def _names() -> tuple[tuple[Grade, str], ...]:
    return (
        (Grade.AGAIN, _("again")),
        (Grade.HARD, _("hard")),
        (Grade.GOOD, _("good")),
        (Grade.EASY, _("easy")),
    )


def _lines(card: ReviewCard) -> list[PaintedLine]:
    """The quotation and its note."""
    highlight = card.highlight
    lines: list[PaintedLine] = [(line, "ink", False) for line in highlight.anchor.quotation.split("\n")]
    if highlight.note:
        lines += [("", "ink", False), *((line, "accent", False) for line in highlight.note.split("\n"))]
    return lines


def _about(card: ReviewCard) -> str:
    """Where a highlight is from, on a separate line that stays in place while a long quotation is scrolled."""
    return clean_line("— " + " · ".join(filter(None, (card.highlight.title, card.highlight.section))))


def _grades(card: ReviewCard, keymap: Keymap) -> tuple[str, str]:
    """The key and the name of each grade, with and without the interval until the card would be due again."""
    written = _("{key} {grade} ({interval})")
    named = [
        (keymap.label(f"review.{grade.name.lower()}"), name, graded(card.review, grade)) for grade, name in _names()
    ]
    timed = (written.format(key=key, grade=name, interval=_interval(made.days)) for key, name, made in named)
    return " · ".join(timed), " · ".join(f"{key} {name}" for key, name, _made in named)


def _interval(days: int) -> str:
    """A number of days in words: days, months or years."""
    if days >= _YEAR:
        return _("{count:,} y").format(count=round(days / 365))
    if days >= _MONTH:
        return _("{count:,} mo").format(count=round(days / 30))
    return _("{count:,} d").format(count=days)
