"""Mending HTML before it is read, so that every `<` left in it begins a whole, well-formed tag.

What a tokenizer would stumble over, swallow or read in quadratic time is settled here, in one pass over the source:
comments, style sheets and scripts go, tags in code and tags that are none become text.
"""

import re
from dataclasses import dataclass, field
from html import escape

from reader.parse.tags import KNOWN, names

# Possessive throughout: nothing here may go back over what it has read.
_STRICT = (
    r"""(?:\s++[A-Za-z_:@.#][^\s"'<>/=]*+(?:=(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'=<>`/&][^\s"'=<>`&]*+))?+){0,100}+\s*+/?"""
)
_LOOSE = r"""
    (?:[\s/]++
      | [^\s/>=<]++ (?:\s*+=\s*+ (?:
            "[^"]*+"(?=[\s/>]) | '[^']*+'(?=[\s/>]) | "[^"<>]*+" | '[^'<>]*+' | [^\s>"'<][^\s>]*+
        )?+ )?+
      | =
    ){0,200}+
"""
_TAG = re.compile(
    rf"<([A-Za-z][A-Za-z0-9:_.-]*+)(?:(?P<strict>{_STRICT})>|(?=[\s/\"'>=])(?P<loose>{_LOOSE})>)", re.VERBOSE
)
_END = re.compile(r"</([A-Za-z][^\s/<>]*+)[^<>]*+>")
_SOUND_TAG = rf"(?:/[A-Za-z][^\s/<>]*+|(?=[^<>&]*+>)[A-Za-z][A-Za-z0-9:_.-]*+{_STRICT})>"
_SOUND = re.compile(rf"(?:[^<]++|<{_SOUND_TAG})*+")
_NAMES = re.compile(r"</?([A-Za-z][^\s/<>]*+)")
_ATTRIBUTE = re.compile(
    r"""([^\s/>=<]++)(?:\s*+=\s*+(?:"([^"]*+)"(?=[\s/>])|'([^']*+)'(?=[\s/>])|"([^"<>]*+)"|'([^'<>]*+)'"""
    r"""|([^\s>"'<][^\s>]*+))?+)?+"""
)
_NAME = re.compile(r"[^\s\"'<>/=&]+")
_BARE_AMPERSAND = re.compile("&(?=[A-Za-z][A-Za-z0-9]*+(?!;))")
"""In an address this begins a parameter, never a character's name."""

_CODE_MARKUP = names("span b i em strong br a u mark font code s del ins sub sup small var kbd samp tt big wbr")
"""What colours code; inside it every other tag is part of the code."""

_HIGHLIGHTING = re.compile(
    r"""(?:\s+(?:class|style|id|lang|title|color|href|target|rel|name|data-[\w-]+)(?:=(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*\s*/?"""
)
_UNCLOSED_PRE = re.compile(r"<(?:p|h[1-6]|pre|blockquote|table|ul|ol|div)[\s>]", re.IGNORECASE)
_TEX_SCRIPT = re.compile(
    r"type\s*=\s*[\"']?\s*(?:math|text)/(?:la)?tex\b(?P<display>[^\"'>]*mode\s*=\s*display)?", re.IGNORECASE
)
_DROPPED = ("style", "script", "noscript")
_SOUND_STRETCH = re.compile(rf"(?:<(?!/?(?i:{'|'.join(_DROPPED)}|pre|code|plaintext)\b){_SOUND_TAG}[^<]*+)*+")
"""Tags that need no mending wherever all names are known, and the text behind them, outside code."""
_ORDINARY = KNOWN.difference(_DROPPED, ("pre", "code"))
"""Elements whose tags stay as they are where they are well-formed."""
FORMULA = "reader-formula"
"""The element that a script with TeX in it becomes; with the attribute `display` it stands on its own."""


class _Finder:
    """Finds the next match from places that only grow, without reading anything twice."""

    def __init__(self, text: str, pattern: str) -> None:
        self._text = text
        self._pattern = re.compile(pattern, re.IGNORECASE)
        self._hit: re.Match[str] | None = None
        self._none_from = len(text) + 1

    def find(self, start: int) -> re.Match[str] | None:
        if start >= self._none_from:
            return None
        if self._hit is None or self._hit.start() < start:
            self._hit = self._pattern.search(self._text, start)
            if self._hit is None:
                self._none_from = start
        return self._hit


