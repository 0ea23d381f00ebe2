"""The particle 着 (zhe) in traditional Chinese: Taiwan writes it 著, with the character of the verb “to write” (zhù).

OpenCC's general rules leave every 著 as it is; its rules for Taiwan make 着 of too many.
"""

from reader.regex import regex

_TO_WRITE = regex(
    "(?<=[原名专巨遗土显昭卓撰拙])著|(?<=所)著(?![迷重眼想力落急])|(?<=编)著|(?<=合)著(?![眼嘴掌双拍])|(?<=(?<!翻)译)著"
    "|(?<=(?<![讨谈议争评辩])论)著|著(?=名(?!字)|作(?!业)|者|述|称|书立|录(?!音))|著(?=有$)"
)
"""著 in the sense of “to write” or “visible” (zhù), in simplified text: 名著, 显著, 论著 and 著名, but not 讨论著 and
叫著名字, where it is the particle."""

_LASTING = regex(
    "(?<=[看听站坐躺走想说活睡等笑哭拿望盯靠跟沿朝向有接味附衣沉亮借藉穿存在拉抱背含吃喝唱跑流放摆握守留伴循扶照陪])著$"
)
"""The particle at the end of a run, after a verb. After anything else, as in 鲁迅著, 著 means “written by”."""


def with_particles(simplified: str, source: str) -> str:
    """A text in simplified characters with 着 in place of each 著 that is the particle.

    `source` is the same text before its conversion to simplified characters, which keeps its length.
    """
    if "著" not in simplified:
        return simplified
    written = {found.start() for found in _TO_WRITE.finditer(simplified)}
    if simplified == source and simplified.endswith("著") and not _LASTING.search(simplified):
        written.add(len(simplified) - 1)
    return "".join("着" if one == "著" and place not in written else one for place, one in enumerate(simplified))
