"""Links around several paragraphs, as converters of web pages write them: `[`, paragraphs, `](address)`.

CommonMark has no such links, and would show their brackets and URLs as text.
"""

import re

from reader.parse.markdown.scanner import BlockRule, Replacement
from reader.regex import regex

_MOST_LINES = 40
"""The maximum number of lines in such a link."""
_OPENS = regex(r"^(?P<before>|[ \t]+|.*[)\s])\[[ \t]*$")
_ENDS = regex(
    r"^[ \t]*\]\((?P<target><[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))+)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)(?P<rest>.*)$"
)
_LINE = regex(r"^(?P<mark>[ \t]*(?:(?:#{1,6}|[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<text>\S.*)$")
_PICTURE = regex(r"!\[[^\[\]\n]*\]\((?:<[^<>\n]*>|[^\s()<>]+)(?:[ \t]+\"[^\"\n]*\")?\)")


def _spread_link(lines: list[str], at: int) -> Replacement | None:
    """Link the first line of text, or the first picture, and leave the other lines as they are."""
    opened = _OPENS.match(lines[at])
    if not opened:
        return None
    for number in range(at + 1, min(len(lines), at + _MOST_LINES)):
        if ended := _ENDS.match(lines[number]):
            # The text after the URL may begin the next link, so it is examined as a line of its own.
            lines[number] = ended["rest"].strip()
            made = [opened["before"].rstrip(), "", *_linked(lines[at + 1 : number], ended["target"].strip("<>")), ""]
            return made, number
        if _OPENS.match(lines[number]) or lines[number].lstrip().startswith(("```", "~~~")):
            break
    return None


def _linked(lines: list[str], target: str) -> list[str]:
    for number, line in enumerate(lines):
        found = _LINE.match(line)
        if found and ("](" not in found["text"] or _PICTURE.fullmatch(found["text"].rstrip())) and _is_balanced(line):
            return [*lines[:number], f"{found['mark']}[{found['text'].rstrip()}](<{target}>)", *lines[number + 1 :]]
    return [*lines, "", f"<{target}>"]


def _is_balanced(line: str) -> bool:
    return line.count("[") == line.count("]")


RULES = (BlockRule(("[",), _spread_link, regex(r"^[ \t]*\]\(", re.MULTILINE)),)
