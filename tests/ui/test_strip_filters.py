"""The filters between strips and the terminal: one object, so that Textual keeps what it has made of a strip."""

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from reader.keymap.keymap import Keymap
from reader.settings.options import Settings, Typesetting
from reader.ui.app import ReaderApp
from reader.ui.session import Session
from reader.ui.strip_filters import FilterChain, StripFilters

Make = Callable[..., ReaderApp]
BLACK = Color(0, 0, 0)


def kinds(chain: FilterChain) -> list[str]:
    return [type(one).__name__ for one in chain.filters]


def test_only_filters_that_the_settings_need_are_applied(make_app: Make) -> None:
    library = make_app().library
    for settings, expected in (
        (Settings(), ["PlainText"]),
        (Settings(typesetting=Typesetting(ambiguous_width=2)), ["PlainText", "NarrowText"]),
        (Settings(typesetting=Typesetting(ascii_borders=True)), ["PlainText", "NarrowText"]),
        (Settings(theme="night", transparent=True), ["PlainText", "TransparentPaper"]),
    ):
        assert kinds(StripFilters(Session(library, settings, Keymap())).after(())) == expected


def test_the_chain_is_another_object_only_if_the_background_is_another_one(make_app: Make) -> None:
    session = Session(make_app().library, Settings(theme="night", transparent=True), Keymap())
    filters = StripFilters(session)
    night = filters.after(())
    assert filters.after(()) is night
    dark = Segment("a", Style(bgcolor=session.colours.theme.paper))
    session.themes.use("paper")
    light = Segment("a", Style(bgcolor=session.colours.theme.paper))
    paper = filters.after(())
    assert paper is not night
    assert filters.after(()) is paper
    assert [one.style for one in paper.apply([dark, light], BLACK)] == [dark.style, Style(bgcolor="default")]


async def test_the_app_gives_textual_one_filter(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)):
        (first,), (second,) = app.get_line_filters(), app.get_line_filters()
        assert first is second
