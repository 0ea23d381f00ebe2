"""`python -m tests.site [FOLDER]`: the documentation as a site, with every warning an error.

Without a folder it is built into a temporary one, as a check. What the site needs (extra `docs`) is installed if it is
missing; the exit code is 69 if it cannot be fetched.
"""

import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from tests.__main__ import NOT_FETCHED, PROJECT

_MOST_SECONDS = 300.0
"""Seconds after which fetching is given up."""


def main() -> int:
    """Build the site; return the exit code of mkdocs."""
    if find_spec("material") is None:
        uv = Path(sys.executable).with_name("uv")
        install: list[str | Path] = [uv, "pip", "install", "-q", "--python", sys.executable, "-e", f"{PROJECT}[docs]"]
        try:
            subprocess.run(install, check=True, timeout=_MOST_SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            print(f"mkdocs cannot be fetched: {error}", file=sys.stderr)
            return NOT_FETCHED
    with tempfile.TemporaryDirectory(prefix="reader-site-") as folder:
        target = sys.argv[1] if len(sys.argv) > 1 else folder
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(Path(target).resolve())]
        # Material announces its successor at each build.
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        code = subprocess.run(command, check=False, cwd=PROJECT, env=environment).returncode
        pages = len(list(Path(target).rglob("*.html")))
    print(f"the site has {pages} pages" if not code else "the site could not be built")
    return code


if __name__ == "__main__":
    sys.exit(main())
