"""Theme files for tests."""

from pathlib import Path

from reader import resources

SHIPPED = tuple(sorted(file.stem for file in resources.themes().glob("*.yaml")))


def text_of(name: str = "paper") -> str:
    return (resources.themes() / f"{name}.yaml").read_text(encoding="utf-8")


def written(folder: Path, name: str, text: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def with_line(key: str, line: str) -> str:
    """The paper theme with the line of `key` replaced."""
    lines = text_of().splitlines()
    (place,) = (number for number, old in enumerate(lines) if old.startswith(f"{key}:"))
    lines[place] = line
    return "\n".join(lines)
