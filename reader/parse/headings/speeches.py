"""Detection of the lines of a play, which begin with the names of the speakers."""

from collections import Counter
from collections.abc import Sequence

from reader.parse.headings.visual_lines import LineKind, VisualLine
from reader.regex import regex

_HAN, _LETTER = "[\u3400-\u9fff]", "[\u3040-\u30ff\u3400-\u9fff·]"
_SPEAKER = regex(f"({_LETTER}(?:[ \u3000]{_HAN}|{_LETTER}{{0,6}}))[ \u3000：:]+(?=\\S)")
_FEWEST = 3
"""The minimum number of speeches of a speaker."""
_LEAST_SHARE = 0.4
"""The minimum share of speeches in the lines of a play; below it, `问题 一` and its siblings may be headings."""


def speeches(lines: Sequence[VisualLine]) -> set[int]:
    """Return the indexes of the lines that begin with the name of a speaker, if the text is a play."""
    texts = [place for place, line in enumerate(lines) if line.kind is LineKind.TEXT]
    names = {place: found[1] for place in texts if (found := _SPEAKER.match(lines[place].text))}
    counts = Counter(names.values())
    spoken = {place for place, name in names.items() if counts[name] >= _FEWEST}
    return spoken if len(spoken) >= _LEAST_SHARE * len(texts) else set()
