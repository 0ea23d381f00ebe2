"""Containers fenced by colons (VuePress, VitePress, Docusaurus, HackMD, Zenn, Pandoc): names, titles, and rewriting."""

import re
from collections.abc import Sequence
from functools import lru_cache

from reader.parse.html_vocabulary import CALLOUTS, names
from reader.parse.markdown.empty_components import with_texts
from reader.parse.markdown.scanner import BlockRule, Replacement, blank_line
from reader.regex import regex

FOLDS = names("details spoiler collapse folding fold")
"""Containers shown as collapsible details with a summary."""
PASSING = names(
    "code-group code-tabs tabs tab row column columns center left right v-pre raw div container slot steps cards card"
    " grid tip-container demo gallery only-en only-zh align hidden panel-tabset aside landscape incremental"
    " nonincremental"
)
"""Containers without meaning in a text, which are removed."""
TITLED = "{=title}"
"""A word in the info string of a container that makes its first paragraph the title.

The parser accepts no colon in an info string, and parses no markup there.
"""

_NAME = regex(r"\{?\.?([\w-]+)[^\S\n]*")
_ATTRIBUTES = regex(r"^\s*\{[^{}$]*\}|\{[^{}$]*\}\s*$")
_PANDOC = regex(r"\{[^{}]*\}")
_PANDOC_TITLE = regex(r"\btitle=(?:\"([^\"]*)\"|'([^']*)')")
_LABEL = regex(r"^\[((?:[^\[\]]|\[[^\[\]]*\])*)\]$")
_OPENING = regex(r"^(?P<in>(?:[ \t]*>)*[ \t]*)(?P<fence>:{3,})[ \t]*(?P<info>[\w{.].*)$")
_FENCE = regex(r"^(?:[ \t]*>)*[ \t]*:{3,}")
_END = regex(r"^(?:[ \t]*>)*[ \t]*:{3,}[ \t]*$")
_ALIGNED = names("left center right")
_NEAR = 200
"""The number of lines that are searched for the container around another one, and for its end."""
_MARKUP = regex(r"[:\[\]`*_$<&\\~=^]")
_BEGINS_BLOCK = regex(r"^(?=(?:#{1,6}|[+*-])\s|>)|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])")


@lru_cache(maxsize=64)
def directive_name(info: str) -> tuple[str, str]:
    """Parse the name and title of a container: `tip A title`, `tip[A title]{open}` or `{.note}`."""
    info = info.strip()
    found = _NAME.match(info)
    if _PANDOC.fullmatch(info):
        return _pandoc_name(info)
    if not found:
        return "", ""
    name = found[1].lower()
    if name.startswith("callout-"):  # Quarto's
        name = name.removeprefix("callout-")
    title = _ATTRIBUTES.sub("", info[found.end() :]).strip().strip('"').removesuffix("}")
    label = _LABEL.match(title)
    title = " ".join((label[1] if label else title).split())
    if name == "message":  # Zenn's
        return ("warning", title[5:].strip()) if title.startswith("alert") else ("note", title)
    return name, title


def _pandoc_name(info: str) -> tuple[str, str]:
    """Parse the attributes of a div of Pandoc or Quarto, which is layout unless a class makes it a callout."""
    classes = [one.lower().removeprefix("callout-") for one in re.findall(r"\.([\w-]+)", info)]
    title = _PANDOC_TITLE.search(info)
    known = (one for one in classes if one in CALLOUTS or one in FOLDS or one in PASSING)
    return next(known, "div"), (title[1] or title[2] or "") if title else ""


def contained(lines: Sequence[str], info: str, indent: str = "") -> list[str]:
    """Wrap lines in a container whose fence is longer than any inside."""
    longest = max((len(run) for line in lines if ":::" in line for run in re.findall(":{3,}", line)), default=3)
    fence = ":" * (longest + 1)
    blank = blank_line(indent)
    return [blank, *_opened(indent, fence, info), blank, *lines, blank, f"{indent}{fence}", blank]


def _opened(indent: str, fence: str, info: str) -> list[str]:
    """Return the line that opens a container, and the paragraph of its title if the title has markup or colons."""
    info = with_texts(info) if "/>" in info else info
    name, title = directive_name(info)
    if name in PASSING:
        return [f"{indent}{fence} {name}"]
    if not _MARKUP.search(title):
        return [f"{indent}{fence} {info}".rstrip()]
    blank = blank_line(indent)
    return [f"{indent}{fence} {name} {TITLED}", blank, indent + _BEGINS_BLOCK.sub(r"\\", title, count=1), blank]


def _opening(lines: list[str], at: int) -> Replacement | None:
    """Rewrite a line that opens a container of a known name, if the parser would misread it."""
    found = _OPENING.match(lines[at])
    if not found:
        return None
    info = found["info"]
    name, title = directive_name(info)
    if name in _ALIGNED and _shares_end(lines, at):
        return [blank_line(found["in"])], at + 1
    if not (name in CALLOUTS or name in FOLDS or name in PASSING):
        return None
    if info.startswith(("{", "message")):
        info = f"{name} {title}"
    return _opened(found["in"], found["fence"], info), at + 1


def _shares_end(lines: list[str], at: int) -> bool:
    """Whether the end of the container that a line opens is also that of the one around it, as in markdown-it."""
    around = next((line for line in reversed(lines[max(0, at - _NEAR) : at]) if _FENCE.match(line)), "")
    below = [line for line in lines[at + 1 : at + _NEAR] if _FENCE.match(line)][:2]
    ends = [_END.match(line) is not None for line in below]
    return _OPENING.match(around) is not None and ends in ([True], [True, False])


RULES: tuple[BlockRule, ...] = (
    BlockRule((":::",), _opening, regex(r":::[ \t]*(?:\w[^\n]*[:\[\]`*_$<&\\~=^]|\{|message|left|center|right)")),
)
