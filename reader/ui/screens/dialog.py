"""The base class of the modals: a plain box with a title and key hints, closed by Esc."""

from asyncio import Event
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.events import DescendantFocus, Key, Resize
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint, PressedKeys, bindings, hint_line
from reader.ui.row_compositor import RowCompositor
from reader.ui.unbound_keys import UnboundKeys
from reader.ui.widgets.dialog_box import DialogBox
from reader.ui.widgets.passage import Passage

_Result = TypeVar("_Result")
_LOW = 18
"""Rows of the terminal below which a modal has no blank rows."""
_MESSAGE_SECONDS = 4.0


class Dialog(ModalScreen[_Result | None], Generic[_Result]):
    """A modal over the page, with a title, a body and a hint line."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.BOX)

    def __init__(self, colours: Colours, keymap: Keymap, title: str, hints: Sequence[Hint] = ()) -> None:
        """A modal with a title and key `hints`."""
        super().__init__()
        self._compositor = RowCompositor()
        self.colours = colours
        self._box_title = title
        self.keymap = keymap
        self._hints = hints
        self._dismissed = False
        self.unbound = UnboundKeys(self, keymap, self._explain)
        self.ready = Event()

    def compose(self) -> ComposeResult:
        """Compose the box."""
        with DialogBox(id="box"):
            yield Label(self._box_title, id="box-title", markup=False)
            yield from self.body()
            if keys := hint_line(self.keymap, self._hints):
                yield Passage(keys, id="box-keys", parts=True)

    def on_mount(self) -> None:
        """Remove blank rows on a low terminal."""
        self.fit()
        self.ready.set()

    def on_resize(self, event: Resize) -> None:
        """Remove blank rows on a low terminal."""
        del event
        self.fit()

    def fit(self) -> None:
        """Adapt to the size of the terminal."""
        self.set_class(self.app.size.height < _LOW, "-low")

    def dismiss(self, result: _Result | None = None) -> AwaitComplete:
        """Close the modal once; a second Enter that is typed fast must not close the screen below."""
        if self._dismissed:
            return AwaitComplete()
        self._dismissed = True
        return super().dismiss(result)

    def typing_hints(self) -> Sequence[Hint]:
        """The hints while the user types into a line that is not always there; none if the hints stay the same."""
        return ()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show only hints for keys that work where the focus is."""
        if typing := self.typing_hints():
            hints = typing if isinstance(event.widget, Input) else self._hints
            self.query_one("#box-keys", Passage).show(hint_line(self.keymap, hints))

    async def left_over(self, event: Key, perform: Callable[[str], Awaitable[None]]) -> None:
        """Handle a key that nothing in the modal takes: a full-width twin, the key of the help, or an unknown one.

        `perform` performs an action of the reading screen.
        """
        keys = PressedKeys(self.keymap)
        is_bound = event.key in self.active_bindings
        if twin := keys.twin(event):
            self.app.post_message(twin)
        elif not is_bound and self.unbound.is_waiting and keys.action(event) == "help":
            # Without this, the key would also reach the screen that is shown next.
            event.prevent_default()
            await self.asked_for_help(perform)
        else:
            self.unbound.pressed(event, is_bound=is_bound)

    async def asked_for_help(self, perform: Callable[[str], Awaitable[None]]) -> None:
        """Open the help over the modal."""
        await perform("help")

    def _explain(self, message: str) -> None:
        """Show a message in place of the hints for a few seconds."""
        for keys in self.query("#box-keys").results(Passage):
            keys.say(message, _MESSAGE_SECONDS)

    def body(self) -> ComposeResult:
        """Compose the content."""
        raise NotImplementedError

    def action_close(self) -> None:
        """Close the modal without a result."""
        self.dismiss(None)
