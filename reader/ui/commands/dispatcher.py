"""From the id of an action to what does it: the one way in for keys, the palette and a person's own keymap."""

from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable

from reader.errors import StoreError
from reader.ui.session import Session

Doer = Callable[[], Awaitable[object] | object]
Doers = Mapping[str, Doer]
"""What does each action, by the action's id; one that waits for something is a coroutine."""


class Dispatcher:
    """All actions of the reading screen."""

    def __init__(self, session: Session, *parts: Doers) -> None:
        """Dispatch to what `parts` do.

        Raises:
            ValueError: Two parts do the same action.
        """
        self._session = session
        self._doers: dict[str, Doer] = {}
        for part in parts:
            if twice := self._doers.keys() & part.keys():
                raise ValueError(f"done twice: {sorted(twice)}")
            self._doers |= part

    @property
    def ids(self) -> frozenset[str]:
        """The actions that can be done."""
        return frozenset(self._doers)

    async def run(self, action_id: str) -> None:
        """Do an action; where the store of marks cannot be used for it, that is reported.

        Raises:
            KeyError: There is no such action.
        """
        try:
            doing = self._doers[action_id]()
            if isawaitable(doing):
                await doing
        except StoreError as error:
            self._session.report(error)
