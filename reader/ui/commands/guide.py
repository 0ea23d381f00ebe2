"""The help, and the palette of all actions and themes."""

from collections.abc import Awaitable, Callable

from reader.keymap.action_synonyms import ALIASES, SYNONYMS
from reader.keymap.actions import Action, Context
from reader.keymap.key_names import key_label
from reader.language import _
from reader.themes.theme import AUTOMATIC
from reader.ui.commands.appearance import Appearance
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.typed_commands import TypedActions, TypedCommands
from reader.ui.screens import modals
from reader.ui.session import Session

_THEME = "theme:"


class Guide:
    """Help and palette."""

    def __init__(
        self,
        session: Session,
        host: Host,
        appearance: Appearance,
        run: Callable[[str], Awaitable[None]],
        typed_actions: TypedActions,
    ) -> None:
        """List the actions; `run` performs a chosen one, and `typed_actions` a typed command."""
        self._session = session
        self._host = host
        self._appearance = appearance
        self._run = run
        self._typed_actions = typed_actions

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"help": self._help, "palette": self._palette}

    def _help(self) -> None:
        """Show all keys."""
        session = self._session
        self._host.push(modals.HelpScreen(session.colours, session.keymap, session.settings.typesetting))

    def _palette(self) -> None:
        """Show all actions and themes, and perform the chosen one."""
        keymap = self._session.keymap
        entries = [
            modals.PaletteEntry(_(one.title), keymap.label(one.name), one.id, _names(one), _keys(one))
            for one in keymap.of(Context.PAGE)
            if one.id != "palette"
        ]
        for name, theme in self._session.themes.themes().items():
            title = _("Theme: {title}").format(title=theme.title)
            entries.append(modals.PaletteEntry(title, "", _THEME + name, f"{title} theme {name}", (theme.title, name)))
        title = _("Theme: like the terminal's background")
        entries.append(modals.PaletteEntry(title, "", _THEME + AUTOMATIC, f"{title} theme {AUTOMATIC}", (AUTOMATIC,)))

        typed = TypedCommands(self._typed_actions)

        def chosen(value: str | None) -> None:
            if value and typed.run(value):
                return
            if value and value.startswith(_THEME):
                self._appearance.use(value.removeprefix(_THEME))
            elif value:
                self._host.soon(self._run, value)

        palette = modals.PaletteScreen(
            self._session.colours,
            keymap,
            entries,
            _("All actions"),
            typed=modals.TypedChoices(typed.movements, typed.with_words, typed.otherwise),
        )
        self._host.push(palette, chosen)


def _keys(action: Action) -> tuple[str, ...]:
    """The texts that find an action before all others: the labels of its keys, and its aliases."""
    return (*map(key_label, action.keys), *ALIASES.get(action.id, ()))


def _names(action: Action) -> str:
    """The names of an action: its title and its synonyms, in English and in the language in use, and its id."""
    others = SYNONYMS.get(action.id, "")
    return " ".join((_(action.title), action.title, action.id, *((_(others), others) if others else ())))
