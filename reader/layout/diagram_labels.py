"""The labels of a Mermaid diagram, against which its drawing is checked.

The grammar of each kind contains only what termaid draws correctly. A source with any other line, such as a note or a
composite state, is not drawn. Source: Mermaid's documentation of each kind.
"""

from collections import Counter
from collections.abc import Iterator
from re import Pattern

from reader.layout.flow_charts import read_flow_chart
from reader.regex import regex

_COMMENT = regex(r"(?m)^\s*%%[^\n]*$")
_DESCRIPTION = r"accTitle\s*:|accDescr\s*:"
_TARGET = r"\s+[\w.,-]*\w[\w.,-]*\s"
"""The target of a style or a link: a node, a class, the number of a link."""
_UNSEEN = {
    "flow": regex(rf"(?m)^\s*(?:{_DESCRIPTION}|(?:click|style|classDef|class|linkStyle){_TARGET})[^\n]*$"),
    "class": regex(
        rf"(?m)^\s*(?:{_DESCRIPTION}|click{_TARGET}\s*(?:href|call)\b|(?:link|callback){_TARGET}\s*\"|cssClass\s+\""
        rf"|(?:style|classDef){_TARGET}\s*[\w-]+:)[^\n]*$"
    ),
    "state": regex(rf"(?m)^\s*(?:{_DESCRIPTION}|(?:click|style|classDef|class){_TARGET})[^\n]*$"),
    "er": regex(rf"(?m)^\s*(?:{_DESCRIPTION}|(?:style|classDef|class){_TARGET})[^\n]*$"),
    "gantt": regex(rf"(?m)^\s*(?:{_DESCRIPTION}|click\s+\S+\s+(?:href|call)\b)[^\n]*$"),
    "mindmap": regex(r"(?m)^\s*(?:::icon\([^\n]*\)|:::[^\n]*)$"),
}
"""Lines that draw nothing, by kind of diagram: links, colours, descriptions for screen readers."""
_LINK_START = r"(?<=[\w\])}\s])"
_LINK_TEXT = (
    r"(?:[ \t]+|(?![xo]))(?P<text>(?:[^\s|<>\"\[\](){}=.-]|(?<=\w)[-.=](?=\w))"
    r"(?:[^|<>\"\n\[\](){}=.-]|(?<=\w)[-.=](?=\w))*?)[ \t]*"
)
"""The text of a link: it does not begin with an arrowhead (`x`, `o`), and has `-`, `.` and `=` only within words."""
_CLASS = (regex(r"(?<=[\w\])\"~]):::[\w,-]+"), "")
"""The class behind a node, which only sets its colours: `Name:::class`."""
_REWRITTEN = {
    "flow": (
        (regex(r"(?m)^\s*[\w-]+@\{\s*(?:animat\w+|curve)\s*:[^{}\n]*\}\s*$"), ""),
        (regex(r"(?<=[\s\])}])[\w-]+@(?=[-=<ox])"), ""),
        (regex(rf"{_LINK_START}--{_LINK_TEXT}-+(?P<end>->|--)"), r" -\g<end>|\g<text>| "),
        (regex(rf"{_LINK_START}=={_LINK_TEXT}=+(?P<end>=>|==)"), r" =\g<end>|\g<text>| "),
        (regex(rf"{_LINK_START}-\.{_LINK_TEXT}\.+(?P<end>->?)"), r" -.\g<end>|\g<text>| "),
    ),
    "class": (_CLASS,),
    "state": (_CLASS, (regex(r"(?m)(?<=\s)%%(?!\{)[^\n]*$"), "")),
    "er": (_CLASS, (regex(r"(?m)^\s*direction\s+(?:TB|TD|BT|RL|LR)\s*$"), "")),
}
"""Patterns and replacements by kind of diagram: names, animation and texts of links; classes; comments; directions."""
_UNSEEN_ELSEWHERE = regex(rf"(?m)^\s*(?:{_DESCRIPTION})[^\n]*$")
_HAS_NO_DESCRIPTION = ("kanban",)
_OPENING = ("loop", "alt", "opt", "par", "critical", "break", "rect", "box")
"""The words that begin a part of a sequence diagram which ends with `end`."""

_KIND = regex(
    r"(graph|flowchart|sequenceDiagram|classDiagram|stateDiagram|erDiagram|gantt|pie|mindmap|timeline|journey|gitGraph"
    r"|kanban|xychart)\b"
)
_NAMES = {
    "graph": "flow",
    "flowchart": "flow",
    "sequenceDiagram": "sequence",
    "classDiagram": "class",
    "stateDiagram": "state",
    "erDiagram": "er",
}
_BREAK = regex(r"(?i)<br\s*/?>|\\n")
_WORD = regex("[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]|[^\\W_\u2e80-\u9fff\uac00-\ud7ff]+")
"""A word, or one character of a script that may be broken between any two characters."""

