"""The lists of tests in the commands that check the project."""

from tests.__main__ import LONG, SCREENS
from tests.conftest import PROJECT
from tests.lowest import REPRESENTATIVES


def test_listed_tests_exist() -> None:
    listed = (*LONG, *REPRESENTATIVES, *(f"ui/test_{name}.py" for name in SCREENS))
    assert [one for one in listed if not (PROJECT / "tests" / one).exists()] == []
