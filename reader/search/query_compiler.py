"""Compilation of a query into SQL: FTS5 for text conditions, columns for the others.

One MATCH expression is much faster than several that are combined in SQL, so all text conditions become a single one.
Dates become ranges of article keys: the full-text index skips articles outside a range without reading them.
"""

from collections.abc import Callable, Iterator
from datetime import date

from reader.document.web_addresses import folded_address
from reader.index.date_keys import LAST, first_key_of
from reader.index.link_names import address_key
from reader.index.pinyin import pinyin_phrase
from reader.index.symbol_tokens import symbol_phrases
from reader.index.tokens import is_single, phrase
from reader.lean_dataclasses import dataclass
from reader.search.query_tree import And, Dated, Field, Has, Is, Length, Not, Or, QueryNode, State, Words

_COLUMNS = {
    Field.TITLE: "title",
    Field.CATEGORY: "category",
    Field.AUTHOR: "author",
    Field.SOURCE: "source",
    Field.TAG: "tags",
    Field.PATH: "path",
}
_FIRST_DAY = date.min
_ALL = "{facets} : article"
"""Matches every article whose text has been indexed."""
_FOUND = "a.key IN (SELECT rowid FROM words WHERE words MATCH ?)"
_NOT_TEXTUAL = frozenset({Field.NOTE, Field.TAG, Field.LINK, Field.LINKED_BY, Field.URL})
_LINKS = "a.key IN (SELECT key FROM link WHERE target LIKE ? ESCAPE '\\')"
_URL = "a.url LIKE ? ESCAPE '\\' OR a.addresses LIKE ? ESCAPE '\\'"
_ADDRESS = f"{_URL} OR a.key IN (SELECT key FROM address WHERE name = ?)"
_MARKED = "IN (SELECT id FROM temp.marked WHERE asked = ?)"

MarkQuery = Is | Words
"""A condition on the user's marks, or on where links lead; other code determines the ids of its articles."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """The SQL for a query.

    Attributes:
        match: The MATCH expression, or empty if the query has no text condition.
        where: A condition on the table alias `a` of articles, or empty.
        values: The parameters of the condition.
        mark_queries: The conditions on the user's marks (states, words of notes and tags) and on links.
        first: The lowest key of a possible result.
        end: The key after the highest key of a possible result.
    """

    match: str
    where: str
    values: tuple[int | str, ...]
    mark_queries: tuple[MarkQuery, ...]
    first: int
    end: int


def without_empty_words(node: QueryNode | None) -> QueryNode | None:
    """Remove words without letters and digits, which cannot be found; None if nothing is left.

    Words in conditions on notes, tags, links and URLs stay, because they are compared literally: ⭐ may be a tag.
    """
    match node:
        case Words(field=Field.NOTE | Field.TAG | Field.LINK | Field.LINKED_BY | Field.URL):
            return node if node.text.strip() else None
        case Words():
            return node if phrase(node.text, exact=node.exact) or _symbol_columns(node) else None
        case Not():
            inner = without_empty_words(node.node)
            return Not(inner) if inner is not None and not isinstance(inner, Not) else None
        case And() | Or():
            kept = tuple(part for one in node.nodes if (part := without_empty_words(one)) is not None)
            if len(kept) < 2:
                return kept[0] if kept else None
            return And(kept) if isinstance(node, And) else Or(kept)
    return node


def compiled(node: QueryNode, has_match: Callable[[str], bool]) -> Compiled:
    """Compile a query without empty words; `has_match` tests whether a MATCH expression has any result."""
    compiler = _Compiler(has_match)
    matches: list[str] = []
    excluded: list[str] = []
    conditions: list[tuple[str, tuple[int | str, ...]]] = []
    first, end = 0, LAST
    for part in node.nodes if isinstance(node, And) else (node,):
        if isinstance(part, Dated):
            low, high = key_span(part)
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
    return Compiled(match, where, values, tuple(_mark_queries(node)), first, end)


def pinyin_words(node: QueryNode, has_match: Callable[[str], bool]) -> tuple[Words, ...]:
    """The words of a query that are searched for as pinyin, because they have no literal match."""
    match node:
        case Words():
            return (node,) if _Compiler(has_match).is_pinyin(node) else ()
        case And() | Or():
            return tuple(words for part in node.nodes for words in pinyin_words(part, has_match))
    return ()


@dataclass(frozen=True, slots=True)
class _Compiler:
    has_match: Callable[[str], bool]

    def match(self, node: QueryNode) -> str:
        """The MATCH expression of a text condition."""
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
        """Whether a word is searched for as pinyin: it can be read as pinyin, and has no literal match."""
        if words.exact or words.field not in (None, Field.TITLE, Field.CATEGORY) or not pinyin_phrase(words.text):
            return False
        return not self.has_match(_literal(words))

    def condition(self, node: QueryNode) -> tuple[str, tuple[int | str, ...]]:  # noqa: PLR0911 - one case each
        """The SQL condition of any node, with its parameters."""
        if _is_textual(node):
            return _FOUND, (self.match(node),)
        match node:
            case Words(field=Field.URL):
                part = _containing(node.text)
                # A whole URL, as copied from a browser, may be stored with `www.` or without the final slash.
                whole = folded_address(node.text)
                return (_ADDRESS, (part, part, address_key(whole))) if whole else (_URL, (part, part))
            case Is() | Words():
                return self._marked(node)
            case Dated():
                return "a.key >= ? AND a.key < ?", key_span(node)
            case Length():
                least, most = node.least or 0, LAST if node.most is None else node.most
                # The length of an article that is not indexed yet is NULL, which must not match.
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

    def _marked(self, node: MarkQuery) -> tuple[str, tuple[int | str, ...]]:
        """The condition on the user's marks of an article, or on its links."""
        no = "NOT " if isinstance(node, Is) and node.state is State.UNREAD else ""
        condition, name = f"a.id {no}{_MARKED}", mark_query_name(next(_mark_queries(node)))
        if isinstance(node, Words) and node.field is Field.TAG and phrase(node.text, exact=node.exact):
            # The tag may be the article's own or one that the user added.
            return f"{_FOUND} OR {condition}", (self.match(node), name)
        if isinstance(node, Words) and node.field is Field.LINK:
            # A part of the target suffices, and the target may be outside the archive.
            return f"{_LINKS} OR {condition}", (_containing(node.text), name)
        return condition, (name,)


