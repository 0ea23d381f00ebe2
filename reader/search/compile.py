"""From what a query says to the statement that finds it: full text by FTS5 where that can, the rest by columns.

One question to the full text is much faster than several put together, so words, what articles hold, and whatever is
made of these alone become a single one; dates become spans of keys, which the full text passes over unread.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from reader.index.date_keys import LAST, first_key_of
from reader.index.pinyin import pinyin_phrase
from reader.index.tokens import is_single, phrase
from reader.search.nodes import And, Dated, Field, Has, Is, Length, Node, Not, Or, State, Words

_COLUMNS = {
    Field.TITLE: "title",
    Field.CATEGORY: "category",
    Field.AUTHOR: "author",
    Field.SOURCE: "source",
    Field.TAG: "tags",
    Field.PATH: "path",
}
_YEAR_ONE = date.min
_ALL = "{facets} : article"
"""Finds every article whose text was read."""
_FOUND = "a.key IN (SELECT rowid FROM words WHERE words MATCH ?)"
_MARKED = "IN (SELECT id FROM temp.marked WHERE asked = ?)"

Asked = Is | Words
"""What can be asked of a person's marks."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What finds the articles of a query.

    Attributes:
        match: A question to the full text, or empty where it need not be asked.
        where: A condition on the article `a`, or empty.
        values: What the condition's question marks stand for.
        asks: What the condition asks of a person's marks: states, and words of notes and tags.
        first: The lowest key that may fit.
        end: The key above the highest.
    """

    match: str
    where: str
    values: tuple[int | str, ...]
    asks: tuple[Asked, ...]
    first: int
    end: int


def weeded(node: Node | None) -> Node | None:
    """A query without words that hold neither a letter nor a digit, which nothing can find; None if nothing is left.

    In a person's own notes and tags they are found as they stand: ⭐ is a tag.
    """
    match node:
        case Words(field=Field.NOTE | Field.TAG):
            return node if node.text.strip() else None
        case Words():
            return node if phrase(node.text, exact=node.exact) else None
        case Not():
            inner = weeded(node.node)
            return Not(inner) if inner is not None and not isinstance(inner, Not) else None
        case And() | Or():
            kept = tuple(part for one in node.nodes if (part := weeded(one)) is not None)
            if len(kept) < 2:
                return kept[0] if kept else None
            return And(kept) if isinstance(node, And) else Or(kept)
    return node


def compiled(node: Node, stands: Callable[[str], bool]) -> Compiled:
    """What finds the articles of a weeded query; `stands` tells whether a question to the full text finds any."""
    compiler = _Compiler(stands)
    matches: list[str] = []
    excluded: list[str] = []
    conditions: list[tuple[str, tuple[int | str, ...]]] = []
    first, end = 0, LAST
    for part in node.nodes if isinstance(node, And) else (node,):
        if isinstance(part, Dated):
            low, high = _span(part)
            first, end = max(first, low), min(end, high)
        elif isinstance(part, Not) and _is_textual(part.node):
            excluded.append(compiler.match(part.node))
        elif _is_textual(part):
            matches.append(compiler.match(part))
        else:
            conditions.append(compiler.condition(part))
    match = " AND ".join(matches)
    for one in excluded:
        match = f"({match or _ALL}) NOT {one}"
    where = " AND ".join(f"({condition})" for condition, _values in conditions)
    values = tuple(value for _where, values in conditions for value in values)
    return Compiled(match, where, values, tuple(_asked(node)), first, end)


def pinyin_words(node: Node, stands: Callable[[str], bool]) -> tuple[Words, ...]:
    """The words of a query that are looked for as pinyin, because they stand nowhere as they are."""
    match node:
        case Words():
            return (node,) if _Compiler(stands).is_pinyin(node) else ()
        case And() | Or():
            return tuple(words for part in node.nodes for words in pinyin_words(part, stands))
    return ()


@dataclass(frozen=True, slots=True)
class _Compiler:
    stands: Callable[[str], bool]

    def match(self, node: Node) -> str:
        """The question to the full text that a textual node is."""
        match node:
            case Words():
                literal = _literal(node)
                return f"{{pinyin}} : {pinyin_phrase(node.text)}" if self.is_pinyin(node) else literal
            case Has():
                return f"{{facets}} : {node.content}"
            case Not():
                return f"({_ALL} NOT {self.match(node.node)})"
            case And():
                return f"({' AND '.join(map(self.match, node.nodes))})"
            case Or():
                return f"({' OR '.join(map(self.match, node.nodes))})"
        raise AssertionError(node)

    def is_pinyin(self, words: Words) -> bool:
        """Whether a word is looked for by its sound: it can be, and stands nowhere as it is."""
        if words.exact or words.field not in (None, Field.TITLE, Field.CATEGORY) or not pinyin_phrase(words.text):
            return False
        return not self.stands(_literal(words))

    def condition(self, node: Node) -> tuple[str, tuple[int | str, ...]]:
        """The condition that any node is, and its values."""
        if _is_textual(node):
            return _FOUND, (self.match(node),)
        match node:
            case Is() | Words():
                return self._marked(node)
            case Dated():
                return "a.key >= ? AND a.key < ?", _span(node)
            case Length():
                least, most = node.least or 0, LAST if node.most is None else node.most
                # An article that was not read yet has no length, and is neither long nor short.
                return "coalesce(a.length BETWEEN ? AND ?, 0)", (least, most)
            case Not():
                condition, values = self.condition(node.node)
                return f"NOT ({condition})", values
            case And() | Or():
                parts = [self.condition(part) for part in node.nodes]
                joint = " AND " if isinstance(node, And) else " OR "
                text = joint.join(f"({condition})" for condition, _values in parts)
                return text, tuple(value for _where, values in parts for value in values)
        raise AssertionError(node)

    def _marked(self, node: Asked) -> tuple[str, tuple[int | str, ...]]:
        """The condition on what a person did with an article."""
        no = "NOT " if isinstance(node, Is) and node.state is State.UNREAD else ""
        condition, name = f"a.id {no}{_MARKED}", asked_name(next(_asked(node)))
        if isinstance(node, Words) and node.field is Field.TAG and phrase(node.text, exact=node.exact):
            # A tag is the article's own, or one that the person gave it.
            return f"{_FOUND} OR {condition}", (self.match(node), name)
        return condition, (name,)


def asked_name(asked: Asked) -> str:
    """What is asked of the marks, as it is called in the table of the answers."""
    return str(asked.state) if isinstance(asked, Is) else f"{asked.field}:{asked.text}"


def _asked(node: Node) -> Iterator[Asked]:
    """What a node asks of a person's marks."""
    match node:
        case Is():
            yield Is(State.READ) if node.state is State.UNREAD else node
        case Words(field=Field.NOTE | Field.TAG):
            yield node
        case Not():
            yield from _asked(node.node)
        case And() | Or():
            for part in node.nodes:
                yield from _asked(part)


def _is_textual(node: Node) -> bool:
    """Whether the full text alone can tell."""
    match node:
        case Words():
            return node.field not in {Field.NOTE, Field.TAG}
        case Has():
            return True
        case Not():
            return _is_textual(node.node)
        case And() | Or():
            return all(map(_is_textual, node.nodes))
    return False


def _literal(words: Words) -> str:
    if words.field is None:
        columns = "title singles" if is_single(words.text) else "title body"
    else:
        columns = _COLUMNS[words.field]
    return f"{{{columns}}} : {phrase(words.text, exact=words.exact)}"


def _span(dated: Dated) -> tuple[int, int]:
    # What has no date lies before every day, and is neither before nor after one.
    first = first_key_of(dated.first) if dated.first else first_key_of(_YEAR_ONE)
    return first, first_key_of(dated.end) if dated.end else LAST
