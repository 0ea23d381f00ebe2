"""The hook of mkdocs: adds the generated pages, and the documents that lie beside the folder `docs`."""

import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

PROJECT = Path(__file__).resolve().parents[2]
if str(PROJECT) not in sys.path:
    sys.path.insert(0, str(PROJECT))

BESIDE = ("CHANGELOG.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md")
"""Documents of the top level that are pages of the site, too."""

_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?!https?:|mailto:|#)([^)\s]+)\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages."""
    from tests.site.pages import PAGES, generated  # noqa: PLC0415 - found by the path above

    for path in PAGES:
        files.append(File.generated(config, path, content=generated(path)))
    for name in BESIDE:
        text = (PROJECT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, name.lower(), content=text.replace("](docs/", "](")))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Turn links to files that the site does not have into plain text, and mind the names of its pages."""
    del config
    here = Path(page.file.src_uri).parent

    def checked(found: re.Match[str]) -> str:
        target, hash_sign, fragment = found[2].partition("#")
        name = Path(target).name
        if name in BESIDE:
            target = f"{'../' * len(here.parts)}{name.lower()}"
        place = _normalized(here, target)
        if place is None or not (files.get_file_from_path(place) or files.get_file_from_path(f"{place}/README.md")):
            return found[1]
        target = target if files.get_file_from_path(place) else f"{target.rstrip('/')}/README.md"
        return f"[{found[1]}]({target}{hash_sign}{fragment})"

    return _LINK.sub(checked, markdown)


def _normalized(folder: Path, target: str) -> str | None:
    """The path of a target in the site; None if it is outside."""
    parts = list(folder.parts)
    for part in Path(target).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
