"""Conversion of diagrams to what termaid 0.10 draws correctly, and of its drawings to the characters of the source.

In some kinds of diagrams termaid counts characters instead of cells; in the others it measures some characters
differently. Before drawing, these characters are replaced by as many narrow letters as they have cells; afterwards
they are put back.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from re import Match

from reader.layout.cells import Cells, clusters
from reader.layout.flow_charts import with_plain_titles
from reader.regex import regex

_BREAK = regex(r"(?i)[ \t]*<br\s*/?>[ \t]*")
_BREAK_OR_ESCAPE = regex(r"(?i)[ \t]*(?:<br\s*/?>|\\n)[ \t]*")
_MEASURED = ("graph", "flowchart", "sequenceDiagram", "classDiagram", "state", "erDiagram")
"""The kinds in which termaid counts cells."""

_MINDMAP_SHAPE = regex(r"(?m)^(\s*)[\w-]*(?:\(\(|\)\)|\{\{|[(\[)])([^\n()\[\]{}]+)(?:\)\)|\(\(|\}\}|[)\](])[ \t]*$")
_TASK = regex(
    r"(?m)^(?!\s*(?:title|section|dateFormat|axisFormat|tickInterval|todayMarker)\b)([^:\n]*[^:\s][^:\n]*)(:[^\n]*)$"
)
_TASK_ID = regex(r"\b[A-Za-z_][\w-]*")
_EVENTS = regex(r"\s:(?:\s|$)")
_TITLES = ("title ", "section ")

_FIRST = tuple(chr(number) for number in range(0x10600, 0x1066E))
_SECOND = tuple(chr(number) for number in range(0x1066E, 0x106DC))
"""Letters of Linear A, which are one cell wide, and in which no text is written."""

_COMMA = chr(0x106DC)
_SINGLE = tuple(chr(number) for number in range(0x106DD, 0x10737))
_IN_NAMES = tuple(map(chr, (*range(0x10740, 0x10756), *range(0x10760, 0x10768))))
_REPLACEMENT = regex(
    f"[{_FIRST[0]}-{_FIRST[-1]}][{_SECOND[0]}-{_SECOND[-1]}]|[{_COMMA}-{_SINGLE[-1]}{''.join(_IN_NAMES)}]"
)
_NOTE = regex(r"(?m)^[ \t]*note[ \t]+for[ \t]+(\w+)[ \t]+\"([^\"\n]+)\"[ \t]*$")

_QUOTED = regex(r"\"[^\"\n]*\"")


class DrawableSource:
    """The source of a diagram in a form that termaid draws correctly.

    Attributes:
        text: The source in that form.
    """

    def __init__(self, source: str) -> None:
        self._written: dict[str, str] = {_COMMA: ","}
        self._tasks = 0
        if source.startswith(_MEASURED):
            is_flow = source.startswith(("graph", "flowchart", "state"))
            source = with_plain_titles(source)
            source = _BREAK.sub(r"\\n", source) if is_flow else _BREAK_OR_ESCAPE.sub(" ", source)
            if source.startswith("classDiagram"):
                source = _NOTE.sub(self._linked_note, source)
            self.text = "".join(self._replaced(source, counts_cells=True))
            return
        source = _BREAK_OR_ESCAPE.sub(" ", source)
        if source.startswith("mindmap"):
            source = _MINDMAP_SHAPE.sub(r"\1\2", source)
        elif source.startswith("gantt"):
            source, self._tasks = _TASK.subn(_with_plain_ids, source)
        elif source.startswith("timeline"):
            source = "\n".join(_periods(source.split("\n")))
        self.text = "".join(self._replaced(source, counts_cells=False))

    def written(self, drawn: str) -> str:
        """The drawing with the characters of the source."""
        return _REPLACEMENT.sub(lambda found: self._written.get(found[0], found[0]), drawn)

    def has_all_bars(self, rows: Iterable[str]) -> bool:
        """Whether each task of a Gantt chart has a bar: termaid omits tasks whose start it cannot determine."""
        return self._tasks <= sum(bool(row.replace("|", "│").partition("│")[2].strip()) for row in rows)

    def _linked_note(self, note: Match[str]) -> str:
        """A note as a box with a dotted link to its class: termaid would draw it over the class beside that."""
        name = "".join(map(self._in_name, f" {note[2].strip()} "))
        before = _QUOTED.sub("", note.string[: note.start()])
        # Without the note words are missing, so nothing is drawn.
        is_member = before.count("{") > before.count("}")
        return "" if is_member or "\n" in name else f"{note[1]} .. {name}\n<<note>> {name}"

    def _in_name(self, character: str) -> str:
        """A character, or its substitute if a class name cannot contain it; a newline if no substitute is left.

        Substitutes are letters that occur nowhere else in the diagram, as many as the character is wide in cells.
        """
        if character.isalnum() or character == "_":
            return character
        known = next((letter for letter, one in self._written.items() if one == character and letter in _IN_NAMES), "")
        count = sum(letter in _IN_NAMES for letter in self._written)
        cells = Cells(1).width(character)
        letters = _IN_NAMES[count : count + cells]
        if known:
            return known + _IN_NAMES[_IN_NAMES.index(known) + 1] * (cells - 1)
        if not cells or len(letters) < cells:
            return "\n"
        self._written |= dict.fromkeys(letters, "") | {letters[0]: character}
        return "".join(letters)

    def _replaced(self, source: str, *, counts_cells: bool) -> Iterator[str]:
        # Only the process that draws needs it.
        from termaid.utils import display_width  # noqa: PLC0415

        measured = Cells(1)
        unused = {1: iter(_SINGLE), 2: map("".join, product(_FIRST, _SECOND))}
        known: dict[str, str] = {}
        for cluster in clusters(source):
            cells = measured.width(cluster)
            if cells == display_width(cluster) and (counts_cells or cells == len(cluster)):
                yield cluster
                continue
            if cluster not in known and (letters := next(unused.get(cells, iter(())), None)) is not None:
                known[cluster], self._written[letters] = letters, cluster
            yield known.get(cluster, cluster)


def _with_plain_ids(task: Match[str]) -> str:
    """A task of a Gantt chart with underscores for the hyphens in ids, because termaid finds no id with hyphens."""
    return task[1] + _TASK_ID.sub(lambda name: name[0].replace("-", "_"), task[2])


def _periods(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a timeline, one for each period with all of its events after commas, as termaid expects."""
    found: list[list[str]] = []
    for line in lines:
        told = line.strip()
        period, *events = _EVENTS.split(f" {told}")
        if found and events and not period.strip():
            found[-1] += events
        elif told.lower().startswith(_TITLES):
            found.append([told])
        else:
            found.append([period.strip(), *events])
    for period, *events in found:
        told = ", ".join(one.strip().replace(",", _COMMA) for one in events if one.strip())
        yield f"{period} : {told}" if told else period
