"""Wikitext of TiddlyWiki within a line: emphasis, code, links, pictures, transclusions, macros."""

import re
from html import escape

from reader.regex import regex

_SIGN = regex(r"['/_^,~`\[{<&@$:A-Z]")
_TOKEN = regex(
    r"``(?P<code2>.{1,2000}?)``|`(?P<code>[^`]{1,2000})`"
    r"|\[\[(?:(?P<label>[^\[\]|\n]{1,500})\|)?(?P<target>[^\[\]|\n]{1,1000})\]\]"
    r"|\[ext\[(?:(?P<shown>[^\[\]|\n]{1,500})\|)?(?P<external>[^\[\]\n]{1,1000})\]\]"
    r"|\[img(?:[^\[\]\n]{0,200})\[(?:(?P<tooltip>[^\[\]|\n]{0,500})\|)?(?P<picture>[^\[\]\n]{1,1000})\]\]"
    r"|\{\{\{(?P<filter>[^{}\n]{1,1000})\}\}\}|\{\{(?P<included>[^{}\n]{0,500})\}\}"
    r"|<<(?P<macro>[^<>\n]{1,1000}(?:<[^<>\n]*>[^<>\n]*)?)>>"
    r"|(?P<mark>''|//|__|\^\^|,,|~~)(?P<marked>(?=\S).{1,1000}?)(?P=mark)"
    r"|@@(?:[.\w][^\s@;]{0,100};)?(?P<highlight>[^@\n]{1,1000})@@"
    r"|\$\$(?P<tex>[^$]{1,2000})\$\$"
    r"|(?P<widget></?\$[\w.-]{1,60}(?:[^<>\"]++|\"[^\"]{0,500}\"|<<[^<>\n]{0,200}>>|<[^<>\n]{0,200}>){0,60}+>)"
    r"|(?P<html></?[a-zA-Z][\w-]{0,40}(?:\s[^<>]{0,1000})?>|&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|\w{1,31});)"
    r"|(?P<address>https?://[^\s<>\[\]{}|^]{0,1000}[^\s<>\[\]{}|^.,;:!?)\"'])"
    r"|~(?P<plain>[A-Z][a-z]+[A-Z]\w*|https?://\S+)",
    re.DOTALL,
)
_ELEMENTS = {"''": "strong", "//": "em", "__": "u", "^^": "sup", ",,": "sub", "~~": "del"}
_SCHEME = regex(r"[a-z][\w+.-]*:(?://|\S)", re.IGNORECASE)
_DEEPEST = 16


def inline(text: str, depth: int = 0) -> str:
    """Translate the text of a paragraph, an item or a cell to HTML; HTML in it is kept."""
    if not _SIGN.search(text) or depth > _DEEPEST:
        return escape(text, quote=False)
    made, end = [], 0
    for found in _TOKEN.finditer(text):
        made += [escape(text[end : found.start()], quote=False), _element(found, depth + 1)]
        end = found.end()
    return "".join((*made, escape(text[end:], quote=False)))


def _element(found: re.Match[str], depth: int) -> str:  # noqa: C901, PLR0911 - one case per kind
    if code := found["code2"] or found["code"]:
        return f"<code>{escape(code, quote=False)}</code>"
    if target := found["target"] or found["external"]:
        return _link(target, found["label"] or found["shown"] or target, depth)
    if found["picture"]:
        return f'<img src="{escape(found["picture"])}" alt="{escape(found["tooltip"] or "")}">'
    if found["included"] is not None:
        return _included(found["included"])
    if found["mark"]:
        tag = _ELEMENTS[found["mark"]]
        return f"<{tag}>{inline(found['marked'], depth)}</{tag}>"
    if found["highlight"]:
        return f"<mark>{inline(found['highlight'], depth)}</mark>"
    if found["tex"]:
        return f"\\({escape(found['tex'].strip(), quote=False)}\\)"
    if found["address"]:
        return _link(found["address"], found["address"], depth)
    if found["html"]:
        return found["html"]
    if found["widget"]:
        return ""
    return escape(found["plain"] or found[0], quote=False)


def _included(title: str) -> str:
    """Return a transclusion as a link to the tiddler; if it names a field or only a template, leave it unchanged."""
    name = title.partition("||")[0].partition("!!")[0].strip()
    if not name or "!!" in title:
        return escape("{{" + title + "}}", quote=False)
    return _link(name, name, _DEEPEST)


def _link(target: str, shown: str, depth: int) -> str:
    address = target if _SCHEME.match(target) or target.startswith(("#", "./", "../")) else f"wiki:{target}"
    return f'<a href="{escape(address)}">{inline(shown, depth) if shown != target else escape(shown, quote=False)}</a>'
