"""A theme: the colours of all roles.

This module only provides data. How roles are drawn, also without colours, is up to `ui`.
"""

from reader.language import _
from reader.lean_dataclasses import dataclass, fields

FIRST = "paper"
"""The theme listed first, and the fallback."""
WITHOUT_COLOURS = "mono"
"""The name of the theme without colours, which has no file."""

AUTOMATIC = "auto"
"""In the settings, the choice of a light or a dark theme by the background of the terminal; it has no file either."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colour of each role: `#rrggbb` in lower case, or "" for every role of the theme without colours.

    Attributes:
        name: Its name in the settings: the file name without suffix.
        title: Its title, in the language in use when it was loaded.
        dark: Whether `paper` is darker than `ink`.
        paper: Background of text.
        ink: Text.
        muted: Secondary text: dates, counts, captions, marks of wrapped lines.
        accent: Emphasis: the cursor of a list, the title's rule.
        link_inside: Links that stay within the archive; `link` are those that lead out of it.
        code_paper: Background of code; `code_ink` is its text.
        code_comment: Comments in code. `code_keyword` to `code_type` are the other tokens, `code_added` and
            `code_removed` the lines of a diff.
        hit: Background of matches; `hit_current` of the current one.
        selection: Background of the selected text or row.
        highlight_1: Background of a highlight, likewise `highlight_2` to `highlight_4`.
        unread: The marker of unread articles.
        note: Callouts that inform; others have `code_added`, `warning` or `error`.
        border: Borders between panes; `focus` for the pane with the focus.
    """

    name: str
    title: str
    dark: bool
    paper: str
    ink: str
    muted: str
    accent: str
    heading: str
    link: str
    link_inside: str
    quote: str
    code_paper: str
    code_ink: str
    code_comment: str
    code_keyword: str
    code_string: str
    code_number: str
    code_name: str
    code_type: str
    code_added: str
    code_removed: str
    rule: str
    hit: str
    hit_current: str
    selection: str
    highlight_1: str
    highlight_2: str
    highlight_3: str
    highlight_4: str
    unread: str
    note: str
    warning: str
    error: str
    border: str
    focus: str


ROLES = tuple(field.name for field in fields(Theme) if field.name not in {"name", "title", "dark"})
"""The names of the roles, in order of declaration."""
OPTIONAL_ROLES = {
    "link-inside": "accent",
    "note": "link-inside",
    "code-comment": "muted",
    "code-keyword": "link",
    "code-string": "quote",
    "code-number": "code-ink",
    "code-name": "heading",
    "code-type": "code-ink",
    "code-added": "code-ink",
    "code-removed": "muted",
}
"""Roles that a theme may omit, because older themes lack them, each with the role that is used instead, in order."""


def mono() -> Theme:
    """The theme without colours, for `NO_COLOR` and for terminals without colours."""
    return Theme(WITHOUT_COLOURS, _("No colour"), dark=False, **dict.fromkeys(ROLES, ""))
