"""Callouts in HTML, such as notes and warnings: boxes of site generators, recognized by their classes."""

from reader.document.blocks import Heading, Inline, Paragraph, Quote, leaves
from reader.parse.callout_titles import kind_title
from reader.parse.frames import BlockFrame, Frame
from reader.parse.html_vocabulary import CALLOUTS, Attributes, names, value
from reader.regex import regex

_BOXES = names("admonition theme-admonition markdown-alert callout custom-block")
"""Classes of the boxes: MkDocs and docutils, Docusaurus, GitHub, Obsidian and Quarto, VuePress."""

_PREFIX = regex(r"(?:theme-admonition|markdown-alert|callout)-")
_TITLE = regex(r"(?:^|[\s_-])(?:title|admonitionHeading)(?:_|\b)")
_LONGEST_TITLE = 120
"""The maximum length of a title in characters."""

ASIDE = "aside"
"""The kind of the callout that an `aside` element becomes."""
_LONGEST_ASIDE = 4_000
"""The maximum length of an aside in characters: a longer one is a column of a page, or an article."""


def callout_kind(attributes: Attributes) -> str:
    """Return the kind of the callout whose element has these attributes, or empty."""
    classes = value(attributes, "class").split() if attributes else []
    if _BOXES.isdisjoint(classes):
        return ""
    kinds = (_PREFIX.sub("", one.lower(), count=1) for one in (*classes, value(attributes, "data-callout")))
    return next((kind for kind in kinds if kind in CALLOUTS), "")


class CalloutFrame(BlockFrame):
    """A callout; if it has no title, the name of its kind becomes the title."""

    def __init__(self, tag: str, depth: int, kind: str) -> None:
        super().__init__(tag, depth)
        self.kind = kind
        self._has_title = False

    def note_child(self, attributes: Attributes) -> None:
        """Note whether the first child element is a title; to be called before a child is opened."""
        if not self.blocks and attributes and _TITLE.search(attributes.get("class") or ""):
            self._has_title = True

    def close(self, parent: Frame, *, ended: bool) -> None:
        """Add the callout to `parent`.

        If the end tag is missing, add only the blocks, because they may be the rest of the page.
        """
        if not ended or not self.blocks:
            parent.blocks += self.blocks
            return
        first = self.blocks[0]
        blocks = self.blocks
        title = kind_title(self.kind)
        if isinstance(first, Paragraph) and self._is_title(first.text.text):
            blocks = self.blocks[1:]
            title = title if first.text == Inline(title.text.text) else first
        parent.blocks.append(Quote((title, *blocks), self.kind))

    def _is_title(self, text: str) -> bool:
        if self._has_title:
            return len(text) <= _LONGEST_TITLE
        return text.strip().lower() in CALLOUTS


class AsideBoxFrame(BlockFrame):
    """An `aside` element: a callout, with its heading as title if it begins with one."""

    def close(self, parent: Frame, *, ended: bool) -> None:
        """Add the callout to `parent`, or only the blocks if their length or headings show that they are no aside."""
        headings = [block for block in self.blocks if isinstance(block, Heading)]
        size = sum(len(leaf.text.text) for block in self.blocks for leaf in leaves(block))
        if not ended or not size or size > _LONGEST_ASIDE or len(headings) > 1 or self.tag == parent.tag:
            parent.blocks += self.blocks
            return
        first, *others = self.blocks
        if isinstance(first, Heading):
            parent.blocks.append(Quote((Paragraph(first.text, first.anchor), *others), ASIDE))
        elif headings:
            parent.blocks += self.blocks
        else:
            parent.blocks.append(Quote((kind_title(ASIDE), *self.blocks), ASIDE))
