"""Inline AsciiDoc: emphasis, links, footnotes and attribute references as HTML."""

import re
from html import escape

from reader.regex import regex

_EDGE = r"[\s\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef\u3000-\u303f(\[{<>)\]},.;:!?\"'/|“”‘’—…-]"
_BEFORE, _BEHIND = rf"(?:(?<={_EDGE})|^)", rf"(?={_EDGE}|$)"
_FIRST = r"(?=[\\+$(&\"`'<{*_#^~\[ fhilxmkbs-])"
"""The characters with which a token may begin: most positions need not be tried."""
_TOKEN = regex(
    rf"{_FIRST}(?:"
    r"\\(?P<escaped>(?P<edge>[*_`#^~])(?=[^\n]{1,200}?(?P=edge))|\{(?=[\w-]{1,60}\})|<<(?=[^<>\n]{1,200}>>)|\(\(|https?://\S*)"
    r"|(?P<pass>\+\+\+(?P<raw>[^\n]*?)\+\+\+)"
    r"|(?P<fence>\+\+|\$\$)(?P<plain>(?=\S)[^\n]{1,1000}?(?<=\S))(?P=fence)(?:\[\])?"
    r"|(?P<hidden>\(\(\(.{1,500}?\)\)\))"
    r"|\(\((?P<term>[^()\n]{1,500})\)\)"
    r"|(?P<character>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?:``|\"`)(?P<quoted>(?=\S)[^`\n]{1,1000}?)(?:''|`\")"
    r"|'`(?P<single>(?=\S)[^`\n]{1,1000}?)`'"
    r"|(?P<dash>(?<=\w)--(?=\w)|(?<=\s)--(?=\s))"
    r"|footnote(?:ref)?:(?P<label>[\w-]*)\[(?P<note>(?:[^\[\]]|\[[^\[\]]*\]){0,2000})\]"
    r"|(?P<macro>link|xref|image|mailto|icon|kbd|btn|menu|stem|latexmath):{1,2}(?P<target>[^\s\[\]]{0,2000})\[(?P<shown>[^\]]{0,2000})\]"
    r"|(?P<address>(?:https?|ftp|irc)://[^\s\[\]<>\u3000-\u303f\uff00-\uffef]{1,2000})(?:\[(?P<name>[^\]]{0,2000})\])?"
    r"|<<(?P<reference>[^<>,\n]{1,200})(?:,(?P<words>[^<>\n]{1,500}))?>>"
    r"|(?P<relative>\{[\w-]{1,60}\}[\w./#?=&%:-]{0,500})\[(?P<caption>[^\]\n]{1,500})\]"
    r"|\{(?P<attribute>[\w-]{1,60})\}"
    r"|(?P<double>\*\*|__|``|##)(?P<within>(?=\S).{1,1000}?)(?P=double)"
    rf"|{_BEFORE}(?:\[[^\]\n]{{0,60}}\])?(?P<mark>[*_`#])(?P<text>(?=\S)[^\n]{{1,1000}}?(?<=\S))(?P=mark){_BEHIND}"
    r"|(?P<script>[\^~])(?P<scripted>\S{1,60}?)(?P=script)"
    r"|(?P<breaks>[ ]\+(?=\n|$))"
    r"|\[\[[^\]\n]{1,200}\]\])",
    re.DOTALL,
)
_ELEMENTS = {"*": "b", "_": "i", "`": "code", "#": "mark", "^": "sup", "~": "sub"}
_KNOWN = {
    "nbsp": "\u00a0",
    "zwsp": "\u200b",
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "plus": "+",
    "empty": "",
    "sp": " ",
    "apos": "'",
    "quot": '"',
}
_ATTRIBUTE = regex(r"\{([\w-]{1,60})\}")
_ESCAPED_REFERENCE = regex(r"&amp;(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};)")
_DEEPEST = 8


