"""Conversion of roles and layout styles to terminal styles, with and without colours."""

from functools import cached_property

from rich.style import Style as Paint

from reader.layout.lines import Role, Style
from reader.syntax.token_roles import TokenRole
from reader.themes.theme import Theme

_WITHOUT_COLOUR: dict[str, Paint] = {
    "muted": Paint(dim=True),
    "accent": Paint(bold=True),
    "heading": Paint(bold=True),
    "link": Paint(underline=True),
    "link_inside": Paint(underline=True, bold=True),
    "hit": Paint(reverse=True),
    "hit_current": Paint(reverse=True, bold=True, underline=True),
    "selection": Paint(reverse=True),
    "highlight_1": Paint(underline=True),
    "highlight_2": Paint(underline=True, bold=True),
    "highlight_3": Paint(underline=True, italic=True),
    "highlight_4": Paint(underline=True, dim=True),
    "code_comment": Paint(italic=True),
    "code_keyword": Paint(bold=True),
    "code_name": Paint(bold=True),
    "code_type": Paint(italic=True),
    "code_added": Paint(bold=True),
    "code_removed": Paint(italic=True),
    "rule": Paint(dim=True),
    "border": Paint(dim=True),
    "focus": Paint(bold=True),
    "unread": Paint(bold=True),
    "note": Paint(bold=True),
    "warning": Paint(bold=True),
    "error": Paint(bold=True),
}
"""Attributes that distinguish the roles on a terminal without colours."""

_BACKGROUNDS = frozenset({"hit", "hit_current", "selection", *(f"highlight_{number}" for number in range(1, 5))})
_ROLES = {
    Role.INK: "ink",
    Role.MUTED: "muted",
    Role.ACCENT: "accent",
    Role.HEADING: "heading",
    Role.LINK: "link",
    Role.QUOTE: "quote",
    Role.CODE: "code_ink",
    Role.RULE: "rule",
    Role.PICTURE: "rule",
    Role.MARK: "accent",
    Role.NOTE: "note",
    Role.HINT: "code_added",
    Role.CAUTION: "warning",
    Role.DANGER: "error",
}


class Colours:
    """The terminal styles of a theme.

    Attributes:
        theme: The theme.
        plain: Whether there are no colours.
        few: Whether only the sixteen colours of a terminal are available, so that colours cannot be blended.
    """

    def __init__(self, theme: Theme, *, few: bool = False) -> None:
        self.theme = theme
        self.few = few
        self.plain = not theme.paper
        self._styles: dict[tuple[Style, Role], Paint] = {}
        self._roles: dict[str, Paint] = {}
        self._token_paints: dict[tuple[Style, Role, TokenRole], Paint] = {}

    @cached_property
    def text(self) -> Paint:
        """The style of ordinary text."""
        return Paint() if self.plain else Paint(color=self.theme.ink, bgcolor=self.theme.paper)

    def role(self, name: str, *, bold: bool = False) -> Paint:
        """Return the style of a role; matches, highlights and selection set the background.

        With sixteen colours, these backgrounds have contrast only to the theme's ink, so their styles set the ink, too.
        """
        key = f"{name}*" if bold else name
        found = self._roles.get(key)
        if found is None:
            if self.plain:
                found = _WITHOUT_COLOUR.get(name, Paint())
            elif name in _BACKGROUNDS:
                found = Paint(color=self.theme.ink if self.few else None, bgcolor=getattr(self.theme, name))
            else:
                found = Paint(color=getattr(self.theme, name), bgcolor=self.theme.paper)
            if bold:
                found += Paint(bold=True)
            self._roles[key] = found
        return found

    def ink_of(self, name: str) -> Paint:
        """Return the style of a role without its background, to be added to another style."""
        return self.role(name) if self.plain else Paint(color=getattr(self.theme, name))

    def token(self, role: TokenRole) -> Paint:
        """Return the style of a token of code, to be added to another style; without colours, bold or italic."""
        return self._tokens[role]

    @cached_property
    def _tokens(self) -> dict[TokenRole, Paint]:
        return {role: self.ink_of(f"code_{role.value}") for role in TokenRole}

    @cached_property
    def paper(self) -> tuple[int, int, int]:
        """The red, green and blue (0 to 255) of the page's background, which exists only with colours."""
        paper = self.theme.paper.lstrip("#")
        red, green, blue = (int(paper[at : at + 2], 16) for at in (0, 2, 4))
        return red, green, blue

    def token_paint(self, style: Style, background: Role, role: TokenRole) -> Paint:
        """Return the terminal style of a token in a run in `style` on a row with a `background`."""
        key = style, background, role
        found = self._token_paints.get(key)
        if found is None:
            found = self._token_paints[key] = self.paint(style, background) + self.token(role)
        return found

    @cached_property
    def backgrounds(self) -> tuple[Paint, Paint]:
        """The backgrounds of code and of the page, which exist only with colours."""
        return Paint(bgcolor=self.theme.code_paper), Paint(bgcolor=self.theme.paper)

    def paint(self, style: Style, background: Role = Role.INK) -> Paint:
        """Return the terminal style of a run in `style` on a row with a `background`."""
        key = (style, background)
        found = self._styles.get(key)
        if found is None:
            base = self.role(_ROLES[style.role])
            extra = Paint(
                bold=style.bold or None,
                italic=style.italic or None,
                underline=style.underline or None,
                strike=style.strike or None,
            )
            found = base + extra
            if not self.plain and (background is Role.CODE or style.role is Role.CODE):
                found += Paint(bgcolor=self.theme.code_paper)
            self._styles[key] = found
        return found
