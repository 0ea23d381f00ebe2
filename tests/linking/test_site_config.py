"""Links by what the configuration of a site says."""

from pathlib import Path

import pytest

from reader.linking.permalinks import permalink
from reader.linking.site_config import SiteConfig, config_state, site_config
from tests.growth import cpu_seconds
from tests.linking.archives import linked

HEXO = {
    "_config.yml": "url: https://blog.example.net\nroot: /notes/\npermalink: weblog/:year:month:day/:title/read/\n",
    "source/_posts/灯塔.md": "---\ntitle: 灯\ndate: 2021-03-04\n---\n\n正文",
    "source/_posts/渡口.md": "---\ntitle: 渡\ndate: 2021-03-05\nabbrlink: 4a17\n---\n\n正文",
    "source/about/index.md": "关于",
}
HUGO = {
    "hugo.toml": (
        'baseURL = "https://www.example.net/"\n[permalinks]\nposts = "/p/:slug"\n'
        '[permalinks.page]\nlog = "/l/:year-:month/:contentbasename/"\n'
    ),
    "content/posts/light.md": "---\ntitle: 灯\nslug: the-light\ndate: 2020-01-02\n---\n\n正文",
    "content/log/ferry.md": "---\ntitle: 渡\ndate: 2020-02-03\n---\n\n正文",
}
JEKYLL = {
    "_config.yml": "permalink: ordinal\nbaseurl: /site\ncollections:\n  docs:\n    permalink: /handbook/:path.html\n"
    "defaults:\n  - scope: {path: x}\n    values: {permalink: '/thoughts/:title.html'}\n",
    "_posts/2019-05-06-light.md": "灯",
    "_docs/sea/harbour.md": "港",
}

COLLECTIONS = {
    "_config.yml": "url: https://blog.example.net\npermalink: /:year/:month/:title/\ncollections:\n"
    "  wiki: {output: true, permalink: '/wiki/:path/'}\n  recipes: {output: true}\n",
    "_posts/2015-10-25-mac.md": "苹果",
    "_posts/2016-01-02-soup.md": "汤的故事",
    "_posts/2016-02-03-only.md": "只有文章",
    "_wiki/mac.md": "---\ntitle: 快捷键\n---\n\n正文",
    "_recipes/soup.md": "汤",
}
SECTIONS = {
    "hugo.toml": 'baseURL = "https://www.example.net/"\n[permalinks]\nposts = "/p/:filename/"\nlog = "/l/:filename/"\n',
    "content/posts/light.md": "---\ntitle: 灯\n---\n\n正文",
    "content/log/light.md": "---\ntitle: 灯的日志\n---\n\n正文",
}
BLOG = {
    "_config.yml": "url: https://blog.example.net\npermalink: posts/:title/\n",
    "README.md": "源码",
    "source/_posts/渡口.md": "---\ntitle: 渡\ndate: 2021-03-05\n---\n\n正文",
    "source/渡口/index.md": "---\ntitle: 渡口的页\n---\n\n页",
}
DATED = {
    "_config.yml": "url: https://blog.example.net\npermalink: pretty\n",
    "index.html": "<p>首页</p>",
    "README.md": "源码",
    "_posts/2014-01-29-light.md": "---\ntitle: 灯\ndate: 2015-01-30\n---\n\n正文",
}
VITEPRESS = {
    "docs/.vitepress/config.mts": "export default defineConfig({ base: '/sea/', srcDir: 'notes',\n"
    "  rewrites: { 'zh/:rest*': ':rest*' }, sitemap: { hostname: 'https://example.net' } })",
    "docs/notes/zh/guide/lamp.md": "灯",
    "docs/notes/zh/guide/tide.md": "潮",
    "docs/notes/log/index.md": "记",
}
NESTED = {
    ".vitepress/config.mts": "const guide = { base: '/guide/' }\n"
    "export default { base: '/sea/', themeConfig: { editLink: { srcDir: 'x' }, url: 'https://example.net' } }",
    "lamp.md": "灯",
    "tide.md": "潮",
    "x/tide.md": "潮",
}
SHARED = {
    ".vitepress/config/index.ts": "export default { ...shared }",
    ".vitepress/config/shared.ts": "export const shared = { srcDir: 'texts' }; const guide = { base: '/texts/' }",
    "texts/lamp.md": "灯",
    "texts/log/tide.md": "潮",
}
DOCUSAURUS = {
    "docusaurus.config.js": "const c = { url: 'https://sea.example.net', baseUrl: '/s/' }; module.exports = c;",
    "docs/lamp.md": "灯",
    "docs/tide.md": "潮",
}
STATED = {
    "hugo.toml": 'baseURL = "https://example.net/"\n',
    "content/_index.md": "首页",
    "content/cn-about.md": "---\ntitle: 关于\nslug: cn/about\n---\n\n正文",
    "content/cn-sing.md": "---\ntitle: 唱\nslug: cn/sing\n---\n\n正文",
    "content/tools/_index.md": "工具",
    "content/tools/faq.md": "问答",
}
LANGUAGES = {
    "hugo.yaml": "baseURL: /\ndefaultContentLanguage: zh\nlanguages: {zh: {}, en: {}}\n"
    "permalinks: {news: '/:section/:year/:slug/'}\n",
    "README.md": "源码",
    "GUIDE.md": "源码",
    "content/zh/_index.md": "首页",
    "content/zh/guide/_index.md": "指南",
    "content/zh/news/2024-a.md": "---\ntitle: North wind, again\ndate: 2024-01-02\n---\n\n正文",
    "content/zh/docs/light.md": "灯塔",
    "content/en/_index.md": "home",
    "content/en/docs/light.md": "lighthouse",
    "content/en/docs/only.md": "only",
}


