"""Controls and repeated content that only a browser needs: copy buttons, anchors of headings, formulas drawn twice."""

from reader.parse.html_vocabulary import Attributes
from reader.regex import regex

_CONTROLS = frozenset(
    (
        "复制代码",
        "复制",
        "複製",
        "複製程式碼",
        "コピー",
        "Copy",
        "Copy code",
        "copy",
        "#",
        "¶",
        "§",
        "↩",
        "↩︎",
        "↩\ufe0e",
        "↑",
        "^",
        "⏎",
    )
)
"""Labels of controls, dropped only inside an element that is a control by its name, class or target."""

_CONTROL_CLASS = regex(
    r"\b(?:copy-code-btn|copy-btn|btn-copy|copybtn|code-copy|copy-button|headerlink|header-anchor|heading-anchor|anchor"
    r"|footnote-backref|reversefootnote|footnote-back)\b"
)
_SKIPPED_CLASS = regex(
    r"(?:^|\s)(?:katex-html|MathJax_Preview|MathJax|MathJax_SVG|MathJax_CHTML|MathJax_Display|mw-editsection|gutter|linenos|line-numbers-rows)(?:\s|$)"
)


def is_control_element(tag: str, attributes: Attributes) -> bool:
    """Whether an inline element is a control that is useful only in a browser."""
    if tag == "button":
        return True
    names = attributes.get("class") if attributes else None
    return bool(names) and _CONTROL_CLASS.search(names or "") is not None


def is_control(text: str) -> bool:
    """Whether a text is the label of a control."""
    return text.strip() in _CONTROLS


def is_skipped(attributes: Attributes) -> bool:
    """Whether an element duplicates other content: the rendering of a formula beside its TeX, or line numbers."""
    names = attributes.get("class") if attributes else None
    return bool(names) and _SKIPPED_CLASS.search(names or "") is not None
