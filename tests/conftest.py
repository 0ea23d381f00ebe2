"""Fixtures for all tests."""

import gc
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from reader.memory import collect_seldom

# As the program does: with the threshold of Python, tests of the screen search for cycles for a quarter of their time.
collect_seldom()

# Tests use English messages, and never the settings, marks or caches of the user who runs them.
os.environ.update(LC_ALL="C.UTF-8", LANG="C.UTF-8")

# No deadlines, because the machine may be busy; `python -m tests --quick` tries fewer examples. The same tree gets the
# same examples everywhere, so that a failure is the fault of the change that shows it; `explore` searches for new ones.
_CLOCKLESS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("reader", settings.get_profile("default"), derandomize=True, **_CLOCKLESS)
settings.register_profile("quick", settings.get_profile("reader"), max_examples=15)
settings.register_profile("explore", settings.get_profile("default"), max_examples=1000, **_CLOCKLESS)
# `python -m tests.mutants` needs no smaller example of a failure.
_GENERATED = (Phase.explicit, Phase.generate)
settings.register_profile("mutants", settings.get_profile("quick"), phases=_GENERATED, database=None)
_PROFILE = os.environ.get("READER_HYPOTHESIS", "reader")
settings.load_profile(_PROFILE)


def pytest_sessionfinish() -> None:
    """Collect all cycles once, for errors in their finalizers: pytest would do it five times, in 10 s per process."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--first-cases", action="store_true", help="run only the first case of each parametrized test")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("first_cases"):
        first = {id(one) for one in {_function_of(one): one for one in reversed(items)}.values()}
        config.hook.pytest_deselected(items=[one for one in items if id(one) not in first])
        items[:] = [one for one in items if id(one) in first]
    _limit_examples(items)


def _function_of(item: pytest.Item) -> str:
    """The name of a test without the parameters of the case."""
    return item.nodeid.partition("[")[0]


def _limit_examples(items: Iterable[pytest.Item]) -> None:
    """Apply the quick and the exploring profile to tests that set their own number of examples, too."""
    limit = {"quick": min, "mutants": min, "explore": max}.get(_PROFILE)
    if limit is None:
        return
    examples = settings.get_profile(_PROFILE).max_examples
    for item in items:
        function: Any = getattr(item, "function", None)
        if getattr(function, "is_hypothesis_test", False):
            # Hypothesis has no public way to change the settings of an existing test.
            own = function._hypothesis_internal_use_settings
            function._hypothesis_internal_use_settings = settings(own, max_examples=limit(own.max_examples, examples))


PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
"""Real files beside the checkout, on some machines only; tests that need them skip elsewhere."""


def real_files() -> list[Path]:
    """The real articles beside the checkout; none if they do not exist."""
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    wild = sorted(path for path in (SHARED / "wild").rglob("*") if path.is_file() and path.name != "README.md")
    return [*seeds, *wild]


AUTOGROUP = Path("/proc/self/autogroup")
"""The file with the priority of this session on Linux (sched(7), autogroup)."""


def _priority() -> tuple[int, str]:
    return os.nice(0) if hasattr(os, "nice") else 0, AUTOGROUP.read_text() if AUTOGROUP.exists() else ""


@pytest.fixture(scope="session", autouse=True)
def _machine_left_as_it_was() -> Iterator[None]:
    """Fail if a test has changed the priority of its process or session."""
    before = _priority()
    yield
    assert _priority() == before, "a test changed the niceness of the machine it ran on"


_FOLDERS = Counter[str]()
"""How many temporary folders of this process have each name."""


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A temporary folder, like pytest's own fixture, which lists the folders of all earlier tests to find a number."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    _FOLDERS[name] += 1
    return tmp_path_factory.mktemp(f"{name}-{_FOLDERS[name]}", numbered=False)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache")):
        monkeypatch.setenv(variable, str(tmp_path / "xdg" / folder))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "xdg" / "documents"))
    monkeypatch.delenv("READER_ARCHIVE", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def seed_file() -> Path:
    """The user's own article."""
    found = sorted((SHARED / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("the shared files are not beside this checkout")
    return found[0]
