"""Generated archives of any size: `python -m tests.benchmarks.corpus FOLDER N [--seed S]`.

They imitate real feed archives: mostly telegrams of one line, a few long reports; some headers that are not YAML,
invalid dates, files in GB18030, and duplicates. Word frequencies are skewed and names are made of single characters, so
that the vocabulary of a full-text index grows like that of real files: ever more slowly, without limit."""

import argparse
import itertools
import operator
import os
import re
import time
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import formatdate
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeVar

from tests.benchmarks.corpus_words import CHINESE, CODE, COMPOUNDS, FOLDERS, OTHERS, WORDS

FEEDS = "快讯 首页 要闻 深度 专栏 热榜 标签 数据 公告 周刊 评论 精选 问答 视频 活动 人物 榜单 长文 编辑推荐 最新 存档"
FEEDS_OF_A_SOURCE = (7, 5, 3, 2, 2)
FULLEST = 1_700
"""The maximum number of articles of a feed; a larger one is split."""
TWINS, EMPTY, GB18030, QUOTED, AT, BARE, INVALID_DATE, LOCAL_DATE = 0.03, 0.004, 0.021, 0.02, 0.01, 0.15, 0.04, 0.15
"""The share of all articles with each quirk; a title or date has at most one of them."""
LONGEST_NAME = 190
"""The maximum bytes of a file name, without a distinguishing number and the suffix."""
UNSAFE = str.maketrans({**dict.fromkeys(":/\\?*“”<>|[]", "_"), **dict.fromkeys(".#\n", None)})

_Item = TypeVar("_Item")
_Pattern = tuple[str, tuple[list[str], ...]]
"""A text with a `%s` for each table that a word is drawn from."""


def _table(items: Sequence[_Item], weights: Sequence[float]) -> list[_Item]:
    """65,536 items, each repeated according to its weight, so that 16 random bits draw one."""
    unit = 65_536 / sum(weights)
    table: list[_Item] = []
    for item, reached in zip(items, itertools.accumulate(weights), strict=True):
        table += [item] * max(1, round(reached * unit) - len(table))
    return (table + list(items))[:65_536]


def _zipf(words: Sequence[str], skew: float = 0.8) -> list[str]:
    return _table(words, [(rank + 3) ** -skew for rank in range(len(words))])


