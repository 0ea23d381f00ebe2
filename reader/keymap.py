"""The table of actions: one row each, from which bindings, footer, help, palette and the README's key table are made.

Keys are written as Textual names them ("ctrl+p", "right_square_bracket", "f6"). Every action has a key that is no
letter, because a letter may never arrive while an input method is on.
"""

from dataclasses import dataclass
from enum import StrEnum

from reader.language import N_


class Group(StrEnum):
    """The sections of the help, in its order."""

    MOVE = N_("Navigation")
    ARTICLES = N_("Articles")
    FIND = N_("Find")
    KEEP = N_("Marks and export")
    SELECT = N_("While selecting text")
    LOOK = N_("Display")
    PROGRAM = N_("General")


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
    Action("line_down", ("j", "down"), N_("Line down"), Group.MOVE),
    Action("line_up", ("k", "up"), N_("Line up"), Group.MOVE),
    Action("page_down", ("space", "pagedown"), N_("Page down"), Group.MOVE),
    Action("page_up", ("b", "pageup", "shift+space"), N_("Page up"), Group.MOVE),
    Action("half_page_down", ("d", "ctrl+d"), N_("Half page down"), Group.MOVE),
    Action("half_page_up", ("u", "ctrl+u"), N_("Half page up"), Group.MOVE),
    Action("top", ("g", "home"), N_("Go to the beginning"), Group.MOVE),
    Action("bottom", ("G", "end"), N_("Go to the end"), Group.MOVE),
    Action("next_section", ("right_square_bracket", "alt+down"), N_("Next section"), Group.MOVE, N_("Next section")),
    Action("previous_section", ("left_square_bracket", "alt+up"), N_("Previous section"), Group.MOVE),
    Action("history_back", ("H", "alt+left", "backspace"), N_("Go back"), Group.MOVE),
    Action("history_forward", ("L", "alt+right"), N_("Go forward"), Group.MOVE),
    Action("next_article", ("J", "alt+pagedown"), N_("Next article"), Group.ARTICLES),
    Action("previous_article", ("K", "alt+pageup"), N_("Previous article"), Group.ARTICLES),
    Action("recent", ("h", "shift+f6"), N_("Recently read"), Group.ARTICLES),
    Action("switch_view", ("V", "f10"), N_("Switch the sidebar: categories, dates, all articles"), Group.ARTICLES),
    Action("arrange", ("S", "f5"), N_("Sort and group the sidebar"), Group.ARTICLES),
    Action("toggle_read", ("r", "ctrl+r"), N_("Toggle read"), Group.ARTICLES),
    Action("star", ("asterisk",), N_("Toggle star"), Group.ARTICLES),
    Action("later", ("w", "ctrl+w"), N_("Toggle read later"), Group.ARTICLES),
    Action("tags", ("number_sign",), N_("Edit tags"), Group.ARTICLES),
    Action("open_original", ("o", "f8"), N_("Open the original in the browser"), Group.ARTICLES),
    Action("search", ("F", "f3"), N_("Search all articles"), Group.FIND, N_("Search")),
    Action(
        "find",
        ("slash", "ctrl+f"),
        N_("Find in the article, or jump to a title in the sidebar"),
        Group.FIND,
        N_("Find"),
    ),
    Action("next_hit", ("n", "f4"), N_("Next match"), Group.FIND),
    Action("previous_hit", ("N", "shift+f4"), N_("Previous match"), Group.FIND),
    Action(
        "bookmark", ("m", "f2"), N_("Add a bookmark (then press a letter for it, or the same key for none)"), Group.KEEP
    ),
    Action(
        "bookmarks",
        ("apostrophe", "shift+f2"),
        N_("Go to a bookmark (then press its letter, or the same key for the list)"),
        Group.KEEP,
    ),
    Action("select", ("v", "ctrl+@"), N_("Select text with the keyboard"), Group.KEEP),
    Action("highlight", ("a", "ctrl+t"), N_("Highlight the selection"), Group.KEEP),
    Action("highlights", ("A", "ctrl+g"), N_("Highlights and notes"), Group.KEEP),
    Action("undo", ("U", "ctrl+z"), N_("Undo the last change to marks"), Group.KEEP),
    Action("redo", ("ctrl+y",), N_("Redo"), Group.KEEP),
    Action("export", ("s", "ctrl+s"), N_("Export the article as plain text"), Group.KEEP),
    Action(
        "export_marked", ("E", "ctrl+e"), N_("Export the article as Markdown with highlights and notes"), Group.KEEP
    ),
    Action("copy", ("y", "ctrl+c"), N_("Copy the selection or the section"), Group.KEEP),
    Action("toggle_outline", ("t", "f6"), N_("Toggle the outline"), Group.LOOK, N_("Outline")),
    Action("toggle_sidebar", ("backslash", "f9"), N_("Toggle the sidebar"), Group.LOOK),
    Action("zen", ("z", "f11"), N_("Zen mode"), Group.LOOK),
    Action("theme", ("c", "f7"), N_("Next theme"), Group.LOOK),
    Action("wider", ("plus", "ctrl+right"), N_("Increase line width"), Group.LOOK),
    Action("narrower", ("minus", "ctrl+left"), N_("Decrease line width"), Group.LOOK),
    Action("usual_measure", ("equals_sign", "ctrl+up"), N_("Reset line width"), Group.LOOK),
    Action("scroll_right", ("greater_than_sign", "shift+right"), N_("Scroll code right"), Group.LOOK),
    Action("scroll_left", ("less_than_sign", "shift+left"), N_("Scroll code left"), Group.LOOK),
    Action("next_pane", ("tab",), N_("Next pane"), Group.PROGRAM),
    Action("previous_pane", ("shift+tab",), N_("Previous pane"), Group.PROGRAM),
    Action("statistics", ("i", "shift+f5"), N_("Reading statistics"), Group.PROGRAM),
    Action("stop_reading", ("X", "f12"), N_("Pause or resume indexing"), Group.PROGRAM),
    Action("help", ("question_mark", "f1"), N_("Help"), Group.PROGRAM, N_("Help")),
    Action("palette", ("colon", "ctrl+p"), N_("All actions"), Group.PROGRAM),
    Action("back", ("escape",), N_("Close or go back"), Group.PROGRAM),
    Action("repaint", ("ctrl+l",), N_("Redraw the screen"), Group.PROGRAM),
    Action("suspend", ("Z", "ctrl+backslash"), N_("Suspend to the shell (“fg” resumes)"), Group.PROGRAM),
    Action("quit", ("q", "ctrl+q"), N_("Quit"), Group.PROGRAM),
)

