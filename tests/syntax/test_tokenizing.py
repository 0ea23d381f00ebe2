"""Tokens of code: their roles, and that they lie in order within the text whatever a lexer does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.syntax.code_chunks import LONGEST_CHUNK, chunk_number, chunk_of
from reader.syntax.token_roles import NO_TOKENS, TokenRole, TokenTable
from reader.syntax.tokenizing import tokenize


def tokens_of(code: str, language: str, number: int = 0) -> TokenTable:
    (found,) = tokenize([chunk_of(code, language, number)])
    return found


def named(code: str, language: str) -> list[tuple[str, TokenRole]]:
    return [(code[start:end].strip(), role) for start, end, role in tokens_of(code, language).between(0, len(code))]


def test_tokens_have_roles() -> None:
    code = "def light(lamp):\n    '''Light it.'''\n    return '灯' + str(36.6)  # 亮"
    assert named(code, "python") == [
        ("def", TokenRole.KEYWORD),
        ("light", TokenRole.NAME),
        ("'''Light it.'''", TokenRole.COMMENT),
        ("return", TokenRole.KEYWORD),
        ("'灯'", TokenRole.STRING),
        ("str", TokenRole.TYPE),
        ("36.6", TokenRole.NUMBER),
        ("# 亮", TokenRole.COMMENT),
    ]


def test_lines_of_a_diff_are_added_or_removed() -> None:
    assert named(" 塔\n-旧灯\n+新灯\n", "diff") == [("-旧灯", TokenRole.REMOVED), ("+新灯", TokenRole.ADDED)]


def test_text_in_no_language_has_no_tokens() -> None:
    assert tokens_of("灯塔", "") is NO_TOKENS
    assert tokens_of("lamp", "text") is NO_TOKENS


SOURCES = st.text(st.sampled_from("ab1 \n\"'`#/*{}()<>=-+$\\灯\U0001f4a1\u0301"), max_size=120)


@given(SOURCES, st.sampled_from(["python", "js", "html", "bash", "diff", "json", "c", "yaml", "markdown", "php"]))
def test_tokens_are_in_order_and_within_the_text(code: str, language: str) -> None:
    found = tokens_of(code, language)
    ends = [0, *found.ends]
    assert len(found.starts) == len(found.ends) == len(found.roles)
    assert all(before <= start < end for before, start, end in zip(ends, found.starts, found.ends, strict=False))
    assert ends[-1] <= len(code)
    for start, end in [(0, len(code)), (len(code) // 3, len(code) // 2)]:
        clipped = list(found.between(start, end))
        assert all(start <= first < last <= end for first, last, _ in clipped)
        whole = [(max(first, start), min(last, end)) for first, last in zip(found.starts, found.ends, strict=True)]
        assert [(first, last) for first, last, _ in clipped] == [(a, b) for a, b in whole if a < b]


# Chunks of long code


@pytest.mark.parametrize("length", [1, LONGEST_CHUNK, LONGEST_CHUNK + 1, 3 * LONGEST_CHUNK + 5])
@pytest.mark.parametrize("line", ["lamp = 1\n", "x", "\n"])
def test_chunks_cover_the_code_with_some_context(length: int, line: str) -> None:
    code = (line * length)[:length]
    covered = ""
    for number in range(chunk_number(length - 1) + 1):
        chunk = chunk_of(code, "python", number)
        own = code[chunk.start + chunk.skipped : (number + 1) * LONGEST_CHUNK]
        assert chunk.text[chunk.skipped :].startswith(own)
        assert code[chunk.start :].startswith(chunk.text)
        assert len(chunk.text) < 2 * LONGEST_CHUNK
        covered += own
    assert covered == code


def test_a_later_chunk_has_the_tokens_of_the_whole() -> None:
    code = "lamp = 'lit'  # at dusk\n" * (LONGEST_CHUNK // 10)
    for number in (1, 2):
        start, end = number * LONGEST_CHUNK, min((number + 1) * LONGEST_CHUNK, len(code))
        found = list(tokens_of(code, "python", number).between(start, end))
        assert {role for _, _, role in found} == {TokenRole.STRING, TokenRole.COMMENT}
        assert found[0][0] - start < 24
        assert end - found[-1][1] < 24
