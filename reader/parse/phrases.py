"""Inline elements: links, footnote references, ruby, formulas and images, as marks in the flow."""

from reader.document.blocks import SpanKind
from reader.document.language_tags import says_more
from reader.document.placeholder_pictures import is_placeholder
from reader.document.sanitizing import clean_line
from reader.parse.browser_controls import is_control_element
from reader.parse.code_labels import line_meaning
from reader.parse.formulas import trimmed
from reader.parse.html_vocabulary import (
    FORMULA,
    Attributes,
    footnote,
    formula,
    is_emoji,
    leads_back,
    link,
    meanings,
    names,
    number,
    picture,
    quotation_marks,
    value,
)
from reader.parse.inline import InlineBuilder, Meaning
from reader.parse.mathml import Formula, undisplayed
from reader.parse.open_languages import OpenLanguages, declared

_RUBY = names("ruby rb rt rp rtc")
_WITHOUT_CONTENT = names("wbr param track area meta link base basefont bgsound")
"""Void elements that add nothing to a text."""
_NOTHING: tuple[Meaning, ...] = ()
_CODE = names("code kbd samp tt")
"""Elements whose `lang` may be a programming language."""


class Phrases:
    """Converts inline elements to text and marks in a flow.

    Attributes:
        flow: The flow.
        picture_source: The URL of a `<source>` for the next image, or empty.
    """

    def __init__(self, languages: OpenLanguages) -> None:
        self.flow = InlineBuilder()
        self._languages = languages
        self.picture_source = ""
        self._bases: list[tuple[int, int]] = []
        self._base = -1
        self._reading: list[str] | None = None
        self._in_rp = False
        self._closing_marks: list[str] = []
        """The closing quotation marks of the open `<q>` elements."""
        self._formula: Formula | None = None
        self._shown_formula = ""
        """The TeX of the last formula, until the image of the same formula has been skipped."""

    def text(self, data: str) -> None:
        """Add text to the flow, or to the open ruby annotation or formula."""
        if self._formula is not None:
            self._formula.text(data)
        elif self._reading is not None:
            self._reading.append(data)
        elif not self._in_rp:
            self.flow.text(data)

    def line_break(self) -> None:
        """Add a line break, except in a ruby annotation or formula."""
        if self._formula is None and self._reading is None:
            if self.flow.preformatted:
                self.flow.text("\n")
            else:
                self.flow.line_break()

    def start(self, tag: str, attributes: Attributes) -> None:
        """Open an inline element."""
        if self._formula is not None:
            self._formula.start(tag, attributes)
        elif tag in ("img", "image"):
            self._picture(attributes)
        elif tag in ("math", FORMULA):
            self._formula = Formula(attributes, is_tex=tag == FORMULA)
        elif tag in _RUBY:
            self._start_ruby(tag)
        elif tag == "a":
            self._link(attributes)
        elif tag == "q":
            self._quote(attributes)
        elif tag not in _WITHOUT_CONTENT:
            kinds = meanings(tag, attributes)
            if attributes:
                kinds += line_meaning(attributes) if self.flow.preformatted else self._language(tag, attributes)
            self.flow.start(tag, kinds, drops_labels=is_control_element(tag, attributes))

    def end(self, tag: str) -> None:
        """Close an inline element."""
        if tag in ("math", FORMULA):
            self._end_formula()
        elif self._formula is not None:
            self._formula.end(tag)
        elif tag in _RUBY:
            self._end_ruby(tag)
        elif tag == "picture":
            self.picture_source = ""
        elif tag == "q":
            self.text(self._closing_marks.pop() if self._closing_marks else "")
            self.flow.end(tag)
        else:
            self.flow.end(tag)

    def settle(self) -> None:
        """Close a ruby or formula that is still open at the end of its block."""
        self._end_formula()
        if self._base >= 0 or self._reading is not None or self._in_rp:
            self._end_ruby("ruby")

    def _link(self, attributes: Attributes) -> None:
        if any(one.tag == "a" for one in self.flow.opened):
            self.flow.end("a")
        label = footnote(attributes)
        target = link(attributes)
        kinds = ((SpanKind.FOOTNOTE, label),) if label else ((SpanKind.LINK, target),) if target else _NOTHING
        drops_labels = leads_back(attributes) or is_control_element("a", attributes)
        kinds += (*meanings("", attributes), *self._language("a", attributes))
        self.flow.start("a", kinds, drops_labels=drops_labels)

    def _language(self, tag: str, attributes: Attributes) -> tuple[Meaning, ...]:
        """The language of an inline element, if it differs from that of the text around it."""
        language = "" if self.flow.preformatted or tag in _CODE else declared(attributes)
        return ((SpanKind.LANGUAGE, language),) if language and says_more(language, self._current_language) else ()

    @property
    def _current_language(self) -> str:
        """The language of the current text; empty if unknown."""
        meant = (meaning for one in reversed(self.flow.opened) for meaning in one.meanings)
        return next((value for kind, value in meant if kind is SpanKind.LANGUAGE), self._languages.current)

    def _quote(self, attributes: Attributes) -> None:
        before = self.flow.since(max(0, self.flow.length - 1))
        self.flow.start("q", self._language("q", attributes))
        opening, closing = quotation_marks(self._current_language, before, len(self._closing_marks))
        self._closing_marks.append(closing)
        self.text(opening)

    def _picture(self, attributes: Attributes) -> None:
        tex = undisplayed(trimmed(formula(attributes)))
        if tex and self._reading is None:
            # MediaWiki writes each formula twice: as hidden MathML, and as an image for browsers without MathML.
            is_fallback = "mwe-math-fallback" in (attributes.get("class") or "")
            if tex != self._shown_formula or not is_fallback:
                self.flow.atom(tex, SpanKind.MATH)
            self._shown_formula = ""
            return
        alt = value(attributes, "alt")
        source = picture(attributes)
        source = ("" if is_placeholder(source) else source) or self.picture_source
        self.picture_source = ""
        if alt and (is_emoji(attributes) or self._reading is not None):
            self.text(alt)
        elif alt or (source and number(attributes, "width") != 1):
            self.flow.atom(alt, SpanKind.IMAGE, source)

    # Ruby

    def _start_ruby(self, tag: str) -> None:
        if tag == "ruby":
            self._end_ruby("ruby")
            self._base = self.flow.length
        elif self._base < 0:
            return
        elif tag == "rt":
            self._end_reading()
            self._end_base()
            self._reading = []
        elif tag == "rp":
            self._end_reading()
            self._in_rp = True
        elif tag == "rb":
            self._end_reading()
            self._end_base()

    def _end_ruby(self, tag: str) -> None:
        if tag == "rb":
            self._end_base()
        elif tag == "rt":
            self._end_reading()
        elif tag == "rp":
            self._in_rp = False
        elif tag == "ruby":
            self._end_reading()
            self._bases.clear()
            self._base = -1
            self._in_rp = False

    def _end_base(self) -> None:
        if 0 <= self._base < self.flow.length:
            if self.flow.since(self._base).strip():
                self._bases.append((self._base, self.flow.length))
            self._base = self.flow.length

    def _end_reading(self) -> None:
        self._in_rp = False
        if self._reading is None:
            return
        reading = clean_line("".join(self._reading))
        self._reading = None
        if not reading:
            self._bases[:1] = []
        elif self._bases:
            start, stop = self._bases.pop(0)
            self.flow.mark(start, stop, SpanKind.RUBY, reading)
        else:
            # A ruby annotation without a base becomes text, so that it is not lost.
            self.flow.text(reading)
            self._base = self.flow.length

    # Formulas

    def _end_formula(self) -> None:
        if self._formula is None:
            return
        tex, is_displayed = self._formula.tex(), self._formula.is_displayed
        self._formula = None
        if tex:
            self.flow.formula(tex, displayed=is_displayed and self._base < 0 and self._reading is None)
            self._shown_formula = tex