_RELATION = (
    r"(?P<node>[\w~.-]+?)\s*(?:\"(?P<label>[^\"]*)\")?\s*(?:<\|?|[*o])?(?:--|\.\.)(?:\|?>|[*o])?\s*"
    r"(?:\"(?P<more>[^\"]*)\")?\s*(?P<other>[\w~.]+)\s*(?::\s*(?P<last>.+))?"
)
_MINDMAP_SHAPE = r"[\w-]*(?:\(\(|\)\)|\{\{|[(\[)])\"?(?P<label>[^\"()\[\]{}]+)\"?(?:\)\)|\(\(|\}\}|[)\](])"
_GRAMMARS: dict[str, tuple[str, tuple[str, ...]]] = {
    "sequence": (
        r"sequenceDiagram",
        (
            r"(?:create\s+)?(?:participant|actor)\s+(?P<node>.+?)(?:\s+as\s+(?P<name>.+))?",
            r"(?P<node>[^\s:+>-][^:+>-]*?)\s*(?:<<)?(?:--?>>?|--?[x)])[+-]?\s*(?P<other>[^:+-]+?)\s*:\s*(?P<label>.*)",
            r"(?i)note\s+(?:(?:left|right)\s+of|over)\s+[^:]+:\s*(?P<label>.+)",
            r"(?:loop|alt|else|opt|par|and|critical|option|break)(?:\s+(?P<label>.+))?",
            r"title\s*:?\s+(?P<label>.+)",
            r"end|autonumber|(?:activate|deactivate)\s+.+",
        ),
    ),
    "class": (
        r"classDiagram(?:-v2)?",
        (
            r"note\s+\"(?P<label>[^\"]+)\"",
            r"note\s+for\s+(?P<node>\w+)\s+\"(?P<label>[^\"]+)\"",
            r"class\s+(?P<node>[\w~.-]+)(?:\s*\[\"(?P<name>[^\"]+)\"\])?\s*\{?",
            _RELATION,
            r"(?P<node>[\w~.-]+)\s*:\s*(?P<label>.+)",
            r"<<(?P<label>[^<>]+)>>(?:\s+(?P<node>[\w~.-]+))?",
            r"(?P<label>[-+#~]?[^:{}<>\"]+)",
            r"(?P<label>[-+#~]?[\w~]+\([^{}<>\"]*\)[^{}<>\"]*)",
            r"\}|direction\s+(?:TB|TD|BT|RL|LR)",
        ),
    ),
    "state": (
        r"stateDiagram(?:-v2)?",
        (
            r"(?!note\b)(?P<node>[\w.]+|\[\*\])\s*-->\s*(?P<other>[\w.]+|\[\*\])\s*(?::\s*(?P<label>.+))?",
            r"state\s+\"(?P<name>[^\"]+)\"\s+as\s+(?P<node>[\w.]+)",
            r"state\s+[\w.]+\s+(?:<<|\[\[)(?:choice|fork|join)(?:>>|\]\])",
            r"(?!note\b)(?P<node>[\w.]+)\s*:\s*(?P<name>.+)",
            r"(?:state\s+)?(?P<node>[\w.]+)",
            r"direction\s+(?:TB|TD|BT|RL|LR)|hide empty description",
        ),
    ),
    "er": (
        r"erDiagram",
        (
            r"(?P<node>\"[^\"]+\"|[\w-]+)\s+[|}][|o](?:--|\.\.)[|o][|{]\s+(?P<other>\"[^\"]+\"|[\w-]+)\s*:\s*(?P<label>.*)",
            r"(?P<node>[\w-]+)(?:\s*\[\s*\"?(?P<name>[^\"\[\]{}]+?)\"?\s*\])?(?:\s*\{)?",
            r"(?P<label>[\w()\[\],-]+\s+\*?[\w-]+(?:\s+(?:PK|FK|UK)(?:\s*,\s*(?:PK|FK|UK))*)?(?:\s+\"[^\"]*\")?)",
            r"\}",
        ),
    ),
    "gantt": (
        r"gantt",
        (
            r"(?i)title\s+(?P<label>.+)",
            r"(?i)section\s+(?P<label>.+)",
            r"(?i)(?:dateFormat|axisFormat|tickInterval|todayMarker|weekday)\s+.+",
            # A vertical marker (`vert`) would be drawn as a task.
            r"(?!(?i:excludes|includes|weekend|weekday|vert)\s)(?P<label>[^:]+?)\s*:(?!(?:[^\n,]*,)*\s*vert\s*,).*",
        ),
    ),
    "pie": (
        r"pie(?:\s+showData)?(?:\s+title\s+(?P<label>[^\n]+))?",
        (r"title\s+(?P<label>.+)", r"\"(?P<label>[^\"]+)\"\s*:\s*[\d.]+"),
    ),
    "mindmap": (
        r"mindmap",
        (
            r"(?:[\w-]*(?:\(\(|\)\)|\{\{|[(\[)])\"?(?P<label>[^\"()\[\]{}]+)\"?(?:\)\)|\(\(|\}\}|[)\](]))",
            r"(?P<label>.+)",
        ),
    ),
    "timeline": (r"timeline", (r"(?i)(?:title|section)\s+(?P<label>.+)", r"(?P<label>.+)")),
    "journey": (
        r"journey",
        (
            r"(?i)(?:title|section)\s+(?P<label>.+)",
            r"(?P<label>[^:]+?)\s*:\s*[1-5]\s*(?::(?P<actors>[^:]*))?",
        ),
    ),
    "gitGraph": (
        r"gitGraph(?:\s+(?:LR|TB|BT))?\s*:?",
        (
            r"commit(?P<label>(?:\s+(?:(?:id|tag|msg)\s*:\s*\"[^\"]*\"|type\s*:\s*(?:NORMAL|REVERSE|HIGHLIGHT)))*)",
            r"branch\s+(?P<label>[\w./-]+)(?:\s+order\s*:\s*\d+)?",
            r"(?:checkout|switch)\s+[\w./-]+",
            r"merge\s+[\w./-]+(?P<label>(?:\s+(?:id|tag)\s*:\s*\"[^\"]*\")*)",
        ),
    ),
    "kanban": (r"kanban", (r"[\w-]*\[(?P<label>[^\[\]]+)\]", r"(?P<label>[^\[\]@{}]+)")),
    "xychart": (
        r"xychart(?:-beta)?(?:\s+horizontal)?",
        (
            r"title\s+(?P<label>.+)",
            r"[xy]-axis\s+(?P<label>[^\[\]]+?)?\s*(?:\[(?P<last>[^\[\]]*)\])?",
            r"(?:bar|line)\s+\[[^\[\]]*\]",
        ),
    ),
}
"""For each kind that consists of lines: patterns of the first line, and of the others.

Nodes and actors are drawn once, however often they occur, and labels each time; groups with other names are labels.
"""

