"""Rules for Hugo's shortcodes, between `{{<` and `>}}` or `{{%` and `%}}`."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote

from reader.parse.html_vocabulary import CALLOUTS, escaped, names
from reader.parse.markdown.directives import contained
from reader.parse.markdown.embedded_services import service_link
from reader.parse.markdown.fences import code_options
from reader.parse.markdown.scanner import (
    MOST_LINES,
    BlockRule,
    LineRule,
    Replacement,
    fenced,
    literal,
    rewrite,
)
from reader.parse.markdown.targets import is_in_address, reference
from reader.regex import regex

_CALL = regex(r"\{\{(?P<sign>[<%])\s*(?P<name>[\w/.-]+)(?P<said>.*?)\s*/?[>%]\}\}")
_LINE = regex(r"^(?P<in>(?:[ \t]*>)*[ \t]*)" + _CALL.pattern + r"(?P<rest>.*)$")
_COMMENTED = regex(r"\{\{([<%])/\*\s*(.*?)\s*\*/([>%])\}\}")
_COMMENT = regex(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}")
_NAMED = regex(r"([\w-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|(\S+))")
_PLAIN = regex(r"\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|([^\s=\"`]+)")
_WEB = regex(r"https?://[^\s<>]+")

_FOLDS = names("details expand collapse spoiler toggle fold expandable")
_NOTES = names("notice admonition callout alert hint box alerts message notification panel blockquote-alert")
_WRAPPERS = names(
    "tabs tab tabpane columns column row col center div steps step cards grid section block raw rawhtml unsafe html "
    "markdown md code-toggle tabgroup gallery galleries wrapper accordion card lead typeit quote-center "
    "left right center centered align table bootstrap-table responsive-table"
)
_CODE = frozenset(("highlight", "code", "codeblock", "code-block"))
_PICTURES = names("figure img image imgproc imgc picture lightbox fig photo")
_PAGES = frozenset(("ref", "relref"))
_REFERENCES = _PAGES | names("rel link urlref absurl relurl static-ref siteurl")


@lru_cache(maxsize=64)
def _arguments(said: str) -> tuple[Mapping[str, str], Sequence[str]]:
    """Return the named and the positional arguments of a shortcode."""
    named = {name.lower(): a or b or c for name, a, b, c in _NAMED.findall(said)}
    others = [a or b or c for a, b, c in _PLAIN.findall(_NAMED.sub(" ", said))]
    return named, others


_DEEPEST = 16
"""The maximum number of open shortcodes of one name; further ones are treated as having no end tag."""


def _block(lines: list[str], at: int) -> Replacement | None:
    """Rewrite a shortcode at the start of a line, with content up to its end tag or alone on its line."""
    found = _LINE.match(lines[at])
    if not found or found["name"].startswith("/"):
        return None
    name, said, rest, indent = found["name"].lower(), found["said"], found["rest"], found["in"]
    stop, before, behind = _end(lines, at, found)
    if stop >= 0 and not behind.strip():
        first = [] if stop == at or not rest.strip() else [rest]
        inner = [before] if stop == at else [*first, *lines[at + 1 : stop], *([before] if before.strip() else [])]
        if (made := with_content(name, said, inner, indent)) is not None:
            return made, stop + 1
    if rest.strip():
        return None
    written = single(name, said)
    return ["", indent + (literal(found[0].strip()) if written is None else written), ""], at + 1


def _end(lines: list[str], at: int, found: re.Match[str]) -> tuple[int, str, str]:
    """Return the line of a shortcode's end tag (-1 if there is none), and the text before and after the tag."""
    begins, ends = _tags(found["name"])
    if hit := ends.search(found["rest"]):
        return at, found["rest"][: hit.start()], found["rest"][hit.end() :]
    depth = 1
    if found["name"].lower() in _PICTURES | _REFERENCES:
        return -1, "", ""
    nests = found["name"].lower() not in _CODE
    for number in range(at + 1, min(len(lines), at + MOST_LINES)):
        line = lines[number]
        if "{{" not in line:
            continue
        if nests and begins.search(line):
            depth += 1
            if depth > _DEEPEST:
                break
        if "/" in line and (hit := ends.search(line)):
            depth -= 1
            if not depth:
                return number, line[: hit.start()], line[hit.end() :]
    return -1, "", ""


