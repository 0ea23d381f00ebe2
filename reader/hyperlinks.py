"""Hyperlinks of terminals (OSC 8): which terminals support them, and how they are written."""

from collections.abc import Mapping

_PROGRAMS = frozenset(
    {"Hyper", "WezTerm", "WarpTerminal", "ghostty", "iTerm.app", "rio", "terminology", "vscode", "zed"}
)
"""Values of $TERM_PROGRAM that mean a terminal with hyperlinks."""

_TERMINALS = ("alacritty", "contour", "foot", "rio", "wezterm", "xterm-ghostty", "xterm-kitty")
"""Prefixes of values of $TERM that mean a terminal with hyperlinks."""

_SIGNS = ("DOMTERM", "KONSOLE_VERSION", "WT_SESSION")
"""Variables that only terminals with hyperlinks set."""

_VTE = 5000
"""The first version of VTE, as in $VTE_VERSION, that supports hyperlinks without bugs."""

_TMUX = (3, 4)
"""The first version of tmux that passes hyperlinks on to terminals that support them."""


def takes_hyperlinks(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is known to support hyperlinks; $FORCE_HYPERLINK decides if it is set (0 for no).

    An unknown terminal gets none, because some print unknown sequences.
    """
    forced = environment.get("FORCE_HYPERLINK")
    if forced is not None:
        return forced != "0"
    program = environment.get("TERM_PROGRAM", "")
    if program == "tmux":
        return _version(environment.get("TERM_PROGRAM_VERSION", "")) >= _TMUX
    if environment.get("TMUX") or environment.get("STY"):
        # An unknown multiplexer drops them, whatever the terminal around it supports.
        return False
    vte = environment.get("VTE_VERSION", "")
    return (
        program in _PROGRAMS
        or environment.get("TERM", "").startswith(_TERMINALS)
        or any(environment.get(sign) for sign in _SIGNS)
        or (vte.isascii() and vte.isdigit() and int(vte[:9]) >= _VTE)
    )


def _version(text: str) -> tuple[int, ...]:
    """The numbers of a version such as 3.4 or 3.3a."""
    numbers = ("".join(digit for digit in part if digit in "0123456789")[:6] for part in text.split(".")[:2])
    return tuple(int(number or 0) for number in numbers)


def hyperlink(text: str, target: str) -> str:
    """A text as a hyperlink; `target` consists of printable ASCII characters (`hyperlink_target`)."""
    return f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\"