@dataclass(slots=True)
class _Code:
    """A stretch of code in the source.

    Attributes:
        stop: Where it ends.
        unended: Whether its end tag is missing.
        kept: Its open tags, and whether each was kept as a tag.
    """

    stop: int = -1
    unended: bool = False
    kept: list[tuple[str, bool]] = field(default_factory=list)


class _Repair:
    def __init__(self, text: str) -> None:
        self._text = text
        self._out: list[str] = []
        self._copied = 0
        self._code = _Code()
        self._finders: dict[str, _Finder] = {}
        self._ended: frozenset[str] | None = None
        self._last_close = text.rfind(">")
        self._all_known = KNOWN.issuperset(_names(text))

    def run(self) -> str:
        text, at = self._text, 0
        while (place := text.find("<", at)) >= 0:
            if self._all_known and place >= self._code.stop and not self._code.unended:
                at = self._stretch(place)
            at = self._markup(place) if at <= place else at
        if not self._out:
            return text
        self._out.append(text[self._copied :])
        return "".join(self._out)

    def _stretch(self, place: int) -> int:
        """Where the tags that need no mending end, which begin at `place`."""
        found = _SOUND_STRETCH.match(self._text, place)
        return found.end() if found else place

    def _markup(self, place: int) -> int:
        """Settles the `<` at `place`; gives the place to go on from."""
        text = self._text
        in_code = place < self._code.stop
        if self._code.unended and not in_code:
            self._code.unended = False
            self._replace(place, place, "</pre>")
        following = text[place + 1 : place + 2]
        if place > self._last_close:
            return self._literal(place)
        if following == "/":
            return self._end_tag(place, in_code=in_code)
        if following.isascii() and following.isalpha():
            found = _TAG.match(text, place)
            if not found:
                return self._literal(place)
            return self._code_tag(found) if in_code else self._start_tag(found)
        if in_code or following not in ("!", "?") or not following:
            return self._literal(place)
        return self._declaration(place)

    def _replace(self, start: int, stop: int, by: str = "") -> int:
        self._out.append(self._text[self._copied : start])
        if by:
            self._out.append(by)
        self._copied = stop
        return stop

    def _literal(self, place: int) -> int:
        return self._replace(place, place + 1, "&lt;")

    def _find(self, pattern: str, start: int) -> re.Match[str] | None:
        finder = self._finders.get(pattern)
        if finder is None:
            finder = self._finders[pattern] = _Finder(self._text, pattern)
        return finder.find(start)

    def _declaration(self, place: int) -> int:
        text = self._text
        if text.startswith("<!--", place):
            end = self._find(r"--!?\s*+>", place + 2)
            if end:
                return self._replace(place, end.end())
        elif text.startswith("<![CDATA[", place):
            end = self._find(r"\]\]>", place)
            if end:
                return self._replace(place, end.end(), repair(text[place + 9 : end.start()]))
            return self._replace(place, place + 9)
        # Not ended: it is taken to reach as far as a tag would, so that the text behind it is not lost.
        end = self._find(">", place)
        return self._replace(place, end.end()) if end else self._literal(place)

    def _end_tag(self, place: int, *, in_code: bool) -> int:
        found = _END.match(self._text, place)
        if not found or (in_code and not self._ends_markup(found[1].lower())):
            return self._literal(place)
        name = found[1].lower()
        if name in _DROPPED:
            return self._replace(place, found.end())
        if found.end() - place != len(name) + 3:
            return self._replace(place, found.end(), f"</{name}>")
        return found.end()

    def _ends_markup(self, name: str) -> bool:
        """Whether an end tag in code ends a tag that was kept as one; an end without a beginning is no text either."""
        kept = self._code.kept
        for number in range(len(kept) - 1, max(-1, len(kept) - 64), -1):
            if kept[number][0] == name:
                return kept.pop(number)[1]
        return name in _CODE_MARKUP

    def _code_tag(self, found: re.Match[str]) -> int:
        name = found[1].lower()
        attributes = found["strict"] if found["loose"] is None else found["loose"]
        kept = name in _CODE_MARKUP and _HIGHLIGHTING.fullmatch(attributes) is not None
        if name in _CODE_MARKUP and name not in ("br", "wbr") and not attributes.endswith("/"):
            self._code.kept.append((name, kept))
        return self._tag(found, name) if kept else self._literal(found.start())

    def _start_tag(self, found: re.Match[str]) -> int:
        name = found[1].lower()
        if name in _DROPPED:
            return self._dropped(found, name)
        if name == "plaintext":
            return self._replace(found.start(), found.end())
        if name not in KNOWN and "-" not in name and ":" not in name and name not in self._ends():
            return self._literal(found.start())
        if name in ("pre", "code"):
            self._enter_code(found, name)
        return self._tag(found, name)

    def _tag(self, found: re.Match[str], name: str) -> int:
        """Keeps a well-formed tag as it is, and writes any other anew."""
        if found["strict"] is not None and "&" not in found[0]:
            return found.end()
        attributes = []
        for one in _ATTRIBUTE.finditer(found[0][len(found[1]) + 1 : -1] + " "):
            if not _NAME.fullmatch(one[1]):
                continue
            content = next((group for group in one.groups()[1:] if group is not None), None)
            if content is None:
                attributes.append(f" {one[1]}")
            else:
                safe = _BARE_AMPERSAND.sub("&amp;", content).replace('"', "&quot;").replace("<", "&lt;")
                attributes.append(f' {one[1]}="{safe.replace(">", "&gt;")}"')
        slash = "/" if found[0].endswith("/>") else ""
        return self._replace(found.start(), found.end(), f"<{name}{''.join(attributes)} {slash}>")

    def _dropped(self, found: re.Match[str], name: str) -> int:
        """Leave out a style sheet or a script. One that never ends is prose about it, or cut off: text either way."""
        if found[0].endswith("/>"):
            return self._replace(found.start(), found.end())
        end = self._find(rf"</{name}[^<>]*+>", found.end())
        tex = _TEX_SCRIPT.search(found[0]) if name == "script" else None
        if end and tex:
            display = " display" if tex["display"] else ""
            content = self._text[found.end() : end.start()].replace("<", "&lt;")
            return self._replace(found.start(), end.end(), f"<{FORMULA}{display}>{content}</{FORMULA}>")
        if end:
            return self._replace(found.start(), end.end())
        return self._replace(found.start(), found.end()) if name == "noscript" else self._literal(found.start())

    def _enter_code(self, found: re.Match[str], name: str) -> None:
        """Finds where code ends. Code that never does ends before the next block, or is no code of its own."""
        start = found.end()
        end = self._find(rf"</{name}\s*+>", start)
        again = self._find(rf"<{name}[\s>]", start)
        if end and not (again and again.start() < end.start()):
            self._code = _Code(end.start())
        elif name == "pre":
            block = _UNCLOSED_PRE.search(self._text, start)
            self._code = _Code(block.start() if block else len(self._text), unended=True)

    def _ends(self) -> frozenset[str]:
        """The names of all end tags in the source: a tag with an unknown name and no end is text, such as `<int>`."""
        if self._ended is None:
            self._ended = frozenset(name.lower() for name in re.findall(r"</([A-Za-z][A-Za-z0-9_.]*+)", self._text))
        return self._ended


def repair(text: str) -> str:
    """`text` with every broken or dangerous piece of markup mended, dropped or turned into text."""
    return text if _is_sound(text) else _Repair(text).run()


def _is_sound(text: str) -> bool:
    """Whether there is nothing to mend, as in most sources; telling that takes a quarter of the time of mending."""
    return _SOUND.fullmatch(text) is not None and _ORDINARY.issuperset(_names(text))


def _names(text: str) -> set[str]:
    """The names of all tags in `text`, in small letters."""
    return set(map(str.lower, set(_NAMES.findall(text))))


def escaped(text: str) -> str:
    """Plain text as HTML."""
    return escape(text, quote=False)
