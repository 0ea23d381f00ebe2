"""The table of actions and their default keys.

Bindings, hints, status line, help, palette and the README's tables are generated from it. Keys have Textual's names
("ctrl+p"). Every action of the reading screen has a key that is not a letter, since input methods intercept letters.
"""

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
    STATISTICS = "statistics"
    HELP = "help"


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


_PAGE: tuple[Action, ...] = (
    Action("line_down", ("j", "down"), N_("Line down"), Group.MOVE),
    Action("line_up", ("k", "up"), N_("Line up"), Group.MOVE),
    Action("page_down", ("space", "pagedown"), N_("Page down"), Group.MOVE),
    Action("page_up", ("b", "pageup", "shift+space"), N_("Page up"), Group.MOVE),
    Action("half_page_down", ("d", "ctrl+d"), N_("Half page down"), Group.MOVE),
    Action("half_page_up", ("u", "ctrl+u"), N_("Half page up"), Group.MOVE),
    Action("top", ("g", "home"), N_("Go to the beginning"), Group.MOVE),
    Action("bottom", ("G", "end"), N_("Go to the end"), Group.MOVE),
    Action("percent", ("percent_sign",), N_("Go to a percentage of the article: 50 %"), Group.MOVE),
    Action("next_section", ("right_square_bracket", "alt+down"), N_("Next section"), Group.MOVE, N_("Next section")),
    Action("previous_section", ("left_square_bracket", "alt+up"), N_("Previous section"), Group.MOVE),
    Action("next_paragraph", ("right_parenthesis", "ctrl+shift+down"), N_("Next paragraph"), Group.MOVE),
    Action("previous_paragraph", ("left_parenthesis", "ctrl+shift+up"), N_("Previous paragraph"), Group.MOVE),
    Action("history_back", ("H", "alt+left", "backspace"), N_("Go back"), Group.MOVE),
    Action("history_forward", ("L", "alt+right"), N_("Go forward"), Group.MOVE),
    Action("next_article", ("J", "alt+pagedown"), N_("Next article"), Group.ARTICLES),
    Action("previous_article", ("K", "alt+pageup"), N_("Previous article"), Group.ARTICLES),
    Action("front_page", ("0", "ctrl+home"), N_("Front page: what to read next"), Group.ARTICLES),
    Action("recent", ("h", "shift+f6"), N_("Recently read"), Group.ARTICLES),
    Action("switch_view", ("V", "f10"), N_("Switch the sidebar: categories, dates, all articles"), Group.ARTICLES),
    Action("arrange", ("S", "f5"), N_("Sort and group the sidebar"), Group.ARTICLES),
    Action("toggle_read", ("r", "ctrl+r"), N_("Toggle read"), Group.ARTICLES),
    Action("star", ("asterisk",), N_("Toggle star"), Group.ARTICLES),
    Action("later", ("w", "ctrl+w"), N_("Toggle read later"), Group.ARTICLES),
    Action("tags", ("number_sign",), N_("Edit tags"), Group.ARTICLES),
    Action("open_original", ("o", "f8"), N_("Open the original in the browser"), Group.ARTICLES),
    Action("follow_link", ("f", "ctrl+k"), N_("Follow a link by its label"), Group.ARTICLES),
    Action("links", ("l", "shift+f3"), N_("All links of the article"), Group.ARTICLES),
    Action("next_link", ("right_curly_bracket", "shift+down"), N_("Next link"), Group.ARTICLES),
    Action("previous_link", ("left_curly_bracket", "shift+up"), N_("Previous link"), Group.ARTICLES),
    Action("open_link", ("enter",), N_("Open the link"), Group.ARTICLES),
    Action("open_link_on_web", ("O", "ctrl+o"), N_("Open the link in the browser"), Group.ARTICLES),
    Action("copy_link", ("Y", "shift+f7"), N_("Copy the address of the link"), Group.ARTICLES),
    Action("similar", ("M", "ctrl+n"), N_("More like this article"), Group.ARTICLES),
    Action("search", ("F", "f3"), N_("Search all articles"), Group.FIND, N_("Search")),
    Action(
        "find",
        ("slash", "ctrl+f"),
        N_("Find in the article, or jump to a title in the sidebar"),
        Group.FIND,
        N_("Find"),
    ),
    Action("look_up", ("I", "ctrl+down"), N_("Look up the selection, or a word, in dictionaries"), Group.FIND),
    Action("vocabulary", ("Q", "ctrl+end"), N_("Vocabulary: the words that were looked up"), Group.FIND),
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
    Action("review", ("p", "circumflex_accent"), N_("Review the highlights that are due"), Group.KEEP),
    Action("undo", ("U", "ctrl+z"), N_("Undo the last change to marks"), Group.KEEP),
    Action("redo", ("ctrl+y",), N_("Redo"), Group.KEEP),
    Action("export", ("s", "ctrl+s"), N_("Export the article as plain text"), Group.KEEP),
    Action(
        "export_marked", ("E", "ctrl+e"), N_("Export the article as Markdown with highlights and notes"), Group.KEEP
    ),
    Action("export_as", ("tilde",), N_("Export in another format"), Group.KEEP),
    Action("copy", ("y", "ctrl+c"), N_("Copy the selection or the section"), Group.KEEP),
    Action("copy_code", ("C", "shift+f10"), N_("Copy the code block in sight"), Group.KEEP),
    Action("copy_all_code", ("D", "shift+f11"), N_("Copy all code of the article"), Group.KEEP),
    Action("copy_quotation", ("quotation_mark",), N_("Copy as a quotation with its source"), Group.KEEP),
    Action("copy_markdown", ("ampersand",), N_("Copy as Markdown"), Group.KEEP),
    Action("copy_path", ("P", "dollar_sign"), N_("Copy the path of the file"), Group.KEEP),
    Action("show_file", ("at",), N_("Show the file in the file manager"), Group.KEEP),
    Action("edit_source", ("e", "shift+f12"), N_("Edit the source in $EDITOR"), Group.KEEP),
    Action("pipe", ("vertical_line",), N_("Pipe the article to a command"), Group.KEEP),
    Action("whole_page", ("W", "shift+f8"), N_("Show all of a web page, or only its article"), Group.LOOK),
    Action("toggle_outline", ("t", "f6"), N_("Toggle the outline"), Group.LOOK, N_("Outline")),
    Action("toggle_related", ("B", "shift+f9"), N_("Toggle the related articles: links to this one"), Group.LOOK),
    Action("toggle_sidebar", ("backslash", "f9"), N_("Toggle the sidebar"), Group.LOOK),
    Action("zen", ("z", "f11"), N_("Zen mode"), Group.LOOK),
    Action("theme", ("c", "f7"), N_("Next theme"), Group.LOOK),
    Action("chinese", ("T", "shift+f1"), N_("Simplified or traditional Chinese"), Group.LOOK),
    Action("readings", ("R", "ctrl+v"), N_("Pinyin and furigana: of rare characters, of all, or none"), Group.LOOK),
    Action("wider", ("plus", "ctrl+right"), N_("Increase line width"), Group.LOOK),
    Action("narrower", ("minus", "ctrl+left"), N_("Decrease line width"), Group.LOOK),
    Action("reset_width", ("equals_sign", "ctrl+up"), N_("Reset line width"), Group.LOOK),
    Action("vertical", ("semicolon", "ctrl+x"), N_("Vertical text, in columns from right to left"), Group.LOOK),
    Action("columns", ("underscore",), N_("One or two columns"), Group.LOOK),
    Action(
        "scroll_right", ("right", "greater_than_sign", "shift+right"), N_("Right: code, column or page"), Group.LOOK
    ),
    Action("scroll_left", ("left", "less_than_sign", "shift+left"), N_("Left: code, column or page"), Group.LOOK),
    Action("next_pane", ("tab",), N_("Next pane"), Group.PROGRAM),
    Action("previous_pane", ("shift+tab",), N_("Previous pane"), Group.PROGRAM),
    Action("statistics", ("i", "shift+f5"), N_("Reading statistics"), Group.PROGRAM),
    Action("pause_indexing", ("X", "f12"), N_("Pause or resume indexing"), Group.PROGRAM),
    Action("help", ("question_mark", "f1"), N_("Help"), Group.PROGRAM, N_("Help")),
    Action("palette", ("colon", "ctrl+p"), N_("All actions"), Group.PROGRAM),
    Action("back", ("escape",), N_("Close or go back"), Group.PROGRAM),
    Action("repaint", ("ctrl+l",), N_("Redraw the screen"), Group.PROGRAM),
    Action("suspend", ("Z", "ctrl+backslash"), N_("Suspend to the shell (“fg” resumes)"), Group.PROGRAM),
    Action("quit", ("q", "ctrl+q"), N_("Quit"), Group.PROGRAM),
)

