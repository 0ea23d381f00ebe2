"""Fixtures for running commands like a shell."""

import pytest

from reader.cli.main import run
from tests.cli.run_type import Run


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Run:
    """A function that runs a command."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call
