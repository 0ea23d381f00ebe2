"""What the house promises: the core starts without the screen, and what is heavy is imported late."""

import subprocess
import sys

import pytest

from reader.cli.main import COMMANDS


def loaded_after(code: str) -> set[str]:
    """The top-level packages in sys.modules after `code` ran in a fresh interpreter."""
    script = f"{code}\nimport sys\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    result = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(result.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("module", sorted(COMMANDS.values()))
def test_a_command_starts_without_the_screen(module: str) -> None:
    assert loaded_after(f"import reader.cli.{module}").isdisjoint({"textual", "rich"})


def test_the_screen_starts_without_what_the_first_paint_does_not_need() -> None:
    late = {
        "yaml",
        "frontmatter",
        "html2text",
        "markdown_it",
        "charset_normalizer",
        "platformdirs",
        "tomllib",
        "msgspec",
    }
    assert loaded_after("import reader.ui.app").isdisjoint(late - loaded_after("import textual.app"))
