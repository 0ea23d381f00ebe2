"""Flow charts of Mermaid: nodes, labels of links, and subgraphs, as far as termaid draws them correctly."""

from collections.abc import Iterator

from reader.lean_dataclasses import dataclass, field
from reader.regex import regex

_ID = r"\w+(?:[-.]\w+)*"
_SHAPE = (
    r"(?:\(\(\(|\(\(|\(\[|\(|\[\[|\[\(|\[/|\[\\|\[|\{\{|\{|>)\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>[^\"\[\](){}|]*?))\s*"
    r"(?:\)\)\)|\)\)|\)\]|\)|\]\]|\]\)|/\]|\\\]|\]|\}\}|\})"
)
_NODE = regex(rf"\s*(?P<id>{_ID})(?:{_SHAPE})?(?::::[\w-]+)?\s*")
_LINK = regex(
    r"(?:<|[ox](?=--|==|-\.))?(?:"
    r"(?:--\s+(?P<a>[^\s|>.=-][^|>]*?)\s*-->?|==\s+(?P<b>[^\s|>=][^|>]*?)\s*==>?|-\.\s+(?P<c>[^\s|>.-][^|>]*?)\s*\.->?)"
    r"|(?:-{2,}[>ox]?|={2,}[>ox]?|-\.+-[>ox]?)\s*(?:\|(?P<d>[^|]*)\|)?)"
)
_HEAD = regex(r"(?:graph|flowchart)(?:[ \t]+(?:TB|TD|BT|RL|LR))?[ \t]*(?:;|\n|$)")
_SUBGRAPH = regex(
    rf"subgraph\s+(?:(?P<id>{_ID})\s*\[\s*(?:\"(?P<quoted>[^\"`]+)\"|(?P<plain>[^\"\[\]`]+?))\s*\]"
    r"|\"(?P<only>[^\"`]+)\"|(?P<words>[^\"\[\]()]+?))\s*"
)
_TITLED = regex(rf"(?m)^(\s*subgraph\s+{_ID})\s*\[\s*\"?([^\"\[\]\n]+?)\"?\s*\][ \t]*$")
_DIRECTION = regex(r"direction\s+(?:TB|TD|BT|RL|LR)\s*")


@dataclass(slots=True)
class Subgraph:
    """A subgraph with the titles of its inner subgraphs.

    Attributes:
        title: Its title.
        nodes: The ids of the nodes in it, including those in inner subgraphs.
        inner: The ids of the nodes in inner subgraphs alone.
        titles: The titles of all inner subgraphs.
    """

    title: str
    nodes: list[str] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FlowChart:
    """The labels of nodes by their ids, the labels of links, and the subgraphs."""

    nodes: dict[str, str]
    links: list[str]
    subgraphs: list[Subgraph]

    @property
    def labels(self) -> list[str]:
        """All labels."""
        return [*self.nodes.values(), *self.links, *(one.title for one in self.subgraphs)]


class _StatementReader:
    """Reads statements. If several subgraphs name a node, the node belongs to the subgraph that ends first."""

    def __init__(self) -> None:
        self.chart = FlowChart({}, [], [])
        self._open: list[Subgraph] = []
        self._placed: set[str] = set()
        self._names: set[str] = set()

    def read(self, statement: str) -> bool:
        """Read a statement; False if it is not known."""
        if (found := _SUBGRAPH.fullmatch(statement)) is not None:
            title = next(filter(None, (found["quoted"], found["plain"], found["only"], found["words"])))
            self._names.add(found["id"] or title.strip())
            self._open.append(Subgraph(title.strip()))
            return True
        if statement == "end" and self._open:
            self._close(self._open.pop())
            return True
        return bool(self._open and _DIRECTION.fullmatch(statement)) or self._read_links(statement)

    def is_whole(self) -> bool:
        """Whether all subgraphs have ended, and no link leads to a subgraph: termaid would draw a node in its place."""
        return not self._open and not self._names & self.chart.nodes.keys()

    def _close(self, ended: Subgraph) -> None:
        own = dict.fromkeys(node for node in ended.nodes if node not in self._placed)
        self._placed.update(own)
        ended.nodes = [*own, *ended.inner]
        if self._open:
            self._open[-1].titles += (ended.title, *ended.titles)
            self._open[-1].inner += ended.nodes
        self.chart.subgraphs.append(ended)

    def _read_links(self, statement: str) -> bool:
        """Read nodes, with links between them."""
        nodes, at, joint = self.chart.nodes, 0, True
        while joint:
            node = _NODE.match(statement, at)
            if node is None or node["id"] in ("subgraph", "end", "direction"):
                return False
            text = node["quoted"] if node["quoted"] is not None else node["plain"]
            nodes[node["id"]] = text if text is not None else nodes.get(node["id"], node["id"])
            if self._open:
                self._open[-1].nodes.append(node["id"])
            at = node.end()
            joint = at < len(statement)
            if joint and statement[at] == "&":
                at += 1
            elif joint:
                link = _LINK.match(statement, at)
                if link is None:
                    return False
                self.chart.links.extend(filter(None, link.groups()))
                at = link.end()
        return True


def read_flow_chart(source: str) -> FlowChart | None:
    """Read a flow chart without unseen lines; None if termaid may draw a statement of it incorrectly."""
    head = _HEAD.match(source)
    if head is None:
        return None
    reader = _StatementReader()
    if all(map(reader.read, _statements(source[head.end() :]))) and reader.is_whole():
        return reader.chart
    return None


def with_plain_titles(source: str) -> str:
    """The source with the titles of subgraphs as termaid understands them: `subgraph id [Title]`."""
    return _TITLED.sub(r"\1 [\2]", source)


def _statements(source: str) -> Iterator[str]:
    """The statements of a flow chart; a semicolon in quotation marks is a part of a label."""
    start, is_quoted = 0, False
    for at, one in enumerate(f"{source}\n"):
        if one == '"':
            is_quoted = not is_quoted
        if one == "\n" or (one == ";" and not is_quoted):
            if statement := source[start:at].strip():
                yield statement
            start, is_quoted = at + 1, False