_SELECTING: tuple[Action, ...] = (
    Action("forward", ("l", "right"), N_("Forward one unit"), Group.SELECT, context=Context.SELECTING),
    Action("backward", ("h", "left"), N_("Back one unit"), Group.SELECT, context=Context.SELECTING),
    Action("down", ("j", "down"), N_("Line down"), Group.SELECT, context=Context.SELECTING),
    Action("up", ("k", "up"), N_("Line up"), Group.SELECT, context=Context.SELECTING),
    Action("page_down", ("pagedown",), N_("Page down"), Group.SELECT, context=Context.SELECTING),
    Action("page_up", ("pageup",), N_("Page up"), Group.SELECT, context=Context.SELECTING),
    Action(
        "extend", ("v", "space"), N_("Start or stop extending the selection"), Group.SELECT, context=Context.SELECTING
    ),
    Action("swap", ("o",), N_("Adjust the other end"), Group.SELECT, context=Context.SELECTING),
    Action("character", ("c",), N_("Select by character"), Group.SELECT, context=Context.SELECTING),
    Action("word", ("w",), N_("Select by word"), Group.SELECT, context=Context.SELECTING),
    Action("sentence", ("s",), N_("Select by sentence"), Group.SELECT, context=Context.SELECTING),
    Action("paragraph", ("p",), N_("Select by paragraph"), Group.SELECT, context=Context.SELECTING),
    Action("next_unit", ("tab",), N_("Switch to the next unit"), Group.SELECT, context=Context.SELECTING),
    Action("highlight", ("a", "enter"), N_("Highlight"), Group.SELECT, context=Context.SELECTING),
    Action("colour_1", ("1",), N_("Highlight in colour 1"), Group.SELECT, context=Context.SELECTING),
    Action("colour_2", ("2",), N_("Highlight in colour 2"), Group.SELECT, context=Context.SELECTING),
    Action("colour_3", ("3",), N_("Highlight in colour 3"), Group.SELECT, context=Context.SELECTING),
    Action("colour_4", ("4",), N_("Highlight in colour 4"), Group.SELECT, context=Context.SELECTING),
    Action("note", ("n", "e", "f2"), N_("Add or edit a note"), Group.SELECT, context=Context.SELECTING),
    Action("delete", ("d", "x", "delete"), N_("Remove the highlight"), Group.SELECT, context=Context.SELECTING),
    Action("copy", ("y", "ctrl+c"), N_("Copy"), Group.SELECT, context=Context.SELECTING),
    Action("pipe", ("vertical_line",), N_("Pipe to a command"), Group.SELECT, context=Context.SELECTING),
    Action("look_up", ("K", "i"), N_("Look up in dictionaries"), Group.SELECT, context=Context.SELECTING),
    Action("readings", ("r",), N_("Show how the selection is read"), Group.SELECT, context=Context.SELECTING),
    Action("leave", ("escape", "q"), N_("Stop selecting"), Group.SELECT, context=Context.SELECTING),
)
"""The actions of the keyboard selection, which replaces the page's keys while it is active."""

