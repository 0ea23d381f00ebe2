"""Themes in sixteen colours: every role is legible, and none looks like its paper."""

import pytest
from rich.color import Color, ColorSystem

from reader.layout.callout_names import callout_role
from reader.layout.lines import Role, Style
from reader.syntax.token_roles import TokenRole
from reader.themes.contrast import contrast
from reader.themes.sixteen_colours import PALETTE, XTERM_PALETTE, in_sixteen_colours
from reader.themes.theme import ROLES, Theme, mono
from reader.themes.theme_files import load_theme
from reader.ui.colours import Colours
from tests.theme_files import SHIPPED

BEHIND_TEXT = ("hit", "hit_current", "selection", "highlight_1", "highlight_2", "highlight_3", "highlight_4")
PAPERS = {"paper", "code_paper"}


@pytest.fixture(params=SHIPPED)
def theme(request: pytest.FixtureRequest) -> Theme:
    return in_sixteen_colours(load_theme(request.param)[0])


def numbers(theme: Theme) -> dict[str, int]:
    """The number of the colour that Rich sends for each role."""
    found = {role: Color.parse(getattr(theme, role)).downgrade(ColorSystem.STANDARD).number for role in ROLES}
    assert None not in found.values()
    return {role: number or 0 for role, number in found.items()}


def test_every_role_has_a_colour_other_than_its_paper(theme: Theme) -> None:
    sent = numbers(theme)
    assert {role for role in ROLES if role not in PAPERS and sent[role] == sent["paper"]} == set()
    assert sent["code_paper"] == sent["paper"]


def test_rich_sends_the_colours_that_were_chosen(theme: Theme) -> None:
    assert {role: PALETTE[number] for role, number in numbers(theme).items()} == {
        role: getattr(theme, role) for role in ROLES
    }


def test_text_is_legible_on_paper_and_on_every_background(theme: Theme) -> None:
    text = [role for role in ROLES if role.startswith("code_") and role not in PAPERS]
    for role in ("heading", "link", "link_inside", "quote", "muted", *text):
        assert contrast(getattr(theme, role), theme.paper) >= (3 if role == "code_added" else 4.5), role
    for role in BEHIND_TEXT:
        assert contrast(theme.ink, getattr(theme, role)) >= 3, role


def test_text_and_signs_are_legible_in_xterm_also_if_they_are_bold(theme: Theme) -> None:
    sent = numbers(theme)
    for role in ROLES:
        if role not in PAPERS and role not in BEHIND_TEXT and sent[role]:
            for number in (sent[role], sent[role] | 8):
                assert contrast(XTERM_PALETTE[number], theme.paper) >= 3, role


def test_backgrounds_are_all_different(theme: Theme) -> None:
    sent = numbers(theme)
    assert len({sent[role] for role in BEHIND_TEXT}) == len(BEHIND_TEXT)


def test_the_kinds_of_callouts_are_all_different(theme: Theme) -> None:
    sent = numbers(theme)
    colours = Colours(theme)
    roles = {callout_role(kind) for kind in ("note", "tip", "warning", "danger")}
    assert len({colours.paint(Style(role)).color for role in roles}) == len(roles) == 4
    # Bold, as titles are, a warning still differs from an error.
    assert sent["error"] & 7 == 1
    assert sent["warning"] & 7 != 1


def test_muted_text_and_links_differ_from_text(theme: Theme) -> None:
    assert theme.ink not in {theme.muted, theme.link, theme.link_inside}


def test_borders_of_a_grey_theme_are_grey() -> None:
    for name in ("paper", "night"):
        theme = in_sixteen_colours(load_theme(name)[0])
        assert {theme.rule, theme.border, theme.muted} <= {"#555555", "#aaaaaa"}


def test_the_theme_without_colours_stays() -> None:
    assert in_sixteen_colours(mono()) == mono()


@pytest.mark.parametrize("behind", BEHIND_TEXT)
def test_whatever_is_marked_has_the_ink(theme: Theme, behind: str) -> None:
    colours = Colours(theme, few=True)
    paints = [colours.paint(Style(role)) for role in Role]
    paints += [colours.token_paint(Style(Role.CODE), Role.CODE, role) for role in TokenRole]
    for paint in paints:
        marked = paint + colours.role(behind)
        assert marked.color is not None
        assert marked.color.name == theme.ink
