r"""MathML to TeX (MathML Core, presentation elements): `<mfrac>` becomes `\frac{a}{b}`, `<msup>` becomes `10^8`."""

import re
from collections.abc import Callable, Mapping, Sequence

from reader.document.sanitizing import clean_line
from reader.lean_dataclasses import dataclass, field
from reader.parse.html_vocabulary import Attributes, names, value
from reader.parse.mathml_characters import ABOVE, BELOW, ESCAPED, FUNCTIONS, LIMITS, MATRICES, VARIANTS
from reader.parse.tex_source import on_one_line
from reader.regex import regex

_DEPTH = 64
"""The maximum depth of open elements; the content of deeper ones is written as a row."""

_TOKENS = names("mi mn mo ms mtext")
_UNSHOWN = names("annotation annotation-xml mphantom none mprescripts")
_INVISIBLE = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064"))
"""Function application, invisible times, separator and plus: Unicode's invisible operators."""
_TRIMMED = " \t\n\r"

_COMMAND_END = regex(r"\\[A-Za-z]+\Z")
_DISPLAY_STYLE = regex(r"\A\{\s*\\displaystyle\b(.*)\}\Z", re.DOTALL)
_FOREIGN_TEXT = regex(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_CLOSES_OPERAND = regex(r"[\w)\]}!'|]\Z")
_OPENS_OPERAND = regex(r"[\w(\[\\{|]")


@dataclass(frozen=True, slots=True)
class _Fragment:
    """The TeX of an element.

    Attributes:
        tex: The TeX.
        atomic: Whether a script can be attached to it without braces.
        slashed: The one-line form of a fraction of two single symbols, or empty.
        operator: The character of an `<mo>`, or empty.
        is_table: Whether it is an `<mtable>`.
    """

    tex: str
    atomic: bool = False
    slashed: str = ""
    operator: str = ""
    is_table: bool = False


_EMPTY = _Fragment("")


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: Attributes
    parts: list[_Fragment] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class Formula:
    """Collects the content of a `<math>` element, or of an element that contains only TeX.

    Attributes:
        is_tex: Whether the text of the element itself is TeX.
        is_displayed: Whether it stands on lines of its own.
    """

    def __init__(self, attributes: Attributes, *, is_tex: bool = False) -> None:
        self.is_tex = is_tex
        self.is_displayed = "display" in attributes and value(attributes, "display").lower() in ("", "block", "true")
        self._source = on_one_line(attributes.get("alttext") or "")
        self._annotation: list[str] | None = None
        self._open = [_Element("math", {})]
        self._ignored_depth = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        """Open an element inside the formula."""
        if len(self._open) >= _DEPTH:
            self._ignored_depth += 1
            return
        if tag == "annotation" and "tex" in value(attributes, "encoding").lower():
            self._annotation = []
        self._open.append(_Element(tag, attributes))

    def text(self, data: str) -> None:
        """Add text inside the formula."""
        self._open[-1].text.append(data)

    def end(self, tag: str) -> None:
        """Close an element and the unclosed elements inside it; an end tag without a start tag is ignored."""
        if self._ignored_depth:
            self._ignored_depth -= 1
        elif any(element.tag == tag for element in self._open[1:]):
            while self._close().tag != tag:
                pass

    def tex(self) -> str:
        """Return the TeX on one line: the author's where there is any, otherwise a conversion."""
        while len(self._open) > 1:
            self._close()
        if self.is_tex:
            return on_one_line("".join(self._open[0].text))
        given = on_one_line("".join(self._annotation or ())) or self._source
        if given:
            return undisplayed(given)
        whole = _row(_with_text(self._open[0]))
        return clean_line(whole.slashed or whole.tex)

    def _close(self) -> _Element:
        element = self._open.pop()
        if element.tag == "annotation" and self._annotation is not None and not self._annotation:
            self._annotation = element.text
        if element.tag not in _UNSHOWN:
            self._open[-1].parts.append(_written(element))
        elif element.tag in ("none", "mprescripts"):
            self._open[-1].parts.append(_Fragment("", operator=element.tag))
        return element


def undisplayed(tex: str) -> str:
    r"""Remove the `{\displaystyle …}` that MediaWiki puts around every formula."""
    found = _DISPLAY_STYLE.match(tex.strip())
    return found[1].strip() if found else tex


def _written(element: _Element) -> _Fragment:
    if element.tag in _TOKENS:
        return _token(element)
    parts = _with_text(element)
    write = _WRITERS.get(element.tag)
    return write(element, parts) if write else _row(parts)


def _with_text(element: _Element) -> list[_Fragment]:
    """Return the parts of an element; text outside a token element, which MathML does not allow, comes last."""
    text = clean_line("".join(element.text))
    return [*element.parts, _Fragment(_escaped(text))] if text else element.parts


# Token elements


def _token(element: _Element) -> _Fragment:
    written = "".join([*element.text, *(part.tex for part in element.parts)]).translate(_INVISIBLE)
    text = clean_line(written)
    if not text:
        return _EMPTY
    if element.tag in ("mtext", "ms") or _FOREIGN_TEXT.search(text):
        # MathML trims white space, so authors set words apart with no-break spaces.
        inside = written.strip(_TRIMMED)
        before, after = (" " * (end == "\u00a0") for end in (inside[0], inside[-1]))
        return _Fragment(rf"\text{{{before}{text}{after}}}", atomic=True)
    if element.tag == "mn":
        return _Fragment(text, atomic=len(text) == 1)
    return _operator(text) if element.tag == "mo" else _identifier(text, value(element.attributes, "mathvariant"))


def _operator(text: str) -> _Fragment:
    if text in FUNCTIONS:
        return _Fragment("\\" + text, atomic=True, operator=text)
    if len(text) > 1 and text.isalpha():
        return _Fragment(rf"\operatorname{{{text}}}", atomic=True, operator=text)
    return _Fragment(_escaped(text), atomic=len(text) == 1, operator=text)


def _identifier(text: str, variant: str) -> _Fragment:
    if text in FUNCTIONS:
        return _Fragment("\\" + text, atomic=True, operator=text)
    command = VARIANTS.get(variant, "mathrm" if len(text) > 1 and text.isalnum() else "")
    if command and not (command == "mathrm" and not text.isascii()):
        return _Fragment(rf"\{command}{{{_escaped(text)}}}", atomic=True)
    return _Fragment(_escaped(text), atomic=len(text) == 1)


def _escaped(text: str) -> str:
    return "".join(ESCAPED.get(character, character) for character in text)


# Layout elements


def _row(parts: Sequence[_Fragment]) -> _Fragment:
    parts = [part for part in parts if part.tex]
    if len(parts) == 1:
        return parts[0]
    pieces: list[str] = []
    for place, part in enumerate(parts):
        tex = part.tex
        if part.slashed:
            # Beside another operand `1/2` could be read as part of a longer number or product.
            before = pieces[-1] if pieces else ""
            after = parts[place + 1].tex if place + 1 < len(parts) else ""
            alone = not _CLOSES_OPERAND.search(before) and not _OPENS_OPERAND.match(after)
            tex = part.slashed if alone else tex
        if part.is_table and pieces[-1:] == [r"\{"] and place + 1 == len(parts):
            pieces[-1:] = [tex.replace("{matrix}", "{cases}")]
            continue
        if place > 1 and parts[place - 1].is_table and pieces[-1] == parts[place - 1].tex:
            matrix = MATRICES.get((parts[place - 2].operator, part.operator))
            if matrix:
                pieces[-2:] = [pieces[-1].replace("{matrix}", f"{{{matrix}}}")]
                continue
        if pieces and _COMMAND_END.search(pieces[-1][-40:]) and tex[:1].isalpha():
            pieces.append(" ")
        pieces.append(tex)
    return _Fragment("".join(pieces))


def _braced(part: _Fragment) -> str:
    return part.tex if part.atomic and not part.tex.startswith("\\") else f"{{{part.slashed or part.tex}}}"


def _base(part: _Fragment) -> str:
    return part.tex if part.atomic or not part.tex or part.tex.isdecimal() else f"{{{part.tex}}}"


def _padded(parts: Sequence[_Fragment], count: int) -> list[_Fragment]:
    """Return exactly `count` operands: missing ones are empty, surplus ones are joined with the last."""
    head = [*parts[: count - 1], *[_EMPTY] * (count - 1 - len(parts))]
    return [*head, _row(parts[count - 1 :])]


def _fraction(element: _Element, parts: Sequence[_Fragment]) -> _Fragment:
    above, below = _padded(parts, 2)
    if value(element.attributes, "linethickness") in ("0", "0px", "0pt"):
        return _Fragment(rf"{{{above.tex} \atop {below.tex}}}", atomic=True)
    simple = all(one.tex.isalnum() and (one.atomic or one.tex.isdecimal()) for one in (above, below))
    slashed = f"{above.tex}/{below.tex}" if simple else ""
    return _Fragment(rf"\frac{{{above.tex}}}{{{below.tex}}}", slashed=slashed)


def _root(element: _Element, parts: Sequence[_Fragment]) -> _Fragment:
    if element.tag == "msqrt":
        return _Fragment(rf"\sqrt{{{_row(parts).tex}}}", atomic=True)
    base, degree = _padded(parts, 2)
    return _Fragment(rf"\sqrt[{degree.tex}]{{{base.tex}}}", atomic=True)


def _scripts(element: _Element, parts: Sequence[_Fragment]) -> _Fragment:
    base, first, *second = _padded(parts, 3 if element.tag in ("msubsup", "munderover") else 2)
    if element.tag == "msup":
        return _Fragment(_base(base) + _script("^", first))
    return _Fragment(_base(base) + _script("_", first) + (_script("^", second[0]) if second else ""))


def _script(mark: str, part: _Fragment) -> str:
    if part.tex in ("′", "'"):
        return "'"
    return mark + _braced(part) if part.tex else ""


def _accents(element: _Element, parts: Sequence[_Fragment]) -> _Fragment:
    base, *others = _padded(parts, 3 if element.tag == "munderover" else 2)
    if base.operator in LIMITS or base.operator.isalpha():
        if element.tag == "mover":
            return _Fragment(_base(base) + _script("^", others[0]))
        return _scripts(element, parts)
    tex, below = base.tex, element.tag != "mover"
    for part in others:
        command = (BELOW if below else ABOVE).get(part.operator)
        if command:
            tex = rf"\{command}{{{tex}}}"
        elif part.tex:
            tex = rf"\{'under' if below else 'over'}set{{{part.tex}}}{{{tex}}}"
        below = False
    return _Fragment(tex, atomic=True)


def _multiscripts(_: _Element, parts: Sequence[_Fragment]) -> _Fragment:
    base, rest = (parts[0], parts[1:]) if parts else (_EMPTY, ())
    after = next((place for place, part in enumerate(rest) if part.operator == "mprescripts"), len(rest))
    before = _pairs(rest[after + 1 :])
    return _Fragment((f"{{}}{before}" if before else "") + _base(base) + _pairs(rest[:after]))


def _pairs(parts: Sequence[_Fragment]) -> str:
    return "".join(_script("^" if place % 2 else "_", part) for place, part in enumerate(parts))


def _fenced(element: _Element, parts: Sequence[_Fragment]) -> _Fragment:
    attributes = element.attributes
    opening = value(attributes, "open") if "open" in attributes else "("
    closing = value(attributes, "close") if "close" in attributes else ")"
    separators = value(attributes, "separators") if "separators" in attributes else ","
    pieces = [_Fragment(_escaped(opening), operator=opening)]
    for place, part in enumerate(parts):
        if place and separators:
            pieces.append(_Fragment(separators[min(place - 1, len(separators) - 1)]))
        pieces.append(part)
    return _row([*pieces, _Fragment(_escaped(closing), operator=closing)])


def _table(_: _Element, parts: Sequence[_Fragment]) -> _Fragment:
    rows = r" \\ ".join(part.tex for part in parts)
    return _Fragment(rf"\begin{{matrix}}{rows}\end{{matrix}}", atomic=True, is_table=True)


def _table_row(_: _Element, parts: Sequence[_Fragment]) -> _Fragment:
    return _Fragment(" & ".join(part.slashed or part.tex for part in parts) or " ")


def _enclosed(element: _Element, parts: Sequence[_Fragment]) -> _Fragment:
    notation = value(element.attributes, "notation")
    inside = _row(parts)
    if "strike" in notation:
        return _Fragment(rf"\cancel{{{inside.tex}}}", atomic=True)
    return _Fragment(rf"\boxed{{{inside.tex}}}", atomic=True) if "box" in notation else inside


def _space(_: _Element, __: Sequence[_Fragment]) -> _Fragment:
    return _Fragment(" ")


def _first(_: _Element, parts: Sequence[_Fragment]) -> _Fragment:
    return parts[0] if parts else _EMPTY


_WRITERS: Mapping[str, Callable[[_Element, Sequence[_Fragment]], _Fragment]] = {
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root,
    "msup": _scripts,
    "msub": _scripts,
    "msubsup": _scripts,
    "munder": _accents,
    "mover": _accents,
    "munderover": _accents,
    "mmultiscripts": _multiscripts,
    "mfenced": _fenced,
    "mtable": _table,
    "mtr": _table_row,
    "mlabeledtr": _table_row,
    "menclose": _enclosed,
    "mspace": _space,
    "maction": _first,
    "semantics": _first,
}
