"""The cases of yaml-test-suite as front matter: parsed to the expected values, or left in the body without loss.

Only lines that look like front matter are parsed as such; everything else stays in the body.
"""

import json
from typing import Any

from reader.archive.front_matter import read
from tests.judges.sources import judges

_KNOWN_DIFFERENCES = {"652Z": "PyYAML parses `?` without a following space as a key indicator"}


def plain(value: Any, *, top: bool = False) -> Any:
    """Convert a value as front matter does: scalars become strings, and top-level keys become lower case."""
    match value:
        case dict():
            return {str(key).lower() if top else str(key): plain(item) for key, item in value.items()}
        case list():
            return [plain(item) for item in value]
        case None:
            return None
        case str():
            return value.rstrip("\n")  # the number of final newlines depends on what follows the value
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def cases() -> list[tuple[str, str, Any]]:
    """Return name, YAML and value of each case whose only document is a mapping."""
    found = []
    for path in judges("yaml-test-suite/**/in.yaml"):
        expected = path.with_name("in.json")
        try:
            value = json.loads(expected.read_text(encoding="utf-8")) if expected.exists() else None
        except json.JSONDecodeError:
            continue  # several documents
        if isinstance(value, dict) and not path.with_name("error").exists():
            text = path.read_text(encoding="utf-8").removeprefix("---\n").rstrip("\n")
            found.append(("-".join(path.parts[path.parts.index("yaml-test-suite") + 1 : -1]), text, value))
    return found


def test_each_mapping_is_parsed_correctly_or_reported_or_left_in_the_body() -> None:
    correct, different = 0, {}
    for name, text, value in cases():
        found = read(f"---\n{text}\n---\n")
        if found is None or found.problems:
            continue
        if plain(dict(found.values)) == plain(value, top=True):
            correct += 1
        else:
            different[name] = dict(found.values)
    assert {name: values for name, values in different.items() if name not in _KNOWN_DIFFERENCES} == {}
    assert correct >= 69


def test_invalid_yaml_raises_no_error() -> None:
    marked = (path.with_name("in.yaml") for path in judges("yaml-test-suite/**/error"))
    broken = [path for path in marked if path.exists()]
    assert len(broken) > 90
    for path in broken:
        text = f"---\n{path.read_text(encoding='utf-8')}\n---\nend"
        found = read(text)
        assert found is None or text[found.body_start :].endswith("end")