class Inliner:
    """Translates inline text to HTML, with the attributes and footnotes of the document."""

    def __init__(self) -> None:
        self.attributes: dict[str, str] = {}
        self._notes: list[str] = []
        self._labels: dict[str, int] = {}

    def html(self, text: str, depth: int = 0) -> str:
        """Translate text to HTML."""
        made, end = [], 0
        for found in _TOKEN.finditer(text):
            made.append(escape(text[end : found.start()], quote=False))
            made.append(self._element(found, depth))
            end = found.end()
        made.append(escape(text[end:], quote=False))
        return "".join(made)

    def notes_html(self) -> str:
        """Return the collected footnotes as HTML."""
        items = "".join(f'<li id="fn-{number}"><p>{said}</p></li>' for number, said in enumerate(self._notes, 1))
        return f'<section class="footnotes"><ol>{items}</ol></section>' if items else ""

    def _inner(self, text: str, depth: int) -> str:
        return self.html(text, depth + 1) if depth < _DEEPEST else escape(text, quote=False)

    def _element(self, found: re.Match[str], depth: int) -> str:
        if literal := found["raw"] or found["plain"] or found["escaped"]:
            return escape(literal, quote=False)
        if found["character"]:
            return found[0]
        if found["hidden"]:
            return ""  # A term for the index of the book.
        if words := found["term"] or found["quoted"] or found["single"]:
            quotes = "“”" if found["quoted"] else "‘’" if found["single"] else ""
            return f"{quotes[:1]}{self._inner(words, depth)}{quotes[1:]}"
        if found["dash"]:
            return "—"
        return self._reference(found, depth)

    def _reference(self, found: re.Match[str], depth: int) -> str:  # noqa: PLR0911 - one case per kind
        if found["note"] is not None:
            return self._footnote(found["label"], found["note"], depth)
        if found["macro"]:
            return self._macro(found, depth)
        if found["address"]:
            name = (found["name"] or "").partition(",window=")[0].removesuffix("^").strip('"')
            shown = self._inner(name, depth) if name else escape(found["address"], quote=False)
            return f'<a href="{escape(found["address"])}">{shown}</a>'
        if found["reference"]:
            target = found["reference"].removeprefix("#")
            shown = self._inner(found["words"].strip(), depth) if found["words"] else escape(target)
            return f'<a href="#{escape(target)}">{shown}</a>'
        if found["relative"]:
            address = _ATTRIBUTE.sub(lambda name: self.attributes.get(name[1].lower(), name[0]), found["relative"])
            return f'<a href="{escape(address)}">{self._inner(found["caption"], depth)}</a>'
        if name := found["attribute"]:
            known = _KNOWN.get(name, self.attributes.get(name.lower()))
            return escape(found[0] if known is None else known, quote=False)
        if mark := found["double"] or found["mark"]:
            text, tag = found["within"] or found["text"], _ELEMENTS[mark[0]]
            inner = _code(text) if tag == "code" else self._inner(text, depth)
            return f"<{tag}>{inner}</{tag}>"
        if script := found["script"]:
            tag = _ELEMENTS[script]
            return f"<{tag}>{escape(found['scripted'], quote=False)}</{tag}>"
        return "<br>" if found["breaks"] else ""

    def _footnote(self, label: str, note: str, depth: int) -> str:
        number = self._labels.get(label) if label and not note else None
        if number is None:
            self._notes.append("")
            number = len(self._notes)
            self._notes[number - 1] = self._inner(note, depth)
            if label:
                self._labels[label] = number
        return f'<sup class="footnote-ref"><a href="#fn-{number}">{number}</a></sup>'

    def _macro(self, found: re.Match[str], depth: int) -> str:
        kind, target, shown = found["macro"], found["target"], found["shown"]
        if kind == "image":
            return f'<img src="{escape(target)}" alt="{escape(shown.split(",")[0])}">'
        if kind in {"stem", "latexmath"}:
            return f"\\({escape(shown, quote=False)}\\)"
        if kind in {"kbd", "btn", "icon"}:
            return f"<kbd>{escape(shown or target, quote=False)}</kbd>"
        if kind == "menu":
            return escape(f"{target} › {shown}" if shown else target, quote=False)
        address = f"mailto:{target}" if kind == "mailto" else target
        name = shown.partition(",window=")[0].removesuffix("^").strip('"')
        return f'<a href="{escape(address)}">{self._inner(name, depth) if name else escape(target, quote=False)}</a>'


def _code(text: str) -> str:
    """Return the HTML of monospaced text, in which numeric character references are characters."""
    return _ESCAPED_REFERENCE.sub(r"&\1", escape(text.strip("+"), quote=False))