SELECTING: tuple[Action, ...] = (
    Action("forward", ("l", "right"), N_("Forward one unit"), Group.SELECT),
    Action("backward", ("h", "left"), N_("Back one unit"), Group.SELECT),
    Action("down", ("j", "down"), N_("Line down"), Group.SELECT),
    Action("up", ("k", "up"), N_("Line up"), Group.SELECT),
    Action("page_down", ("pagedown",), N_("Page down"), Group.SELECT),
    Action("page_up", ("pageup",), N_("Page up"), Group.SELECT),
    Action("extend", ("v", "space"), N_("Start or stop extending the selection"), Group.SELECT),
    Action("swap", ("o",), N_("Adjust the other end"), Group.SELECT),
    Action("character", ("c",), N_("Select by character"), Group.SELECT),
    Action("word", ("w",), N_("Select by word"), Group.SELECT),
    Action("sentence", ("s",), N_("Select by sentence"), Group.SELECT),
    Action("paragraph", ("p",), N_("Select by paragraph"), Group.SELECT),
    Action("next_unit", ("tab",), N_("Switch to the next unit"), Group.SELECT),
    Action("highlight", ("a", "enter"), N_("Highlight"), Group.SELECT),
    Action("colour_1", ("1",), N_("Highlight in colour 1"), Group.SELECT),
    Action("colour_2", ("2",), N_("Highlight in colour 2"), Group.SELECT),
    Action("colour_3", ("3",), N_("Highlight in colour 3"), Group.SELECT),
    Action("colour_4", ("4",), N_("Highlight in colour 4"), Group.SELECT),
    Action("note", ("n", "e", "f2"), N_("Add or edit a note"), Group.SELECT),
    Action("delete", ("d", "x", "delete"), N_("Remove the highlight"), Group.SELECT),
    Action("copy", ("y", "ctrl+c"), N_("Copy"), Group.SELECT),
    Action("leave", ("q", "escape"), N_("Stop selecting"), Group.SELECT),
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
