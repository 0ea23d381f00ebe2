"""Terminals with few colours, and paper that is left to the terminal."""

import pytest
from rich.segment import Segment
from rich.style import Style

from reader.keymap.keymap import Keymap
from reader.settings.options import Settings
from reader.themes.colour_depth import has_few_colours, has_true_colour
from reader.themes.contrast import contrast
from reader.themes.sixteen_colours import PALETTE
from reader.ui.session import Session
from reader.ui.textual_colours import textual_theme, tint
from reader.ui.transparency import transparent_paper, without_paper
from tests.ui.marking import Make
from tests.ui.test_reading import opened


@pytest.mark.parametrize(
    ("environ", "few"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "linux"}, True),
        ({}, True),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, False),
        ({"TERM": "xterm-direct"}, False),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, False),
    ],
)
def test_the_environment_tells_the_number_of_colours(environ: dict[str, str], *, few: bool) -> None:
    assert has_few_colours(environ) is few


def test_direct_colour_is_true_colour() -> None:
    assert has_true_colour({"TERM": "xterm-direct"})
    assert has_true_colour({"TERM": "xterm", "COLORTERM": " TrueColor"})
    assert not has_true_colour({"TERM": "xterm-256color"})


def test_every_theme_is_in_sixteen_colours_where_there_are_no_more(make_app: Make) -> None:
    session = Session(make_app().library, Settings(theme="forest"), Keymap(), few_colours=True)
    for name in session.themes.themes():
        session.themes.use(name)
        theme = session.colours.theme
        assert theme.name == name
        assert {theme.ink, theme.heading, theme.hit, theme.selection} <= {*PALETTE, ""}
    session.themes.use("night")
    colour = tint(session.colours, 0.3).color
    assert colour is not None
    assert colour.name in PALETTE


async def test_transparent_paper_is_painted_by_no_widget(make_app: Make) -> None:
    app = make_app(Settings(theme="night", transparent=True))
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot)
        paper = Style(bgcolor=app.session.colours.theme.paper).bgcolor
        strips = screen._compositor.render_strips()
        assert strips
        filters = app.get_line_filters()
        for strip in strips:
            shown = strip.apply_filter(filters[-1], app.screen.styles.background)
            assert not any(style and style.bgcolor == paper for _text, style, _control in shown)


def test_other_backgrounds_stay(make_app: Make) -> None:
    session = Session(make_app().library, Settings(theme="night", transparent=True), Keymap())
    theme = session.colours.theme
    hit, text = Style(bgcolor=theme.hit), Style(color=theme.ink, bgcolor=theme.paper)
    one, two = without_paper([Segment("a", hit), Segment("b", text)], transparent_paper(session))
    assert one.style == hit
    assert two.style == Style(color=theme.ink, bgcolor="default")
    opaque = Session(make_app().library, Settings(theme="night"), Keymap())
    assert without_paper([Segment("b", text)], transparent_paper(opaque)) == [Segment("b", text)]


def test_placeholders_of_inputs_are_legible_in_sixteen_colours(make_app: Make) -> None:
    session = Session(make_app().library, Settings(), Keymap(), few_colours=True)
    for name in session.themes.themes():
        session.themes.use(name)
        if session.colours.plain:
            continue
        ink = textual_theme(session.colours).variables["text-disabled"]
        assert ink in PALETTE
        assert contrast(ink, session.colours.theme.paper) >= 4.5
