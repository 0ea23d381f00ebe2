"""The prompt for a command: what it is, what it receives, and where its output goes."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import N_, _
from reader.lean_dataclasses import dataclass, replace
from reader.regex import regex
from reader.settings.user_commands import CommandOutput, PipedFormat, PipedPart, command_words
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.widgets.clean_input import CleanInput
from reader.ui.widgets.passage import Passage

_Choice = TypeVar("_Choice")
_QUOTED = regex(r"""\\.|'[^']*'|"(?:[^"\\]|\\.)*["]""")
"""What a shell would take literally."""

_OPERATORS = regex(r"[|;<>]|&&|(?:^|\s)&(?:\s|$)")
"""Operators of shells; a single `&` may be part of a URL."""

_PARTS: Mapping[PipedPart, str] = {
    PipedPart.SELECTION: N_("Selection"),
    PipedPart.SECTION: N_("Section"),
    PipedPart.ARTICLE: N_("Article"),
    PipedPart.NOTHING: N_("Nothing"),
}
_FORMATS: Mapping[PipedFormat, str] = {
    PipedFormat.TEXT: N_("Text"),
    PipedFormat.MARKDOWN: "Markdown",
    PipedFormat.HTML: "HTML",
    PipedFormat.JSON: "JSON",
}
_OUTPUTS: Mapping[CommandOutput, str] = {
    CommandOutput.BOX: N_("shown here"),
    CommandOutput.PAGER: N_("in the pager"),
    CommandOutput.TERMINAL: N_("on the terminal"),
    CommandOutput.NOTHING: N_("discarded"),
}


@dataclass(frozen=True, slots=True)
class PipeRequest:
    """A command as it was typed.

    Attributes:
        line: The command.
        part: The part of the article that it receives.
        format: The format in which it receives the part.
        output: Where its output goes.
    """

    line: str
    part: PipedPart = PipedPart.ARTICLE
    format: PipedFormat = PipedFormat.TEXT
    output: CommandOutput = CommandOutput.BOX


class PipePrompt(Dialog[PipeRequest]):
    """Asks for a command; returns it with the choices."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.PIPE, priority=True)

    def __init__(
        self, colours: Colours, keymap: Keymap, begun: PipeRequest, history: Sequence[str], articles: str = ""
    ) -> None:
        """Start with `begun`; `history` has earlier lines, the newest first; `articles` describes several articles."""
        hints = (
            Hint(_("run"), fixed=("enter",)),
            Hint(_("part"), ("pipe.part",)),
            Hint(_("format"), ("pipe.format",)),
            Hint(_("output"), ("pipe.output",)),
            Hint(_("earlier commands"), ("pipe.earlier",)),
            Hint(_("cancel"), ("box.close",)),
        )
        super().__init__(colours, keymap, _("Pipe to a command"), hints)
        self._request = begun
        self._lines = ["", *history]
        self._at = 0
        self._articles = articles
        if articles and begun.part is not PipedPart.NOTHING:
            self._request = replace(begun, part=PipedPart.ARTICLE)

    def body(self) -> ComposeResult:
        """Compose the input and the choices."""
        yield CleanInput(placeholder=_("such as wc -m"), compact=True, id="pipe-input")
        yield Passage(self._choices(), id="pipe-choices")

    def _choices(self) -> str:
        request = self._request
        part = _(_PARTS[request.part])
        if self._articles:
            only_paths = request.part is PipedPart.NOTHING
            part = _("Paths of {articles}").format(articles=self._articles) if only_paths else self._articles
            if only_paths:
                return f"{part} → {_(_OUTPUTS[request.output])}"
        return f"{part} · {_(_FORMATS[request.format])} → {_(_OUTPUTS[request.output])}"

    def _choose(self, request: PipeRequest) -> None:
        self._request = request
        self.query_one("#pipe-choices", Passage).show(self._choices())

    def action_part(self) -> None:
        """Choose the next part of the article."""
        parts = [PipedPart.ARTICLE, PipedPart.NOTHING] if self._articles else list(PipedPart)
        self._choose(replace(self._request, part=_after(self._request.part, parts)))

    def action_format(self) -> None:
        """Choose the next format."""
        self._choose(replace(self._request, format=_after(self._request.format, list(PipedFormat))))

    def action_output(self) -> None:
        """Choose the next place for the output."""
        self._choose(replace(self._request, output=_after(self._request.output, list(CommandOutput))))

    def action_earlier(self) -> None:
        """Show an earlier command."""
        self._show(self._at + 1)

    def action_newer(self) -> None:
        """Show a later command, or what was typed."""
        self._show(self._at - 1)

    def _show(self, number: int) -> None:
        line = self.query_one(CleanInput)
        if 0 <= number < len(self._lines):
            if self._at == 0:
                self._lines[0] = line.value
            self._at = number
            line.value = self._lines[number]
            line.action_end()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the command."""
        event.stop()
        line = event.value.strip()
        if line and (mistake := _mistake(line)):
            self.query_one("#pipe-choices", Passage).show(mistake)
        else:
            self.dismiss(replace(self._request, line=line) if line else None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the choices again, instead of the message about a mistake."""
        event.stop()
        self._choose(self._request)


def _mistake(line: str) -> str:
    """Say why a line cannot be run; empty if it can."""
    words = command_words(line)
    if not words:
        return _("A quotation mark is not closed")
    if _OPERATORS.search(_QUOTED.sub("", line)):
        return _("No shell runs this: for pipes and redirections write sh -c '…'")
    return ""


def _after(value: _Choice, values: Sequence[_Choice]) -> _Choice:
    return values[(values.index(value) + 1) % len(values)]
