"""Templates of site generators among the articles."""

from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.archive.scan import scan

ARTICLE = "<h1>灯塔</h1><p>守塔人不睡，写 <code>{% if dark %}</code> 和 {{ name }}。</p>"
TEMPLATES = (
    "{% extends 'base.html' %}<p>甲</p>",
    "<ul>{%- for post in posts -%}<li>{{ post }}</li>{% endfor %}</ul>",
    '{{ define "main" }}<h1>{{ .Title }}</h1>{{ end }}',
    '<head>{{ partial "head.html" . }}</head>',
    "---\nlayout: default\n---\n<h1>{{ page.title }}</h1>{{ content }}",
)


def _found(root: Path) -> list[str]:
    return [one.path.relative_to(root).as_posix() for one in scan(open_archives([root]))]


@pytest.mark.parametrize("body", TEMPLATES)
@pytest.mark.parametrize("folder", ["layouts", "themes/blue", "site/templates/page"])
def test_a_template_is_no_article(body: str, folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "post.html").write_text(body, "utf-8")
    (tmp_path / folder / "README.md").write_text("# 主题\n\n" + body, "utf-8")
    (tmp_path / "post.html").write_text(body, "utf-8")
    assert _found(tmp_path) == ["post.html", f"{folder}/README.md"]


def test_a_page_in_a_folder_of_templates_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "a.html").write_text(ARTICLE, "utf-8")
    assert _found(tmp_path) == ["themes/a.html"]


@pytest.mark.parametrize("folder", ["archetypes", "scaffolds"])
def test_the_form_of_new_articles_is_no_article(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "post.md").write_text("---\ntitle: {{ title }}\ndate: {{ date }}\n---\n", "utf-8")
    (tmp_path / folder / "how.md").write_text("---\ntitle: 写作\n---\n写 {{ title }}。\n", "utf-8")
    assert _found(tmp_path) == [f"{folder}/how.md"]


@pytest.mark.parametrize("body", ["title: ''", "title: ''\ndraft: true"])
def test_the_form_of_new_articles_may_have_no_placeholders(body: str, tmp_path: Path) -> None:
    (tmp_path / "archetypes").mkdir()
    (tmp_path / "archetypes" / "default.md").write_text(f"---\n{body}\n---\n", "utf-8")
    assert not _found(tmp_path)


@pytest.mark.parametrize("folder", ["layouts/partials", "themes/blue/layouts/shortcodes", "layouts/_default/_markup"])
def test_a_part_of_a_page_of_hugo_may_have_no_actions(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "foot.html").write_text("<p>灯塔</p>", "utf-8")
    (tmp_path / "foot.html").write_text("<p>灯塔</p>", "utf-8")
    assert _found(tmp_path) == ["foot.html"]


@pytest.mark.parametrize(
    "body",
    [
        "{% for lamp in site.posts %}<p>{{ lamp.title }}</p>{% endfor %}",
        "<h1>灯</h1>{%- if paginator.total_pages > 1 -%}<a href='2'>2</a>{%- endif -%}",
        "{% assign all = site.tags %}{% for one in all %}{{ one[0] }}{% endfor %}",
    ],
)
def test_a_page_that_lists_the_posts_of_a_site_is_no_article(body: str, tmp_path: Path) -> None:
    head = "---\ntitle: 灯\n---\n"
    (tmp_path / "tags.html").write_text(head + body, "utf-8")
    (tmp_path / "how.html").write_text(f"{head}<p>列出文章：</p><pre>{body}</pre>", "utf-8")
    (tmp_path / "saved.html").write_text(body, "utf-8")
    assert _found(tmp_path) == ["how.html", "saved.html"]


@pytest.mark.parametrize("folder", ["_posts", "_drafts", "sea/_posts"])
def test_a_post_that_asks_for_settings_of_its_site_is_an_article(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir(parents=True)
    body = "{% assign base = site.baseurl %}<p>灯塔</p>{% if site.comments %}<p>海</p>{% endif %}"
    (tmp_path / folder / "2021-03-04-lamp.html").write_text(f"---\ntitle: 灯\n---\n{body}", "utf-8")
    assert _found(tmp_path) == [f"{folder}/2021-03-04-lamp.html"]
