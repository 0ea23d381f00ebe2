"""The table of actions: one row each, from which bindings, footer, help, palette and the README's key table are made.

Keys are written as Textual names them ("ctrl+p", "right_square_bracket", "f6"). Every action has a key that is no
letter, because a letter may never arrive while an input method is on.
"""

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """The sections of the help, in its order."""

    MOVE = "Move"
    ARTICLES = "Articles"
    FIND = "Find"
    KEEP = "Keep"
    SELECT = "While selecting"
    LOOK = "Look"
    PROGRAM = "Program"


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does.

    Attributes:
        id: Its name in a person's keymap, and of the method `action_<id>` that does it.
        keys: The keys that do it, the one to teach first.
        title: What it does, in English; a person reads it through `language._`.
        group: Where the help lists it.
        footer: A short title for the status line's right end, or empty if it is not shown there.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    group: Group
    footer: str = ""


ACTIONS: tuple[Action, ...] = (
    Action("line_down", ("j", "down"), "Line down", Group.MOVE),
    Action("line_up", ("k", "up"), "Line up", Group.MOVE),
    Action("page_down", ("space", "pagedown"), "Page down", Group.MOVE),
    Action("page_up", ("b", "pageup", "shift+space"), "Page up", Group.MOVE),
    Action("half_page_down", ("d", "ctrl+d"), "Half a page down", Group.MOVE),
    Action("half_page_up", ("u", "ctrl+u"), "Half a page up", Group.MOVE),
    Action("top", ("g", "home"), "To the beginning", Group.MOVE),
    Action("bottom", ("G", "end"), "To the end", Group.MOVE),
    Action("next_section", ("right_square_bracket", "alt+down"), "Next section", Group.MOVE, "Next section"),
    Action("previous_section", ("left_square_bracket", "alt+up"), "Previous section", Group.MOVE),
    Action("history_back", ("H", "alt+left", "backspace"), "Back to where one was", Group.MOVE),
    Action("history_forward", ("L", "alt+right"), "Forward again", Group.MOVE),
    Action("next_article", ("J", "alt+pagedown"), "Next article", Group.ARTICLES),
    Action("previous_article", ("K", "alt+pageup"), "Previous article", Group.ARTICLES),
    Action("recent", ("h", "shift+f6"), "Read last", Group.ARTICLES),
    Action("switch_view", ("V", "f10"), "Sidebar by category, by date, or one list", Group.ARTICLES),
    Action("arrange", ("S", "f5"), "Sort and group the sidebar", Group.ARTICLES),
    Action("toggle_read", ("r", "ctrl+r"), "Read, or unread", Group.ARTICLES),
    Action("star", ("asterisk",), "Star, or no star", Group.ARTICLES),
    Action("later", ("w", "ctrl+w"), "Read later, or not", Group.ARTICLES),
    Action("tags", ("number_sign",), "Tags", Group.ARTICLES),
    Action("open_original", ("o", "f8"), "Open the original in the browser", Group.ARTICLES),
    Action("search", ("F", "f3"), "Search all articles", Group.FIND, "Search"),
    Action("find", ("slash", "ctrl+f"), "Find in the article; in the sidebar, jump by typing", Group.FIND, "Find"),
    Action("next_hit", ("n", "f4"), "Next hit", Group.FIND),
    Action("previous_hit", ("N", "shift+f4"), "Previous hit", Group.FIND),
    Action("bookmark", ("m", "f2"), "Bookmark this place: then a letter for it, or the key again", Group.KEEP),
    Action("bookmarks", ("apostrophe", "shift+f2"), "To a bookmark: then its letter, or the key again", Group.KEEP),
    Action("select", ("v", "ctrl+@"), "Select text by keys", Group.KEEP),
    Action("highlight", ("a", "ctrl+t"), "Highlight what is selected", Group.KEEP),
    Action("highlights", ("A", "ctrl+g"), "Highlights and notes", Group.KEEP),
    Action("undo", ("U", "ctrl+z"), "Undo the last change of a mark", Group.KEEP),
    Action("redo", ("ctrl+y",), "Do it again", Group.KEEP),
    Action("export", ("s", "ctrl+s"), "Export the article as text", Group.KEEP),
    Action("export_marked", ("E", "ctrl+e"), "Export it as Markdown, highlights and notes with it", Group.KEEP),
    Action("copy", ("y", "ctrl+c"), "Copy the selection, or the section", Group.KEEP),
    Action("toggle_outline", ("t", "f6"), "Outline", Group.LOOK, "Outline"),
    Action("toggle_sidebar", ("backslash", "f9"), "Sidebar", Group.LOOK),
    Action("zen", ("z", "f11"), "Only the page", Group.LOOK),
    Action("theme", ("c", "f7"), "Next theme", Group.LOOK),
    Action("wider", ("plus", "ctrl+right"), "Wider lines", Group.LOOK),
    Action("narrower", ("minus", "ctrl+left"), "Narrower lines", Group.LOOK),
    Action("usual_measure", ("equals_sign", "ctrl+up"), "Lines of the usual width", Group.LOOK),
    Action("scroll_right", ("greater_than_sign", "shift+right"), "Wide code to the right", Group.LOOK),
    Action("scroll_left", ("less_than_sign", "shift+left"), "Wide code to the left", Group.LOOK),
    Action("next_pane", ("tab",), "Next pane", Group.PROGRAM),
    Action("previous_pane", ("shift+tab",), "Previous pane", Group.PROGRAM),
    Action("statistics", ("i", "shift+f5"), "Reading statistics", Group.PROGRAM),
    Action("stop_reading", ("X", "f12"), "Stop reading the archive, or go on", Group.PROGRAM),
    Action("help", ("question_mark", "f1"), "Help", Group.PROGRAM, "Help"),
    Action("palette", ("colon", "ctrl+p"), "All actions", Group.PROGRAM),
    Action("back", ("escape",), "Back", Group.PROGRAM),
    Action("quit", ("q", "ctrl+q"), "Quit", Group.PROGRAM),
)