_LISTS: tuple[Action, ...] = (
    Action("down", ("down", "j"), N_("Next row"), Group.LISTS, context=Context.LIST),
    Action("up", ("up", "k"), N_("Previous row"), Group.LISTS, context=Context.LIST),
    Action("page_down", ("pagedown", "space", "ctrl+d", "d"), N_("Page down"), Group.LISTS, context=Context.LIST),
    Action("page_up", ("pageup", "b", "ctrl+u", "u"), N_("Page up"), Group.LISTS, context=Context.LIST),
    Action("first", ("home", "g"), N_("First row"), Group.LISTS, context=Context.LIST),
    Action("last", ("end", "G"), N_("Last row"), Group.LISTS, context=Context.LIST),
    Action("choose", ("enter",), N_("Open the row"), Group.LISTS, context=Context.LIST),
    Action("open", ("right", "l"), N_("Expand a group, or go into it"), Group.LISTS, context=Context.LIST),
    Action("close", ("left", "h"), N_("Collapse a group, or go to its parent"), Group.LISTS, context=Context.LIST),
    Action("forget", ("x", "delete"), N_("Delete a saved search"), Group.LISTS, context=Context.SIDEBAR),
    Action("mark", ("insert", "comma"), N_("Mark the article or the group"), Group.LISTS, context=Context.SIDEBAR),
    Action("mark_range", ("semicolon", "shift+f1"), N_("Mark up to here"), Group.LISTS, context=Context.SIDEBAR),
    Action("mark_all", ("ctrl+a",), N_("Mark the whole list"), Group.LISTS, context=Context.SIDEBAR),
    Action("read_above", ("left_curly_bracket",), N_("Mark all above as read"), Group.LISTS, context=Context.SIDEBAR),
    Action("read_below", ("right_curly_bracket",), N_("Mark all below as read"), Group.LISTS, context=Context.SIDEBAR),
    Action("next_day", ("down", "j"), N_("Calendar: next day"), Group.LISTS, context=Context.CALENDAR),
    Action("previous_day", ("up", "k"), N_("Calendar: previous day"), Group.LISTS, context=Context.CALENDAR),
    Action("next_week", ("right", "l"), N_("Calendar: next week"), Group.LISTS, context=Context.CALENDAR),
    Action("previous_week", ("left", "h"), N_("Calendar: previous week"), Group.LISTS, context=Context.CALENDAR),
    Action("page_down", ("pagedown", "space"), N_("Calendar: later weeks"), Group.LISTS, context=Context.CALENDAR),
    Action("page_up", ("pageup", "b"), N_("Calendar: earlier weeks"), Group.LISTS, context=Context.CALENDAR),
    Action("first", ("home", "g"), N_("Calendar: first day"), Group.LISTS, context=Context.CALENDAR),
    Action("today", ("end", "G"), N_("Calendar: today"), Group.LISTS, context=Context.CALENDAR),
)

