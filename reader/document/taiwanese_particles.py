"""The particle 着 of Chinese in traditional characters, which Taiwan writes as 著, like the verb to write (zhù).

OpenCC's general rules keep 著, and its rules for Taiwan convert too many to the particle.
"""

from reader.regex import regex

_TO_WRITE = regex(
    "(?<=[原名专巨遗土显昭卓撰拙])著|(?<=所)著(?![迷重眼想力落急])|(?<=编)著|(?<=合)著(?![眼嘴掌双拍])|(?<=(?<!翻)译)著"
    "|(?<=(?<![讨谈议争评辩])论)著|著(?=名(?!字)|作(?!业)|者|述|称|书立|录(?!音))|著(?=有$)"
)
"""著 as to write or visible (zhù), in simplified characters: 名著, 显著, 著名 (not 叫著名字), 论著 (not 讨论著)."""

_LASTING = regex(
    "(?<=[看听站坐躺走想说活睡等笑哭拿望盯靠跟沿朝向有接味附衣沉亮借藉穿存在拉抱背含吃喝唱跑流放摆握守留伴循扶照陪])著$"
)
"""A particle at the end of a run that may be simplified, where 著 usually follows an author, as in 鲁迅著."""


def with_particles(simplified: str, source: str) -> str:
    """A text in simplified characters with 着 for each 著 that does not mean to write or visible.

    `source` is the text before it was converted, of the same length.
    """
    if "著" not in simplified:
        return simplified
    written = {found.start() for found in _TO_WRITE.finditer(simplified)}
    if simplified == source and simplified.endswith("著") and not _LASTING.search(simplified):
        written.add(len(simplified) - 1)
    return "".join("着" if one == "著" and place not in written else one for place, one in enumerate(simplified))
