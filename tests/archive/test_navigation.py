"""Titles that are written only in the navigation of a site."""

import os
from pathlib import Path

import pytest

from reader.archive import scripted_site
from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.navigation import navigation_title
from reader.archive.scan import scan
from reader.archive.scripted_site import script_files
from tests.growth import assert_linear

TEXT = "海面很平，灯亮了一整夜。\n"


def _titles(root: Path) -> dict[str, str]:
    found = [one for one in scan(open_archives([root])) if isinstance(one, Article)]
    return {one.path.relative_to(root).as_posix(): one.title for one in found}


def _write(path: Path, text: str = TEXT) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_summary(tmp_path: Path) -> None:
    _write(
        tmp_path / "src" / "SUMMARY.md",
        '# 目录\n\n[序](preface.md)\n\n- [**灯** 与塔](ch01.md)\n  - [潮 \\[上\\]](<ch01/tide.md> "x")\n- [缺]()\n'
        "- [外](https://example.org/a.md)\n- [又](ch01.md)\n- [越](../../x.md)\n",
    )
    for name in ("preface.md", "ch01.md", "ch01/tide.md", "ch02.md"):
        _write(tmp_path / "src" / name)
    _write(tmp_path / "src" / "ch03.md", "# 自己的题\n")
    titles = _titles(tmp_path)
    assert titles["src/ch01.md"] == "灯 与塔"
    assert titles["src/ch01/tide.md"] == "潮 [上]"
    assert titles["src/ch02.md"] == "ch02"
    assert titles["src/ch03.md"] == "自己的题"


def test_sidebar_without_suffixes(tmp_path: Path) -> None:
    _write(tmp_path / "_sidebar.md", "* [入门](/guide/)\n* [安装](guide/install?id=one)\n* [部 署](/guide/%E9%83%A8)\n")
    for name in ("guide/README.md", "guide/install.md", "guide/部.md"):
        _write(tmp_path / name)
    titles = _titles(tmp_path)
    assert (titles["guide/README.md"], titles["guide/install.md"], titles["guide/部.md"]) == ("入门", "安装", "部 署")


@pytest.mark.parametrize(("key", "folder"), [("", "docs"), ("docs_dir: texts\n", "texts")])
def test_mkdocs(key: str, folder: str, tmp_path: Path) -> None:
    _write(
        tmp_path / "mkdocs.yml",
        f"site_name: !ENV X\n{key}nav:\n  - 首页: index.md\n\n  # 注\n  - 潮汐:\n    - tide/a.md\n"
        "    - 大潮: tide/b.md\n"
        "markdown_extensions:\n  - toc:\n      slugify: !!python/name:x.y\n",
    )
    for name in ("index.md", "tide/a.md", "tide/b.md"):
        _write(tmp_path / folder / name)
    titles = _titles(tmp_path)
    assert titles == {f"{folder}/index.md": "首页", f"{folder}/tide/a.md": "a", f"{folder}/tide/b.md": "大潮"}


def test_nearest_navigation_wins_and_nothing_above_the_archive_is_read(tmp_path: Path) -> None:
    _write(tmp_path / "SUMMARY.md", "- [外](in/a.md)\n- [远](in/b/c.md)\n")
    _write(tmp_path / "in" / "SUMMARY.md", "- [近](b/c.md)\n")
    assert navigation_title(tmp_path / "in" / "b" / "c.md", tmp_path) == "近"
    assert navigation_title(tmp_path / "in" / "a.md", tmp_path) == "外"
    assert navigation_title(tmp_path / "in" / "a.md", tmp_path / "in") == ""


@pytest.mark.parametrize(
    "nav", ["nav: [", "nav:\n  - a: *b\n", "nav:\n" + "  - " * 50 + "x\n", "nav:\n  x: y\n", "nav: 1"]
)
def test_invalid_navigation_is_ignored(nav: str, tmp_path: Path) -> None:
    _write(tmp_path / "mkdocs.yml", nav)
    _write(tmp_path / "docs" / "灯.md")
    assert _titles(tmp_path) == {"docs/灯.md": "灯"}


def test_changed_navigation_is_read_again(tmp_path: Path) -> None:
    article, summary = tmp_path / "1.md", tmp_path / "SUMMARY.md"
    _write(summary, "- [甲](1.md)\n")
    assert navigation_title(article, tmp_path) == "甲"
    _write(summary, "- [乙乙](1.md)\n")
    os.utime(summary, ns=(1, 1))
    assert navigation_title(article, tmp_path) == "乙乙"
    summary.unlink()
    assert navigation_title(article, tmp_path) == ""


