"""No text of html5lib's tree construction cases is lost, however broken their markup is.

The position of text in a broken table is not compared, only the number of each character.
"""

import re
from collections import Counter
from collections.abc import Iterator

from tests.judges.sources import judges
from tests.parse.test_browser_text import here

_CASES = re.compile(r"(?:\A|\n\n)#data\n")
_UNSEEN = ("script", "style", "title", "template", "noscript", "rp")

_ON_PURPOSE = re.compile(
    # Elements whose content is not text of an article, or is source code that a browser shows unchanged.
    r"</?(?:textarea|plaintext|xmp|iframe|noembed|noframes|noscript|title|svg|math|rp)\b"
    # The frame of a saved page: navigation, headers and footers, asides.
    r"|<!doctype html><(?:aside|footer|header|nav)\b"
    # Control characters and noncharacters.
    r"|\0|&#x(?:8|9)[0-9A-F];|&#x00[89][0-9A-F];|&#x10FFF[EF];",
    re.IGNORECASE,
)


def cases() -> Iterator[tuple[str, str]]:
    """Markup and the resulting tree; fragments and cases with scripting are excluded."""
    for path in judges("tree-construction/*.dat"):
        for case in _CASES.split(path.read_text(encoding="utf-8"))[1:]:
            data, _, rest = case.partition("\n#errors")
            if "\n#document-fragment" not in rest and "#script-on" not in rest:
                yield data, rest.partition("#document\n")[2]


def text_of(tree: str) -> Counter[str]:
    """The characters of a tree in html5lib's notation: one node a line, two blanks for each level."""
    nodes: list[str] = []
    for line in tree.split("\n"):
        if line.startswith("| "):
            nodes.append(line[2:])
        elif nodes:
            nodes[-1] += f"\n{line}"
    above: list[tuple[int, str]] = []
    texts = []
    for node in nodes:
        depth, said = len(node) - len(node.lstrip(" ")), node.strip()
        above = [one for one in above if one[0] < depth]
        if said.startswith("<") and not said.startswith("<!--"):
            above.append((depth, said.strip("<>")))
        elif said.startswith('"') and not any(name in _UNSEEN for _, name in above):
            texts.append(said[1 : said.rindex('"')])
    return Counter("".join("".join(texts).split()))


def test_no_text_of_any_markup_is_lost() -> None:
    judged, lost = 0, {}
    for markup, tree in cases():
        if _ON_PURPOSE.search(markup):
            continue
        judged += 1
        if missing := text_of(tree) - here(markup):
            lost[markup] = "".join(missing.elements())
    assert lost == {}
    assert judged > 1_100
