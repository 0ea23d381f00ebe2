"""Repair of HTML before tokenization, so that every remaining `<` begins a well-formed tag.

One pass handles whatever a tokenizer would misread, drop or process in quadratic time: comments, style sheets and
scripts are removed, and tags in code and unknown tags become text.
"""

import re
from html import unescape

from reader.lean_dataclasses import dataclass, field
from reader.parse.diagram_elements import diagrams_as_code
from reader.parse.highlighted_code import with_plain_code
from reader.parse.html_vocabulary import CODE_MARKUP, FORMULA, KNOWN
from reader.parse.noscript_images import ImageAddresses, image_addresses_in
from reader.regex import regex

# All quantifiers are possessive to rule out backtracking.
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
_TAG = regex(rf"<([A-Za-z][A-Za-z0-9:_.-]*+)(?:(?P<strict>{_STRICT})>|(?=[\s/\"'>=])(?P<loose>{_LOOSE})>)", re.VERBOSE)
_END = regex(r"</([A-Za-z][^\s/<>]*+)[^<>]*+>")
_REFERENCE = r"&(?![A-Za-z][A-Za-z0-9]*+(?!;))"
"""The beginning of a character reference, or a lone ampersand."""
_WELL_FORMED_ATTRIBUTES = (
    rf"""(?:\s++[A-Za-z_:@.#][^\s"'<>&/=]*+(?:=(?:"[^"<>&]*+(?:{_REFERENCE}[^"<>&]*+)*+"|'[^'<>&]*+(?:{_REFERENCE}[^'<>&]*+)*+'"""
    r"""|[^\s"'=<>`/&][^\s"'=<>`&]*+))?+){0,100}+\s*+/?"""
)
_WELL_FORMED_TAG = rf"(?:/[A-Za-z][^\s/<>]*+|[A-Za-z][A-Za-z0-9:_.-]*+{_WELL_FORMED_ATTRIBUTES})>"
_WELL_FORMED = regex(rf"(?:[^<]++|<{_WELL_FORMED_TAG})*+")
_NAMES = regex(r"</?([A-Za-z][^\s/<>]*+)")
_TAG_NAMES = regex(r"<(/?[A-Za-z][A-Za-z0-9:_.-]*+)[\s/>]")
_ATTRIBUTE = regex(
    r"""([^\s/>=<]++)(?:\s*+=\s*+(?:"([^"]*+)"(?=[\s/>])|'([^']*+)'(?=[\s/>])|"([^"<>]*+)"|'([^'<>]*+)'"""
    r"""|([^\s>"'<][^\s>]*+))?+)?+"""
)
_NAME = regex(r"[^\s\"'<>/=&]+")
_BARE_AMPERSAND = regex("&(?=[A-Za-z][A-Za-z0-9]*+(?!;))")
"""An `&` without `;`, which in a URL begins a parameter rather than a character reference."""

_HIGHLIGHTING = regex(
    r"""(?:\s+(?:class|style|id|lang|dir|title|color|href|target|rel|name|role|tabindex|translate|(?:aria|data)-[\w-]+)(?:=(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*\s*/?"""
)
_BOX = regex(r"\s*+<(?:div|button|ul)\s", re.IGNORECASE)
"""A box at the beginning of a `pre` or after its code, such as a copy button or line numbers."""
_CODE_ELEMENT = regex(r"<code[\s>]", re.IGNORECASE)
_UNCLOSED_PRE = regex(r"<(?:p|h[1-6]|pre|blockquote|table|ul|ol|div)[\s>]", re.IGNORECASE)
_TEX_SCRIPT = regex(
    r"type\s*=\s*[\"']?\s*(?:math|text)/(?:la)?tex\b(?P<display>[^\"'>]*mode\s*=\s*display)?", re.IGNORECASE
)
_DROPPED = ("style", "script", "noscript")
SPECIAL = rf"/?(?=[sSnNpPcC])(?i:(?:{'|'.join((*_DROPPED, 'pre', 'plaintext', 'code'))})\b)"
"""The beginning of a tag that ends a run of well-formed ones; testing the first letter rules out most tags at once."""
_WELL_FORMED_RUN = regex(rf"(?:<(?!{SPECIAL}){_WELL_FORMED_TAG}[^<]*+)*+")
"""Well-formed tags and the text after them, outside code."""
_ORDINARY = KNOWN.difference(_DROPPED, ("pre", "code"))
"""Elements whose well-formed tags need no repair."""
_ANY_TAG = regex(r"<[^>]*+>")
_ASKS_FOR_SCRIPT = regex(r"java\s?script|脚本|腳本|スクリプト|스크립트", re.IGNORECASE)
_IMAGE_FILE = regex(r"\.(?:jpe?g|png|gif|webp|avif|bmp|svg)\b", re.IGNORECASE)
_BESIDE = 300
"""The maximum distance in characters between a `noscript` and an image before it that a script loads in its place."""


