"""What is sent to the terminal after frames."""

from pathlib import Path

from textual.geometry import Region

from reader.graphics.terminal_graphics import GraphicsProtocol, TerminalGraphics
from reader.linking.picture_files import PictureFile
from reader.reading.picture_scaling import Encoding, Pixels, Scaling
from reader.ui import picture_output
from reader.ui.output_guard import filtered
from reader.ui.picture_output import DrawnPicture, PictureOutput
from tests.graphics.kitty_terminal import KittyMemory

PAGE = Region(0, 0, 80, 24)
PIXELS = Pixels(40, 40, b'\x1bP0;1;0q"1;1;1;1#0;2;0;0;0#0@\x1b\\')


def scaling(name: str = "a", encoding: Encoding = Encoding.SIXEL) -> Scaling:
    return Scaling(PictureFile(Path(name)), (40, 40), (0, 0, 0), encoding=encoding)


class Source:
    """Shows pictures wherever a test says."""

    def __init__(self, *places: Region) -> None:
        self.places = places
        self.adapted = 0

    def drawn_pictures(self) -> list[DrawnPicture]:
        return [DrawnPicture(region, scaling(), PIXELS) for region in self.places]

    def adapt_pictures(self) -> None:
        self.adapted += 1


class Screen:
    """An output that counts how often it wants to draw later."""

    def __init__(self, protocol: GraphicsProtocol, *places: Region) -> None:
        self.waits = 0
        self.output = PictureOutput(self._wait)
        self.output.graphics = TerminalGraphics(protocol, (10, 20))
        self.source = Source(*places)
        self.output.add_source(self.source)

    def _wait(self) -> None:
        self.waits += 1


def test_a_picture_is_drawn_once_it_rests_and_again_when_it_is_written_over() -> None:
    place = Region(5, 3, 4, 2)
    screen = Screen(GraphicsProtocol.SIXEL, place)
    assert screen.output.after_frame([PAGE]) == ""
    assert screen.waits == 1
    drawn = screen.output.draw_resting()
    assert drawn == f"\x1b7\x1b[4;6H{PIXELS.data.decode()}\x1b8"
    assert screen.output.draw_resting() == ""
    # Below it, and then over it, in the same frame as the text.
    assert screen.output.after_frame([Region(0, 5, 80, 1)]) == ""
    assert screen.output.after_frame([Region(0, 4, 80, 1)]) == drawn
    assert screen.waits == 1


def test_a_picture_that_moves_waits_again() -> None:
    screen = Screen(GraphicsProtocol.SIXEL, Region(5, 3, 4, 2))
    screen.output.after_frame([PAGE])
    screen.output.draw_resting()
    for row in (2, 1):
        screen.source.places = (Region(5, row, 4, 2),)
        assert screen.output.after_frame([PAGE]) == ""
    assert screen.waits == 3
    assert "\x1b[2;6H" in screen.output.draw_resting()


def test_a_covered_picture_is_not_drawn() -> None:
    screen = Screen(GraphicsProtocol.ITERM, Region(5, 3, 4, 2))
    screen.output.after_frame([PAGE])
    assert "1337" in screen.output.draw_resting()
    screen.source.places = ()
    assert screen.output.after_frame([Region(0, 3, 80, 1)]) == ""
    assert screen.output.draw_resting() == ""


def test_half_blocks_send_nothing() -> None:
    screen = Screen(GraphicsProtocol.BLOCKS, Region(5, 3, 4, 2))
    assert screen.output.after_frame([PAGE]) == ""
    assert screen.output.draw_resting() == ""
    assert screen.output.end() == ""
    assert screen.waits == 0


def test_kitty_keeps_a_bounded_number_of_pictures() -> None:
    screen, memory = Screen(GraphicsProtocol.KITTY), KittyMemory()
    for number in range(picture_output._MOST_PICTURES + 40):
        screen.output.placeholders(scaling(str(number), Encoding.PNG), PIXELS, 0, (4, 2))
        memory.feed(screen.output.after_frame(()))
    assert len(memory.pictures) == picture_output._MOST_PICTURES
    large = Pixels(4_000, 4_000, b"png")
    for number in range(4):
        screen.output.placeholders(scaling(f"large {number}", Encoding.PNG), large, 0, (4, 2))
    memory.feed(screen.output.after_frame(()))
    assert len(memory.pictures) == 2
    memory.feed(screen.output.end())
    assert memory.pictures == {}


def test_kitty_is_sent_a_picture_once_until_it_is_forgotten() -> None:
    screen, memory = Screen(GraphicsProtocol.KITTY), KittyMemory()
    one = scaling(encoding=Encoding.PNG)
    for row in range(2):
        screen.output.placeholders(one, PIXELS, row, (4, 2))
    memory.feed(screen.output.after_frame(()))
    assert [shown.png for shown in memory.pictures.values()] == [PIXELS.data]
    screen.output.placeholders(one, PIXELS, 0, (4, 2))
    assert screen.output.after_frame(()) == ""
    screen.output.forget([one])
    memory.feed(screen.output.after_frame(()))
    assert memory.pictures == {}


def test_the_output_guard_lets_pictures_through_and_no_files() -> None:
    screen = Screen(GraphicsProtocol.KITTY)
    for in_tmux in (False, True):
        screen.output.graphics = TerminalGraphics(GraphicsProtocol.KITTY, in_tmux=in_tmux)
        screen.output.placeholders(scaling(str(in_tmux), Encoding.PNG), PIXELS, 0, (4, 2))
    sent = screen.output.after_frame(()) + PIXELS.data.decode()
    assert filtered(sent) == sent
    for file in (
        "\x1b_Ga=T,t=f,i=1;L2V0Yw==\x1b\\",
        "\x1b_Gt=t,a=T;L2V0Yw==\x1b\\",
        "\x1b]1337;File=name=YQ==:AA==\x07",
    ):
        assert "\x1b" not in filtered(file)


def test_pictures_are_sent_again_after_the_screen_was_left() -> None:
    screen, memory = Screen(GraphicsProtocol.KITTY), KittyMemory()
    one = scaling(encoding=Encoding.PNG)
    screen.output.placeholders(one, PIXELS, 0, (4, 2))
    memory.feed(screen.output.after_frame(()) + screen.output.end())
    assert (memory.pictures, screen.source.adapted) == ({}, 0)
    screen.output.after_frame((PAGE,))
    assert screen.source.adapted == 1
    screen.output.placeholders(one, PIXELS, 0, (4, 2))
    memory.feed(screen.output.after_frame((PAGE,)))
    assert len(memory.pictures) == screen.source.adapted == 1
