"""All dialects together: a text may mix them, as a blog that moved from one generator to another does."""

from reader.parse.markdown import notes, shortcodes, sites, templates, writing
from reader.parse.markdown.scanner import rewrite

_RULES = (*templates.RULES, *shortcodes.RULES, *sites.RULES, *notes.RULES, *writing.RULES)
_LINE_RULES = (
    *templates.LINE_RULES,
    *shortcodes.LINE_RULES,
    *notes.LINE_RULES,
    *sites.LINE_RULES,
    *writing.LINE_RULES,
)


def as_markdown(text: str) -> str:
    """`text` with what its dialect adds to Markdown written as Markdown."""
    return rewrite(notes.without_joplin_tail(text), _RULES, _LINE_RULES)
