"""Inputs in which the fuzzer once found a fault, and others of their kind: everything holds for them now."""

from pathlib import Path

import pytest

from tests.fuzz.__main__ import CORPUS, bounded, main
from tests.fuzz.targets import TARGETS

FILES = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


def test_there_is_a_corpus_for_every_target() -> None:
    assert {path.parent.name for path in FILES} == set(TARGETS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_an_input_of_the_corpus_has_no_fault(path: Path) -> None:
    bounded(TARGETS[path.parent.name].check, path.read_bytes())


def test_an_unknown_target_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "nothing" in capsys.readouterr().err