SELECTING: tuple[Action, ...] = (
    Action("forward", ("l", "right"), "One on", Group.SELECT),
    Action("backward", ("h", "left"), "One back", Group.SELECT),
    Action("down", ("j", "down"), "A line down", Group.SELECT),
    Action("up", ("k", "up"), "A line up", Group.SELECT),
    Action("page_down", ("pagedown",), "A page down", Group.SELECT),
    Action("page_up", ("pageup",), "A page up", Group.SELECT),
    Action("extend", ("v", "space"), "Select from here on, or no more", Group.SELECT),
    Action("swap", ("o",), "Move the other end", Group.SELECT),
    Action("character", ("c",), "By characters", Group.SELECT),
    Action("word", ("w",), "By words", Group.SELECT),
    Action("sentence", ("s",), "By sentences", Group.SELECT),
    Action("paragraph", ("p",), "By paragraphs", Group.SELECT),
    Action("next_unit", ("tab",), "By the next of these", Group.SELECT),
    Action("highlight", ("a", "enter"), "Highlight it", Group.SELECT),
    Action("colour_1", ("1",), "Highlight it in the first colour", Group.SELECT),
    Action("colour_2", ("2",), "Highlight it in the second colour", Group.SELECT),
    Action("colour_3", ("3",), "Highlight it in the third colour", Group.SELECT),
    Action("colour_4", ("4",), "Highlight it in the fourth colour", Group.SELECT),
    Action("note", ("n", "e", "f2"), "Highlight it with a note, or edit the note", Group.SELECT),
    Action("delete", ("d", "x", "delete"), "Take the highlight away", Group.SELECT),
    Action("copy", ("y", "ctrl+c"), "Copy it", Group.SELECT),
    Action("leave", ("q", "escape"), "Select no more", Group.SELECT),
)
"""What keys do while text is selected by keys; the page's own keys wait until that ends."""

_KEY_LABELS = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "slash": "/",
    "apostrophe": "'",
    "asterisk": "*",
    "number_sign": "#",
    "@": "Space",  # Ctrl+Space arrives as Ctrl+@
    "backspace": "Backspace",
    "delete": "Delete",
    "backslash": "\\",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "question_mark": "?",
    "colon": ":",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "space": "Space",
    "tab": "Tab",
    "escape": "Esc",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "enter": "Enter",
}


def key_label(key: str) -> str:
    """How a key is written for people: "right_square_bracket" is "]", "shift+f2" is "Shift+F2"."""
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    label = _KEY_LABELS.get(last, last.upper() if len(last) > 1 and last[0] == "f" and last[1:].isdigit() else last)
    if modifiers and len(label) == 1:
        label = label.upper()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), label])


def ascii_twin(character: str) -> str:
    """The ASCII twin of a full-width character (U+FF01 to U+FF5E, U+3000), as an input method sends it, or itself."""
    if character == "\u3000":
        return " "
    return chr(ord(character) - 0xFEE0) if len(character) == 1 and "\uff01" <= character <= "\uff5e" else character
