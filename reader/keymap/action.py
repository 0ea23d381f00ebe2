"""What an action is: its keys, where they work, and its section in the help."""

from enum import StrEnum

from reader.language import N_
from reader.lean_dataclasses import dataclass


class Group(StrEnum):
    """The sections of the help, in its order."""

    MOVE = N_("Navigation")
    ARTICLES = N_("Articles")
    FIND = N_("Find")
    KEEP = N_("Marks and export")
    SELECT = N_("While selecting text")
    LOOK = N_("Display")
    PROGRAM = N_("General")
    COMMANDS = N_("Your own commands")
    LISTS = N_("In lists and the sidebar")
    MARKS = N_("In lists of bookmarks and highlights")
    BOXES = N_("In dialogs and text fields")


class Context(StrEnum):
    """Where a key works. A widget or modal has the keys of its own context and of its base class."""

    PAGE = "page"
    SELECTING = "selecting"
    LIST = "list"
    SIDEBAR = "sidebar"
    CALENDAR = "calendar"
    MARKS = "marks"
    BOOKMARKS = "bookmarks"
    HIGHLIGHTS = "highlights"
    BOX = "box"
    TYPING = "typing"
    FIND = "find"
    SEARCH = "search"
    TAGS = "tags"
    NOTE = "note"
    PIPE = "pipe"
    OUTPUT = "output"
    LOOK_UP = "look_up"
    REVIEW = "review"
    RESTORE = "restore"
    FOOTNOTE = "footnote"
    FRONT = "front"
    INTERRUPTED = "interrupted"
    LINKED = "linked"
    PICTURE = "picture"
    UNSAVED = "unsaved"
    UNDO = "undo"
    RECENT = "recent"
    ROWS = "rows"
    STATISTICS = "statistics"
    HELP = "help"


SIDEBAR = (Context.LIST, Context.SIDEBAR)
"""The contexts whose keys the sidebar takes before those of the page."""


@dataclass(frozen=True, slots=True)
class Action:
    """An action that keys can trigger.

    Attributes:
        id: Its name, unique in its context.
        keys: Its keys; hints show the first one.
        title: Its description in English; translate it with `language._` when it is shown.
        group: Its section in the help.
        footer: A short title for the hints in the status line, or empty if it is not shown there.
        context: Where its keys work.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    group: Group
    footer: str = ""
    context: Context = Context.PAGE

    @property
    def name(self) -> str:
        """The name in a keymap: `next_section`, and outside the page `marks.delete`."""
        return self.id if self.context is Context.PAGE else f"{self.context}.{self.id}"
