"""`python -m tests.judges`: test the parsers with the test cases of CommonMark, GFM and html5lib.

The cases come from source distributions of other projects, fetched by pip into a temporary folder. yaml-test-suite is
not packaged: `--yaml FOLDER` names a checkout of its branch `data`. Other arguments go to pytest. The exit code is that
of pytest, or 69 if the cases cannot be fetched."""

import os
import subprocess
import sys
import tarfile
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from tests.__main__ import NOT_FETCHED

PACKAGES = ("marko==2.2.4", "html5lib==1.1")
"""The source distributions with the cases. The numbers of exceptions in the tests apply to these versions."""
PROJECT = Path(__file__).resolve().parents[2]


def fetch(folder: Path) -> None:
    """Fetch and unpack the source distributions; only their build scripts are run, and nothing is installed."""
    # html5lib's build script needs pkg_resources, which later versions of setuptools lack.
    limits = folder / "limits.txt"
    limits.write_text("setuptools<80\n", encoding="utf-8")
    own = os.environ.get("PIP_CONSTRAINT", "")
    environment = {**os.environ, "PIP_CONSTRAINT": f"{own} {limits}".strip()}
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", str(folder)]
    subprocess.run([*command, *PACKAGES], check=True, env=environment)
    for archive in folder.glob("*.tar.gz"):
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")


def main() -> int:
    """Fetch the cases and run the tests; return the exit code."""
    parser = ArgumentParser(prog="python -m tests.judges", description=__doc__)
    parser.add_argument("--yaml", type=Path, metavar="FOLDER", help="a checkout of yaml-test-suite, branch data")
    arguments, others = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="reader-judges-") as name:
        folder = Path(name)
        try:
            fetch(folder)
        except subprocess.CalledProcessError as error:
            print(f"The cases cannot be fetched: {error}", file=sys.stderr)
            return NOT_FETCHED
        if arguments.yaml:
            (folder / "yaml-test-suite").symlink_to(arguments.yaml.resolve(), target_is_directory=True)
        command = [sys.executable, "-m", "pytest", "-q", "tests/judges", *others]
        return subprocess.run(
            command, check=False, cwd=PROJECT, env={**os.environ, "READER_JUDGES": str(folder)}
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
