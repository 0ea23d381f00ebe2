"""The build hook: completion scripts and manual pages, made from the parser of the commands, for the wheel."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PLACES = {
    "bash": "share/bash-completion/completions/reader",
    "zsh": "share/zsh/site-functions/_reader",
    "fish": "share/fish/vendor_completions.d/reader.fish",
}
"""Where the scripts are installed, below the prefix of the environment."""


class ShellFiles(BuildHookInterface[Any]):
    """Adds the files to a wheel; an editable installation does without them."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files and list them as data of the wheel."""
        if version == "editable" or self.target_name != "wheel":
            return
        sys.path.insert(0, self.root)
        from reader.cli.completion_scripts import SHELLS, script  # noqa: PLC0415 - found by the line above
        from reader.cli.manual_page import manual_pages  # noqa: PLC0415

        self._folder = tempfile.TemporaryDirectory(prefix="reader-build-")
        texts = {_PLACES[shell]: script(shell) for shell in SHELLS}
        pages = manual_pages(self.metadata.version)
        texts |= {f"share/man/{folder}/reader.1": page for folder, page in pages.items()}
        for number, (place, text) in enumerate(texts.items()):
            file = Path(self._folder.name) / str(number)
            file.write_text(text, encoding="utf-8")
            build_data["shared_data"][str(file)] = place

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Delete the files."""
        del version, build_data, artifact_path
        if hasattr(self, "_folder"):
            self._folder.cleanup()
