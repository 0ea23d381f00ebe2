"""Rules for Zenn's notation in Markdown: embedded pages, videos, slides and code.

https://zenn.dev/zenn/articles/markdown-guide
"""

import re

from reader.parse.markdown.embedded_services import service_link
from reader.parse.markdown.scanner import LineRule, literal
from reader.regex import regex

_EMBED = regex(
    r"(?<!\w)@\[(card|tweet|youtube|slideshare|speakerdeck|docswell|jsfiddle|codepen|codesandbox|stackblitz|figma|gist"
    r"|github|blueprintue)\]\([ \t]*((?:[^\s()<>]|\([^\s()<>]{0,400}\)){1,2000})[ \t]*\)"
)
"""An embedded page and its kind; its address may contain pairs of parentheses."""


def _link(found: re.Match[str]) -> str:
    name, target = found.groups()
    if link := service_link(name, target):
        return link
    return f"[{literal(target)}](<{target}>)" if "://" in target else found[0]


LINE_RULES: tuple[LineRule, ...] = (LineRule(("@[",), lambda text: _EMBED.sub(_link, text)),)
