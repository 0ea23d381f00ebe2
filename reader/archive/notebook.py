"""Jupyter notebooks (nbformat 3 and 4) as Markdown: their texts, their code, and its output.

The format: https://nbformat.readthedocs.io/en/latest/format_description.html.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from reader.archive.bundles.entry_articles import EntryArticle
from reader.regex import regex

_ESCAPES = regex(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
"""A control sequence (ECMA-48, 5.4), such as a colour in a traceback."""
_ERASED = regex(r".*(?:\r\x1b\[0?K|\x1b\[2K)")
"""The beginning of a line that is erased (ECMA-48, EL)."""
_NAME = regex(r"[\w+#.-]{1,40}")
"""The name of a programming language, as it may follow a fence."""
_FENCE = regex(r"`{3,}")
_ATTACHMENT = regex(r"\]\(attachment:([^()\s]{1,300})\)")
_BLANK_LINES = regex(r"\n\s*\n")
_STYLE = regex(r"(?is)<style\b.*?(?:</style\s*>|\Z)")
_PICTURES = ("image/png", "image/jpeg", "image/gif")
_OLD_KEYS = {"png": "image/png", "jpeg": "image/jpeg", "html": "text/html", "text": "text/plain", "latex": "text/latex"}
"""The names of the kinds of output in nbformat 3."""


def notebook_file(data: bytes) -> bytes:
    """Return a notebook as an article file in Markdown; any other data is returned unchanged."""
    try:
        notebook = json.loads(data)
    except (ValueError, RecursionError):
        return data
    if not isinstance(notebook, dict):
        return data
    described = _mapping(notebook.get("metadata"))
    language = _language(described)
    cells = [cell for cell in _cells(notebook) if isinstance(cell, dict)]
    if cells and cells[0].get("cell_type") == "raw" and (header := _text(cells[0].get("source"))).startswith("---\n"):
        # Quarto and Nikola have front matter in the first cell.
        return f"{header}\n\n{_joined(cells[1:], language)}".encode("utf-8", "replace")
    names = [_text(_mapping(one).get("name")) for one in _list(described.get("authors")) if isinstance(one, dict)]
    article = EntryArticle(_joined(cells, language), title=_text(described.get("title")), authors=names)
    return article.as_file()


def _cells(notebook: Mapping[str, Any]) -> list[Any]:
    sheets = notebook.get("worksheets")
    if isinstance(sheets, list):
        return [cell for sheet in sheets for cell in _list(_mapping(sheet).get("cells"))]
    return _list(notebook.get("cells"))


def _joined(cells: list[dict[str, Any]], language: str) -> str:
    return "\n\n".join(block for cell in cells for block in _blocks(cell, language) if block.strip())


def _blocks(cell: Mapping[str, Any], language: str) -> Iterator[str]:
    source = _text(cell.get("source", cell.get("input")))
    match cell.get("cell_type"):
        case "code":
            yield _fenced(source, _text(cell.get("language")) or language)
            yield from map(_output, _with_whole_streams(_list(cell.get("outputs"))))
        case "heading":
            level = cell.get("level")
            yield f"{'#' * (level if isinstance(level, int) and 0 < level < 7 else 1)} {source}"
        case "raw":
            yield _fenced(source, "")
        case _:
            attached = _mapping(cell.get("attachments"))
            yield _ATTACHMENT.sub(lambda found: f"]({_picture(_mapping(attached.get(found[1]))) or found[1]})", source)


def _output(output: Mapping[str, Any]) -> str:
    """Return an output in the richest form that can be shown: a picture, Markdown, a table, or text."""
    kind = _text(output.get("output_type"))
    if kind in {"error", "pyerr"}:
        return _fenced("\n".join(map(_text, _list(output.get("traceback")))), "")
    if kind == "stream":
        return _fenced(_on_a_terminal(_text(output.get("text"))), "")
    forms = _mapping(output.get("data")) or {new: output[old] for old, new in _OLD_KEYS.items() if old in output}
    if picture := _picture(forms):
        return f"![]({picture})"
    if said := _text(forms.get("text/markdown")) or _text(forms.get("text/latex")):
        return said
    html = _text(forms.get("text/html"))
    if "<table" in html:
        # An empty line would end the HTML within Markdown.
        return _BLANK_LINES.sub("\n", _STYLE.sub("", html)).strip()
    return _fenced(_text(forms.get("text/plain")), "")


def _with_whole_streams(outputs: list[Any]) -> Iterator[Mapping[str, Any]]:
    """Yield outputs; consecutive outputs of the same stream are joined, as in Jupyter."""
    for stream, group in groupby(map(_mapping, outputs), _stream):
        if stream:
            yield {"output_type": "stream", "text": "".join(_text(output.get("text")) for output in group)}
        else:
            yield from group


def _stream(output: Mapping[str, Any]) -> str:
    is_stream = output.get("output_type") == "stream"
    return (_text(output.get("name")) or _text(output.get("stream")) or "stdout") if is_stream else ""


def _on_a_terminal(text: str) -> str:
    """Return what a terminal shows in the end: text after a carriage return overwrites the line (progress bars)."""
    if "\r" not in text:
        return text
    return "\n".join(map(_overwritten, text.replace("\r\n", "\n").split("\n")))


def _overwritten(line: str) -> str:
    erased = _ERASED.match(line)
    shown = ""
    for part in reversed(line[erased.end() if erased else 0 :].split("\r")):
        part = _ESCAPES.sub("", part)  # noqa: PLW2901
        shown += part[len(shown) :]
    return shown


def _picture(forms: Mapping[str, Any]) -> str:
    """Return the first picture among the forms of an output as a data URL; empty if there is none."""
    for kind in _PICTURES:
        if encoded := _text(forms.get(kind)):
            return f"data:{kind};base64,{''.join(encoded.split())}"
    return ""


def _fenced(code: str, language: str) -> str:
    code = _ESCAPES.sub("", code).rstrip()
    if not code.strip():
        return ""
    fence = "`" * max((len(run) + 1 for run in _FENCE.findall(code)), default=3)
    return f"{fence}{language if _NAME.fullmatch(language) else ''}\n{code}\n{fence}"


def _language(described: Mapping[str, Any]) -> str:
    named = (_text(_mapping(described.get(key)).get(name)) for key, name in _LANGUAGES)
    return next(filter(None, named), "python")


_LANGUAGES = (("language_info", "name"), ("kernelspec", "language"))


def _text(value: Any) -> str:
    """Return a text, which may be a list of lines."""
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
