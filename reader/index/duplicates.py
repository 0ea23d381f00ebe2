"""The same article at several paths: found by what it says, shown once, where it is fullest.

Two articles are the same if they say the same, letter for letter, at some length or under one title; or if they have
title and day in common and one says no more than its title while another does; or if their files are the same. The
longest is shown, the newest among equals.
"""

import apsw

_TELLING = 60
"""Characters from which two texts that are alike are one, whatever their titles."""

_GROUPS = """
WITH text AS (
    SELECT key, id, length, gist, title_gist, substr(date, 1, 10) AS day, fingerprint
    FROM article WHERE length IS NOT NULL
),
alike AS ( -- what is in each group of the same, by a name for the group
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
bare AS ( -- articles that say no more than their title, beside the fullest of that title and day
    SELECT id, gist, first_value(id) OVER fullest AS fullest, first_value(gist) OVER fullest AS said
    FROM text WINDOW fullest AS (PARTITION BY title_gist, day ORDER BY gist <> 0 DESC, length DESC, key DESC)
)
SELECT id, fullest FROM same WHERE id <> fullest
UNION ALL
SELECT id, fullest FROM bare WHERE gist = 0 AND said <> 0
"""


def mark_duplicates(connection: apsw.Connection, *, shown: bool) -> int:
    """Note of every article which fuller one says the same, and hide it unless all are to be shown; how many there are.

    Stands within a transaction.
    """
    found = dict(connection.execute(_GROUPS, {"telling": _TELLING}))
    pairs = {one: _end(found, one) for one in found}
    before = dict(connection.execute("SELECT id, same_as FROM article WHERE same_as IS NOT NULL"))
    connection.executemany(
        "UPDATE article SET same_as = ?, hidden = ? WHERE id = ?",
        [(pairs.get(one), int(one in pairs and not shown), one) for one in before.keys() | pairs.keys()],
    )
    return len(pairs)


def _end(found: dict[str, str], one: str) -> str:
    """Where following the fuller ones from an article leads: the fullest of one's title may itself be a copy."""
    met = {one}
    while (fuller := found.get(one)) is not None and fuller not in met:
        met.add(fuller)
        one = fuller
    return one
