"""The table of export formats, for `reader export` and for the keys of the reading screen.

Importing it imports no exporter: `--help` reads the names, and the screen the actions, before anything is exported.
"""

from reader.language import N_
from reader.lazy_imports import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.export.exporter import Exporter, ExportOptions


class ExportFormat:
    """An export format. Not a dataclass, because importing `dataclasses` would double the time of `--help`.

    Attributes:
        name: Its name on the command line.
        title: Its description in English; translate it with `language._` when it is shown.
        action: The action of the reading screen that writes it, a row of `keymap/actions.py`; empty if there is none.
        with_marks: Whether that action includes highlights and notes.
        suffix: The suffix of its files, with the dot.
        holds_many: Whether one file can hold several articles.
        is_citation: Whether only the source of an article is written.
        link_form: How its files link to each other, a value of `link_places.LinkForm`; empty if they do not.
        has_picture_files: Whether its files refer to pictures beside them.
    """

    __slots__ = (
        *("_class_name", "_module", "action", "has_picture_files", "holds_many", "is_citation", "link_form"),
        *("name", "suffix", "title", "with_marks"),
    )

    def __init__(  # noqa: PLR0913 - one for each attribute
        self,
        name: str,
        title: str,
        exporter: tuple[str, str],
        suffix: str,
        action: str = "",
        *,
        with_marks: bool = False,
        holds_many: bool = False,
        is_citation: bool = False,
        link_form: str = "",
        has_picture_files: bool = False,
    ) -> None:
        """Describe a format; `exporter` is the module and the name of a class that has `of` and is an `Exporter`."""
        self.name = name
        self.title = title
        self.action = action
        self.with_marks = with_marks
        self.suffix = suffix
        self.holds_many = holds_many
        self.is_citation = is_citation
        self.link_form = link_form
        self.has_picture_files = has_picture_files
        self._module, self._class_name = exporter

    @property
    def has_links(self) -> bool:
        """Whether its files keep the links of articles. Books do, although they do not link to each other."""
        return bool(self.link_form) or (self.holds_many and not self.is_citation)

    def exporter(self, options: "ExportOptions") -> "Exporter":
        """Import the exporter of this format and set its options."""
        make: Callable[[ExportOptions], Exporter] = getattr(import_module(self._module), self._class_name).of
        return make(options)


FORMATS: dict[str, ExportFormat] = {
    one.name: one
    for one in (
        ExportFormat("text", N_("plain text"), ("reader.export.text_exporter", "TextExporter"), ".txt", "export"),
        ExportFormat(
            "markdown",
            N_("Markdown, lines not wrapped"),
            ("reader.export.templated_markdown", "TemplatedMarkdown"),
            ".md",
            "export_marked",
            with_marks=True,
            link_form="path",
            has_picture_files=True,
        ),
        ExportFormat(
            "html", N_("HTML, one file"), ("reader.export.html_exporter", "HtmlExporter"), ".html", link_form="page"
        ),
        ExportFormat("epub", N_("EPUB 3"), ("reader.export.epub_exporter", "EpubExporter"), ".epub", holds_many=True),
        ExportFormat(
            "org",
            N_("Org, for Emacs"),
            ("reader.export.org_exporter", "OrgExporter"),
            ".org",
            link_form="org",
            has_picture_files=True,
        ),
        ExportFormat(
            "json",
            N_("JSON with sections and blocks"),
            ("reader.export.json_exporter", "JsonExporter"),
            ".json",
            holds_many=True,
        ),
        ExportFormat(
            "bibtex",
            N_("BibTeX, only the source"),
            ("reader.export.citation_exporters", "BibtexExporter"),
            ".bib",
            holds_many=True,
            is_citation=True,
        ),
        ExportFormat(
            "ris",
            N_("RIS, only the source"),
            ("reader.export.citation_exporters", "RisExporter"),
            ".ris",
            holds_many=True,
            is_citation=True,
        ),
        ExportFormat(
            "csl",
            N_("CSL-JSON, only the source"),
            ("reader.export.citation_exporters", "CslExporter"),
            ".csl.json",
            holds_many=True,
            is_citation=True,
        ),
    )
}
"""All formats by name; the first one is the default."""

TEMPLATED = "markdown"
"""The format for which there are templates."""

_OTHER_SUFFIXES = {".markdown": ".md", ".text": ".txt", ".htm": ".html"}


def format_of_name(name: str) -> ExportFormat | None:
    """The format of a file name by its suffix, the longest one first; None if no format has it."""
    folded = name.casefold()
    for other, usual in _OTHER_SUFFIXES.items():
        if folded.endswith(other):
            folded = folded.removesuffix(other) + usual
    formats = sorted(FORMATS.values(), key=lambda one: -len(one.suffix))
    return next((one for one in formats if folded.endswith(one.suffix) and folded != one.suffix), None)