class _ForwardSearch:
    """Finds the next match from increasing offsets without scanning any text twice."""

    def __init__(self, text: str, pattern: str) -> None:
        self._text = text
        self._pattern = regex(pattern, re.IGNORECASE)
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
class _CodeElement:
    """A code element in the source.

    Attributes:
        stop: Its end offset.
        unclosed: Whether its end tag is missing.
        kept: The open tags inside it, and whether each was kept as a tag.
    """

    stop: int = -1
    unclosed: bool = False
    kept: list[tuple[str, bool]] = field(default_factory=list)


class Repair:
    """One repair of a source: `run` returns the repaired source."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._out: list[str] = []
        self._copied = 0
        self._code = _CodeElement()
        self._finders: dict[str, _ForwardSearch] = {}
        self._addresses: ImageAddresses | None = None
        self._tag_names: frozenset[str] | None = None
        self._last_close = text.rfind(">")
        self._slow_until = 0
        """The offset up to which tags are handled one by one, because one of them may need a repair."""

    def run(self) -> str:
        """Return the repaired source, which is the source itself if it needs no repair."""
        text, at = self._text, 0
        while (place := text.find("<", at)) >= 0:
            if place >= self._slow_until and place >= self._code.stop and not self._code.unclosed:
                at = self._ordinary_run(place)
            at = self._markup(place) if at <= place else at
        if not self._out:
            return text
        self._out.append(text[self._copied :])
        return "".join(self._out)

    def _ordinary_run(self, place: int) -> int:
        """Return the end of the well-formed tags that begin at `place`, if all of them are kept."""
        found = _WELL_FORMED_RUN.match(self._text, place)
        if found is None or found.end() == place:
            return place
        if all(map(self.is_kept, _names(found[0]) - KNOWN)):
            return found.end()
        self._slow_until = found.end()
        return place

    def is_kept(self, name: str) -> bool:
        """Whether a tag of this name is markup: an unknown tag without an end tag, such as `<int>`, is text."""
        return name in KNOWN or "-" in name or ":" in name or f"/{name}" in self._tags()

    def _markup(self, place: int) -> int:
        """Handle the `<` at `place`, and return the offset at which to continue."""
        text = self._text
        in_code = place < self._code.stop
        if self._code.unclosed and not in_code:
            self._code.unclosed = False
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
            finder = self._finders[pattern] = _ForwardSearch(self._text, pattern)
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
        # An unterminated declaration ends at the next `>`, so that the text after it is not lost.
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
        """Whether an end tag in code is markup.

        It is if it closes a tag that was kept, or if it belongs to highlighting and its start tag is missing.
        """
        kept = self._code.kept
        for number in range(len(kept) - 1, max(-1, len(kept) - 64), -1):
            if kept[number][0] == name:
                return kept.pop(number)[1]
        return name in CODE_MARKUP

    def _code_tag(self, found: re.Match[str]) -> int:
        name = found[1].lower()
        attributes = found["strict"] if found["loose"] is None else found["loose"]
        kept = name in CODE_MARKUP and _HIGHLIGHTING.fullmatch(attributes) is not None
        if name in CODE_MARKUP and name not in ("br", "wbr") and not attributes.endswith("/"):
            self._code.kept.append((name, kept))
        return self._tag(found, name) if kept else self._literal(found.start())

    def _start_tag(self, found: re.Match[str]) -> int:
        name = found[1].lower()
        if name == "noscript":
            return self._noscript(found)
        if name in _DROPPED:
            return self._dropped(found, name)
        if name == "plaintext":
            return self._replace(found.start(), found.end())
        if not self.is_kept(name):
            return self._literal(found.start())
        if name in ("pre", "code"):
            self._enter_code(found, name)
        return self._tag(found, name)

    def _tag(self, found: re.Match[str], name: str) -> int:
        """Keep a well-formed tag, and rewrite any other."""
        if found["strict"] is not None and not ("&" in found[0] and _BARE_AMPERSAND.search(found[0])):
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
        """Remove a style sheet or script. Without an end tag it is text: prose about HTML, or a truncated file."""
        if found[0].endswith("/>"):
            return self._replace(found.start(), found.end())
        end = self._find(rf"</{name}(?:\s[^>]{{0,2000}}+)?/?>", found.end())
        tex = _TEX_SCRIPT.search(found[0]) if name == "script" else None
        if end and tex:
            display = " display" if tex["display"] else ""
            content = self._text[found.end() : end.start()].replace("<", "&lt;")
            return self._replace(found.start(), end.end(), f"<{FORMULA}{display}>{content}</{FORMULA}>")
        if end:
            return self._replace(found.start(), end.end())
        return self._literal(found.start())

    def _noscript(self, found: re.Match[str]) -> int:
        """Keep the content of a `noscript`, unless it asks for JavaScript or repeats an image that a script loads."""
        end = self._find(r"</noscript(?:\s[^>]{0,2000}+)?/?>", found.end())
        again = self._find(r"<noscript[\s>/]", found.end())
        # Judge only the innermost of nested elements; otherwise its content would be read once for each level.
        if end and not (again and again.start() < end.start()) and not found[0].endswith("/>"):
            content = self._text[found.end() : end.start()]
            # Programs that save a page from its tree write the markup in it as text.
            is_escaped = "<" not in content and "&lt;" in content and "noscript" not in content.lower()
            content = unescape(content) if is_escaped else content
            text = _ANY_TAG.sub("", content).strip()
            needless = _ASKS_FOR_SCRIPT.search(text[:300]) if text else not self._has_own_image(found.start(), content)
            if needless:
                return self._replace(found.start(), end.end())
            if is_escaped:
                return self._replace(found.start(), end.end(), repair(content))
        return self._replace(found.start(), found.end())

    def _has_own_image(self, place: int, content: str) -> bool:
        """Whether `content` has an image that occurs only there and is not a tracking pixel."""
        if not _IMAGE_FILE.search(content) or "<img" in self._text[max(0, place - _BESIDE) : place]:
            return False
        if self._addresses is None:
            self._addresses = ImageAddresses(self._text)
        return not any(map(self._addresses.is_repeated, image_addresses_in(content)))

    def _enter_code(self, found: re.Match[str], name: str) -> None:
        """Find the end of a code element. If unclosed, `pre` ends before the next block and `code` is ignored."""
        start = found.end()
        end = self._find(rf"</{name}\s*+>", start)
        again = self._find(rf"<{name}[\s>]", start)
        if end and not (again and again.start() < end.start()):
            if name == "pre" and _has_boxes(self._text[start : end.start()]):
                return  # The `code` element inside is entered instead.
            self._code = _CodeElement(end.start())
        elif name == "pre":
            block = _UNCLOSED_PRE.search(self._text, start)
            self._code = _CodeElement(block.start() if block else len(self._text), unclosed=True)

    def _tags(self) -> frozenset[str]:
        """Return the names of all tags; the names of end tags include the slash."""
        if self._tag_names is None:
            self._tag_names = frozenset(map(str.lower, set(_TAG_NAMES.findall(self._text))))
        return self._tag_names


def repair(text: str) -> str:
    """Repair, remove or escape all malformed and unsafe markup in `text`."""
    text = with_plain_code(diagrams_as_code(text))
    return text if "<script" not in text and _is_well_formed(text) else Repair(text).run()


def _is_well_formed(text: str) -> bool:
    """Whether no repair is needed, as in most sources; this check takes a quarter of the time of a repair."""
    return _WELL_FORMED.fullmatch(text) is not None and _ORDINARY.issuperset(_names(text))


def _has_boxes(content: str) -> bool:
    """Whether a `pre` contains a `code` element and boxes beside it, whose tags are not part of the code."""
    code = _CODE_ELEMENT.search(content)
    if code is None:
        return False
    stop = content.rfind("</code>")
    return 0 <= stop == content.find("</code>") and (
        _BOX.match(content) is not None or _BOX.match(content, stop + len("</code>")) is not None
    )


def _names(text: str) -> set[str]:
    """Return the lower-case names of all tags in `text`."""
    return set(map(str.lower, set(_NAMES.findall(text))))
