"""Detection of duplicates: the same article at several paths is shown once, in its longest version.

Two articles are duplicates in three cases: they have the same text, which is long, or short and under the same title;
they have the same title and day, and one of them has no text beyond its title; neither has text beyond its title, and
their files are identical. The longest version is shown; of several equally long versions, the newest.
"""

import apsw

_TELLING = 60
"""The length in characters from which equal texts are duplicates whatever their titles are."""

_GROUPS = """
WITH text AS (
    SELECT key, id, length, gist, title_gist, substr(date, 1, 10) AS day, fingerprint
    FROM article WHERE length IS NOT NULL
),
alike AS ( -- the members of each group of duplicates, and a name for the group
    SELECT key, id, length, 'g' || gist AS said FROM text WHERE gist <> 0 AND length >= :telling
    UNION ALL
    SELECT key, id, length, 't' || title_gist || '/' || gist FROM text WHERE gist <> 0 AND length < :telling
    UNION ALL
    SELECT key, id, length, 'f' || fingerprint FROM text WHERE gist = 0
),
same AS (
    SELECT id, first_value(id) OVER fullest AS fullest
    FROM alike WINDOW fullest AS (PARTITION BY said ORDER BY length DESC, key DESC)
),
bare AS ( -- articles without text beyond their title, with the longest of that title and day
    SELECT id, gist, first_value(id) OVER fullest AS fullest, first_value(gist) OVER fullest AS said
    FROM text WINDOW fullest AS (PARTITION BY title_gist, day ORDER BY gist <> 0 DESC, length DESC, key DESC)
)
SELECT id, fullest FROM same WHERE id <> fullest
UNION ALL
SELECT id, fullest FROM bare WHERE gist = 0 AND said <> 0
"""


def mark_duplicates(connection: apsw.Connection, *, shown: bool) -> int:
    """Record duplicates, hide them unless `shown`, and return their number; requires a transaction."""
    found = dict(connection.execute(_GROUPS, {"telling": _TELLING}))
    pairs = {one: _end(found, one) for one in found}
    before = dict(connection.execute("SELECT id, same_as FROM article WHERE same_as IS NOT NULL"))
    connection.executemany(
        "UPDATE article SET same_as = ?, hidden = ? WHERE id = ?",
        [(pairs.get(one), int(one in pairs and not shown), one) for one in before.keys() | pairs.keys()],
    )
    return len(pairs)


def _end(found: dict[str, str], one: str) -> str:
    """Follow the chain of longer versions to its end: the longest version with a title may itself be a duplicate."""
    seen = {one}
    while (fuller := found.get(one)) is not None and fuller not in seen:
        seen.add(fuller)
        one = fuller
    return one
