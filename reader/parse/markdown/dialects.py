"""The rules of all dialects, since a text may mix them, for example after a blog has changed its generator."""

from reader.parse.markdown import (
    code_formulas,
    components,
    data_urls,
    deviations,
    directives,
    grid_tables,
    hatena,
    hexo_jekyll_tags,
    hugo_shortcodes,
    inclusions,
    kramdown_mkdocs_mdx,
    notes,
    nuxt,
    pandoc,
    spread_links,
    zenn,
    zola,
)
from reader.parse.markdown.html_ends import separated
from reader.parse.markdown.list_code import with_indented_code
from reader.parse.markdown.scanner import rewrite

_RULES = (
    *zola.RULES,
    *inclusions.RULES,
    *hexo_jekyll_tags.RULES,
    *hugo_shortcodes.RULES,
    *kramdown_mkdocs_mdx.RULES,
    *components.RULES,
    *nuxt.RULES,
    *notes.RULES,
    *directives.RULES,
    *pandoc.RULES,
    *grid_tables.RULES,
    *data_urls.RULES,
    *spread_links.RULES,
    *deviations.RULES,
)
_LINE_RULES = (
    *zola.LINE_RULES,
    *hexo_jekyll_tags.LINE_RULES,
    *hugo_shortcodes.LINE_RULES,
    *notes.LINE_RULES,
    *kramdown_mkdocs_mdx.LINE_RULES,
    *components.LINE_RULES,
    *nuxt.LINE_RULES,
    *hatena.LINE_RULES,
    *zenn.LINE_RULES,
    *pandoc.LINE_RULES,
    *deviations.LINE_RULES,
)


def as_markdown(text: str) -> str:
    """Rewrite the extensions of all dialects in `text` to common Markdown."""
    text = notes.without_indent_below_headings(notes.without_joplin_tail(text))
    return rewrite(code_formulas.unwrapped(separated(with_indented_code(text))), _RULES, _LINE_RULES)
