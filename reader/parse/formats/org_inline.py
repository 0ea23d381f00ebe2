"""Inline Org: emphasis, links, footnote references, formulas and timestamps as HTML."""

import re
from html import escape
from html.entities import html5

from reader.parse.formats.footnote_list import FootnoteList
from reader.regex import regex

_PRE = r"(?:(?<=[\s\-({'\"、。，；：！？「」『』（）《》])|^|(?<=[\u2e80-\u9fff\uac00-\ud7af]))"
_POST = r"(?=[\s\-.,;:!?'\")}\\\[、。，；：！？「」『』（）《》]|$|[\u2e80-\u9fff\uac00-\ud7af])"
_SIGN = regex(r"[\[*/_+=~<@\\^$]")
"""The characters of which every token contains at least one."""
_HAN = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = regex(
    r"\[\[(?P<target>(?:\\[\[\]\\]|[^\]\n]){1,2000})\](?:\[(?P<name>(?:[^\]]|\](?!\](?!\]))){1,2000})\])?\]"
    r"|\[fn:(?P<label>[\w-]*)(?P<definition>:[^\]]*)?\]"
    r"|(?P<formula>\\\(.{1,2000}?\\\)|\\\[.{1,4000}?\\\]|\$\$[^$]{1,4000}\$\$)"
    rf"|(?<![$\w])\$(?P<tex>(?![\s.,;])[^$\n{_HAN}]{{0,400}}?(?:\n[^$\n{_HAN}]{{0,400}}?){{0,2}}(?<![\s.,;]))\$(?![\w$])"
    rf"|{_PRE}(?P<mark>[*/_+])(?P<text>\S[^\n]{{0,1000}}?(?:\n[^\n]{{0,1000}}?)?(?<=\S))(?P=mark){_POST}"
    rf"|{_PRE}(?P<tick>[=~])(?P<code>\S[^\n]{{0,1000}}?(?<=\S))(?P=tick){_POST}"
    r"|<(?P<address>(?:https?|ftp|mailto|file):[^<>\s]{1,2000})>"
    r"|(?P<bare>https?://[^\s<>\[\]\u3000-\u303f\uff00-\uffef]{1,2000}[^\s<>\[\].,;:!?'\")\u3000-\u303f\uff00-\uffef])"
    r"|<<<?(?P<anchor>[^<>\n]{1,200})>>>?"
    r"|@@(?P<backend>\w{1,20}):(?P<raw>[^@\n]*)@@"
    r"|(?P<base>(?<=\w))(?P<script>[\^_])\{(?P<scripted>[^{}\n]{1,200})\}"
    r"|(?<![\w\\:/])\\(?P<entity>[A-Za-z]{2,20}[1-4]{0,2})(?:\{\}|(?![A-Za-z]))"
    r"|(?P<breaks>\\\\[ \t]*(?=\n|$))",
    re.DOTALL,
)
_ENTITIES = {"to": "→", "gets": "←", "leadsto": "⇝", "ddag": "‡", "dag": "†", "EUR": "€", "vert": "|", "nbsp": "\u00a0"}
"""Entities of Org that HTML lacks, and `nbsp`, whose character is not printable."""
_ELEMENTS = {"*": "b", "/": "i", "_": "u", "+": "del"}
_UNESCAPED = regex(r"\\([\[\]\\])")
_PICTURE = regex(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif)$", re.IGNORECASE)
_DEEPEST = 8
"""The maximum depth of nested emphasis."""


def inline(text: str, notes: FootnoteList, depth: int = 0) -> str:
    """Translate the text of a paragraph, cell or headline to HTML."""
    if not _SIGN.search(text):
        return escape(text, quote=False)
    made, end = [], 0
    for found in _TOKEN.finditer(text):
        made.append(escape(text[end : found.start()], quote=False))
        made.append(_element(found, notes, depth))
        end = found.end()
    made.append(escape(text[end:], quote=False))
    return "".join(made)


def _element(found: re.Match[str], notes: FootnoteList, depth: int) -> str:  # noqa: PLR0911 - one case per kind
    if found["target"]:
        return _link(found["target"], found["name"], notes, depth)
    if found["label"] is not None:
        said = found["definition"]
        return notes.reference(found["label"], inline(said[1:].strip(), notes, depth + 1) if said else None)
    if found["formula"] or found["breaks"] or found["tex"] or found["entity"]:
        return _tex(found)
    if found["mark"]:
        tag = _ELEMENTS[found["mark"]]
        within = inline(found["text"], notes, depth + 1) if depth < _DEEPEST else escape(found["text"], quote=False)
        return f"<{tag}>{within}</{tag}>"
    if found["tick"]:
        return f"<code>{escape(found['code'], quote=False)}</code>"
    if address := found["address"] or found["bare"]:
        return f'<a href="{escape(address)}">{escape(address, quote=False)}</a>'
    if found["anchor"]:
        return f'<a id="{escape(found["anchor"])}"></a>'
    if found["backend"]:
        return found["raw"] if found["backend"] == "html" else escape(found["raw"], quote=False)
    tag = "sup" if found["script"] == "^" else "sub"
    return f"<{tag}>{inline(found['scripted'], notes, depth + 1)}</{tag}>"


def _tex(found: re.Match[str]) -> str:
    """Return a formula, a named character or a line break."""
    if found["tex"]:
        return f"\\({escape(found['tex'], quote=False)}\\)"
    if found["breaks"]:
        return "<br>"
    return (_entity(found["entity"]) if found["entity"] else "") or escape(found[0], quote=False)


def _entity(name: str) -> str:
    """Return the character of an entity of Org, or empty if the name is unknown."""
    known = _ENTITIES.get(name) or html5.get(f"{name};", "")
    return known if known.isprintable() or name in _ENTITIES else ""


def _link(target: str, name: str | None, notes: FootnoteList, depth: int) -> str:
    target = _UNESCAPED.sub(r"\1", target)
    address = target.removeprefix("file:").partition("::")[0] if target.startswith("file:") else target
    if target.startswith("*"):
        address = "#" + target[1:]
    if name is None and _PICTURE.search(address):
        return f'<img src="{escape(address)}" alt="">'
    shown = escape(target.removeprefix("file:"), quote=False) if name is None else inline(name, notes, depth + 1)
    return f'<a href="{escape(address)}">{shown}</a>'