@pytest.mark.parametrize(
    ("files", "source", "target", "expected"),
    [
        # Files beside the source of the pages are no pages; the title makes the address if no slug does.
        (LANGUAGES, "content/zh/docs/light.md", "/guide/", "article content/zh/guide/_index.md"),
        (LANGUAGES, "content/zh/docs/light.md", "/news/2024/north-wind-again/", "article content/zh/news/2024-a.md"),
        (LANGUAGES, "content/zh/docs/light.md", "/news/2024/south-wind/", "missing "),
        # An address without a language is that of the default one.
        (LANGUAGES, "content/en/docs/only.md", "/", "article content/zh/_index.md"),
        (LANGUAGES, "content/en/docs/only.md", "/docs/light/", "article content/zh/docs/light.md"),
        (LANGUAGES, "content/en/docs/only.md", "/en/docs/light/", "article content/en/docs/light.md"),
        (LANGUAGES, "content/zh/docs/light.md", "/docs/only/", "article content/en/docs/only.md"),
        # A permalink is that of a post, even if a page has the name.
        (BLOG, "source/渡口/index.md", "/posts/渡口/", "article source/_posts/渡口.md"),
        (BLOG, "source/_posts/渡口.md", "/渡口/", "article source/渡口/index.md"),
        # A permalink is that of its collection or section.
        (COLLECTIONS, "_posts/2016-01-02-soup.md", "/wiki/mac/", "article _wiki/mac.md"),
        (COLLECTIONS, "_wiki/mac.md", "/2015/10/mac/", "article _posts/2015-10-25-mac.md"),
        (COLLECTIONS, "_posts/2016-01-02-soup.md", "/wiki/only/", "missing "),
        (COLLECTIONS, "_posts/2015-10-25-mac.md", "/recipes/soup.html", "article _recipes/soup.md"),
        (SECTIONS, "content/posts/light.md", "/l/light/", "article content/log/light.md"),
        (SECTIONS, "content/log/light.md", "/p/light/", "article content/posts/light.md"),
        # A README describes the source of the site, and is not its home page.
        (BLOG, "source/_posts/渡口.md", "https://blog.example.net/", "web https://blog.example.net/"),
        (BLOG, "source/_posts/渡口.md", "/?p=12", "missing "),
        (DATED, "_posts/2014-01-29-light.md", "/", "article index.html"),
        # The date of the article and that of its file's name.
        (DATED, "index.html", "/2015/01/30/light/", "article _posts/2014-01-29-light.md"),
        (DATED, "index.html", "/2014/01/29/light/", "article _posts/2014-01-29-light.md"),
        (DATED, "index.html", "/2013/01/29/light/", "missing "),
        (VITEPRESS, "docs/notes/zh/guide/lamp.md", "/sea/guide/tide", "article docs/notes/zh/guide/tide.md"),
        (VITEPRESS, "docs/notes/zh/guide/lamp.md", "/guide/tide.html#a", "article docs/notes/zh/guide/tide.md#a"),
        (VITEPRESS, "docs/notes/zh/guide/lamp.md", "/log/", "article docs/notes/log/index.md"),
        (VITEPRESS, "docs/notes/zh/guide/lamp.md", "/guide/none", "missing "),
        (
            VITEPRESS,
            "docs/notes/log/index.md",
            "https://example.net/sea/guide/tide",
            "article docs/notes/zh/guide/tide.md",
        ),
        (NESTED, "lamp.md", "/sea/tide", "article tide.md"),
        (NESTED, "lamp.md", "https://example.net/tide", "web https://example.net/tide"),
        (SHARED, "texts/lamp.md", "/log/tide", "article texts/log/tide.md"),
        (DOCUSAURUS, "docs/lamp.md", "https://sea.example.net/s/docs/tide", "article docs/tide.md"),
        # Relative to the address that a page states, and to the page rather than its file.
        (STATED, "content/cn-about.md", "../sing/", "article content/cn-sing.md"),
        (STATED, "content/cn-about.md", "../song/", "missing "),
        (STATED, "content/tools/faq.md", "../#a", "article content/tools/_index.md#a"),
        (STATED, "content/tools/faq.md", "/", "article content/_index.md"),
        (HEXO, "source/about/index.md", "/weblog/20210304/灯塔/read/", "article source/_posts/灯塔.md"),
        (
            HEXO,
            "source/about/index.md",
            "/notes/weblog/20210305/%E6%B8%A1%E5%8F%A3/read/",
            "article source/_posts/渡口.md",
        ),
        (HEXO, "source/about/index.md", "/weblog/20210504/灯塔/read/", "missing "),
        (HEXO, "source/about/index.md", "/weblog/20210304/无/read/", "missing "),
        (HEXO, "source/about/index.md", "/notes/about/", "here source/about/index.md"),
        (HEXO, "source/about/index.md", "https://www.blog.example.net/notes/about/#x", "here source/about/index.md#x"),
        (
            HEXO,
            "source/about/index.md",
            "https://other.example.net/notes/about/",
            "web https://other.example.net/notes/about/",
        ),
        (HUGO, "content/log/ferry.md", "/p/the-light", "article content/posts/light.md"),
        (HUGO, "content/posts/light.md", "/l/2020-02/ferry/", "article content/log/ferry.md"),
        (HUGO, "content/posts/light.md", "https://example.net/l/2020-02/ferry/", "article content/log/ferry.md"),
        (JEKYLL, "_docs/sea/harbour.md", "/site/2019/126/light.html", "article _posts/2019-05-06-light.md"),
        (JEKYLL, "_docs/sea/harbour.md", "/thoughts/light.html", "article _posts/2019-05-06-light.md"),
        (JEKYLL, "_posts/2019-05-06-light.md", "/handbook/sea/harbour.html", "article _docs/sea/harbour.md"),
        (JEKYLL, "_posts/2019-05-06-light.md", "/handbook/land/harbour.html", "missing "),
    ],
)
def test_links_by_the_configuration(
    tmp_path: Path, files: dict[str, str], source: str, target: str, expected: str
) -> None:
    with linked(tmp_path, files) as archive:
        assert archive.follow(source, target) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "permalink: [1, {a: b}]",
        "permalink: &a x\nurl: *a",
        "a: {" * 50,
        "permalink: 7",
        "\x00",
        "permalinks: {a: {b: null}}",
        "permalink: !!bool maybe",
        "permalink: !!timestamp foo",
    ],
)
def test_configurations_without_permalinks(tmp_path: Path, text: str) -> None:
    (tmp_path / "_config.yml").write_text(text, encoding="utf-8")
    assert site_config(tmp_path) == SiteConfig(prefers_readme=False)


