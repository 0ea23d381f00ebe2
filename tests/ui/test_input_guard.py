"""Terminal input that is not a key is dropped, however it is split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key, MouseEvent, Paste

from reader.ui.input_guard import InputGuard

NOTHING = [
    "\x1b[106;1:3u",  # kitty: a key is released
    "\x1b[1;1:3A",
    "\x1b[97:65;2:3u",
    "\x1b[99999999999u",
    "\x1b[55296u",
    "\x1b[<32;NaN;NaNM",  # VS Code's terminal when its tab is changed
    "\x1b[<0;;M",
    "\x1b[99;5X",  # an unknown sequence
    "\x1b]11;rgb:ffff/ffff/ffff\x07",  # replies to the queries of another program
    "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    "\x1bP>|XTerm(390)\x1b\\",
    "\x1b[?62;22;52c",
    "\x1b[>41;390;0c",
]


def keys(parser: XTermParser, text: str) -> list[str]:
    # An empty string would end Textual's parser.
    return [event.key for event in parser.feed(text) if isinstance(event, Key)] if text else []


def typed(*pieces: str) -> list[str]:
    """The keys that result from pieces of input, with a pause after each piece."""
    guard, parser = InputGuard(), XTermParser()
    found = [key for piece in pieces for key in keys(parser, guard.feed(piece))]
    for _rest in range(6):
        found += keys(parser, guard.rest())
    return found


@pytest.mark.parametrize("sent", NOTHING)
def test_input_that_is_not_a_key_is_dropped(sent: str) -> None:
    assert typed(sent) == []
    assert typed("a" + sent + "b") == ["a", "b"]


REPLIES = [
    "\x1b]11;rgb:1818/1818/1a1a\x1b\\",
    "\x1b]11;#fdf6e3\x07",
    "\x1b[?997;1n",
    "\x1b[?62;4;22c",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b[2;1R",
    "\x1b[6;20;10t",
    "\x1b[?1;0;256S",
    "\x1bP>|tmux 3.4\x1b\\",
]
"""Replies to queries of the program, and a report."""


class SlowLine:
    """A guard behind a line that is read in pieces, while a clock runs."""

    def __init__(self) -> None:
        self._now = 0.0
        self.replies: list[str] = []
        self.guard = InputGuard(self.replies.append, lambda: self._now)
        self.guard.expects_reply = lambda: True

    def wait(self, seconds: float) -> str:
        """The input that is passed on in a time in which nothing is read."""
        passed = ""
        until = self._now + seconds
        while self._now < until:
            self._now += 0.02 if self.guard.waits_for_little else 0.1
            passed += self.guard.rest()
        return passed


@pytest.mark.parametrize("sent", REPLIES)
def test_a_reply_may_be_split_by_more_than_a_second_and_what_is_typed_meanwhile_arrives_at_once(sent: str) -> None:
    for cut in range(2, len(sent)):
        line = SlowLine()
        assert line.guard.feed("a" + sent[:cut]) == "a"
        assert line.wait(0.7) == ""
        assert line.guard.feed("j") == "j"
        assert line.guard.feed("\x1b[B") == "\x1b[B"
        assert line.guard.feed("\x1b") == ""
        assert line.guard.waits_for_little
        assert line.wait(0.02) == "\x1b"
        assert line.wait(0.7) == ""
        assert line.guard.feed(sent[cut:] + "b") == "b"
        assert line.replies == [sent]


@pytest.mark.parametrize("sent", REPLIES)
def test_a_reply_in_three_pieces_is_no_key(sent: str) -> None:
    for first in range(2, len(sent) - 2):
        for second in range(first + 2, len(sent)):
            line = SlowLine()
            passed = line.guard.feed(sent[:first]) + line.wait(0.9)
            passed += line.guard.feed(sent[first:second]) + line.wait(0.9)
            assert (passed + line.guard.feed(sent[second:]), line.replies) == ("", [sent])


def test_a_reply_whose_rest_does_not_come_is_forgotten_after_a_while() -> None:
    line = SlowLine()
    assert line.guard.feed("\x1b]11;rgb:18") == ""
    assert line.wait(2.5) == ""
    assert line.guard.feed("18f") == "18f"


def test_alt_with_a_bracket_arrives_even_while_a_reply_is_expected() -> None:
    line = SlowLine()
    assert line.guard.feed("\x1b]") == ""
    assert line.wait(1.0) == ""
    assert line.wait(1.5) == "\x1b]"


@pytest.mark.parametrize("sent", REPLIES)
def test_a_reply_that_is_split_after_its_escape_costs_only_that_key(sent: str) -> None:
    line = SlowLine()
    passed = line.guard.feed("\x1b") + line.wait(0.3) + line.guard.feed(sent[1:] + "b")
    assert (passed, line.replies) == ("\x1bb", [sent])


@pytest.mark.parametrize("is_expected", [True, False])
@pytest.mark.parametrize("sent", ["\x1b[?997;1n", "\x1b[<35;10;5M", "\x1b[I", "\x1b[B", "\x1b[200~[B\x1b[201~"])
def test_a_report_that_nobody_asked_for_and_is_split_after_its_escape_is_not_typed(
    sent: str, *, is_expected: bool
) -> None:
    line = SlowLine()
    line.guard.expects_reply = lambda: is_expected
    passed = line.guard.feed("\x1b") + line.wait(0.3) + line.guard.feed(sent[1:] + "b")
    assert passed + "".join(line.replies) in {f"\x1b{sent}b", f"\x1bb{sent}"}


@pytest.mark.parametrize("is_expected", [True, False])
def test_the_end_of_a_reply_in_three_pieces_after_its_escape_is_no_key(*, is_expected: bool) -> None:
    line = SlowLine()
    line.guard.expects_reply = lambda: is_expected
    passed = line.guard.feed("\x1b") + line.wait(0.3)
    passed += line.guard.feed("]11;rgb:0000/0000/0000\x1b") + line.wait(0.9) + line.guard.feed("\\b")
    assert (passed, line.replies) == ("\x1bb", ["\x1b]11;rgb:0000/0000/0000\x1b\\"])


def test_what_is_typed_a_while_after_escape_is_typed() -> None:
    line = SlowLine()
    line.guard.expects_reply = lambda: False
    assert line.guard.feed("\x1b") + line.wait(0.7) + line.guard.feed("[?997;1n") == "\x1b[?997;1n"
    assert line.replies == []


@pytest.mark.parametrize("is_expected", [True, False])
@pytest.mark.parametrize("typed", ["[", "]", "_", "P", "c", "11", "[[", "[1]", "[[灯塔", "j"])
def test_keys_after_escape_are_keys_while_a_reply_is_expected(typed: str, *, is_expected: bool) -> None:
    line = SlowLine()
    line.guard.expects_reply = lambda: is_expected
    assert line.guard.feed("\x1b") + line.wait(0.3) + line.guard.feed(typed) == "\x1b" + typed


@pytest.mark.parametrize("sent", [*REPLIES, "\x1b[I", "\x1b[?997;2n"])
def test_a_reply_that_is_awaited_costs_no_key_if_its_rest_comes_soon(sent: str) -> None:
    line = SlowLine()
    passed = line.guard.feed("\x1b") + line.wait(0.12) + line.guard.feed(sent[1:] + "b")
    assert passed + "".join(line.replies) in {f"{sent}b", f"b{sent}"}


def test_a_report_of_a_moving_mouse_costs_no_key_if_its_rest_comes_soon() -> None:
    line = SlowLine()
    line.guard.expects_reply = lambda: False
    report = "\x1b[<35;10;5M"
    assert line.guard.feed(report) == report
    assert line.guard.feed("\x1b") + line.wait(0.12) + line.guard.feed(report[1:] + "b") == report + "b"
    line.wait(1.1)
    assert line.guard.feed("\x1b") + line.wait(0.02) == "\x1b"


@pytest.mark.parametrize("key", ["j", "灯", "q"])
def test_an_escape_that_waits_is_a_key_of_its_own_before_another_key(key: str) -> None:
    line, parser = SlowLine(), XTermParser()
    passed = line.guard.feed("\x1b") + line.wait(0.06) + line.guard.feed(key)
    assert keys(parser, passed) == ["escape", key]


def test_an_escape_waits_no_longer_than_a_blink() -> None:
    line = SlowLine()
    assert line.guard.feed("\x1b") + line.wait(0.2) == "\x1b"


@pytest.mark.parametrize("sent", NOTHING)
def test_it_is_dropped_in_two_pieces_too(sent: str) -> None:
    for cut in range(1, len(sent)):
        assert typed(sent[:cut], sent[cut:]) == [], cut


def test_incomplete_sequence_is_not_read_as_letters() -> None:
    assert typed("\x1b[<32;") == []
    assert typed("\x1b]11;rgb:") == []


def test_escape_and_alt_with_a_key_arrive_after_a_moment() -> None:
    guard = InputGuard()
    for sent in ("\x1b", "\x1b[", "\x1b]"):
        assert guard.feed(sent) == ""
        assert guard.waits_for_little
        assert guard.rest() == sent
    assert guard.feed("\x1bx") == "\x1bx"


def test_alt_with_b_or_f_is_no_arrow() -> None:
    assert typed("\x1bf", "\x1bb", "\x1b[1;5C") == ["alt+f", "alt+b", "ctrl+right"]
    assert typed("\x1bfa\x1b[A") == ["alt+f", "a", "up"]


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("\x1b[A", "up"),
        ("\x1bOP", "f1"),
        ("\x1b[15~", "f5"),
        ("\x1b[1;3B", "alt+down"),
        ("\x1b[[A", "f1"),
        ("\x1b[106u", "j"),
        ("\x1b[106;1:1u", "j"),
        ("\x1b[106;1:2u", "j"),
        ("\x1b[97:65;2;65u", "A"),
        ("\x1b[99;5u", "ctrl+c"),
        ("\x1b[57376;1u", "f13"),
        ("\x1b[1;1:1A", "up"),
        ("中", "中"),
    ],
)
def test_keys_are_passed_on(sent: str, key: str) -> None:
    assert typed(sent) == [key]


def test_mouse_reports_are_passed_on() -> None:
    for sent in ("\x1b[<0;5;6M", "\x1b[<35;120;40M"):
        (event,) = XTermParser().feed(InputGuard().feed(sent))
        assert isinstance(event, MouseEvent)


@pytest.mark.parametrize("cut", range(1, 20))
def test_pasted_text_is_complete_and_without_escapes(cut: int) -> None:
    sent = "\x1b[200~灯\x1b[31m塔\n[106;1:3u\x1b[201~"
    guard, parser = InputGuard(), XTermParser()
    passed = [guard.feed(piece) for piece in (sent[:cut], sent[cut:], "j")]
    events = [event for piece in passed if piece for event in parser.feed(piece)]
    assert [event.text for event in events if isinstance(event, Paste)] == ["灯[31m塔\n[106;1:3u"]
    assert [event.key for event in events if isinstance(event, Key)] == ["j"]


@given(st.lists(st.text(st.sampled_from("\x1b[]<>?;:0123456789uMmAZP_^X\\\x07aN~$ "), max_size=12), max_size=6))
def test_no_input_ends_the_parser(pieces: list[str]) -> None:
    guard, parser = InputGuard(), XTermParser()
    for piece in pieces:
        list(parser.feed(guard.feed(piece) or " "))
        list(parser.feed(guard.rest() or " "))


# If these tests fail, Textual was fixed, and the guard can be removed.


def test_textual_still_crashes_on_a_key_release() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(XTermParser().feed("\x1b[106;1:3u"))


def test_textual_still_reads_a_broken_mouse_report_as_letters() -> None:
    assert "N" in keys(XTermParser(), "\x1b[<32;NaN;NaNM" + "\x1b[A")


def test_replies_to_queries_are_set_apart_however_they_are_split() -> None:
    replies = [
        "\x1b[?62;4c",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b[2;1R",
        "\x1b[6;20;10t",
        "\x1b[?1;0;256S",
        "\x1bP>|tmux 3.4\x1b\\",
    ]
    for cut in range(1, 8):
        heard: list[str] = []
        guard = InputGuard(heard.append)
        passed = "".join(guard.feed(piece) for reply in replies for piece in (f"a{reply[:cut]}", f"{reply[cut:]}b"))
        assert passed == "ab" * len(replies)
        assert heard == replies


@pytest.mark.parametrize("begin", ["\x1b]11;rgb:", "\x1bP>|", "\x1b_G", "\x1b["])
def test_a_sequence_that_is_too_long_is_not_typed(begin: str) -> None:
    guard = InputGuard()
    assert not guard.feed(begin + "1" * 5_000)
    assert not guard.feed("2" * 5_000)
    assert guard.feed("3\x1b\\j") == "j"
    assert guard.feed("k") == "k"
    assert not guard.feed(begin + "1" * 5_000)
    assert guard.feed("2\x1b[A") == "\x1b[A"
    assert not guard.feed(begin + "1" * 5_000)
    for _rest in range(6):
        assert not guard.rest()
    assert guard.feed("j") == "j"


@pytest.mark.parametrize("key", ["\x03", "\x1b", "\x1b[99;5u"])
def test_a_paste_whose_end_is_lost_can_be_ended_by_a_key(key: str) -> None:
    now = 0.0
    guard, parser = InputGuard(clock=lambda: now), XTermParser()
    assert not keys(parser, guard.feed("\x1b[200~some text"))
    now += 0.5
    assert not keys(parser, guard.feed(key)), "a slow line may pause within a paste"
    now += 2
    events = list(parser.feed(guard.feed(key) + guard.rest()))
    assert [type(event) for event in events][:1] == [Paste]
    assert guard.feed("j") == "j"
