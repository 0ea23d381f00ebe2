"""The box of a look-up: what dictionaries say about a word, and the sentence in which it was found."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.dictionaries.collection import LookUp
from reader.keymap.actions import Context
from reader.language import _
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.session import Session
from reader.ui.widgets.text_rows import PaintedLine, TextRows


class LookUpBox(Dialog[str]):
    """The entries of a word; returns “forget” if the word is to be removed from the vocabulary."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.LOOK_UP)

    def __init__(self, session: Session, text: str, sentence: str = "", *, can_forget: bool = False) -> None:
        """Show that `text` is being looked up; `show` then shows the result."""
        hints = (Hint(_("scroll"), ("list.up", "list.down")), Hint(_("copy"), ("look_up.copy",)))
        forget = (Hint(_("forget the word"), ("look_up.forget",)),) if can_forget else ()
        title = text if len(text) <= _LONGEST_TITLE else text[:_LONGEST_TITLE] + "…"
        super().__init__(session.colours, session.keymap, title, (*hints, *forget, Hint(_("close"), ("box.close",))))
        self._sentence = sentence
        self._can_forget = can_forget
        self._rows = TextRows(session.colours, session.settings.typesetting, id="entries")
        self._rows.show([(_("Looking it up …"), "muted", False)])
        self._text = ""

    def body(self) -> ComposeResult:
        """Compose the entries."""
        yield self._rows

    def on_mount(self) -> None:
        """Scroll by the keys of lists."""
        self._rows.focus()

    def show(self, result: LookUp, advice: str = "") -> None:
        """Show the entries of the word; if there are none, `advice` says why."""
        lines = [*_lines(result)] or [(advice or _("No dictionary has this word"), "muted", False)]
        if self._sentence:
            lines += [("", "ink", False), (self._sentence, "muted", False)]
        lines += [(str(error), "caution", False) for error in result.errors]
        self._text = "\n".join(text for text, _role, _bold in lines)
        self._rows.show(lines)

    def action_copy(self) -> None:
        """Copy the entries."""
        self.app.copy_to_clipboard(self._text)

    def action_forget(self) -> None:
        """Remove the word from the vocabulary."""
        if self._can_forget:
            self.dismiss("forget")


_LONGEST_TITLE = 60


def _lines(result: LookUp) -> list[PaintedLine]:
    lines: list[PaintedLine] = []
    source = ""
    for entry in result.entries:
        if lines:
            lines.append(("", "ink", False))
        name = f"   — {entry.source}" if entry.source != source else ""
        source = entry.source
        lines.append((f"{entry.word}  {entry.reading}".rstrip() + name, "accent", True))
        many = len(entry.meanings) > 1
        lines += (
            (f"{number}. {meaning}" if many else line, "ink", False)
            for number, meaning in enumerate(entry.meanings, 1)
            for line in ([meaning] if many else meaning.split("\n"))
        )
    return lines
