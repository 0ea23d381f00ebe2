"""Hints for options that people know from less, vim, newsboat and cat: what to write instead.

Such options follow a file, as in `reader FILE -N`, or precede it, as in `less +G FILE`.
"""

from collections.abc import Mapping, Sequence

from reader.language import N_, _
from reader.regex import regex

_AT_A_PLACE = N_("places are written as +20, +50%, +/text, +G, FILE:20 or FILE#Heading")
_AS_IT_IS = N_("leave it out: articles are shown like that anyway")
_TO_INDEX = N_("run “reader index” to look for new and changed files")
_IN_SETTINGS = N_("“reader settings” tells where the settings are; XDG_CONFIG_HOME moves them")
_FEEDS = N_("feeds are not fetched: save them as files, and name their folder")
_MARKS = N_("see “reader marks export” and “reader marks import”")

_OF_ARTICLES: Mapping[str, str] = {
    "a": N_("name the archive without “-a”"),
    "n": N_("lines have no numbers; “reader show --json” numbers the blocks"),
    "N": N_("lines have no numbers; “reader show --json” numbers the blocks"),
    "S": N_("lines are as wide as “--width” of “reader show” says, or “measure” in the settings"),
    "w": N_("lines are as wide as “--width” of “reader show” says, or “measure” in the settings"),
    "R": N_("colours are printed on a terminal; “reader show --color always” prints them in a pipe, too"),
    "r": N_("colours are printed on a terminal; “reader show --color always” prints them in a pipe, too"),
    "F": _AS_IT_IS,
    "X": _AS_IT_IS,
    "i": _AS_IT_IS,
    "I": _AS_IT_IS,
    "s": _AS_IT_IS,
    "p": _AT_A_PLACE,
    "t": N_("“reader list tag:NAME” lists the articles with a tag"),
    "c": N_("“reader help” lists the commands; in the program, “:” does what is typed"),
    "e": _AS_IT_IS,
}
"""Hints for the options of `less`, `cat` and `vim`, by their letters."""

_OF_NEWSBOAT: Mapping[str, str] = {
    "x": N_("“reader index” updates the index; “reader list is:unread --count” counts what is unread"),
    "C": _IN_SETTINGS,
    "E": _MARKS,
    "q": N_("leave it out; “reader list QUERY” and “reader export -q QUERY” take queries"),
    "u": N_("name archives instead, or set “archives” in the settings"),
    "v": N_("see “reader version”"),
    "execute": N_("“reader index” updates the index; “reader list is:unread --count” counts what is unread"),
    "refresh-on-start": _TO_INDEX,
    "url-file": N_("name archives instead, or set “archives” in the settings"),
    "cache-file": N_("the index is in the cache folder, which XDG_CACHE_HOME changes"),
    "config-file": _IN_SETTINGS,
    "config": _IN_SETTINGS,
    "vacuum": N_("“reader index --rebuild” rebuilds the index"),
    "import-from-opml": _FEEDS,
    "export-to-opml": _FEEDS,
    "i": _FEEDS,
    "e": _FEEDS,
    "r": _TO_INDEX,
    "I": _MARKS,
    "quiet": _AS_IT_IS,
    "import-from-file": _MARKS,
    "export-to-file": _MARKS,
}
"""Hints for the options of newsboat, by their letters; they apply only without a command of `reader`."""

_LONG: Mapping[str, str] = {
    "line-numbers": _OF_ARTICLES["N"],
    "LINE-NUMBERS": _OF_ARTICLES["N"],
    "number": _OF_ARTICLES["N"],
    "chop-long-lines": _OF_ARTICLES["S"],
    "RAW-CONTROL-CHARS": _OF_ARTICLES["R"],
    "raw-control-chars": _OF_ARTICLES["R"],
    "quit-if-one-screen": _AS_IT_IS,
    "no-init": _AS_IT_IS,
    "pattern": _AT_A_PLACE,
}

EVERYTHING = N_("“-q ''” exports all articles, and “-a FOLDER” chooses the archive")
"""What to write to export all articles, in English; translate it with `language._`."""

_FORMAT = N_("name the format with “--format”, or the file with “-o NAME.epub”")
_KEYS = N_("“--preset NAME” prints the keys of a preset; “keymap: NAME” in the settings chooses it")
_ARCHIVE = N_("choose an archive with -a")

_OF_COMMANDS: Mapping[str, Mapping[str, str]] = {
    "reader export": {
        **dict.fromkeys(("f", "t", "to", "from"), _FORMAT),
        "all": EVERYTHING,
    },
    "reader keys": {"": _KEYS, **dict.fromkeys(("keymap", "k", "p"), _KEYS)},
    "reader settings": {"": N_("“reader settings” tells where the file is: edit it, and run this again to check it")},
    "reader index": {"": _ARCHIVE},
    "reader check": {"": _ARCHIVE},
    "reader stats": {"": _ARCHIVE},
}
"""Hints for options of other commands, by command; an empty name stands for arguments that are not options."""

_OPTION = regex(r"--?([A-Za-z][\w-]*)")


def hint_for(program: str, arguments: Sequence[str]) -> str:
    """The translated hint for the first argument that is an option of another program; empty if there is none.

    `program` is the name of the command, “reader” for the screen. Only “reader” and
    “reader show” take the place of pagers and editors.
    """
    if program not in {"reader", "reader show"}:
        hint = _OF_COMMANDS.get(program, {}).get(_name(arguments[0]), "")
        return _(hint) if hint else ""
    known = {**_OF_ARTICLES, **_LONG, **(_OF_NEWSBOAT if program == "reader" else {})}
    for one in arguments:
        if (hint := known.get(_name(one), "")) and one.startswith("-"):
            return _(hint)
        if one.startswith("+"):
            return _(_AT_A_PLACE)
    return ""


def hint_without_value(program: str, arguments: Sequence[str]) -> str:
    """The translated hint if the last argument is an option without its value; empty if there is none for it.

    With `-a`, other programs select everything; here, it names an archive.
    """
    if program == "reader export" and arguments and arguments[-1] in {"-a", "--archive"}:
        return _(EVERYTHING)
    return ""


def _name(argument: str) -> str:
    """The letter of a short option, which a value may follow, or the name of a long one; empty for other arguments."""
    found = _OPTION.match(argument)
    if found is None:
        return ""
    return found[1] if argument.startswith("--") else found[1][0]
