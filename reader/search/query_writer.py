"""Formatting of a query's syntax tree as a query."""

from datetime import date, timedelta

from reader.search.query_parser import parse
from reader.search.query_tokens import OPENING, own_end
from reader.search.query_tree import And, Dated, Has, Is, Length, Not, Or, QueryError, QueryNode, Words


def written(node: QueryNode) -> str:
    """Format `node` as a query that parses to it, unless it exceeds the limits.

    A word that is not exact but needs quotation marks, because it contains white space or looks like an operator, a key
    or a group, is written with them; `parse` does not produce such words.
    """
    match node:
        case Not():
            return f"-{_grouped(node.node) if isinstance(node.node, And | Or) else written(node.node)}"
        case And():
            return " ".join(_grouped(part) if isinstance(part, Or) else written(part) for part in node.nodes)
        case Or():
            return " OR ".join(written(part) for part in node.nodes)
    return _written_term(node)


def _grouped(node: QueryNode) -> str:
    inside = written(node)
    last = inside[inside.rfind(" ") + 1 :] + ")"
    # If the last word has an open parenthesis, separate it from the closing one of the group.
    takes = any(mark in OPENING and own_end(last, at) == len(last) for at, mark in enumerate(last))
    return f"({inside} )" if takes else f"({inside})"


def _written_term(node: Words | Is | Has | Dated | Length) -> str:
    match node:
        case Words():
            return _written_words(node)
        case Is():
            return f"is:{node.state}"
        case Has():
            return f"has:{node.content}"
        case Dated():
            return _written_days(node)
        case Length():
            return _written_length(node)


def _written_words(words: Words) -> str:
    key = f"{words.field}:" if words.field else ""
    if not words.exact:
        try:
            if parse(key + words.text, date.max) == words:
                return key + words.text
        except QueryError:
            pass
    doubled = words.text.replace('"', '""')
    return f'{key}"{doubled}"'


def _written_days(days: Dated) -> str:
    if days.first is None or days.end is None:
        return f"before:{days.end}" if days.first is None else f"after:{days.first}"
    last = days.end - timedelta(days=1)
    return f"date:{days.first}" if days.first == last else f"date:{days.first}..{last}"


def _written_length(length: Length) -> str:
    least, most = length.least, length.most
    if least is None or most is None:
        return f"len:<={most}" if least is None else f"len:>={least}"
    return f"len:{least}" if least == most else f"len:{least}..{most}"