def test_long_navigation_takes_linear_time(tmp_path: Path) -> None:
    def read(size: int) -> None:
        _write(tmp_path / "mkdocs.yml", "nav:\n" + "  - [\n \n" * size)
        _write(tmp_path / "SUMMARY.md", "- [[[(" * size)
        navigation_title(tmp_path / "1.md", tmp_path)

    assert_linear(read, 200)


@pytest.mark.parametrize("nav", ["!!bool maybe", '!!int ""', "!!timestamp x", f"[0x{'f' * 6_000}: a.md]"])
def test_navigation_of_invalid_values_gives_no_title(tmp_path: Path, nav: str) -> None:
    _write(tmp_path / "mkdocs.yml", f"nav: {nav}\n")
    _write(tmp_path / "docs" / "a.md")
    assert _titles(tmp_path)["docs/a.md"] == "a"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
def test_navigation_behind_a_link_is_not_read(tmp_path: Path) -> None:
    _write(tmp_path / "secret" / "SUMMARY.md", "- [机密](page.md)\n")
    _write(tmp_path / "site" / "page.md")
    (tmp_path / "site" / "SUMMARY.md").symlink_to(tmp_path / "secret" / "SUMMARY.md")
    assert "机密" not in _titles(tmp_path / "site").values()


VITEPRESS = """
import { defineConfig } from 'vitepress'
export default defineConfig({
  title: '海边',
  base: '/sea/',
  srcDir: './texts',
  rewrites: { 'zh/:rest*': ':rest*' },
  themeConfig: {
    nav: [{ text: '菜单', link: '/guide/lamp' }],
    sidebar: {
      '/guide/': { base: '/guide/', items: [{ text: '**灯** 与塔', link: 'lamp' }, { link: '/tide/', text: '潮' }] },
      '/log/': sidebarLog(),
      '/old/': [{ text: '旧', items: [{ text: '外', link: 'https://example.org/a' }, { text: '船', link: '/old/ship.html' }] }],
    },
    footer: { message: '完' },
  },
})

function sidebarLog() {
  return [{ text: '记', collapsed: false, items: [{ text: '日记', link: '/log/day#top' }] }]
}
"""  # noqa: E501 - as such programs are written