def _characters() -> list[str]:
    """The characters of the words above, then common ones of GB 2312 that Big5 has too."""
    known = dict.fromkeys("".join("".join(WORDS[letter].split()) for letter in "nvap"))
    grid = bytes(byte for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    return list(known | dict.fromkeys(grid.decode("gb2312").encode("big5", "ignore").decode("big5")))


_TABLES = {letter: _zipf(words.split()) for letter, words in WORDS.items()} | {
    "g": _zipf(_characters()),
    "x": _zipf([f"{1.004**rank:.{rank % 3}f}" for rank in range(2_000)], 0),
    "i": _zipf([f"{number:03}" for number in range(1_000)], 0),
    "o": _zipf([str(number) for number in range(10, 100)], 0.3),
    "b": _zipf([f"{month}月{day}日" for month in range(1, 13) for day in range(1, 29)], 0),
}


def _patterns(frames: str, clauses: str = "") -> list[_Pattern]:
    """Templates with random clauses and compounds inserted, so that drawing one needs no further choice."""
    chance = Random(0)  # noqa: S311 - the same at every start
    sentences, parts = re.split(r"[|\n]", frames), re.split(r"[|\n]", clauses)
    patterns = []
    for _ in range(2_000):
        text = re.sub("@", lambda _: chance.choice(parts), chance.choice(sentences))
        text = re.sub(r"\{([A-Z])\}", lambda found: chance.choice(COMPOUNDS[found[1]]), text)
        tables = tuple(_TABLES[letter] for letter in re.findall(r"\{(\w)\}", text))
        patterns.append((re.sub(r"\{\w\}", "%s", text.replace("%", "%%")), tables))
    return patterns


def _say(patterns: list[_Pattern], random: Random) -> str:
    text, tables = patterns[int(random.random() * len(patterns))]
    drawn = memoryview(random.randbytes(2 * len(tables))).cast("H")
    return text % tuple(map(operator.getitem, tables, drawn))


class _Voice(NamedTuple):
    sentences: list[_Pattern]
    headlines: list[_Pattern]


_CHINESE, *_OTHERS = (
    _Voice(_patterns(frames, clauses), _patterns(headlines))
    for clauses, frames, headlines in (CHINESE, *zip(*[iter(OTHERS.split("\n"))] * 3, strict=True))
)
_VOICES = [_CHINESE] * 93 + [_OTHERS[number] for number in (0, 0, 0, 1, 1, 2, 3)]
_CODE = _patterns(CODE)
_NAMES = _patterns("{N}|{a}的{n}|{p}{N}")


def sentence(random: Random) -> str:
    """A Chinese sentence of about 30 characters."""
    return _say(_CHINESE.sentences, random)


def _text(random: Random, voice: _Voice, least: float) -> str:
    """Sentences with at least `least` characters in total."""
    said, length = [], 0
    while length < least:
        text = _say(voice.sentences, random)
        said.append(f"{text} " if text.endswith(".") else text)
        length += len(text)
    return "".join(said).rstrip()


class _Article(NamedTuple):
    number: int
    title: str
    body: str
    date: str
    voice: _Voice


def _article(random: Random, number: int) -> _Article:
    voice = _VOICES[int(random.random() * 100)]
    title = _say(voice.headlines, random)
    image = f'<img src="https://img.example.org/{number}/%s.jpg" referrerpolicy="no-referrer">'
    kind, long = random.random(), random.random() ** 2
    if kind < EMPTY:
        body = " "
    elif kind < 0.6:
        title, body = _telegram(random, voice, title)
    else:
        least = 2_000 + 2_900 * long if kind < 0.99 else 10_000 + 12_000 * long
        body = _prose(random, voice, 240 + 590 * long**0.75 if kind < 0.9 else least, image)
    return _Article(number, title, body, _date(random), voice)


def _telegram(random: Random, voice: _Voice, headline: str) -> tuple[str, str]:
    """A headline in brackets and some sentences on one line; the title is its beginning, often truncated."""
    text = _text(random, voice, 62 + 80 * random.random())
    if random.random() < 0.2:
        return text[:40].rstrip() + "...", text
    title = f"【{headline}】"
    body = title + text
    if random.random() < 0.1:
        body += f'<br><a href="https://news.example.org/{random.getrandbits(32)}" target="_blank">原文链接</a>'
    return (title if random.random() < 0.5 else f"{title}{text[:50].rstrip()}..."), body


def _prose(random: Random, voice: _Voice, least: float, image: str) -> str:
    """Paragraphs, sometimes with a list, a table, code or an image; in long texts also headings of one form."""
    form = random.choice(("<h2>%s</h2>", "<h2>%s</h2>", "<h3>%s</h3>", "<p><strong>%s</strong></p>"))
    parts, length, section = [], 0, 0
    while length < least:
        if section and least > 1_000:
            lower = form.startswith("<h2>") and section % 3 == 0
            parts.append(("<h3>%s</h3>" if lower else form) % _say(voice.headlines, random))
        section += 1
        for _ in range(random.randint(1, 4)):
            if length < least:
                text = _text(random, voice, min(least - length, 50 + 130 * random.random()))
                parts.append(f"<p>{text}</p>")
                length += len(text)
        kind = random.getrandbits(4 if least > 1_000 else 6)
        if kind < 4:
            parts.append(_extra(random, voice, kind))
        elif kind < 8:
            parts.append(f'<p style="text-align: center">{image % section}</p>')
    return ("\n" if random.getrandbits(1) else "").join(parts)


def _extra(random: Random, voice: _Voice, kind: int) -> str:
    """A numbered list, a list, a table, or code."""
    many = range(random.randint(3, 8))
    if kind < 2:
        items = "\n".join(f"<li>{_say(voice.headlines, random)}</li>" for _ in many)
        return f"<ol>\n{items}\n</ol>" if kind else f"<ul>\n{items}\n</ul>"
    if kind == 2:
        row = "<tr><td>%s</td><td>%s</td><td>%s</td></tr>"
        rows = [row % (_say(voice.headlines, random), *random.choices(_TABLES["x"], k=2)) for _ in many]
        head = row.replace("td", "th") % tuple(_say(voice.headlines, random) for _ in range(3))
        return "\n" * 20 + f"<table><thead>{head}</thead><tbody>\n" + "\n".join(rows) + "\n</tbody></table>"
    lines = "\n".join(_say(_CODE, random) for _ in many)
    return f'<pre><code class="hljs copyable">{lines}\n<span class="copy-code-btn">复制代码</span></code></pre>'


def _date(random: Random) -> str:
    """A date from 2020 to 2022 in one of the formats of feeds and their fetchers."""
    kind, moment = random.random(), 1_577_836_800 + int(random.random() * 1_096 * 86_400)
    if kind < INVALID_DATE:
        return "Invalid Date"
    if kind < INVALID_DATE + LOCAL_DATE:
        return str(datetime.fromtimestamp(moment, UTC))[:19]
    return formatdate(moment, usegmt=True)


_Feed = tuple[str, str]
"""A folder, and the header of its articles."""


def _feeds(root: Path, count: int) -> list[_Feed]:
    """A table to draw feeds from: few are large, and none has many more than 1,700 of the `count` articles."""
    chance = Random(0)  # noqa: S311 - the same at every start
    named = []
    for line in re.split(r"[|\n]", FOLDERS):
        category, *sources = line.split()
        for source, size in zip(sources, FEEDS_OF_A_SOURCE, strict=True):
            named += [(category, source, feed) for feed in chance.sample(FEEDS.split(), size)]
    chance.shuffle(named)
    shares = [1 / (rank + 2) for rank in range(len(named))]
    feeds, weights = [], []
    for (category, source, feed), share in zip(named, shares, strict=True):
        parts = int(share / sum(shares) * count / FULLEST) + 1
        for part in range(1, parts + 1):
            name = f"{feed} {part}" if part > 1 else feed
            feeds.append((f"{root}/{category}/{source}/{name}", _header(category, source, name)))
            weights.append(share / parts)
    return _table(feeds, weights)


def _header(category: str, source: str, feed: str) -> str:
    """The header of an article, in one of the three formats of feed archives."""
    generation = sum(source.encode()) % 4
    if generation > 1:
        lines = f" - {category}\n - {source}\n - {feed}\nheadimg: '{{image}}'\nauthor: {source}"
    elif generation == 1:
        lines = f"    - {category}\n    - {source}\n    - {feed}\n\nauthor: {source}"
    else:
        lines = f"    - {category}\n    - {source} - {feed}\nauthor: {source} - {feed}"
    end = "comments: false\ndate: {date}\nthumbnail: '{image}'\n---\n"
    return f"\n---\ntitle: {{title}}\ncategories: \n{lines}\n{end}"


def _title(random: Random, title: str) -> tuple[str, str]:
    """The title in the header, and the title that the file is named after."""
    kind = random.random()
    if kind < QUOTED:
        marks = '"' * random.randint(7, 11)
        return (f"{marks}'{title}'{marks}",) * 2
    if kind < QUOTED + AT:
        return (f"@{_say(_NAMES, random)} 关注了 {title}",) * 2
    if kind < QUOTED + AT + BARE:
        return title, title
    mark = '"' if "'" in title else "'"
    return f"{mark}{title.replace('，', chr(10), 1) if kind > 0.998 else title}{mark}", title


def _write(random: Random, feed: _Feed, article: _Article) -> None:
    """Write an article into the folder of its feed, with the frame common to all files."""
    folder, header = feed
    title, name = _title(random, article.title)
    image = f"https://img.example.org/{article.number}/1.jpg"
    if image not in article.body:
        image = f"https://img.example.org/?random={article.number % 5_000}" if "headimg" in header else ""
    header = header.format(title=title, date=article.date, image=image)
    legacy = article.voice is _CHINESE and random.random() < GB18030
    data = f"{header}\n<div>   \n{article.body}  \n</div>\n            ".encode("gb18030" if legacy else "utf-8")
    stem = name.translate(UNSAFE).encode()[:LONGEST_NAME].decode(errors="ignore")
    for again in itertools.count(1):
        path = f"{folder}/{stem} {again}.md" if again > 1 else f"{folder}/{stem}.md"
        try:
            # Ask the system which names are taken: a list of a million would take too much memory.
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            continue
        os.write(file, data)
        os.close(file)
        return


def _twin(random: Random, article: _Article) -> _Article:
    """A duplicate of an article: identical, fetched at another time, or only with its title."""
    changes: tuple[dict[str, Any], ...] = ({}, {"date": _date(random)}, {"body": article.title})
    return article._replace(**random.choice(changes))


def write_corpus(folder: Path, count: int, *, seed: int = 1) -> None:
    """Write an archive of `count` files; the same seed writes the same files.

    Raises:
        FileExistsError: The folder is not empty.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    random = Random(seed)  # noqa: S311 - the same files each time
    feeds = _feeds(folder, count)
    for made, _ in set(feeds):
        Path(made).mkdir(parents=True)
    recent: deque[tuple[_Article, _Feed]] = deque(maxlen=200)
    for number in range(count):
        feed = feeds[random.getrandbits(16)]
        if recent and random.random() < TWINS:
            article, first = recent[int(random.random() * len(recent))]
            article = _twin(random, article)
            while feed == first:
                feed = feeds[random.getrandbits(16)]
        else:
            article = _article(random, number)
            recent.append((article, feed))
        _write(random, feed, article)


def main() -> None:
    """Write the archive that the command line describes, and print how long that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a new or empty folder")
    parser.add_argument("count", type=int, metavar="N", help="the number of articles")
    parser.add_argument("--seed", type=int, default=1, help="seed of the random articles (1)")
    asked = parser.parse_args()
    begun = time.perf_counter()
    write_corpus(asked.folder, asked.count, seed=asked.seed)
    seconds = time.perf_counter() - begun
    print(f"{asked.count:,} articles in {seconds:.1f} s, {asked.count / seconds:,.0f} a second")


if __name__ == "__main__":
    main()
