"""`python -m tests.packaging`: the version and the address of the project in `packaging/` and in pyproject.toml.

`--sdist FILE` also writes the checksum of a published source distribution. `--wheel FILE` only checks a wheel: that its
long description has no relative links, and that it has its completion scripts and its manual page.
"""

import argparse
import hashlib
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

from tests.__main__ import PROJECT

FOLDER = PROJECT / "packaging"
PYPROJECT = PROJECT / "pyproject.toml"


_RELATIVE = re.compile(r"\]\((?!https?:|mailto:|#)[^)]+\)")


def stamped(text: str, version: str, address: str, checksum: str = "") -> str:
    """A file of `packaging/` with version, address and, if given, checksum."""
    text = re.sub(r"(archive_reader-)\d[\w.]*?(?=\.tar\.gz)", rf"\g<1>{version}", text)
    text = re.sub(r"^pkgver=.*$", f"pkgver={version}", text, flags=re.MULTILINE)
    text = re.sub(r"^url='[^']*'", f"url='{address}'", text, flags=re.MULTILINE)
    text = re.sub(r"^(  homepage )\"[^\"]*\"", rf'\g<1>"{address}"', text, flags=re.MULTILINE)
    text = re.sub(r"^(  url )\"[^\"]*?(/releases/)", rf'\g<1>"{address}\g<2>', text, flags=re.MULTILINE)
    return re.sub(r"\b[0-9a-f]{64}\b", checksum, text) if checksum else text


def with_address(pyproject: str, address: str) -> str:
    """The text of pyproject.toml with the address of the project in its other addresses and in the long description."""
    old = re.search(r'^Documentation = "(.*?)/docs"', pyproject, re.MULTILINE)
    return pyproject.replace(f"{old[1]}/", f"{address}/") if old is not None else pyproject


def faults(wheel: Path) -> Iterator[str]:
    """What is wrong with a wheel."""
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        description = message_from_bytes(opened.read(metadata))
    text = str(description.get_payload())
    yield from (f"a relative link in the long description: {one}" for one in _RELATIVE.findall(text))
    if "![" not in text or "# reader" not in text:
        yield "the long description is not the README"
    manuals = [f"man/{folder}/reader.1" for folder in ("man1", "ja/man1", "zh/man1")]
    for end in ("bash-completion/completions/reader", "_reader", "reader.fish", *manuals, "py.typed"):
        if not any(name.endswith(end) for name in names):
            yield f"it has no {end}"


def main() -> int:
    """Write the files, or check a wheel; return the number of faults."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sdist", type=Path)
    parser.add_argument("--wheel", type=Path)
    options = parser.parse_args()
    if options.wheel is not None:
        found = list(faults(options.wheel))
        print("\n".join(found) or "the wheel is complete")
        return len(found)
    text = PYPROJECT.read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    address = project["urls"]["Homepage"]
    PYPROJECT.write_text(with_address(text, address), encoding="utf-8")
    checksum = hashlib.sha256(options.sdist.read_bytes()).hexdigest() if options.sdist is not None else ""
    for file in sorted(FOLDER.iterdir()):
        file.write_text(
            stamped(file.read_text(encoding="utf-8"), project["version"], address, checksum), encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