_MARKS: tuple[Action, ...] = (
    Action(
        "scope", ("tab",), N_("Switch scope: this article, these archives, all"), Group.MARKS, context=Context.MARKS
    ),
    Action("sort", ("s", "f5"), N_("Change the sort order"), Group.MARKS, context=Context.MARKS),
    Action("find", ("slash", "ctrl+f"), N_("Filter the list"), Group.MARKS, context=Context.MARKS),
    Action("delete", ("d", "x", "delete"), N_("Delete"), Group.MARKS, context=Context.MARKS),
    Action("mark", ("insert", "comma"), N_("Mark the row"), Group.MARKS, context=Context.MARKS),
    Action("mark_range", ("semicolon", "shift+f1"), N_("Mark up to here"), Group.MARKS, context=Context.MARKS),
    Action("mark_all", ("ctrl+a",), N_("Mark the whole list"), Group.MARKS, context=Context.MARKS),
    Action("undo", ("u", "U", "ctrl+z"), N_("Undo"), Group.MARKS, context=Context.MARKS),
    Action("redo", ("ctrl+y",), N_("Redo"), Group.MARKS, context=Context.MARKS),
    Action("back", ("escape",), N_("Clear the filter, then close the list"), Group.MARKS, context=Context.MARKS),
    Action("rename", ("r", "f2"), N_("Rename the bookmark"), Group.MARKS, context=Context.BOOKMARKS),
    Action("letter", ("m", "equals_sign"), N_("Give the bookmark a letter"), Group.MARKS, context=Context.BOOKMARKS),
    Action("close", ("apostrophe", "shift+f2"), N_("Close the bookmarks"), Group.MARKS, context=Context.BOOKMARKS),
    Action("note", ("n", "e", "f2"), N_("Edit the note"), Group.MARKS, context=Context.HIGHLIGHTS),
    Action("colour_1", ("1",), N_("First colour"), Group.MARKS, context=Context.HIGHLIGHTS),
    Action("colour_2", ("2",), N_("Second colour"), Group.MARKS, context=Context.HIGHLIGHTS),
    Action("colour_3", ("3",), N_("Third colour"), Group.MARKS, context=Context.HIGHLIGHTS),
    Action("colour_4", ("4",), N_("Fourth colour"), Group.MARKS, context=Context.HIGHLIGHTS),
    Action("copy", ("y", "ctrl+c"), N_("Copy the text"), Group.MARKS, context=Context.HIGHLIGHTS),
    Action("export", ("E", "ctrl+e"), N_("Export the list as Markdown"), Group.MARKS, context=Context.HIGHLIGHTS),
    Action("export_as", ("tilde",), N_("Export for another program"), Group.MARKS, context=Context.HIGHLIGHTS),
    Action("close", ("A", "ctrl+g"), N_("Close the highlights"), Group.MARKS, context=Context.HIGHLIGHTS),
)

