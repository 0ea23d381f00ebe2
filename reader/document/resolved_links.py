"""Replacement of the link targets of a document: of relative ones by resolving them, or of any by a table."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from reader.document.addresses import EMBED, REFERENCE, WIKI
from reader.document.blocks import Embed, Image, Leaf, SpanKind
from reader.document.document import Document
from reader.document.mapping import map_leaves
from reader.document.sanitizing import clean_line
from reader.language import _
from reader.lean_dataclasses import replace
from reader.regex import regex

_ABSOLUTE = regex(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_WEB = regex(r"(?i)https?://[^/]")


def with_base(document: Document, base: str) -> Document:
    """`document` with relative targets of links and pictures made absolute.

    `base` is a URL, or the path of a file or folder. Fragments and names of notes stay as they are.
    """
    return _with_targets(document, lambda target: based(target, base))


def with_targets(document: Document, targets: Mapping[str, str]) -> Document:
    """`document` with other targets of links and pictures; `targets` maps the targets as written to the new ones."""
    return _with_targets(document, lambda target: targets.get(target, target)) if targets else document


def _with_targets(document: Document, target_of: Callable[[str], str]) -> Document:
    def change(leaf: Leaf) -> Leaf:
        if isinstance(leaf, Image | Embed):
            leaf = replace(leaf, source=target_of(leaf.source))
        spans = tuple(
            replace(one, value=target_of(one.value)) if one.kind in (SpanKind.LINK, SpanKind.IMAGE) else one
            for one in leaf.text.spans
        )
        return replace(leaf, text=replace(leaf.text, spans=spans)) if spans != leaf.text.spans else leaf

    blocks = tuple(map_leaves(block, change) for block in document.blocks)
    return replace(document, blocks=blocks)


def local_folder(base: str) -> Path | None:
    """The folder from which links are resolved: `base`, or its parent if it is the path of a file; None for a URL.

    A path at which nothing exists counts as a file that is yet to be written, provided that it has a suffix and its
    folder exists; else as a folder, so that no link leads to a file next to it.
    """
    if _WEB.match(base):
        return None
    path = Path(base)
    return path.parent if path.is_file() or (path.suffix and not path.is_dir() and path.parent.is_dir()) else path


def base_warning(base: str) -> str:
    """A message about the links if the base does not exist; empty if it exists or is a URL."""
    folder = local_folder(base)
    if folder is None or os.path.lexists(base):
        return ""
    if not folder.is_dir():
        message = _("{path} does not exist, so relative links lead nowhere")
    else:
        message = _("{path} does not exist: relative links refer to its folder")
    return clean_line(message.format(path=base))


def based(target: str, base: str) -> str:
    """A link target resolved against `base`, a URL or a path."""
    if not target or target.startswith(("#", WIKI, EMBED, REFERENCE)):
        return target
    if _WEB.match(base):
        from urllib.parse import urljoin  # noqa: PLC0415 - slow to import, and few commands have a base

        try:
            return urljoin(base, target)
        except ValueError:
            return target
    if _ABSOLUTE.match(target) or target.startswith("/"):
        return target
    folder = local_folder(base)
    place, sign, rest = target.partition("#")
    return os.path.normpath(os.path.join(os.path.abspath(folder or "."), place)) + sign + rest  # noqa: PTH100, PTH118