ALIKE = {
    "content/develop/reference/clients.md": "客户端",
    "content/develop/start.md": "起点",
    "content/post/2021-01-02-storm.md": "---\ntitle: 风暴\nslug: gale\n---\n\n正文",
}


@pytest.mark.parametrize("config", ["hugo.toml", "", "_config.yml", "mkdocs.yml"])
@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/develop/clients", "missing "),
        ("/develop/clients/", "missing "),
        ("ref:/develop/clients", "missing "),
        ("ref:develop/clients", "missing "),
        ("clients.html", "missing "),
        ("start.org", "missing "),
        ("../develop/clients.md", "missing "),
        ("/develop/reference/clients/", "article content/develop/reference/clients.md"),
        ("ref:clients", "article content/develop/reference/clients.md"),
        ("wiki:clients", "article content/develop/reference/clients.md"),
        ("ref:reference/clients", "article content/develop/reference/clients.md"),
    ],
)
def test_a_path_does_not_mean_an_article_of_another_folder(
    tmp_path: Path, config: str, target: str, expected: str
) -> None:
    with linked(
        tmp_path, {**ALIKE, **({config: "title: x" if "y" in config else "title = 'x'"} if config else {})}
    ) as it:
        assert it.follow("content/develop/start.md", target) == expected


@pytest.mark.parametrize(
    ("files", "target", "expected"),
    [
        ({"hugo.toml": "title = 'x'"}, "/gale/", "missing "),
        ({"hugo.toml": "title = 'x'"}, "ref:/clients?group=list", "missing "),
        ({"hugo.toml": "title = 'x'"}, "wiki:/clients", "missing "),
        ({"hugo.toml": "title = 'x'"}, "/2021/01/02/gale/", "missing "),
        ({"hugo.toml": "title = 'x'"}, "/post/gale/", "article content/post/2021-01-02-storm.md"),
        ({"hugo.toml": "[permalinks]\npost = '/:slug/'"}, "/gale/", "article content/post/2021-01-02-storm.md"),
        (
            {"hugo.toml": "", "config/_default/permalinks.toml": "post = '/:slug/'"},
            "/gale/",
            "article content/post/2021",
        ),
        ({"hugo.toml": "[permalinks]\npost = '/:slug/'"}, "/clients/", "missing "),
        ({"hugo.toml": "[permalinks]\npost = '/:slug/'"}, "ref:/clients?group=list", "missing "),
        (
            {"hugo.toml": "[permalinks]\npost = '/:slug/'"},
            "/develop/reference/clients/",
            "article content/develop/reference/clients.md",
        ),
        ({"hugo.toml": "title = 'x'"}, "/reference/clients/", "missing "),
        (
            {"hugo.toml": "title = 'x'"},
            "develop/reference/clients/#a",
            "article content/develop/reference/clients.md#a",
        ),
        ({"hugo.toml": "title = 'x'"}, "./develop/reference/clients/", "missing "),
        ({"hugo.toml": "title = 'x'"}, "clients/", "missing "),
        ({}, "develop/reference/clients/", "missing "),
        ({}, "/reference/clients/", "article content/develop/reference/clients.md"),
        ({}, "/2021/01/02/gale/", "article content/post/2021-01-02-storm.md"),
    ],
)
def test_addresses_of_hugo_without_permalinks_are_paths(
    tmp_path: Path, files: dict[str, str], target: str, expected: str
) -> None:
    with linked(tmp_path, {**ALIKE, **files}) as archive:
        assert archive.follow("content/develop/start.md", target).startswith(expected)


