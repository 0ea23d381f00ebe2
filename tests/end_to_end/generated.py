"""Names, titles, paths and notes made by Hypothesis, read by the reader in a terminal."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.conftest import PROJECT
from tests.end_to_end.hostile import EVIL, Item, write_archive, write_marks, write_themes
from tests.end_to_end.stream import SIGN, findings
from tests.end_to_end.terminal import READER, Terminal

_ALPHABETS = (
    st.characters(),
    st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Mn", "Co")),
    st.sampled_from(EVIL),
    st.sampled_from("文章灯塔abc 👨‍👩‍👧🇨🇳é"),
)
_PIECES = st.one_of(
    st.text(st.one_of(*_ALPHABETS), min_size=1, max_size=6),
    st.builds("\x1b[{}{}".format, st.sampled_from(("", "?", ">", "<", SIGN)), st.sampled_from(f"mHJKhlnuctqr{SIGN}")),
    st.builds(
        "{}{}{}".format,
        st.sampled_from(("\x1b]", "\x9d", "\x1bP", "\x90", "\x1b_", "\x1b^")),
        st.sampled_from(("0;", "52;c;", "8;;", "4;1;?")),
        st.sampled_from(("x\x07", "x\x1b\\", "x\x9c", "x")),
    ),
)
TEXTS = st.lists(_PIECES, min_size=1, max_size=3).map("".join)


def generated(count: int, number: int = 0) -> list[str]:
    """So many texts, the same ones for the same number."""
    found: list[str] = []

    @seed(number)
    @settings(
        max_examples=count // 20 + 1,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(TEXTS, min_size=20, max_size=20))
    def collect(texts: list[str]) -> None:
        found.extend(texts)

    while len(found) < count:
        collect()
    return found[:count]


def archives_of(texts: Sequence[str], size: int) -> Iterator[list[Item]]:
    """The texts as archives that hold so many of them, four to an article."""
    for start in range(0, len(texts), size):
        part = texts[start : start + size]
        yield [Item(*part[at : at + 4]) for at in range(0, len(part) - 3, 4)]


def read_in_terminal(folder: Path, items: Sequence[Item]) -> list[str]:
    """What the reader lets through of an archive, marks and themes made of these, in all lists and two commands."""
    archive, marks = folder / "archive", folder / "marks.json"
    write_archive(archive, items)
    (archive / "first.md").write_text("\n---\ntitle: first\ndate: 2030-01-01\n---\nThe first article.", "utf-8")
    write_marks(marks, items)
    write_themes(folder / "config" / "reader" / "themes", items[:20], PROJECT / "themes" / "night.yaml")
    environ = {"LC_ALL": "C.UTF-8"} | {
        f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("DATA", "CACHE", "CONFIG")
    }
    found: list[str] = []
    for arguments in (
        ["marks", "import", "-a", str(archive), str(marks)],
        ["list", "-a", str(archive)],
        ["check", "-a", str(archive)],
    ):
        with Terminal([READER, *arguments], columns=200, rows=200, environ=environ) as terminal:
            terminal.wait_for_exit(600)
            found += findings(terminal.received, is_screen=False)
    with Terminal([READER, str(archive)], columns=200, rows=200, environ=environ) as terminal:
        # Some thousand articles are read first, with little of a busy processor.
        terminal.wait_for("The first article", 600).settle()
        # One list of all articles, and a page of it after the other.
        pages = len(items) // 150 + 1
        for keys in (
            ("V", "V", "tab"),
            *[("pagedown",)] * pages,
            ("tab", "A"),
            *[("pagedown",)] * pages,
            ("escape",),
            ("'", "'"),
            *[("pagedown",)] * pages,
            ("escape",),
            (":",),
            *[("pagedown",)] * 6,
            ("escape",),
            ("h",),
            ("escape",),
            ("J",),
            ("J",),
            ("J",),
        ):
            terminal.press(*keys)
            terminal.settle(0.12)
        terminal.press("escape").settle(0.2).press("q")
        assert terminal.wait_for_exit() == 0, terminal.text
        found += findings(terminal.received, is_screen=True)
    return found
