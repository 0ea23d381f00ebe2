"""Parts of queries and their errors, for the tests of the query language."""

from datetime import date

import pytest

from reader.search.query_parser import Field, QueryError, Words, parse

TODAY = date(2021, 3, 31)
A, B, C, D = (Words(letter, exact=False) for letter in "abcd")


def word(text: str, field: Field | None = None) -> Words:
    return Words(text, exact=False, field=field)


def phrase(text: str, field: Field | None = None) -> Words:
    return Words(text, exact=True, field=field)


def refused(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(text, TODAY)
    return caught.value
