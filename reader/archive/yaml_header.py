"""YAML headers, parsed by python-frontmatter without converting scalars. Imported when the first header is read."""

from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

LARGEST = 2_000
"""The maximum number of nodes of a header with aliases, a few hundred bytes of which may stand for millions."""
_NULL = "tag:yaml.org,2002:null"


class _AsWritten(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc] # libyaml may be missing
    """A loader of strings, lists, mappings and null; numbers, booleans and dates stay strings."""


_AsWritten.add_implicit_resolver(_NULL, yaml.SafeLoader.yaml_implicit_resolvers["~"][0][1], ["~", "n", "N", ""])
_AsWritten.add_constructor(_NULL, lambda _loader, _node: None)


class _YamlHandler(YAMLHandler):
    """A handler for a header whose bounds are known: it only strips the two fences."""

    def split(self, text: str) -> tuple[str, str]:
        return text[4:-3], ""

    def load(self, fm: str, **_kwargs: object) -> Any:
        return {"header": yaml.load(fm, Loader=_AsWritten)}  # noqa: S506 - it builds only str, list, dict and None


_HANDLER = _YamlHandler()


def load(header: str) -> Any:
    """Parse a header without fences into values of str, list, dict and None.

    Raises:
        yaml.YAMLError: The header is not valid. The line of its mark is 0-based.
    """
    metadata, _body = frontmatter.parse(f"---\n{header}\n---", handler=_HANDLER)
    return metadata["header"]


def expanded_size(header: str) -> int:
    """Return the number of nodes of a header with aliases expanded; counting stops once it exceeds `LARGEST`.

    Raises:
        yaml.YAMLError: The header is not valid.
    """
    sizes: dict[str, int] = {}
    opened: list[tuple[str | None, int]] = []
    total = 0
    for event in yaml.parse(header, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append((anchor, total))
            total += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = opened.pop()
            if anchor:
                sizes[anchor] = total - before
        elif isinstance(event, yaml.AliasEvent):
            # An alias within its own anchor has no size yet, and would never end.
            total += sizes.get(event.anchor or "", LARGEST + 1)
        elif isinstance(event, yaml.ScalarEvent):
            total += 1
            if anchor:
                sizes[anchor] = 1
        if total > LARGEST:
            break
    return total


def merged(value: Any) -> Any:
    """Replace merge keys (`<<`) with the values that they stand for; a mapping's own values take precedence."""
    if isinstance(value, list):
        return [merged(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    own = {key: merged(inner) for key, inner in value.items() if key != "<<"}
    sources = value.get("<<", [])
    for source in sources if isinstance(sources, list) else [sources]:
        for key, inner in merged(source).items() if isinstance(source, dict) else ():
            own.setdefault(key, inner)
    return own
