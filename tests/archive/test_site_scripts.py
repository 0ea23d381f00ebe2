"""Strings that the configurations of sites state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.archive.site_rewrites import rewrites_of
from reader.archive.site_scripts import Stated, stated_values
from tests.growth import assert_linear


def _strings(script: str) -> dict[str, str]:
    return {".".join(one.names): one.text for one in stated_values(script) if not one.is_name}


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("export default { title: '灯', base: \"/sea/\" }", {"title": "灯", "base": "/sea/"}),
        ("export default f({\n  title: `灯塔`, // 名\n  a: { 'b-c': 'd' },\n})", {"title": "灯塔", "a.b-c": "d"}),
        ("const base = '/sea/'\nexport const all = f({ base, lang: 'zh' })", {"base": "/sea/", "all.lang": "zh"}),
        ("module.exports = { title: '一' + '二', base: on ? '/a/' : '/b/', x: f('y'), z: `${w}` }", {}),
        ("/* title: 'x' */ export default { // base: '/'\n url: 'https://a.net/*x*/' }", {"url": "https://a.net/*x*/"}),
        ("export default { title: 'It\\'s \\u706f\\ud83d\\ude00', a: ['b', 'c'] }", {"title": "It's 灯😀"}),
        ("function nav(): I[] { return [{ a: '甲' }] }\nexport default { a: '乙' }", {"nav.a": "甲", "a": "乙"}),
        ("const nav: I[] = [{ a: '甲' }]\nexport default { a: '乙' as const }", {"nav.a": "甲", "a": "乙"}),
        ("export default { title: 'open", {}),
        ("}}]) export default { title: '灯' }", {"title": "灯"}),
        ("export default { a: /\\{/, title: '灯' }", {"title": "灯"}),
        ("export default { a: /\\'/, title: '灯' }", {"title": "灯"}),
        ("export default { title: '灯' } /* base: '/'", {"title": "灯"}),
        (f"export default {{ a: '{'x' * 1_001}', title: '灯', {'y' * 1_001}: 'b' }}", {"title": "灯"}),
    ],
)  # fmt: skip
def test_strings(script: str, found: dict[str, str]) -> None:
    assert _strings(script) == found


def test_objects_and_names() -> None:
    first, second, name = stated_values("export default { a: 'b', c: { d: 'e' }, items: guide() }")
    assert first.groups == second.groups[:1]
    assert name == Stated(("items",), "guide", first.groups, is_name=True)


@given(st.text(alphabet="{}[](),:;='\"`\\/*\n ab灯$", max_size=80))
def test_no_script_raises(script: str) -> None:
    assert all(one.names for one in stated_values(script))


@pytest.mark.parametrize(
    "piece",
    ["{", "a: {", "'", "`", "/*", "/* ", "\\'", '\\"', "\\`", "'\\\"", "a = [", "\\u", "[ ", "`${", "a: 'b', "],
)
def test_long_scripts_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: list(stated_values(piece * size)), 2_000)


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("about.md", "misc/about.md"),
        ("guide/a/b.md", "zh/guide/a/b.md"),
        ("p/one/two/three.md", "packages/one/src/two/three.md"),
        ("other.txt", "other.txt"),
    ],
)
def test_rewrites(page: str, file: str) -> None:
    script = (
        "export default { rewrites: { 'misc/about.md': 'about.md', 'zh/guide/:rest*': 'guide/:rest*',"
        " 'packages/:pkg/src/:slug(.*)': 'p/:pkg/:slug(.*)', 'x/:a': 'y/:b' } }"
    )
    assert rewrites_of(stated_values(script)).source_of(page) == file


@pytest.mark.parametrize(
    ("pattern", "page", "is_known"),
    [
        ("z/:a*/:b*", "z/1/2/3.md", True),
        ("z/:a*/:b*/:c*", "z/1/2/3.md", False),
        ("z/:a-:b", "z/1-2.md", True),
        ("z/:a-:b-:c", "z/1-2-3.md", False),
        ("z/:a/:b/:c/:d", "z/1/2/3/4.md", True),
        ("z/:a_/:b/:c_/:d_", "z/1/2/3/4.md", True),
        ("z/:a*", f"z/{'1/' * 200}2.md", False),
    ],
)
def test_only_patterns_that_are_matched_in_short_time_count(pattern: str, page: str, *, is_known: bool) -> None:
    script = f"export default {{ rewrites: {{ 'of/{pattern}': '{pattern}' }} }}"
    assert rewrites_of(stated_values(script)).source_of(page) == (f"of/{page}" if is_known else page)


@given(st.text(alphabet=":ab_²灯٣*()./-", max_size=20), st.text(max_size=20))
def test_no_rewrite_raises(pattern: str, page: str) -> None:
    rewrites_of([Stated(("rewrites", pattern), pattern, (1,))]).source_of(page)
