"""Text of DokuWiki and Zim within a line: emphasis, links, pictures, footnotes."""

import re
from html import escape

from reader.parse.formats.footnote_list import FootnoteList
from reader.regex import regex

_SIGN = regex(r"[*/_'\[{(<~%\\^:]")
_TOKEN = regex(
    r"<nowiki>(?P<nowiki>(?:(?!</?nowiki>).)*+)</nowiki>|%%(?P<kept>.{1,4000}?)%%"
    r"|''(?P<mono>.{1,1000}?)''(?!')"
    r"|\[\[(?P<target>[^\[\]|\n]{1,1000})(?:\|(?P<label>(?:\{\{[^{}\n]{0,500}\}\}|[^\[\]\n]){0,500}))?\]\]"
    r"|\{\{(?P<media>[^{}|\n]{1,1000})(?:\|(?P<caption>[^{}\n]{0,500}))?\}\}"
    r"|\(\((?P<note>.{1,2000}?)\)\)"
    r"|(?P<mark>\*\*|__|~~)(?P<marked>(?=\S).{1,1000}?)(?P=mark)"
    r"|(?<!:)//(?P<emphasis>(?=\S).{1,1000}?)(?<!:)//"
    r"|<(?P<tag>sub|sup|del|u)>(?P<tagged>.{0,1000}?)</(?P=tag)>"
    r"|(?P<script>[_^])\{(?P<scripted>[^{}\n]{1,200})\}"
    r"|(?P<break>\\\\(?:[ \t]|(?=\n)|\Z))"
    r"|</?(?:wrap|WRAP|note)\b[^<>\n]{0,200}>"
    r"|(?P<address>(?:https?|ftp|file)://[^\s<>\[\]{}|^]{0,1000}[^\s<>\[\]{}|^.,;:!?)\"'*/_]/?)",
    re.DOTALL,
)
_ELEMENTS = {"**": "strong", "__": "u", "~~": "del"}
_PICTURE = regex(r"\.(?:png|jpe?g|gif|svg|webp|bmp)$", re.IGNORECASE)
_SIZE = regex(r"\?[^?/]*$")
_SCHEME = regex(r"(?:[a-z][\w+.-]*:)?//|mailto:", re.IGNORECASE)
_MAIL = regex(r"[^\s@:/]+@[^\s@:/]+\.\w+")
_DEEPEST = 16


def inline(text: str, notes: FootnoteList, depth: int = 0) -> str:
    """Translate the text of a paragraph, an item or a cell to HTML."""
    if not _SIGN.search(text) or depth > _DEEPEST:
        return escape(text, quote=False)
    made, end = [], 0
    for found in _TOKEN.finditer(text):
        made += [escape(text[end : found.start()], quote=False), _element(found, notes, depth + 1)]
        end = found.end()
    return "".join((*made, escape(text[end:], quote=False)))


def _element(found: re.Match[str], notes: FootnoteList, depth: int) -> str:  # noqa: PLR0911 - one case per kind
    if found["target"]:
        return _link(found["target"].strip(), found["label"], notes, depth)
    if found["media"]:
        return _media(found["media"].strip(), (found["caption"] or "").strip())
    if found["mono"] or found["nowiki"] or found["kept"]:
        said = escape(found["mono"] or found["nowiki"] or found["kept"], quote=False)
        return f"<code>{said}</code>" if found["mono"] else said
    if found["note"]:
        return notes.reference("", inline(found["note"].strip(), notes, depth))
    if found["address"]:
        return f'<a href="{escape(found["address"])}">{escape(found["address"], quote=False)}</a>'
    if found["break"]:
        return "<br>"
    tag = _ELEMENTS.get(found["mark"] or "") or ("em" if found["emphasis"] else found["tag"])
    if found["script"]:
        tag = "sup" if found["script"] == "^" else "sub"
    said = found["marked"] or found["emphasis"] or found["tagged"] or found["scripted"]
    return f"<{tag}>{inline(said, notes, depth)}</{tag}>" if tag and said else ""


def _link(target: str, label: str | None, notes: FootnoteList, depth: int) -> str:
    shown = inline(label.strip(), notes, depth) if label and label.strip() else escape(target.lstrip(":+"), quote=False)
    if _MAIL.fullmatch(target):
        return f'<a href="mailto:{escape(target)}">{shown}</a>'
    if ">" in target:
        return shown  # A page of another wiki, whose address only the program knows.
    return f'<a href="{escape(_address(target))}">{shown}</a>'


def _address(target: str) -> str:
    """Return the address of a page: namespaces are folders, blanks are underscores in the names of files."""
    if _SCHEME.match(target) or target.startswith(("#", "./", "../", "~/", "/")):
        return target
    page, mark, section = target.lstrip(":+").partition("#")
    return f"wiki:{page.strip(':').replace(':', '/').replace(' ', '_')}{mark}{section}"


def _media(media: str, caption: str) -> str:
    source, mark, page = media.partition(">")
    if mark and source in {"page", "section"}:
        return f'<a href="{escape(_address(page))}">{escape(caption or page, quote=False)}</a>'
    path = _SIZE.sub("", media)
    is_address = _SCHEME.match(path) is not None
    path = path if is_address or path.startswith(".") else path.lstrip(":").replace(":", "/")
    if _PICTURE.search(path):
        return f'<img src="{escape(path)}" alt="{escape(caption)}">'
    return f'<a href="{escape(path)}">{escape(caption or media, quote=False)}</a>'
