"""Queries limited to articles since a day."""

from datetime import datetime

from reader.errors import UsageError
from reader.language import _
from reader.search.query_tokens import plain
from reader.search.query_tree import And, Dated, QueryNode
from reader.search.query_values import first_day


def since(node: QueryNode | None, day: str) -> QueryNode:
    """A query, or None for all articles, limited to the articles of a day and later ones.

    `day` is written as in a query: `2021-11-10`, `2021`, `7d`, `yesterday`.

    Raises:
        UsageError: The date is not valid.
    """
    try:
        dated = Dated(first_day(plain(day.strip()), datetime.now().astimezone().date()), None)
    except ValueError as error:
        message = _("“{value}” is not a date").format(value=day)
        raise UsageError(message, _("write it as 2021-11-10, 2021-11, 2021, 7d or yesterday")) from error
    if node is None:
        return dated
    return And((*node.nodes, dated)) if isinstance(node, And) else And((node, dated))
