"""The dispatcher: from the id of an action to the code that performs it, for keys, palette and custom keymaps."""

from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable

from reader.errors import StoreError
from reader.ui.session import Session

Handler = Callable[[], Awaitable[object] | object]
Handlers = Mapping[str, Handler]
"""The function of each action, by action id; asynchronous actions are coroutine functions."""


class Dispatcher:
    """All actions of the reading screen."""

    def __init__(self, session: Session, *parts: Handlers) -> None:
        """Dispatch to the actions of `parts`.

        Raises:
            ValueError: Two parts have the same action.
        """
        self._session = session
        self._handlers: dict[str, Handler] = {}
        for part in parts:
            if twice := self._handlers.keys() & part.keys():
                raise ValueError(f"done twice: {sorted(twice)}")
            self._handlers |= part

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all actions."""
        return frozenset(self._handlers)

    async def run(self, action_id: str) -> None:
        """Perform an action; report an error of the marks database.

        Raises:
            KeyError: There is no such action.
        """
        try:
            doing = self._handlers[action_id]()
            if isawaitable(doing):
                await doing
        except StoreError as error:
            self._session.report(error)