@pytest.mark.parametrize("name", ["config.mts", "config/index.ts", "config/shared.ts"])
def test_a_changed_program_changes_the_fingerprint(tmp_path: Path, name: str) -> None:
    path = tmp_path / ".vitepress" / name
    path.parent.mkdir(parents=True)
    before = config_state(tmp_path)
    path.write_text("export default { srcDir: 'a' }", encoding="utf-8")
    made = config_state(tmp_path)
    path.write_text("export default { srcDir: 'ab' }", encoding="utf-8")
    assert len({before, made, config_state(tmp_path)}) == 3


def test_large_and_strange_files_are_not_read(tmp_path: Path) -> None:
    assert site_config(tmp_path) == SiteConfig()
    (tmp_path / "_config.yml").write_text("permalink: /:title/\n" + "#" * 300_000, encoding="utf-8")
    assert not site_config(tmp_path).permalinks
    (tmp_path / "hugo.toml").mkdir()
    (tmp_path / "config.toml").write_bytes(b"\xff")
    (tmp_path / "config.yaml").write_text("permalinks:\n  posts: /:slug/\n", encoding="utf-8")
    assert len(site_config(tmp_path).permalinks) == 1


@pytest.mark.parametrize("part", ["a", "a ", '"a"', "'a'", '"\\""', "a.b-c_d"])
@pytest.mark.parametrize("place", ["x = 1\n{key} = 1\n", "[{key}]\n", "{long}.{key} = 1\n", "x = {{ {key} = 1 }}\n"])
def test_keys_with_many_parts_are_read_in_bounded_time(tmp_path: Path, part: str, place: str) -> None:
    key = ".".join([part] * (200_000 // (len(part) + 1)))
    (tmp_path / "hugo.toml").write_text(place.format(key=key, long="a" * 300), encoding="utf-8")
    (tmp_path / "config.yaml").write_text("permalinks:\n  posts: /:slug/\n", encoding="utf-8")
    assert cpu_seconds(lambda: site_config(tmp_path), tries=1) < 5.0
    # The file counts as invalid, and the next one is read.
    assert len(site_config(tmp_path).permalinks) == 1


def test_keys_and_texts_with_some_dots_are_read(tmp_path: Path) -> None:
    key = ".".join(["a"] * 20)
    text = f"[permalinks]\nposts = '/:slug/'\n[params]\n{key} = '{'一句话. ' * 300}'\ndots = '{'.' * 500}'\n"
    (tmp_path / "hugo.toml").write_text(text, encoding="utf-8")
    assert len(site_config(tmp_path).permalinks) == 1


@pytest.mark.parametrize("written", [":year/", ":a:b:c:title", "y" * 400 + ":title", ":title:slug:name", "x" * 999, ""])
def test_permalinks_that_are_not_used(written: str) -> None:
    assert permalink(written) is None


def test_a_permalink_is_matched_in_bounded_time() -> None:
    form = permalink(":categories/:title/x")
    assert form is not None
    assert form.slug(("a/" * 5_000,)) == ""
    assert form.slug(("a", "b", "c", "x")) in {"c", "b/c"}
