"""Names of containers fenced by colons (VuePress, VitePress, Docusaurus, HackMD, Pandoc)."""

from reader.parse.html_vocabulary import names
from reader.regex import regex

FOLDS = names("details spoiler collapse folding fold")
"""Containers shown as collapsible details with a summary."""
PASSING = names(
    "code-group code-tabs tabs tab row column columns center left right v-pre raw div container slot steps cards card"
    " grid tip-container demo gallery only-en only-zh align"
)
"""Containers without meaning in a text, which are removed."""

_NAME = regex(r"\{?\.?([\w-]+)[^\S\n]*")
_ATTRIBUTES = regex(r"\{[^{}]*\}")
_LABEL = regex(r"^\[(.*)\]$")


def directive_name(info: str) -> tuple[str, str]:
    """Parse the name and title of a container: `tip A title`, `tip[A title]{open}` or `{.note}`."""
    found = _NAME.match(info.strip())
    if not found:
        return "", ""
    name = found[1].lower()
    title = _ATTRIBUTES.sub("", info.strip()[found.end() :]).strip().strip('"').removesuffix("}")
    label = _LABEL.match(title)
    return name, " ".join((label[1] if label else title).split())
