"""The colours of a theme for Textual: a Textual theme, and blended colours."""

from rich.style import Style as Paint
from textual.color import Color
from textual.theme import Theme as TextualTheme

from reader.themes.contrast import contrast
from reader.ui.colours import Colours

_ANSI_VARIABLES = (
    *("ansi-background", "ansi-foreground", "border", "border-blurred", "muted"),
    *("scrollbar", "scrollbar-hover", "scrollbar-active", "scrollbar-corner-color"),
    *("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active"),
    *("input-selection-background", "input-selection-foreground", "screen-selection-background"),
)
"""Variables that Textual's style sheets require of an ANSI theme."""


_MUCH = 0.5
"""The share of the accent above which text is bold where colours cannot be blended."""


def textual_theme(colours: Colours) -> TextualTheme:
    """Return the Textual theme for scroll bars, notifications and inputs."""
    theme = colours.theme
    if colours.plain:
        return TextualTheme(
            name=theme.name,
            primary="ansi_default",
            foreground="ansi_default",
            background="ansi_default",
            surface="ansi_default",
            panel="ansi_default",
            dark=theme.dark,
            variables=dict.fromkeys(_ANSI_VARIABLES, "ansi_default"),
            ansi=True,
        )
    return TextualTheme(
        name=theme.name,
        primary=theme.accent,
        secondary=theme.link,
        accent=theme.accent,
        warning=theme.warning,
        error=theme.error,
        success=theme.accent,
        foreground=theme.ink,
        background=theme.paper,
        surface=theme.paper,
        panel=theme.code_paper,
        dark=theme.dark,
        variables={
            "border": theme.border,
            "muted": theme.muted,
            "scrollbar": theme.border,
            "scrollbar-hover": theme.muted,
            "scrollbar-active": theme.accent,
            "scrollbar-background": theme.paper,
            "scrollbar-background-hover": theme.paper,
            "scrollbar-background-active": theme.paper,
            "scrollbar-corner-color": theme.paper,
            "input-selection-background": theme.selection,
            "screen-selection-background": theme.selection,
            # Textual would blend this colour; the nearest of the sixteen colours may be illegible.
            **({"text-disabled": theme.muted} if colours.few else {}),
        },
    )


def tint(colours: Colours, share: float, ink: float = 1.0) -> Paint:
    """Blend `share` (0 to 1) of the accent into the background; no style without colours.

    Text is this background with a share `ink` (0 to 1) of the theme's ink or paper, whichever contrasts more.
    """
    theme = colours.theme
    if colours.plain:
        return Paint()
    if colours.few:
        return colours.role("accent", bold=share > _MUCH)
    paper = Color.parse(theme.paper).blend(Color.parse(theme.accent), share)
    best = max(theme.ink, theme.paper, key=lambda one: contrast(one, paper.hex6.lower()))
    return Paint(color=paper.blend(Color.parse(best), ink).hex6, bgcolor=paper.hex6)
