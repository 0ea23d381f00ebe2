"""The graphics of terminals, by what they reply."""

import re

import pytest

from reader.graphics.inquiry import Inquiry, is_reply
from reader.graphics.terminal_graphics import GraphicsProtocol, TerminalGraphics

CELL = "\x1b[6;20;10t"
KITTY_OK = "\x1b_Gi=31;OK\x1b\\"


def talk(answers: dict[str, str], cell: tuple[int, int] | None = None) -> Inquiry:
    """Talk with a terminal that replies to queries, in their order."""
    inquiry = Inquiry(cell)
    queries = Inquiry.first
    for _round in range(4):
        asked = [(queries.find(query), reply) for query, reply in answers.items() if query in queries]
        queries = "".join([inquiry.take(reply) for _place, reply in sorted(asked)])
    return inquiry


KITTY = {"\x1b[>0q": "\x1bP>|kitty(0.42.0)\x1b\\", "\x1b[16t": CELL, "\x1b[c": "\x1b[?62;52c"}
KITTY |= {"a=q": KITTY_OK, "\x1b[6n": "\x1b[2;1R"}
XTERM = {"\x1b[>0q": "\x1bP>|XTerm(390)\x1b\\", "\x1b[c": "\x1b[?63;1;2;4;6;9;15;22c", "\x1b[6n": "\x1b[2;1R"}
XTERM |= {"\x1b[?1;1;0S": "\x1b[?1;0;16S", "\x1b[?2;1;0S": "\x1b[?2;0;1000;800S"}
TMUX = {"\x1b[>0q": "\x1bP>|tmux 3.4\x1b\\", "\x1b[16t": CELL, "\x1b[c": "\x1b[?1;2;4c"}


def test_kitty() -> None:
    assert talk(KITTY).found == TerminalGraphics(GraphicsProtocol.KITTY, (10, 20))


def test_kitty_without_placeholders_moves_the_cursor() -> None:
    found = talk(KITTY | {"\x1b[6n": "\x1b[2;3R"})
    assert found.is_complete
    assert found.found.protocol is GraphicsProtocol.BLOCKS


def test_sixels_with_their_limits() -> None:
    found = talk(XTERM | {"\x1b[16t": CELL}).found
    assert found == TerminalGraphics(GraphicsProtocol.SIXEL, (10, 20), 16, (1000, 800))
    # xterm does not tell the size of its cells by default; the system does.
    assert talk(XTERM, (9, 18)).found == TerminalGraphics(GraphicsProtocol.SIXEL, (9, 18), 16, (1000, 800))
    assert talk(XTERM).found.protocol is GraphicsProtocol.BLOCKS


def test_sixels_are_not_asked_about_where_there_are_none() -> None:
    """The query is “scroll up” for those who do not know it."""
    assert "S" not in re.sub(r"\x1b_.*?\x1b\\", "", Inquiry().take("\x1b[?62;22c"))


def test_iterm_is_preferred_where_it_says_so() -> None:
    answers = {"\x1b[>0q": "\x1bP>|iTerm2 3.5.0\x1b\\", "\x1b[16t": CELL, "\x1b[c": "\x1b[?62;4c"}
    assert talk(answers).found.protocol is GraphicsProtocol.ITERM


def test_kitty_before_placeholders_does_not_reply() -> None:
    """Its parser refuses a command with a key that is not among these, of kitty 0.26."""
    queries = Inquiry().take("\x1b[?62;52c")
    keys = re.findall(r"([A-Za-z])=", re.findall(r"\x1b_G([^;]*a=q[^;]*);", queries)[0])
    assert set(keys) - set("aqtmiIpfoCsvSOcrxywhXYzd") == {"U"}


def test_kitty_behind_tmux_replies_late() -> None:
    inquiry = talk(TMUX)
    assert not inquiry.is_complete
    assert inquiry.awaits_passage
    inquiry.take(KITTY_OK)
    assert inquiry.is_complete
    assert inquiry.found == TerminalGraphics(GraphicsProtocol.KITTY, (10, 20), in_tmux=True)


def test_tmux_has_sixels_if_nothing_passes_through() -> None:
    inquiry = talk(TMUX)
    inquiry.end()
    assert inquiry.found == TerminalGraphics(GraphicsProtocol.SIXEL, (10, 20), in_tmux=True)


def test_everything_for_the_terminal_behind_tmux_is_wrapped() -> None:
    inquiry = Inquiry()
    inquiry.take(TMUX["\x1b[>0q"])
    queries = inquiry.take(TMUX["\x1b[c"])
    assert re.findall(r"\x1b_", re.sub(r"\x1bPtmux;(?:\x1b\x1b|[^\x1b])*\x1b\\", "", queries)) == []
    assert "a=q" in queries


@pytest.mark.parametrize(
    "answers", [{}, {"\x1b[c": "\x1b[?1;2c"}, {"\x1b[c": "\x1b[?6c", "a=q": "\x1b_Gi=31;ENOTSUP\x1b\\"}]
)
def test_other_terminals_show_half_blocks(answers: dict[str, str]) -> None:
    inquiry = talk(answers)
    inquiry.end()
    assert inquiry.found == TerminalGraphics()


def test_the_size_of_a_cell_may_change_later() -> None:
    inquiry = talk(KITTY)
    inquiry.take("\x1b[6;30;15t")
    assert inquiry.found.cell == (15, 30)
    inquiry.take("\x1b[6;0;0t")
    assert inquiry.found.cell == (15, 30)


@pytest.mark.parametrize("sequence", ["\x1b[1;2R", "\x1bOR", "\x1b[A", "\x1b[15~", "\x1b[<0;1;1M", "\x1b[106u", "a"])
def test_keys_are_no_replies(sequence: str) -> None:
    """Shift+F3 looks like the position of a cursor in the first row, which is never asked for."""
    assert not is_reply(sequence)
