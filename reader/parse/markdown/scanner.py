"""Line-based rewriting of dialects to common Markdown, outside code.

A *rule* examines the lines from an index on, and returns replacement lines and the next index, or None.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from reader.regex import regex

Replacement = tuple[list[str], int]
"""Replacement lines, and the index of the first line after the replaced ones."""


MOST_LINES = 1000
"""The number of lines searched for the end of a block, since an unlimited search would take quadratic time."""


class BlockRule(NamedTuple):
    """A rule for blocks of lines.

    Attributes:
        marks: The rule is tried for lines that contain one of these texts.
        apply: Takes all lines and a line number; returns the replacement.
        needs: A pattern that must occur somewhere in the source, or the rule is never tried.
    """

    marks: tuple[str, ...]
    apply: Callable[[list[str], int], Replacement | None]
    needs: re.Pattern[str] | None = None


class LineRule(NamedTuple):
    """A rule for text within a line, outside inline code."""

    marks: tuple[str, ...]
    apply: Callable[[str], str]


_FENCE = regex(r"^(?P<in>(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t]|$))*[ \t]*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_SPAN = regex(r"(`+)(?!`)(?:.*?[^`])??\1(?!`)")


def rewrite(text: str, rules: Sequence[BlockRule], line_rules: Sequence[LineRule]) -> str:
    """Apply the rules to all lines of `text` that are not code."""
    every = [*(rule.marks for rule in rules), *(rule.marks for rule in line_rules)]
    marks = _by_first_character(frozenset(mark for some in every for mark in some))
    # Most characters that marks begin with are in no text.
    present = {mark for first, some in marks if first in text for mark in some if mark in text}
    if not present:
        return text
    rules = [
        rule for rule in rules if not present.isdisjoint(rule.marks) and (rule.needs is None or rule.needs.search(text))
    ]
    line_rules = [rule for rule in line_rules if not present.isdisjoint(rule.marks)]
    if not rules and not line_rules:
        return text
    tried = [*(rule.marks for rule in rules), *(rule.marks for rule in line_rules)]
    held = _one_of(frozenset(mark for marks in tried for mark in marks))
    lines = text.split("\n")
    made: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not held.search(line):
            made.append(line)
            at += 1
            continue
        if ("```" in line or "~~~" in line) and (stop := fence_end(lines, at)):
            made += lines[at:stop]
            at = stop
            continue
        for rule in rules:
            if _holds(line, rule.marks) and (found := rule.apply(lines, at)):
                made += found[0]
                at = found[1]
                break
        else:
            for line_rule in line_rules:
                if _holds(line, line_rule.marks):
                    line = outside_code(line, line_rule.apply)
            made.append(line)
            at += 1
    return "\n".join(made)


@cache
def _by_first_character(marks: frozenset[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Group marks by their first characters."""
    firsts = sorted({mark[0] for mark in marks})
    return tuple((first, tuple(mark for mark in sorted(marks) if mark[0] == first)) for first in firsts)


@cache
def _one_of(marks: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of these marks or a code fence; most lines contain none of them."""
    return re.compile("|".join(re.escape(mark) for mark in sorted(marks | {"```", "~~~"})))


def _holds(line: str, marks: tuple[str, ...]) -> bool:
    for mark in marks:  # noqa: SIM110 - a generator for `any` takes three times as long
        if mark in line:
            return True
    return False


def fence_end(lines: Sequence[str], at: int) -> int:
    """Return the index after a fenced code block that begins at `at`; 0 if none begins there."""
    found = _FENCE.match(lines[at])
    if not found:
        return 0
    fence = found["fence"]
    closing = re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    for number in range(at + 1, len(lines)):
        if closing.match(lines[number]):
            return number + 1
    return len(lines)


def outside_code(line: str, apply: Callable[[str], str]) -> str:
    """Apply a function to the parts of `line` outside inline code."""
    if "`" not in line:
        return apply(line)
    pieces: list[str] = []
    at = 0
    for span in _SPAN.finditer(line):
        pieces += (apply(line[at : span.start()]), span[0])
        at = span.end()
    return "".join([*pieces, apply(line[at:])])


def fenced(lines: Sequence[str], info: str = "", indent: str = "") -> list[str]:
    """Wrap lines in a code fence."""
    longest = max((len(run) for line in lines for run in re.findall("`{3,}", line)), default=2)
    fence = "`" * (longest + 1)
    blank = _blank(indent)
    return [blank, f"{indent}{fence}{info.replace('`', '')}".rstrip(), *lines, f"{indent}{fence}", blank]


def contained(lines: Sequence[str], info: str, indent: str = "") -> list[str]:
    """Wrap lines in a container whose fence is longer than any inside."""
    longest = max((len(run) for line in lines for run in re.findall(":{3,}", line)), default=3)
    fence = ":" * (longest + 1)
    blank = _blank(indent)
    return [blank, f"{indent}{fence} {info}".rstrip(), blank, *lines, blank, f"{indent}{fence}", blank]


def quoted(lines: Sequence[str], indent: str = "") -> list[str]:
    """Turn lines into a block quote."""
    blank = _blank(indent)
    return [blank, *(f"{indent}> {line.removeprefix(indent)}".rstrip() for line in lines), blank]


def _blank(indent: str) -> str:
    """Return a blank line that does not end the block quote in which it stands."""
    return indent.rstrip() if ">" in indent else ""


def literal(text: str) -> str:
    """Escape all Markdown syntax in a text."""
    return re.sub(r"[\\`*_\[\]<>#|~=^$!&]", lambda sign: f"&#{ord(sign[0])};", text)
