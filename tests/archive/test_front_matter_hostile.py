"""Malicious front matter: billions of aliases, deep nesting, and random text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.front_matter import read
from reader.archive.header import InvalidError
from reader.archive.loading import load
from tests.growth import cpu_seconds

BOMB = "a0: &a0 [x]\n" + "\n".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))
MERGE_BOMB = "a0: &a0 {k: v}\n" + "\n".join(
    f"a{n}: &a{n} {{<<: [{','.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 15)
)
HOSTILE = {
    "brackets": "title: " + "[" * 30_000,
    "brackets within 16 KB": "title: " + "[" * 15_000,
    "braces": "title: x\nb: " + "{a: " * 3_000,
    "lists": "title: x\ntags: \n " + "- " * 15_000,
    "lists within 16 KB": "title: x\ntags: \n " + "- " * 7_000,
    "questions": "title: x\na: \n " + "? " * 7_000,
    "steps": "title: x\ntags:\n" + "".join(f"{' ' * depth}-\n" for depth in range(1, 170)),
    "anchors": "title: x\n" + BOMB,
    "merges": "title: x\n" + MERGE_BOMB,
    "long": "title: x\n" + "key: value\n" * 2_000,
    "very long": "title: x\n" + "key: value\n" * 20_000,
    "quotation": 'title: "' + "a\n" * 7_000,
    "newlines": "title: x\n" + "\n" * 100_000 + "date: y",
    "one line": "title: " + "x" * 100_000,
    "controls": "title: x\x00\x07\x1b]0;y\x07\x85\ndate: y",
    "tags": "title: !!python/object/apply:os.system ['true']\ndate: y",
    "unhashable": "title: x\n? [a, b]\n: c",
}


HOSTILE_SECONDS = 3.0
"""The maximum CPU seconds for a header, many times as long as the slowest of these takes."""


@pytest.mark.slow
@pytest.mark.parametrize("header", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("fence", ["---", "+++"])
def test_malicious_header_is_harmless(header: str, fence: str) -> None:
    text = f"{fence}\n{header}\n{fence}\n正文在此"
    found = read(text)
    assert cpu_seconds(lambda: read(text), tries=1) < HOSTILE_SECONDS
    # However the header is parsed, the text after it never becomes part of it.
    assert text[found.body_start if found else 0 :].endswith("正文在此")


@pytest.mark.parametrize("name", ["brackets within 16 KB", "lists within 16 KB", "anchors", "merges", "long"])
def test_refused_header_yields_its_title_and_a_warning(name: str) -> None:
    found = read(f"---\n{HOSTILE[name]}\n---\n正文在此")
    assert found is not None
    assert found.values["title"]
    assert len(found.problems) == 1
    assert f"---\n{HOSTILE[name]}\n---\n正文在此"[found.body_start :] == "正文在此"


def test_ampersand_and_asterisk_alone_are_not_anchors() -> None:
    found = read("---\ntitle: Q&A *today* &co\ntags: ['*a', '&b']\n---\n")
    assert found is not None
    assert found.values["title"] == "Q&A *today* &co"
    assert found.problems == ()


HEADERS = st.lists(
    st.one_of(
        st.sampled_from(
            ["---", "+++", "...", "", "title: x", "tags:", " - a", "date: 2021-02-30", "<<: *a", "a: &a b"]
        ),
        st.text("ab:-[]{}'\"#&*!|>%@`,? \t=\\\u3000标题", max_size=20),
        st.text(max_size=10),
    ),
    max_size=12,
).map("\n".join)


@settings(deadline=None)
@given(HEADERS)
def test_no_text_raises_and_offsets_and_lines_agree(text: str) -> None:
    text = text.replace("\r", "\n")
    for whole in (text, f"---\ntitle: x\n{text}\n---\nbody", f"+++\ntitle = 'x'\n{text}\n+++\nbody"):
        found = read(whole)
        if found is not None:
            assert 0 < found.body_start <= len(whole)
            assert found.body_line == whole.count("\n", 0, found.body_start) + 1
            assert all(key == key.lower() for key in found.values)
            for problem in found.problems:
                assert problem.line is None or 1 <= problem.line <= whole.count("\n") + 1


def test_overlong_number_in_toml_is_a_warning() -> None:
    with pytest.raises(InvalidError):
        load(f"weight = 0x{'f' * 6_000}", "toml")
