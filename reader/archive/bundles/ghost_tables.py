"""Authors and tags of the posts in an export of Ghost, which are in tables of their own."""

from collections.abc import Mapping
from typing import Any

from reader.archive.bundles.json_values import objects_in

TABLES = frozenset({"posts_authors", "posts_tags", "users", "tags"})
"""The tables other than that of the posts."""


def ghost_names(tables: Mapping[str, list[Any]]) -> dict[str, dict[str, list[str]]]:
    """Return the authors and tags of each post, by its id, under the names that items of other exports have."""
    found: dict[str, dict[str, list[str]]] = {}
    for key, table, relation, column in (
        ("authors", "users", "posts_authors", "author_id"),
        ("tags", "tags", "posts_tags", "tag_id"),
    ):
        names = {one.get("id"): one.get("name") for one in objects_in(tables.get(table))}
        for row in objects_in(tables.get(relation)):
            name = names.get(row.get(column))
            # Names of tags that begin with a hash are internal.
            if isinstance(name, str) and not name.startswith("#"):
                found.setdefault(str(row.get("post_id")), {}).setdefault(key, []).append(name)
    return found
