"""HTML vocabulary: tag names by category, and interpretation of attributes."""

import re
from collections.abc import Mapping

from reader.document.addresses import is_active
from reader.document.blocks import Alignment, SpanKind
from reader.document.embedded_data import embedded_name, is_embedded_name
from reader.document.language_tags import base_language
from reader.document.placeholder_pictures import is_placeholder
from reader.document.sanitizing import clean, clean_line
from reader.parse.inline import Meaning
from reader.parse.tex_source import on_one_line
from reader.regex import regex

Attributes = Mapping[str, str | None]


def names(words: str) -> frozenset[str]:
    """Split a text into a set of words, for long lists of names."""
    return frozenset(words.split())


def escaped(text: str) -> str:
    """Escape plain text for HTML."""
    # Not `html.escape`: importing `html` takes longer than parsing a short article.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


FORMULA = "reader-formula"
"""The element that replaces a script with TeX; the attribute `display` marks a block formula."""

CALLOUTS = names(
    "note tip info warning warn danger caution important success error bug example question quote abstract summary"
    " attention hint failure todo primary default secondary zinfo theorem"
)
"""The kinds of callouts, by the classes and tags of site generators."""

BLOCKS = names(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing "
    "main menu nav noframes ol optgroup option p pre search section select summary table tbody td template "
    "textarea tfoot th thead title tr ul xmp"
)
"""Block-level elements, which begin and end a text."""

INLINE = names(
    "a abbr acronym applet area audio b base basefont bdi bdo big blink br button canvas cite code data datalist "
    "del dfn em embed font i iframe image img input ins kbd label link map mark marquee meta meter nobr noembed "
    "noscript object output param picture portal progress q rb rp rt rtc ruby s samp script slot small source "
    "span strike strong style sub sup svg track tt u var video wbr"
)
FOREIGN = names(
    "math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle mpadded mphantom mfenced menclose msub msup "
    "msubsup munder mover munderover mtable mtr mtd maction merror mmultiscripts mprescripts semantics annotation "
    "annotation-xml none g path rect circle ellipse line polyline polygon text tspan textpath defs use symbol "
    "desc clippath mask pattern lineargradient radialgradient stop filter marker image foreignobject switch view "
    "animate animatetransform fegaussianblur feoffset feblend fecolormatrix"
)
KNOWN = BLOCKS | INLINE | FOREIGN

CODE_MARKUP = names("span b i em strong br a u mark font code s del ins sub sup small var kbd samp tt big wbr")
"""Elements used for syntax highlighting; inside code, all other tags are part of the code."""

VOID = names("area base basefont bgsound br col embed frame hr img input link meta param source track wbr")
"""Elements without content and end tag."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}

MEANINGS: Mapping[str, SpanKind] = {
    **dict.fromkeys(("strong", "b"), SpanKind.STRONG),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), SpanKind.EMPHASIS),
    **dict.fromkeys(("u", "ins"), SpanKind.UNDERLINE),
    **dict.fromkeys(("s", "del", "strike"), SpanKind.STRIKE),
    "mark": SpanKind.MARKED,
    "small": SpanKind.SMALL,
    **dict.fromkeys(("code", "tt", "samp"), SpanKind.CODE),
    "kbd": SpanKind.KEYBOARD,
    "sub": SpanKind.SUBSCRIPT,
    "sup": SpanKind.SUPERSCRIPT,
}

_FOOTNOTE = regex(r"(?:user-content-)?(?:fn|_ftn|footnote|cite_note|note)[-:_]?(?!ref)(\S{1,80})", re.IGNORECASE)
_INERT = regex(
    r"(?i)\s*+(?:java|vb)script:[\s;]*+(?:void\b[\s(]*+\w*+[\s)]*+|undefined|null|false|return\s+false|\{\})?[\s;]*+"
)
"""The address of a link that does nothing but act as a button for a script of its page."""
_LONGEST_ACTIVE = 300
"""The maximum number of characters that are kept of a URL with a script or data."""
_BACK = regex(r"(?:user-content-)?(?:fnref|_ftnref|footnote-?ref|cite_ref|noteref)", re.IGNORECASE)
_LANGUAGE = regex(r"(?:language|lang|highlight-source|highlight-text|brush)[-:_]\s*([\w+#.-]{1,30})", re.IGNORECASE)
_NUMBERED = regex(r"(?:^|\s)(?:line-?numbers|linenums|numberLines)(?::(\d{1,6}))?(?:\s|$)", re.IGNORECASE)
"""Classes of Prism, Google's prettifier and Pandoc."""

