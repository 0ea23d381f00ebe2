"""Hyperlinks of terminals: which terminals get them, and the permitted targets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli.styled_lines import LineStyle
from reader.document.addresses import hyperlink_target
from reader.hyperlinks import takes_hyperlinks
from reader.layout.lines import Line, Run
from reader.ui.output_guard import filtered

ADDRESS = "https://example.org/a?b=c#d"


@pytest.mark.parametrize(
    ("environment", "takes"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "foot"}, True),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"VTE_VERSION": "6800"}, True),
        ({"VTE_VERSION": "4200"}, False),
        ({"VTE_VERSION": "²²"}, False),
        ({"WT_SESSION": "x"}, True),
        ({"TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4", "TMUX": "x"}, True),
        ({"TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a", "TMUX": "x"}, False),
        ({"TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": ""}, False),
        ({"VTE_VERSION": "6800", "STY": "x"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"FORCE_HYPERLINK": "0", "TERM": "xterm-kitty"}, False),
    ],
)
def test_only_terminals_that_are_known_to_take_hyperlinks_get_them(environment: dict[str, str], takes: bool) -> None:  # noqa: FBT001 - a parameter
    assert takes_hyperlinks(environment) is takes


@pytest.mark.parametrize("scheme", ["https://example.org/", "HTTP://example.org/", "mailto:a@example.org?subject="])
@given(rest=st.text())
def test_a_target_passes_the_guard_and_is_printable_ascii(scheme: str, rest: str) -> None:
    target = hyperlink_target(scheme + rest)
    assert target.isascii()
    assert target.isprintable()
    assert " " not in target
    sequence = f"\x1b]8;id=12-3;{target}\x1b\\text\x1b]8;;\x1b\\"
    assert filtered(sequence) == sequence


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https:///x",
        "mailto:-x@example.org",
        "mailto:#",
        "../a.md",
        "",
        "-x",
        "https://x/" + "a" * 9_000,
    ],
)
def test_other_addresses_are_no_targets(address: str) -> None:
    assert hyperlink_target(address) == ""


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b]8;;file:///etc/passwd\x1b\\",
        "\x1b]8;;javascript:x\x1b\\",
        "\x1b]8;;https://a b\x1b\\",
        "\x1b]8;;https://a\x07",
        "\x1b]8;id=x;https://a\x1b\\",
        "\x1b]8;;https://\u4f8b\x1b\\",
        "\x1b]8;;https://a" + "a" * 3_000 + "\x1b\\",
    ],
)
def test_the_output_guard_passes_no_other_hyperlink(sequence: str) -> None:
    assert "\x1b" not in filtered(sequence)


def test_a_line_links_its_web_addresses_only() -> None:
    runs = (
        Run("见 "),
        Run("书\x1b[2J", link=ADDRESS),
        Run("与"),
        Run("文", link="../a.md"),
        Run("  ", link=ADDRESS),
    )
    assert LineStyle(links=True).render(Line(runs)) == f"见 \x1b]8;;{ADDRESS}\x1b\\书[2J\x1b]8;;\x1b\\与文"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://а\u0440\u0440\u04cfе.com/登录", "https://xn--80ak6aa92e.com/%E7%99%BB%E5%BD%95"),
        ("https://例子.测试:8080/a", "https://xn--fsqu00a.xn--0zwm56d:8080/a"),
        ("http://me@münchen.example/", "http://me@xn--mnchen-3ya.example/"),
        ("mailto:灯@example.org", "mailto:%E7%81%AF@example.org"),
    ],
)
def test_a_host_is_written_without_letters_that_imitate_others(address: str, target: str) -> None:
    assert hyperlink_target(address) == target
