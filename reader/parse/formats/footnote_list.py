"""The footnotes of a text that is translated to HTML."""

from html import escape


class FootnoteList:
    """The footnotes of a text: references and definitions."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._definitions: dict[str, str] = {}

    def reference(self, label: str, definition: str | None) -> str:
        """Return a reference as HTML; `definition` is the HTML of an inline footnote."""
        label = label or f"inline-{len(self._numbers) + 1}"
        number = self._numbers.setdefault(label, len(self._numbers) + 1)
        if definition is not None:
            self.define(label, f"<p>{definition}</p>")
        return f'<sup class="footnote-ref"><a href="#fn-{escape(label)}">{number}</a></sup>'

    def define(self, label: str, html: str) -> None:
        """Add the definition of a footnote; a second definition of a label is appended to the first."""
        self._definitions[label] = self._definitions.get(label, "") + html

    def html(self) -> str:
        """Return the footnotes in the order of their references, followed by unreferenced ones."""
        order = [*self._numbers, *(label for label in self._definitions if label not in self._numbers)]
        items = "".join(
            f'<li id="fn-{escape(label)}">{self._definitions[label]}</li>'
            for label in order
            if label in self._definitions
        )
        return f'<section class="footnotes"><ol>{items}</ol></section>' if items else ""