@lru_cache(maxsize=256)
def _tags(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns for the beginning of a shortcode and for its end tag."""
    name = re.escape(name)
    return (
        re.compile(rf"\{{\{{[<%]\s*{name}(?=[\s>%])(?:(?!/[>%]\}}\}}).)*?[>%]\}}\}}", re.IGNORECASE),
        re.compile(rf"\{{\{{[<%]\s*/\s*{name}\s*[>%]\}}\}}", re.IGNORECASE),
    )


def with_content(name: str, said: str, inner: list[str], indent: str) -> list[str] | None:  # noqa: PLR0911 - one per kind
    """Return the lines of a shortcode with the arguments `said` around the lines `inner`; None if it is unknown."""
    named, others = _arguments(said)
    if name in _CODE:
        title = named.get("title") or named.get("file") or named.get("filename") or ""
        language = others[0] if others else named.get("lang") or named.get("language") or named.get("type") or ""
        options = f" {code_options(said)}".rstrip() if language else ""
        return fenced(inner, (f'{language} title="{title}"' if title else language) + options, indent)
    if name in ("mermaid", "katex", "math", "latex", "echarts", "chart", "plantuml"):
        return (
            ["$$", *filter(str.strip, inner), "$$"]
            if name in ("katex", "math", "latex")
            else fenced(inner, name, indent)
        )
    if name in ("raw", "rawhtml", "unsafe", "html"):
        return ["", *inner, ""]
    content = rewrite("\n".join(inner), RULES, LINE_RULES).split("\n")
    if name in ("blockquote", "quote"):
        source = ", ".join(filter(None, (named.get("author"), named.get("source") or named.get("title"))))
        return [
            "",
            *(f"{indent}> {line}" for line in content),
            *([f"{indent}>", f"{indent}> — {source}"] if source else []),
            "",
        ]
    if name in _NOTES or name in CALLOUTS:
        kind = (named.get("type") or (others[0] if others and name in _NOTES else name)).lower()
        title = named.get("title") or next((one for one in others if one.lower() != kind), "")
        return contained(content, f"{kind if kind in CALLOUTS else 'note'} {title}", indent)
    if name in _FOLDS:
        title = named.get("title") or named.get("summary") or (others[0] if others else "")
        return contained(content, f"details {title}", indent)
    if name in _WRAPPERS:
        title = (
            named.get("title")
            or named.get("name")
            or named.get("header")
            or (others[0] if others and name == "tab" else "")
        )
        return ["", *([f"**{literal(title)}**", ""] if title else []), *content, ""]
    return None


def single(name: str, said: str) -> str | None:
    """Return a shortcode without content as Markdown; None if it is unknown."""
    named, others = _arguments(said)
    if name == "pagebreak":  # Quarto's
        return ""
    if name in _PICTURES:
        return _figure(named, others)
    if name in _REFERENCES:
        target = _page(said)
        return reference(target) if target and name in _PAGES else target
    identifier = (
        named.get("id")
        or named.get("vid")
        or named.get("bvid")
        or named.get("src")
        or (others[-1] if others and name in ("tweet", "x", "twitter") else "")
    )
    identifier = identifier or ("/".join(others[:2]) if name == "gist" else others[0] if others else "")
    if name == "meting" and named.get("server") == "netease":
        return service_link("music", f"https://music.163.com/#/{named.get('type', 'song')}?id={identifier}")
    return service_link(name, identifier) or _card(named)


def _card(named: Mapping[str, str]) -> str | None:
    """Return the link in a shortcode that a theme or a site defines, such as a card; None if it has no URL."""
    address = next((named[key] for key in ("url", "href", "link", "src") if _WEB.fullmatch(named.get(key, ""))), "")
    if not address:
        return None
    title = next((named[key] for key in ("title", "name", "text") if named.get(key)), address)
    described = named.get("description") or named.get("desc")
    return f"[{literal(title)}](<{address}>)" + (f" {literal(described)}" if described else "")


def _figure(named: Mapping[str, str], others: Sequence[str]) -> str | None:
    address = named.get("src") or named.get("path") or named.get("url") or (others[0] if others else "")
    if not address:
        return None
    caption = " ".join(filter(None, (named.get("title"), named.get("caption"), named.get("attr"))))
    alt = named.get("alt") or (others[1] if len(others) > 1 else "")
    picture = f'<img src="{_value(address)}" alt="{_value(alt)}">'
    return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>" if caption else picture


def _value(text: str) -> str:
    return escaped(text).replace('"', "&quot;")


def _inline(text: str) -> str:
    """Rewrite shortcodes within a line; escaped ones become text."""
    if "*/" in text:
        text = _COMMENT.sub("", text)
    # Search only up to the last end of a call; searching for the end of each call would take quadratic time.
    end = max(text.rfind(">}}"), text.rfind("%}}")) + 3
    if end < 3:
        return text
    text = _CALL.sub(lambda found: _in_line(found, text), text[:end]) + text[end:] if "/*" not in text else text
    return _COMMENTED.sub(lambda found: literal(f"{{{{{found[1]} {found[2]} {found[3]}}}}}"), text)


def _in_line(found: re.Match[str], text: str) -> str:
    """Return a shortcode within a line as Markdown, or what it stands for if it is part of a URL."""
    name = found["name"].lower()
    if name in _PICTURES:
        named, others = _arguments(found["said"])
        address = named.get("src") or (others[0] if others else "")
        return f"![{literal(named.get('alt', ''))}](<{address}>)" if address else literal(found[0])
    if not is_in_address(text, found.start()):
        target = _page(found["said"]) if name in _PAGES else ""
        written = f"[{literal(target)}](<{reference(target)}>)" if target else single(name, found["said"])
        return literal(found[0]) if written is None else written
    written = single(name, found["said"]) if name in _REFERENCES else None
    if written is None:
        # A space would end the target of a link, or turn a link reference definition into text.
        return quote(found[0])
    # Hugo's URLs of pages end with a slash.
    continues = (
        name in _PAGES and not written.endswith("/") and "#" not in written and text[found.end() :][:1].isalnum()
    )
    return f"{written}/" if continues else written


def _page(said: str) -> str:
    """Return the page that a reference names; empty if it names none."""
    named, others = _arguments(said)
    return others[0] if others else named.get("path", "")


RULES: tuple[BlockRule, ...] = (BlockRule(("{{<", "{{%"), _block),)
LINE_RULES: tuple[LineRule, ...] = (LineRule(("{{<", "{{%", "{{/*", "{{- /*"), _inline),)