def _containing(text: str) -> str:
    """A pattern of LIKE for texts that contain `text`, in which `_` and `%` are escaped."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def mark_query_name(query: MarkQuery) -> str:
    """The name of a condition on marks in the temporary table of results."""
    return str(query.state) if isinstance(query, Is) else f"{query.field}:{query.text}"


def _mark_queries(node: QueryNode) -> Iterator[MarkQuery]:
    """The conditions on the user's marks and on links in a node."""
    match node:
        case Is():
            yield Is(State.READ) if node.state is State.UNREAD else node
        case Words(field=Field.NOTE | Field.TAG | Field.LINK | Field.LINKED_BY):
            yield node
        case Not():
            yield from _mark_queries(node.node)
        case And() | Or():
            for part in node.nodes:
                yield from _mark_queries(part)


def _is_textual(node: QueryNode) -> bool:
    """Whether the full-text index alone can evaluate a node."""
    match node:
        case Words():
            return node.field not in _NOT_TEXTUAL
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
    found = phrase(words.text, exact=words.exact, begun=words.begun)
    parts = [f"{{{columns}}} : {found}"] if found else []
    if symbol_columns := _symbol_columns(words):
        parts += [f"{{{symbol_columns}}} : {symbol}" for symbol in symbol_phrases(words.text)]
    return parts[0] if len(parts) == 1 else f"({' AND '.join(parts)})"


def _symbol_columns(words: Words) -> str:
    """The columns with the symbols of the words; empty if the words, or the columns of their field, have no symbols."""
    columns = {None: "title singles", Field.TITLE: "title"}.get(words.field, "")
    return columns if columns and symbol_phrases(words.text) else ""


def key_span(dated: Dated) -> tuple[int, int]:
    """The lowest key of an article in a range of days, and the key after the highest one."""
    # The keys of articles without a date are lower than those of any day, and match neither before: nor after:.
    first = first_key_of(dated.first) if dated.first else first_key_of(_FIRST_DAY)
    return first, first_key_of(dated.end) if dated.end else LAST