_NO_LANGUAGE = frozenset(
    ["hljs", "copyable", "highlight", "code", "sourcecode", "prettyprint", "linenums", "notranslate"]
)
_NAME = regex(r"[A-Za-z][\w+#.-]{0,29}")
_LAZY = (
    "data-original",
    "data-src",
    "data-actualsrc",
    "data-lazy-src",
    "data-original-src",
    "data-url",
    "data-lazyload",
)
_FORMULA = regex(r"\b(?:math|formula|latex|tex|equation|ee_img)\b", re.IGNORECASE)
_QUOTATION_MARKS = {
    "ja": ("「」", "『』"), "fr": ("«»", "“”"), "it": ("«»", "“”"), "es": ("«»", "“”"), "ru": ("«»", "„“"),
    "uk": ("«»", "„“"), "de": ("„“", "‚‘"), "cs": ("„“", "‚‘"), "pl": ("„”", "«»"), "sv": ("””", "’’"),
}  # fmt: skip
_KANA_END = regex(r"[\u3040-\u30ff]\Z")
_EMOJI = regex(r"\b(?:emoji|emoticon|wp-smiley|twemoji)\b", re.IGNORECASE)
_WEIGHT = regex(r"font-weight\s*:\s*(bold|bolder|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
_SLANT = regex(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_LINES = regex(r"text-decoration(?:-line)?\s*:\s*([a-z\s-]{1,60})", re.IGNORECASE)
_KEEPS_LINES = regex(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_URL_BLANKS = regex(r"[^\S\u3000\u00a0]+")
_TEX = regex(
    r"\\(?:begin\{|[dt]?frac|sum|prod|int|sqrt|operatorname|math(?:bb|bf|cal|rm)|left|cdot|times|infty|partial|to\b"
    r"|rightarrow|[lg]eq?\b|neq?\b|text\{|(?:alpha|beta|gamma|delta|theta|lambda|mu|sigma|pi)\b)"
)
"""Commands of TeX that identify the alternative text of an image as a formula."""
_STREAMED = regex(r"S:[0-9a-f]+$")
"""The ids of hidden elements in which React streams parts of a page (`ReactFizzConfigDOM.js`)."""
_NOT_DISPLAYED = regex(r"(?:^|[;\s])display\s*:\s*none", re.IGNORECASE)
_ALIGN = regex(r"text-align\s*:\s*(?:-webkit-|-moz-)?(left|right|center|start|end)", re.IGNORECASE)
_ALIGNMENTS = {
    "left": Alignment.LEFT, "start": Alignment.LEFT, "right": Alignment.RIGHT, "end": Alignment.RIGHT,
    "center": Alignment.CENTRE, "middle": Alignment.CENTRE,
}  # fmt: skip


def value(attributes: Attributes, name: str) -> str:
    """Return a cleaned attribute on one line, or empty."""
    found = attributes.get(name)
    return clean_line(found) if found else ""


def number(attributes: Attributes, name: str) -> int | None:
    """Return an attribute that is an integer of at most nine digits, or None."""
    text = value(attributes, name)
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else None


def meanings(tag: str, attributes: Attributes) -> tuple[Meaning, ...]:
    """Return the formatting of an inline element by its name and style."""
    kind = MEANINGS.get(tag)
    if not attributes or ("style" not in attributes and tag != "font"):
        return ((kind, ""),) if kind else ()
    kinds = [kind] if kind else []
    if tag == "font" and "bold" in value(attributes, "cms-style").lower():
        kinds.append(SpanKind.STRONG)
    if style := attributes.get("style"):
        kinds = styled(style, kinds)
    return tuple((one, "") for one in kinds)


def styled(style: str, kinds: list[SpanKind]) -> list[SpanKind]:
    """Apply a style attribute to `kinds`; it can add formatting and remove bold."""
    found = list(kinds)
    weight = _WEIGHT.search(style)
    if weight:
        bold = weight[1].lower() in {"bold", "bolder"} or weight[1][0] in "6789"
        if bold and SpanKind.STRONG not in found:
            found.append(SpanKind.STRONG)
        elif not bold and SpanKind.STRONG in found:
            found.remove(SpanKind.STRONG)
    if _SLANT.search(style) and SpanKind.EMPHASIS not in found:
        found.append(SpanKind.EMPHASIS)
    lines = _LINES.search(style)
    if lines and "underline" in lines[1].lower() and SpanKind.UNDERLINE not in found:
        found.append(SpanKind.UNDERLINE)
    if lines and "line-through" in lines[1].lower() and SpanKind.STRIKE not in found:
        found.append(SpanKind.STRIKE)
    return found


def keeps_lines(style: str) -> bool:
    """Whether a style attribute keeps the line breaks of the source (CSS Text 3, `white-space`)."""
    return _KEEPS_LINES.search(style) is not None


def is_hidden(attributes: Attributes) -> bool:
    """Whether browsers do not display an element.

    Three kinds of hidden elements count as displayed. A search in the page uncovers text that is hidden until it is
    found. React sends parts of a page hidden, and a script moves them to their places. MediaWiki shows formulas as
    images, and hides their text.
    """
    if "hidden" in attributes:
        is_shown_later = (attributes["hidden"] or "").lower() == "until-found" or _STREAMED.match(
            value(attributes, "id")
        )
        return not is_shown_later
    style = attributes.get("style")
    return bool(style and _NOT_DISPLAYED.search(style)) and "mwe-math" not in (attributes.get("class") or "")


def alignment(attributes: Attributes) -> Alignment:
    """Return the alignment of a cell or row."""
    if not attributes:
        return Alignment.NONE
    found = _ALIGN.search(attributes.get("style") or "")
    return _ALIGNMENTS.get(found[1].lower() if found else value(attributes, "align").lower(), Alignment.NONE)


def _address(attributes: Attributes, name: str) -> str:
    """Return a cleaned URL on one line, or empty; ideographic and no-break spaces stay: file names have them."""
    found = attributes.get(name)
    if not found:
        return ""
    return clean_line(found) if found.isascii() else " ".join(_URL_BLANKS.split(clean(found).strip()))


def link(attributes: Attributes) -> str:
    """Return the target of a link; empty for one that leads nowhere: `#`, or a script that does nothing.

    Other URLs with a script or data are kept, cut if they are long, only to be shown: nothing follows or exports them.
    """
    target = _address(attributes, "href")
    if target.strip() in ("#", "#!") or _INERT.fullmatch(target):
        return ""
    return f"{target[:_LONGEST_ACTIVE]}…" if len(target) > _LONGEST_ACTIVE and is_active(target) else target


def embedded(attributes: Attributes, *names: str) -> str:
    """Return the first URL in these attributes that is not a script or inline data, or empty."""
    addresses = (_address(attributes, name) for name in names)
    return next((one for one in addresses if one and not is_active(one)), "")


def footnote(attributes: Attributes) -> str:
    """Return the label of the footnote that a link refers to, or empty."""
    target = attributes.get("href") or ""
    found = _FOOTNOTE.fullmatch(target[1:]) if target.startswith("#") else None
    return clean_line(found[1]) if found else ""


def footnote_label(identifier: str) -> str:
    """Return the label of the footnote whose element has this id, or empty."""
    found = _FOOTNOTE.fullmatch(identifier)
    return clean_line(found[1]) if found else ""


def leads_back(attributes: Attributes) -> bool:
    """Whether a link is a back-reference from a footnote to the text."""
    target = attributes.get("href") or ""
    return target.startswith("#") and _BACK.match(target, 1) is not None


def language(attributes: Attributes) -> str:
    """Return the programming language of a code element, or empty."""
    if not attributes:
        return ""
    classes = value(attributes, "class")
    if found := _LANGUAGE.search(classes):
        return found[1].lower()
    names = classes.split()
    if "mermaid" in names:
        return "mermaid"
    if any(name.lower() in {"hljs", "highlight", "sourcecode"} for name in names):
        for name in names:
            if name.lower() not in _NO_LANGUAGE and _NAME.fullmatch(name):
                return name.lower()
    for attribute in ("data-lang", "data-language", "data-enlighter-language", "lang"):
        if _NAME.fullmatch(found_name := value(attributes, attribute)):
            return found_name.lower()
    return ""


def first_line(attributes: Attributes) -> int:
    """Return the number of the first line of a code element; 0 if its lines are not numbered."""
    if not attributes or not (found := _NUMBERED.search(value(attributes, "class"))):
        return 0
    start = found[1] or value(attributes, "data-start") or value(attributes, "startfrom")
    return int(start) if start.isdecimal() and len(start) < 7 else 1


def picture(attributes: Attributes) -> str:
    """Return the URL of an image: from a lazy-loading attribute, `src`, or the largest of `srcset`.

    If there is none, return the URL of a placeholder, or the name of the picture that is embedded in `src`.
    """
    placeholder = ""
    for name in (*_LAZY, "src"):
        address = value(attributes, name)
        if address and not address.lower().startswith("about:") and not is_active(address):
            if not is_placeholder(address):
                return address
            placeholder = placeholder or address
    for name in ("data-srcset", "srcset"):
        if address := largest(value(attributes, name)):
            return address
    source = attributes.get("src") or ""
    return placeholder or (source if is_embedded_name(source) else embedded_name(source))


def largest(choices: str) -> str:
    """Return the URL with the greatest descriptor in a `srcset` attribute."""
    best, size = "", -1.0
    for choice in choices.split(", ") if ", " in choices else choices.split(","):
        address, _, descriptor = choice.strip().rstrip(",").partition(" ")
        found = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)[wx]", descriptor.strip())
        measure = float(found[1]) if found else 0.0
        if address and not is_active(address) and measure > size:
            best, size = address, measure
    return best


def formula(attributes: Attributes) -> str:
    """Return the TeX of an image of a formula, or empty."""
    for name in ("data-formula", "data-tex", "data-latex"):
        given = attributes.get(name)
        if given and (tex := on_one_line(given)):
            return tex
    if "eeimg" in attributes or _FORMULA.search(attributes.get("class") or ""):
        return on_one_line(attributes.get("alt") or "")
    said = attributes.get("alt") or ""
    is_tex = "\\" in said and ":\\" not in said and _TEX.search(said) is not None
    return on_one_line(said) if is_tex else ""


def quotation_marks(language: str, before: str, depth: int) -> tuple[str, str]:
    """Return the marks around a `<q>` (CSS 2.2, 12.3.1; the marks of each language from CLDR).

    `language` is that of the element (BCP 47); Japanese is also recognized by kana before it. `depth` is the number of
    quotations around it; the marks alternate with the depth.
    """
    known = _QUOTATION_MARKS.get(base_language(language))
    outer, inner = known or (_QUOTATION_MARKS["ja"] if _KANA_END.search(before) else ("“”", "‘’"))
    marks = inner if depth % 2 else outer
    return marks[0], marks[1]


def is_emoji(attributes: Attributes) -> bool:
    """Whether an image is an emoji."""
    return _EMOJI.search(attributes.get("class") or "") is not None