def test_vitepress(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _write(site / ".vitepress" / "config.mts", VITEPRESS)
    _write(site / ".vitepress" / "theme" / "index.ts", "export default { text: '非', link: '/old/rope' }")
    names = ("guide/lamp", "guide/tide/index", "log/day", "old/ship", "old/rope", "index")
    for name in names:
        _write(site / "texts" / "zh" / f"{name}.md", "---\nlayout: doc\n---\n\n" + TEXT)
    _write(site / "texts" / "zh" / "own.md", "# 自己的题\n")
    titles = _titles(tmp_path)
    found = [titles[f"site/texts/zh/{name}.md"] for name in names]
    assert found == ["灯 与塔", "潮", "日记", "船", "rope", "海边"]


@pytest.mark.parametrize(
    ("script", "place"),
    [
        ("{ themeConfig: { editLink: { srcDir: 'x' } },", "lamp.md"),
        ("{ themeConfig: { editLink: { srcDir: 'x' } }, srcDir: 'y',", "y/lamp.md"),
        ("{ title: '海', srcDir: 'y',", "y/lamp.md"),
    ],
)
def test_only_the_folder_of_texts_that_the_site_itself_states_counts(script: str, place: str, tmp_path: Path) -> None:
    _write(
        tmp_path / ".vitepress" / "config.mts", f"export default {script} sidebar: [{{ text: '灯', link: '/lamp' }}] }}"
    )
    for name in ("lamp.md", "x/lamp.md", "y/lamp.md"):
        _write(tmp_path / name)
    assert [name for name, title in _titles(tmp_path).items() if title == "灯"] == [place]


def test_vitepress_in_several_files(tmp_path: Path) -> None:
    _write(
        tmp_path / ".vitepress" / "config.ts",
        "import { sidebar } from './sidebar'\nexport default { themeConfig: { sidebar } }",
    )
    _write(
        tmp_path / ".vitepress" / "config" / "sidebar.ts",
        "export const sidebar = { '/a/': { base: '/a/', items: lights() } }\n"
        "function lights() { return [{ text: '灯塔', link: 'one' }] }\n",
    )  # fmt: skip
    _write(tmp_path / "a" / "one.md")
    assert _titles(tmp_path)["a/one.md"] == "灯塔"


@pytest.mark.parametrize(
    "begins",
    [
        "export default { base: '/sea/',",
        "export default defineConfig({ base: '/sea/', title: '海',",
        "const site = { title: '海', base: '/sea/',",
        "const site = defineConfig({ base: '/sea/', lang: 'zh',",
    ],
)
def test_the_base_of_the_site_is_not_that_of_its_sidebar(begins: str, tmp_path: Path) -> None:
    _write(tmp_path / ".vitepress" / "config.mts", f"{begins} sidebar: [{{ text: '灯', link: '/lamp' }}] }}")
    _write(tmp_path / "lamp.md")
    assert _titles(tmp_path)["lamp.md"] == "灯"


def test_vuepress_and_docusaurus(tmp_path: Path) -> None:
    _write(
        tmp_path / "v" / ".vuepress" / "config.js",
        "module.exports = { themeConfig: { sidebar: [{ title: '港', path: '/port/' }] } }",
    )
    _write(tmp_path / "v" / "port" / "README.md")
    _write(tmp_path / "d" / "sidebars.js", "module.exports = { docs: [{ type: 'doc', id: 'sea/one', label: '海一' }] }")
    _write(tmp_path / "d" / "docs" / "sea" / "one.mdx")
    titles = _titles(tmp_path)
    assert (titles["v/port/README.md"], titles["d/docs/sea/one.mdx"]) == ("港", "海一")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
def test_a_configuration_behind_a_link_is_not_read(tmp_path: Path) -> None:
    _write(tmp_path / "secret" / "config.ts", "export default { sidebar: [{ text: '机密', link: '/page' }] }")
    _write(tmp_path / "site" / "page.md")
    (tmp_path / "site" / ".vitepress").symlink_to(tmp_path / "secret")
    (tmp_path / "site" / ".vuepress").mkdir()
    (tmp_path / "site" / ".vuepress" / "config.ts").symlink_to(tmp_path / "secret" / "config.ts")
    assert "机密" not in _titles(tmp_path / "site").values()


def test_no_parameter_of_a_rewrite_loses_articles(tmp_path: Path) -> None:
    _write(tmp_path / ".vitepress" / "config.ts", "export default { rewrites: { 'z/:a²': ':a²/q' } }")
    _write(tmp_path / "lamp.md")
    assert _titles(tmp_path) == {"lamp.md": "lamp"}


def test_an_error_in_navigation_loses_no_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path, _root: Path) -> str:
        raise RuntimeError

    monkeypatch.setattr("reader.archive.navigation.navigation_title", fail)
    _write(tmp_path / "lamp.md")
    assert _titles(tmp_path) == {"lamp.md": "lamp"}


@pytest.mark.parametrize(
    ("noise", "place"),
    [("a", "config.js"), ("a", "config.mts"), (".temp/", "sidebar/zh.js"), (".cache/deps/", "sidebar/zh/lamp.js")],
)
def test_other_files_do_not_replace_the_configuration(noise: str, place: str, tmp_path: Path) -> None:
    folder = tmp_path / ".vuepress"
    for number in range(50):
        _write(folder / f"{noise}{number}.js", "export default { text: '非', link: '/rope' }")
    _write(folder / place, "export default { sidebar: [{ text: '灯塔', link: '/lamp' }] }")
    _write(tmp_path / "lamp.md")
    assert _titles(tmp_path)["lamp.md"] == "灯塔"


def test_the_number_of_entries_that_are_looked_at_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        _write(tmp_path / "data" / f"{number}.txt")
    for name in ("config.ts", "other.ts", "more/a.ts"):
        _write(tmp_path / name)

    def names() -> list[str]:
        return [address.removeprefix(f"{tmp_path}/") for address, *_ in script_files(str(tmp_path))]

    assert names() == ["config.ts", "other.ts", "more/a.ts"]
    monkeypatch.setattr(scripted_site, "_MOST_ENTRIES", 20)
    assert names() == ["config.ts", "other.ts"]
