"""Embedded notes: paragraphs that show another note, as a transclusion that is folded until it is opened.

The rows of an opened transclusion belong to no position of the document, so that positions, matches and marks stay
where they are. Embedded notes in a transclusion are links: a note that embeds itself ends after one level.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.document.addresses import EMBED
from reader.document.blocks import Block, Leaf, Paragraph, SpanKind
from reader.layout.flow_unit import FlowUnit
from reader.layout.folds import Fold
from reader.layout.lines import NO_BLOCK, Line, Role, Run, Style
from reader.layout.links import is_note_link, transcluded_link
from reader.lean_dataclasses import dataclass, field, replace

if TYPE_CHECKING:
    from reader.layout.diagrams import Drawing

_SIGN = 2
"""Width in cells of the sign before an embedded note."""


@dataclass(frozen=True, slots=True)
class Transclusion:
    """The content that an embedded note shows.

    Attributes:
        blocks: The transcluded blocks.
        article_id: The id of the article of the blocks, to which their links are relative; empty if it is the
            transcluding article.
        more: The text of a link below them that leads to the article; empty for no link.
        target: The target of that link.
    """

    blocks: tuple[Block, ...]
    article_id: str
    more: str = ""
    target: str = ""


@dataclass(slots=True)
class Expansion:
    """The open transclusions and the folds of a document, by the leaf number of the embedded note or of the title.

    Attributes:
        opened: The transclusions of embedded notes that are open.
        titles: The titles of embedded notes, if they are known.
        drawings: The drawings of diagrams, which are shown instead of the sources unless these are unfolded.
        can_fold: Whether callouts and details can be folded: on the page, not in exports.
        toggled: The titles of the folds that were toggled, and the diagrams whose source is shown.
        all_folded: Whether all folds were folded (True) or unfolded (False) at once; None if neither was done.
    """

    opened: dict[int, Transclusion] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    drawings: "dict[int, Drawing]" = field(default_factory=dict)
    can_fold: bool = False
    toggled: set[int] = field(default_factory=set)
    all_folded: bool | None = None

    def is_folded(self, fold: Fold) -> bool:
        """Whether the rows of a fold are hidden."""
        first = fold.is_folded if self.all_folded is None else self.all_folded
        return self.can_fold and first != (fold.leaf in self.toggled)

    def hides(self, unit: FlowUnit) -> bool:
        """Whether a unit is in a fold that is folded."""
        return any(map(self.is_folded, unit.folds))


def embedded_note(leaf: Leaf) -> str:
    """The target of the note that a leaf embeds, as in `Run.link`; empty if the leaf has other text."""
    if not isinstance(leaf, Paragraph) or not leaf.text.spans:
        return ""
    first = next((span for span in leaf.text.spans if span.kind is not SpanKind.LANGUAGE), leaf.text.spans[0])
    is_embed = first.kind is SpanKind.LINK and first.value.startswith(EMBED)
    return first.value if is_embed and (first.start, first.end) == (0, len(leaf.text.text)) else ""


def with_sign(lines: list[Line], sign: str, target: str, leaf: int, *, hangs: bool) -> list[Line]:
    """The lines of an embedded note or a title after a sign; the sign is never put in a row of readings above the text.

    With `hangs`, the indent stays the first run of the row with the sign; a marker replaces it later.
    """
    mark = Run(f"{sign} ", Style(Role.MARK), leaf, link=target)
    rest = Run(" " * _SIGN)
    signed = 1 if lines[0].is_reading else 0
    shown = [replace(line, runs=(rest, *line.runs)) for line in lines]
    runs = lines[signed].runs
    shown[signed] = replace(lines[signed], runs=(runs[0], mark, *runs[1:]) if hangs else (mark, *runs))
    return shown


def detached(lines: Iterable[Line], article_id: str) -> Iterator[Line]:
    """Lines without positions in the document, and with links relative to their article."""
    for line in lines:
        yield replace(line, runs=tuple(_detached(run, article_id) for run in line.runs if run.text))


def _detached(run: Run, article_id: str) -> Run:
    link = "" if is_note_link(run.link) else transcluded_link(article_id, run.link)
    return replace(run, block=NO_BLOCK, start=0, end=0, link=link)
