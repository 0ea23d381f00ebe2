"""YAML headers, parsed by python-frontmatter without converting scalars. Imported when the first one is read."""

from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

_NULL = "tag:yaml.org,2002:null"


class _AsWritten(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc] # libyaml may be missing
    """A loader of strings, lists, mappings and null; numbers, booleans and dates stay strings."""


_AsWritten.add_implicit_resolver(_NULL, yaml.SafeLoader.yaml_implicit_resolvers["~"][0][1], ["~", "n", "N", ""])
_AsWritten.add_constructor(_NULL, lambda _loader, _node: None)


class _YamlHandler(YAMLHandler):
    """A handler for a header whose bounds are known: it strips the two fences of three characters."""

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


def refers(header: str) -> bool:
    """Whether a header has anchors or aliases.

    Raises:
        yaml.YAMLError: The header is not valid.
    """
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return any(getattr(event, "anchor", None) for event in yaml.parse(header, Loader=loader))
