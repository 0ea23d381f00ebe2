"""YAML of a header through python-frontmatter, every value as it is written. Imported when the first header is read."""

from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

_NULL = "tag:yaml.org,2002:null"


class _AsWritten(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc] # libyaml may be missing
    """A loader that knows strings, lists, mappings and null; numbers, booleans and dates stay as they are written."""


_AsWritten.add_implicit_resolver(_NULL, yaml.SafeLoader.yaml_implicit_resolvers["~"][0][1], ["~", "n", "N", ""])
_AsWritten.add_constructor(_NULL, lambda _loader, _node: None)


class _Handler(YAMLHandler):
    """Takes a header whose bounds are known already, between a fence of three characters and another."""

    def split(self, text: str) -> tuple[str, str]:
        return text[4:-3], ""

    def load(self, fm: str, **_kwargs: object) -> Any:
        return {"header": yaml.load(fm, Loader=_AsWritten)}  # noqa: S506 - it builds only str, list, dict and None


_HANDLER = _Handler()


def load(header: str) -> Any:
    """What a header without fences says: a mapping if it is one, of str, list, dict and None.

    Raises:
        yaml.YAMLError: It is not valid. The line of its mark counts from 0.
    """
    metadata, _body = frontmatter.parse(f"---\n{header}\n---", handler=_HANDLER)
    return metadata["header"]


def refers(header: str) -> bool:
    """Whether a header has anchors or aliases.

    Raises:
        yaml.YAMLError: It is not valid.
    """
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return any(getattr(event, "anchor", None) for event in yaml.parse(header, Loader=loader))
