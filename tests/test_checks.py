"""The lists in the commands that check the project, and the lock file."""

import re
import tomllib
from itertools import chain

from tests.__main__ import PARTS, QUICK, SLOW, behaviour, parts_of, slow_files
from tests.conftest import PROJECT
from tests.lowest import REPRESENTATIVES


def test_listed_tests_exist() -> None:
    listed = chain.from_iterable(REPRESENTATIVES.values())
    assert [one for one in listed if not (PROJECT / "tests" / one).exists()] == []


def test_files_with_slow_tests_are_found_by_their_marks() -> None:
    assert "tests/end_to_end/test_screen.py" in slow_files()
    assert "tests/test_checks.py" not in slow_files()
    for mark in ("slow", "end_to_end"):
        assert SLOW.search("@pytest." + f"mark.{mark}\n")


def test_parts_are_all_checks_together() -> None:
    assert parts_of([]) == parts_of(["--coverage"]) == PARTS
    assert [run for part in PARTS for run in behaviour([part])] == behaviour([])
    assert [name for name, _command in behaviour(["--slow", "--coverage"])] == ["slow tests and those in a terminal"]
    (_name, quick), *others = behaviour(["--quick", "tests/layout"])
    assert others == []
    assert quick[-3:] == [QUICK, "--first-cases", "tests/layout"]
    ((_name, chosen),) = behaviour(["--quick", "-x"])
    assert len([one for one in chosen if one.startswith("tests/")]) > 20


def requirement(text: str) -> tuple[str, frozenset[str]]:
    """The name and the bounds of a requirement; its extras are left out."""
    found = re.fullmatch(r"([\w.-]+)(?:\[[\w,]+\])?(.*)", text.replace(" ", ""))
    assert found is not None, text
    name, bounds = found.groups()
    return re.sub(r"[-_.]+", "-", name).lower(), frozenset(bounds.split(",")) - {""}


def test_every_dependency_is_tried_at_its_lowest_version() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    extras = (optional[name] for name in optional.keys() - {"dev", "docs", "mutants"})
    wanted = {requirement(one)[0] for one in chain(project["dependencies"], *extras)}
    assert wanted == set(REPRESENTATIVES)


def test_the_lock_file_has_the_requirements_of_the_project() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = tomllib.loads((PROJECT / "uv.lock").read_text(encoding="utf-8"))
    (own,) = (one for one in lock["package"] if one["name"] == project["name"])
    wanted = {*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())}
    locked = {requirement(one["name"] + one.get("specifier", "")) for one in own["metadata"]["requires-dist"]}
    assert locked == {requirement(one) for one in wanted}, "run `uv lock`"
    assert lock["requires-python"] == project["requires-python"]