_BOXES: tuple[Action, ...] = (
    Action("close", ("escape", "q", "ctrl+q"), N_("Close the dialog"), Group.BOXES, context=Context.BOX),
    Action("next", ("down", "ctrl+n"), N_("Next row while typing"), Group.BOXES, context=Context.TYPING),
    Action("previous", ("up", "ctrl+p"), N_("Previous row while typing"), Group.BOXES, context=Context.TYPING),
    Action("page_down", ("pagedown",), N_("Eight rows down while typing"), Group.BOXES, context=Context.TYPING),
    Action("page_up", ("pageup",), N_("Eight rows up while typing"), Group.BOXES, context=Context.TYPING),
    Action("next", ("down", "ctrl+n", "f4"), N_("Find: next match"), Group.BOXES, context=Context.FIND),
    Action("previous", ("up", "ctrl+p", "shift+f4"), N_("Find: previous match"), Group.BOXES, context=Context.FIND),
    Action("close", ("escape",), N_("Find: cancel"), Group.BOXES, context=Context.FIND),
    Action("sort", ("tab", "f5"), N_("Search: sort by date or relevance"), Group.BOXES, context=Context.SEARCH),
    Action("save", ("ctrl+s", "f2"), N_("Search: save to the sidebar"), Group.BOXES, context=Context.SEARCH),
    Action("mark", ("insert", "ctrl+@"), N_("Search: mark the article"), Group.BOXES, context=Context.SEARCH),
    Action("mark_all", ("f6",), N_("Search: mark all"), Group.BOXES, context=Context.SEARCH),
    Action("act", ("f7", "ctrl+t"), N_("Search: actions on the marked articles"), Group.BOXES, context=Context.SEARCH),
    Action("close", ("escape", "ctrl+q", "f3"), N_("Search: close"), Group.BOXES, context=Context.SEARCH),
    Action("complete", ("tab",), N_("Tags: accept the suggestion"), Group.BOXES, context=Context.TAGS),
    Action("keep", ("ctrl+s", "f2"), N_("Note: save"), Group.BOXES, context=Context.NOTE),
    Action("edit", ("ctrl+e", "f3"), N_("Note: write in $EDITOR"), Group.BOXES, context=Context.NOTE),
    Action("colour", ("ctrl+o", "f4"), N_("Note: next colour"), Group.BOXES, context=Context.NOTE),
    Action("delete", ("f8",), N_("Note: remove the highlight"), Group.BOXES, context=Context.NOTE),
    Action("leave", ("escape",), N_("Note: close without saving"), Group.BOXES, context=Context.NOTE),
    Action("earlier", ("up", "ctrl+p"), N_("Command: earlier one"), Group.BOXES, context=Context.PIPE),
    Action("newer", ("down", "ctrl+n"), N_("Command: later one"), Group.BOXES, context=Context.PIPE),
    Action("part", ("tab", "f2"), N_("Command: part of the article"), Group.BOXES, context=Context.PIPE),
    Action("format", ("ctrl+t", "f3"), N_("Command: format"), Group.BOXES, context=Context.PIPE),
    Action("output", ("ctrl+o", "f4"), N_("Command: where the output goes"), Group.BOXES, context=Context.PIPE),
    Action("pager", ("p", "f3"), N_("Output: show in the pager"), Group.BOXES, context=Context.OUTPUT),
    Action("copy", ("y", "ctrl+c"), N_("Output: copy"), Group.BOXES, context=Context.OUTPUT),
    Action("copy", ("y", "ctrl+c"), N_("Look up: copy"), Group.BOXES, context=Context.LOOK_UP),
    Action("forget", ("x", "delete"), N_("Look up: remove from the vocabulary"), Group.BOXES, context=Context.LOOK_UP),
    Action("again", ("1",), N_("Review: not remembered"), Group.BOXES, context=Context.REVIEW),
    Action("hard", ("2",), N_("Review: remembered with difficulty"), Group.BOXES, context=Context.REVIEW),
    Action("good", ("3",), N_("Review: remembered"), Group.BOXES, context=Context.REVIEW),
    Action("easy", ("4",), N_("Review: remembered easily"), Group.BOXES, context=Context.REVIEW),
    Action("open", ("enter", "o"), N_("Review: open the article"), Group.BOXES, context=Context.REVIEW),
    Action("undo", ("U", "ctrl+z"), N_("Review: undo"), Group.BOXES, context=Context.REVIEW),
    Action("redo", ("ctrl+y",), N_("Review: redo"), Group.BOXES, context=Context.REVIEW),
    Action("restore", ("enter", "f2"), N_("Corrupt marks: restore the backup"), Group.BOXES, context=Context.RESTORE),
    Action("finish", ("enter",), N_("Interrupted restore: finish it"), Group.BOXES, context=Context.INTERRUPTED),
    Action("discard", ("d",), N_("Interrupted restore: set it aside"), Group.BOXES, context=Context.INTERRUPTED),
    Action("undo", ("enter",), N_("Undo elsewhere: undo the change"), Group.BOXES, context=Context.UNDO),
    Action("save", ("enter",), N_("Unsaved marks: save to a file and quit"), Group.BOXES, context=Context.UNSAVED),
    Action("discard", ("d",), N_("Unsaved marks: quit without saving"), Group.BOXES, context=Context.UNSAVED),
    Action("go", ("enter",), N_("Footnote: follow its link, or go to it"), Group.BOXES, context=Context.FOOTNOTE),
    Action("follow_link", ("f", "ctrl+k"), N_("Footnote: label its links"), Group.BOXES, context=Context.FOOTNOTE),
    Action(
        "next_link", ("right_curly_bracket", "tab"), N_("Footnote: next link"), Group.BOXES, context=Context.FOOTNOTE
    ),
    Action(
        "previous_link",
        ("left_curly_bracket", "shift+tab"),
        N_("Footnote: previous link"),
        Group.BOXES,
        context=Context.FOOTNOTE,
    ),
    Action("go", ("enter",), N_("Link: open the file, or search"), Group.BOXES, context=Context.LINKED),
    Action("enlarge", ("plus", "equals_sign"), N_("Picture: enlarge"), Group.BOXES, context=Context.PICTURE),
    Action("reduce", ("minus",), N_("Picture: make smaller"), Group.BOXES, context=Context.PICTURE),
    Action("fit", ("0",), N_("Picture: show all of it"), Group.BOXES, context=Context.PICTURE),
    Action("left", ("left", "h"), N_("Picture: move left"), Group.BOXES, context=Context.PICTURE),
    Action("right", ("right", "l"), N_("Picture: move right"), Group.BOXES, context=Context.PICTURE),
    Action("up", ("up", "k"), N_("Picture: move up"), Group.BOXES, context=Context.PICTURE),
    Action("down", ("down", "j"), N_("Picture: move down"), Group.BOXES, context=Context.PICTURE),
    Action("open", ("o", "enter"), N_("Picture: open in another program"), Group.BOXES, context=Context.PICTURE),
    Action("close", ("0",), N_("Front page: close"), Group.BOXES, context=Context.FRONT),
    Action("close", ("h", "shift+f6"), N_("Recently read: close"), Group.BOXES, context=Context.RECENT),
    Action("close", ("i",), N_("Reading statistics: close"), Group.BOXES, context=Context.STATISTICS),
    Action("find", ("slash", "ctrl+f"), N_("Help: filter the keys"), Group.BOXES, context=Context.HELP),
)

ACTIONS: tuple[Action, ...] = (*_PAGE, *_SELECTING, *_LISTS, *_MARKS, *_BOXES)
"""All actions with their default keys."""
