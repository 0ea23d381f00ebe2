"""Classes of `reader.lean_dataclasses` behave like those of `dataclasses`, the oracle."""

import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import lean_dataclasses as lean

Options = dict[str, bool]

OPTIONS: list[Options] = [
    {},
    {"frozen": True},
    {"slots": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "order": True},
    {"frozen": True, "slots": True, "eq": False},
    {"slots": True, "eq": False},
]


def made(by: Any, options: Options) -> type[Any]:
    """A class with fields of every kind, and a subclass of it, made by one of the two modules."""

    @by.dataclass(**options)
    class Base:
        KINDS: ClassVar[int] = 3
        first: int
        second: str = "2"
        found: list[int] = by.field(default_factory=list)

    @by.dataclass(**options)
    class Derived(Base):
        third: float = by.field(default=3.0, compare=False)
        sum: int = by.field(init=False, repr=False, compare=False)
        fixed: int = by.field(default=7, init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "sum", self.first + len(self.second))

    return Derived


def outcome(call: Callable[[], Any]) -> Any:
    """The result of a call, or the type of its exception."""
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - compared with the other module's
        return type(error)


ARGUMENTS = st.tuples(
    st.lists(st.one_of(st.integers(0, 2), st.sampled_from(["a", "b"])), max_size=5),
    st.dictionaries(st.sampled_from(["first", "second", "found", "third", "sum", "fixed", "other"]), st.integers(0, 2)),
)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_instances_behave_like_those_of_dataclasses(options: Options) -> None:
    ours, theirs = made(lean, options), made(dataclasses, options)

    @given(ARGUMENTS, ARGUMENTS)
    def compare(one: Any, other: Any) -> None:
        def told(cls: type[Any]) -> list[object]:
            a = outcome(lambda: cls(*one[0], **one[1]))
            b = outcome(lambda: cls(*other[0], **other[1]))
            if isinstance(a, type) or isinstance(b, type):
                return [a if isinstance(a, type) else repr(a), b if isinstance(b, type) else repr(b)]
            return [
                repr(a),
                a == b,
                a == a,  # noqa: PLR0124 - an instance is equal to itself
                a != 1,
                outcome(lambda: a < b),
                outcome(lambda: a >= b),
                outcome(lambda: (hash(a) == hash(b)) if a == b else hash(a) is not None),
                outcome(lambda: setattr(a, "first", 4)),
                outcome(lambda: delattr(a, "second")),
                repr(outcome(lambda: dataclasses.asdict(a))),
                getattr(a, "sum", None),
                hasattr(a, "__dict__"),
            ]

        assert told(ours) == told(theirs)

    compare()
    assert ours.__match_args__ == theirs.__match_args__
    assert [one.name for one in lean.fields(ours)] == [one.name for one in dataclasses.fields(theirs)]


def test_replacing_changes_only_what_is_named() -> None:
    for by in (lean, dataclasses):
        one = made(by, {"frozen": True, "slots": True})(1, "x")
        changed = by.replace(one, second="longer")
        assert (changed.first, changed.second, changed.sum, one.second) == (1, "longer", 7, "x")
        with pytest.raises((TypeError, ValueError)):
            by.replace(one, sum=3)


@lean.dataclass(frozen=True, slots=True)
class Place:
    """A class that can be pickled, because a module has it."""

    leaf: int
    offset: int = 0


def test_an_instance_survives_pickling_and_is_data_to_other_libraries() -> None:
    place = Place(3, 4)
    assert pickle.loads(pickle.dumps(place)) == place  # noqa: S301 - what was pickled here
    assert dataclasses.is_dataclass(Place)
    assert dataclasses.replace(place, offset=5) == Place(3, 5)
    assert msgspec.json.decode(msgspec.json.encode(place), type=Place) == place
    assert msgspec.convert({"leaf": 1}, Place) == Place(1)
    match place:
        case Place(leaf, offset):
            assert (leaf, offset) == (3, 4)


def test_making_and_using_a_class_does_not_import_dataclasses() -> None:
    script = (
        "import sys\nfrom reader.lean_dataclasses import dataclass, replace\n"
        "@dataclass(frozen=True, slots=True)\nclass One:\n    a: int\n"
        "assert replace(One(1), a=2) == One(2)\nprint(sorted({'dataclasses', 'inspect', 'typing'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
