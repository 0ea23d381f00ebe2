"""yaml-test-suite's cases as front matter: the values of the suite, or a text in which nothing is lost.

The reader takes front matter only from lines that look like it; everything else stays in the body, where it is read.
"""

import json
from typing import Any

from reader.archive.front_matter import read
from tests.judges.sources import judges

_DIFFERENT = {"652Z": "PyYAML reads `?` without a blank behind it as the sign of a key"}


def plain(value: Any, *, top: bool = False) -> Any:
    """A value in the form of front matter: everything that is written is text, names at the top in small letters."""
    match value:
        case dict():
            return {str(key).lower() if top else str(key): plain(one) for key, one in value.items()}
        case list():
            return [plain(one) for one in value]
        case None:
            return None
        case str():
            return value.rstrip("\n")  # how many newlines end the last value depends on what stands behind it
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def cases() -> list[tuple[str, str, Any]]:
    """Name, YAML and value of each case with one document that is a mapping."""
    found = []
    for path in judges("yaml-test-suite/**/in.yaml"):
        told = path.with_name("in.json")
        try:
            value = json.loads(told.read_text(encoding="utf-8")) if told.exists() else None
        except json.JSONDecodeError:
            continue  # several documents
        if isinstance(value, dict) and not path.with_name("error").exists():
            text = path.read_text(encoding="utf-8").removeprefix("---\n").rstrip("\n")
            found.append(("-".join(path.parts[path.parts.index("yaml-test-suite") + 1 : -1]), text, value))
    return found


def test_each_mapping_is_read_right_or_told_or_left_in_the_body() -> None:
    right, different = 0, {}
    for name, text, value in cases():
        found = read(f"---\n{text}\n---\n")
        if found is None or found.problems:
            continue
        if plain(dict(found.values)) == plain(value, top=True):
            right += 1
        else:
            different[name] = dict(found.values)
    assert {name: values for name, values in different.items() if name not in _DIFFERENT} == {}
    assert right >= 69


def test_no_invalid_yaml_fails() -> None:
    marked = (path.with_name("in.yaml") for path in judges("yaml-test-suite/**/error"))
    broken = [path for path in marked if path.exists()]
    assert len(broken) > 90
    for path in broken:
        text = f"---\n{path.read_text(encoding='utf-8')}\n---\nend"
        found = read(text)
        assert found is None or text[found.body_start :].endswith("end")