_RULES: dict[str, tuple[Pattern[str], ...]] = {
    kind: tuple(map(regex, (head, *lines))) for kind, (head, lines) in _GRAMMARS.items()
}
_OPTION = regex(r"(?:id|tag|msg)\s*:(?=\s*\")|type\s*:\s*\w+")
_RANGE = regex(r"[-+\d.]+\s*-->\s*[-+\d.]+\s*$")


def kind_of(source: str) -> str | None:
    """The kind of a diagram; None for one that termaid cannot draw, or would draw as boxes with words."""
    found = _KIND.match(_COMMENT.sub("", source).lstrip())
    return _NAMES.get(found[1], found[1]) if found else None


def without_unseen(source: str) -> str:
    """The source without parts that draw nothing in a diagram of its kind, and with the usual notation of links."""
    source = _COMMENT.sub("", source).strip()
    kind = kind_of(source)
    for pattern, plain in _REWRITTEN.get(kind or "", ()):
        source = pattern.sub(plain, source)
    if kind in _HAS_NO_DESCRIPTION:
        return source
    if kind == "sequence":
        source = "\n".join(_without_areas(source.split("\n")))
    return _UNSEEN.get(kind or "", _UNSEEN_ELSEWHERE).sub("", source).strip()


def _without_areas(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a sequence diagram without `rect` and its `end`, which only colour the lines between them."""
    is_area: list[bool] = []
    for line in lines:
        words = line.split(None, 1)
        if words and words[0] in _OPENING:
            is_area.append(words[0] == "rect")
            if is_area[-1]:
                continue
        elif line.strip() == "end" and is_area and is_area.pop():
            continue
        yield line


def words_of(text: str) -> Counter[str]:
    """The words of a text, and characters of scripts without spaces, with the number of times that they occur."""
    return Counter(_WORD.findall(text))


def labels_of(source: str) -> list[str] | None:
    """The labels of a source without unseen lines; None if termaid may draw a line of it incorrectly."""
    kind = kind_of(source)
    if kind is None:
        return None
    source = _BREAK.sub(" ", source)
    if kind == "flow":
        chart = read_flow_chart(source)
        return chart.labels if chart is not None else None
    return _line_labels(kind, source)


def _line_labels(kind: str, source: str) -> list[str] | None:
    """The labels of a kind that consists of lines."""
    head, *rules = _RULES[kind]
    nodes: dict[str, str] = {}
    labels: list[str] = []
    lines = [line.strip() for line in source.split("\n")]
    for number, line in enumerate(lines):
        if not line:
            continue
        found = (
            head.fullmatch(line) if number == 0 else next(filter(None, (one.fullmatch(line) for one in rules)), None)
        )
        if found is None:
            return None
        groups = {name: text.strip() for name, text in found.groupdict().items() if text}
        # The legend contains each actor once.
        nodes |= {one.strip(): one for one in groups.pop("actors", "").split(",") if one.strip()}
        for name in ("node", "other"):
            if (node := groups.pop(name, None)) is not None and node != "[*]":
                nodes.setdefault(node, node)
                if name == "node" and "name" in groups:
                    nodes[node] = groups.pop("name") if nodes[node] == node else f"{nodes[node]} {groups.pop('name')}"
        labels += (_label(kind, text) for text in groups.values())
    return [*nodes.values(), *labels]


def _label(kind: str, text: str) -> str:
    if kind == "gitGraph":
        return _OPTION.sub("", text)
    return _RANGE.sub("", text) if kind == "xychart" else text
