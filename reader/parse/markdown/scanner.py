"""Line-based rewriting of dialects to common Markdown, outside code.

A *rule* examines the lines from an index on, and returns replacement lines and the next index, or None.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from reader.regex import regex

Rewriter = Callable[[list[str]], list[str]]
Replacement = tuple[list[str], int]
"""Replacement lines, and the index of the first line after the replaced ones."""


MOST_LINES = 1000
"""The maximum number of lines searched for the end of a block; an unlimited search would take quadratic time."""


_DEEPEST = 20
"""The maximum depth of content to which nesting rules apply all rules."""
_MOST_OPEN = 16
"""The maximum number of open components; further ones are treated as having no end."""


class BlockRule(NamedTuple):
    """A rule for blocks of lines.

    Attributes:
        marks: The rule is tried for lines that contain one of these texts.
        apply: Takes all lines and a line number; returns the replacement.
        needs: A pattern that must occur in the source for the rule to be tried. The search is several times as fast
            if the pattern begins with a character rather than an assertion.
    """

    marks: tuple[str, ...]
    apply: Callable[[list[str], int], Replacement | None]
    needs: re.Pattern[str] | None = None

    def run(self, lines: list[str], at: int, _again: Rewriter) -> Replacement | None:
        """Apply the rule to the lines from an index on."""
        return self.apply(lines, at)


class NestingRule(NamedTuple):
    """A rule for blocks whose indented content would be code to other rules.

    Attributes:
        apply: Takes as a third argument the function that applies all rules to the content without its indent.
    """

    marks: tuple[str, ...]
    apply: Callable[[list[str], int, Rewriter], Replacement | None]
    needs: re.Pattern[str] | None = None

    def run(self, lines: list[str], at: int, again: Rewriter) -> Replacement | None:
        """Apply the rule to the lines from an index on."""
        return self.apply(lines, at, again)


AnyRule = BlockRule | NestingRule


class LineRule(NamedTuple):
    """A rule for text within a line, outside inline code; `marks` and `needs` are as in `BlockRule`."""

    marks: tuple[str, ...]
    apply: Callable[[str], str]
    needs: re.Pattern[str] | None = None


_FENCE = regex(r"^(?P<in>(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t]|$))*[ \t]*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_SPAN = regex(r"(`+)(?!`)(?:.*?[^`])??\1(?!`)")


def rewrite(text: str, rules: tuple[AnyRule, ...], line_rules: tuple[LineRule, ...], depth: int = 0) -> str:
    """Apply the rules to all lines of `text` that are not code; `depth` counts nesting rules around it."""
    present = _present(text, rules, line_rules)
    if not present:
        return text
    tried = [rule for rule in rules if not present.isdisjoint(rule.marks) and _is_needed(rule, text)]
    line_tried = [rule for rule in line_rules if not present.isdisjoint(rule.marks) and _is_needed(rule, text)]
    if not tried and not line_tried:
        return text

    def again(inner: list[str]) -> list[str]:
        return rewrite("\n".join(inner), rules, line_rules, depth + 1).split("\n") if depth < _DEEPEST else inner

    held = _one_of(frozenset(_marks_of(tried, line_tried)))
    lines = text.split("\n")
    made: list[str] = []
    at = 0
    for number in _matching_lines(text, held):
        if number < at:
            continue
        made += lines[at:number]
        line = lines[number]
        if at := fence_end(lines, number):
            made += lines[number:at]
            continue
        if found := _replaced(lines, number, tried, again):
            made += found[0]
            at = found[1]
        else:
            made.append(_rewritten(line, line_tried))
            at = number + 1
    made += lines[at:]
    return "\n".join(made)


def _is_needed(rule: AnyRule | LineRule, text: str) -> bool:
    return rule.needs is None or rule.needs.search(text) is not None


def _replaced(lines: list[str], at: int, rules: list[AnyRule], again: Rewriter) -> Replacement | None:
    """Return the replacement by the first rule that applies to the lines from an index on."""
    for rule in rules:
        if _holds(lines[at], rule.marks) and (found := rule.run(lines, at, again)):
            return found
    return None


def _rewritten(line: str, rules: list[LineRule]) -> str:
    for rule in rules:
        if _holds(line, rule.marks):
            line = outside_code(line, rule.apply)
    return line


def _matching_lines(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Yield the numbers of the lines, from 0, in which a pattern that matches no newline is found."""
    at = number = 0
    while found := pattern.search(text, at):
        number += text.count("\n", at, found.start())
        yield number
        at = text.find("\n", found.end()) + 1
        if not at:
            return
        number += 1


