"""The language of code: by its name, by an unmistakable beginning, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.syntax.lexers import guessed_language, lexer_for


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("python", "Python"), ("py", "Python"), ("Python3", "Python"), ("js", "JavaScript"), ("c++", "C++"),
        ("objectivec", "Objective-C"), ("golang", "Go"), ("yml", "YAML"), ("patch", "Diff"), ("sh", "Bash"),
        ("terminal", "Bash Session"), ("markup", "HTML"), ("lang-rust", "Rust"), ("main.rs", "Rust"),
    ],
)  # fmt: skip
def test_a_named_language_has_its_lexer(named: str, expected: str) -> None:
    lexer = lexer_for(named, "")
    assert lexer is not None
    assert lexer.name == expected


@pytest.mark.parametrize("named", ["text", "plaintext", "nohighlight", "mermaid", "灯塔", "no.such", "x" * 300, "../a"])
def test_an_unknown_language_has_no_lexer_and_is_not_guessed(named: str) -> None:
    assert lexer_for(named, "#!/bin/sh\n") is None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("#!/usr/bin/env python3\nlamp = 1", "python"),
        ("#!/bin/sh\nlamp", "bash"),
        ("diff --git a/lamp b/lamp\n", "diff"),
        ("<?php echo 1;", "php"),
        ("<!DOCTYPE html>\n<p>灯", "html"),
        ('{"lamp": [1, 2]}', "json"),
        ('[{"lamp": 1}, {"cut": ', "json"),
        ("$ git log --oneline\n", "console"),
        (">>> 1 + 1\n2", "pycon"),
        ("import os\n\ndef light(lamp):\n    return os.path", "python"),
        ("#include <stdio.h>\nint main(void) {}", "c"),
        ("#include <vector>\nstd::vector<int> lamps;", "cpp"),
        ("package main\n\nfunc light() {}", "go"),
        ("fn main() {\n    let mut lamp = 1;\n}", "rust"),
        ("SELECT lamp FROM tower\nWHERE lit = 1", "sql"),
        ("const lamp = require('lamp');\nconsole.log(lamp);", "js"),
    ],
)
def test_the_language_of_an_unmistakable_beginning_is_found(code: str, expected: str) -> None:
    assert guessed_language(code) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "灯塔在海边。\n它很亮。", "Lit at dusk.\nselect one from the shelf", "a = 1", "{ no json }", "[1]x",
        "  ┌──┐\n  │灯│\n  └──┘", "import duties rose.", "name: lamp", "- one\n- two", "<lamp@example.org>", "lamp(1)",
    ],
)  # fmt: skip
def test_other_text_has_no_language(text: str) -> None:
    assert guessed_language(text) == ""


@given(st.text(max_size=200))
def test_any_text_can_be_judged(text: str) -> None:
    assert isinstance(guessed_language(text), str)
    lexer_for(text[:40], text)
