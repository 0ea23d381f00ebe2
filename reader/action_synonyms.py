"""Other names for actions, by which people look for them in the palette."""

from collections.abc import Mapping, Sequence

from reader.language import N_

SYNONYMS: Mapping[str, str] = {
    "quit": N_("exit leave close program"),
    "toggle_outline": N_("table of contents toc headings chapters"),
    "toggle_sidebar": N_("file tree library list folders"),
    "toggle_related": N_("backlinks references mentions"),
    "theme": N_("colour color scheme dark light night"),
    "wider": N_("width wrap margin column"),
    "narrower": N_("width wrap margin column shrink"),
    "usual_measure": N_("width wrap margin default"),
    "zen": N_("focus full screen distraction free"),
    "search": N_("full text grep look up all articles"),
    "find": N_("search in page locate"),
    "help": N_("keys shortcuts manual keyboard"),
    "palette": N_("commands menu"),
    "star": N_("favourite favorite like"),
    "later": N_("queue reading list save for later"),
    "toggle_read": N_("unread seen done mark"),
    "tags": N_("labels keywords"),
    "bookmark": N_("mark place position remember"),
    "bookmarks": N_("marks places list"),
    "highlight": N_("annotate underline mark text"),
    "highlights": N_("annotations notes quotes list"),
    "select": N_("visual mode mark text"),
    "copy": N_("clipboard yank"),
    "copy_link": N_("clipboard url yank"),
    "export": N_("save as file text download"),
    "export_marked": N_("save as file markdown notes"),
    "copy_quotation": N_("cite quote citation blockquote"),
    "copy_path": N_("file name location clipboard"),
    "show_file": N_("reveal finder explorer folder open"),
    "edit_source": N_("editor vim emacs code change write file"),
    "undo": N_("revert take back"),
    "redo": N_("repeat again"),
    "open_original": N_("source website url browser"),
    "follow_link": N_("hints jump open url"),
    "links": N_("urls list references"),
    "similar": N_("related recommendations alike"),
    "history_back": N_("previous place return"),
    "recent": N_("history last opened"),
    "front_page": N_("home start dashboard"),
    "next_article": N_("forward following"),
    "previous_article": N_("backward before"),
    "next_section": N_("heading chapter"),
    "previous_section": N_("heading chapter"),
    "top": N_("start first line beginning"),
    "bottom": N_("last line finish"),
    "arrange": N_("order sort group by"),
    "switch_view": N_("categories dates sidebar mode"),
    "statistics": N_("calendar time streak heat map"),
    "stop_reading": N_("index pause resume update"),
    "suspend": N_("background shell job"),
    "repaint": N_("refresh redraw screen garbled"),
    "whole_page": N_("full web page clutter reader mode"),
}
"""The names of an action by its id, separated by spaces; translations give the names of their language."""

ALIASES: Mapping[str, Sequence[str]] = {"quit": ("q", "q!", "wq", "x")}
"""Short names that the palette puts first if one is typed alone, by the id of an action: the commands of vi."""