def _present(text: str, rules: tuple[AnyRule, ...], line_rules: tuple[LineRule, ...]) -> set[str]:
    """Return the marks of rules that occur in a text, their first characters, and shorter marks that are prefixes."""
    found = {""}
    for mark, shorter in _marks(rules, line_rules):
        if shorter in found and mark in text:
            found.add(mark)
    found.remove("")
    return found


@cache
def _marks(rules: tuple[AnyRule, ...], line_rules: tuple[LineRule, ...]) -> tuple[tuple[str, str], ...]:
    """Return the rules' marks and their first characters, each with the longest of the others that is its prefix."""
    marks = _marks_of(rules, line_rules)
    marks |= {mark[0] for mark in marks} | {""}
    return tuple(
        (mark, max((one for one in marks if mark.startswith(one) and one != mark), key=len))
        for mark in sorted(marks)
        if mark
    )


def _marks_of(rules: Iterable[AnyRule], line_rules: Iterable[LineRule]) -> set[str]:
    return {mark for rule in rules for mark in rule.marks} | {mark for rule in line_rules for mark in rule.marks}


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
    line = lines[at]
    # Few lines have a fence, and matching the expression takes several times as long as this test.
    if "```" not in line and "~~~" not in line:
        return 0
    found = _FENCE.match(line)
    if not found:
        return 0
    fence = found["fence"]
    closing = re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    is_quoted = found["in"].lstrip(" \t").startswith(">")
    for number in range(at + 1, len(lines)):
        if is_quoted and not lines[number].lstrip(" \t").startswith(">"):
            return number  # The code ends with its block quote.
        if fence in lines[number] and closing.match(lines[number]):
            return number + 1
    return len(lines)


def nested_end(lines: Sequence[str], start: int, step: Callable[[str], int]) -> int:
    """Return the line that closes an element whose content begins at `start`; 0 if none does, or it is nested too deep.

    `step` returns for a line without its indent 1 if it opens an element, -1 if it closes one, else 0. Lines of fenced
    code are skipped.
    """
    depth, number = 1, start
    while number < len(lines) and depth <= _MOST_OPEN:
        line = lines[number].strip()
        if stop := fence_end(lines, number):
            number = stop
            continue
        depth += step(line)
        if not depth:
            return number
        number += 1
    return 0


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
    longest = max((len(run) for line in lines if "```" in line for run in re.findall("`{3,}", line)), default=2)
    fence = "`" * (longest + 1)
    blank = blank_line(indent)
    # A line of code that is indented less than the fence would end the list item around it.
    if indent and not indent.strip() and any(line.strip() and not line.startswith(indent) for line in lines):
        lines = [indent + line if line.strip() else line for line in lines]
    return [blank, f"{indent}{fence}{info.replace('`', '')}".rstrip(), *lines, f"{indent}{fence}", blank]


def quoted(lines: Sequence[str], indent: str = "") -> list[str]:
    """Turn lines into a block quote."""
    blank = blank_line(indent)
    return [blank, *(f"{indent}> {line.removeprefix(indent)}".rstrip() for line in lines), blank]


def blank_line(indent: str) -> str:
    """Return a blank line that does not end the block quote around it."""
    return indent.rstrip() if ">" in indent else ""


def literal(text: str) -> str:
    """Escape all Markdown syntax in a text."""
    return re.sub(r"[\\`*_\[\]<>#|~=^$!&]", lambda sign: f"&#{ord(sign[0])};", text)
