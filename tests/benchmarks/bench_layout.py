"""Layout of Chinese reports by this program and by Rich, in turn: `python -m tests.benchmarks.bench_layout`.

Prints megabytes of UTF-8 per second (medians of several rounds) for each width, and the ratio; then the same for
reports of 10 kB to 10 MB, where equal speeds mean that the time is linear. Rich does less: the faults that it leaves
are counted by the checker of the tests and printed beside the speeds. Then English: ragged, justified, and justified
with divided words."""

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from rich.console import Console
from rich.text import Text

from reader.document.blocks import Inline, Paragraph
from reader.document.document import Document
from reader.layout.hyphenation import Hyphenator
from reader.layout.lines import Style
from reader.layout.paragraph import lay_out_paragraph
from reader.settings.options import Typesetting
from tests.layout.checker import SetLine, Source

WIDTHS = (40, 80)
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
ROUNDS = 7

_PLACES = ("东堤", "西堤", "旧港", "新港", "北礁", "南礁", "海门", "渔湾")
_THINGS = ("航标", "灯塔", "缆绳", "集装箱", "拖轮", "泊位", "吊机", "船闸", "浮标", "雾号")
_SENTENCES = (
    "今年第{quarter}季度，{place}的{thing}比上年同期增加{share}.{tenth}%，达到{count}.{tenth}万件。",
    "“{thing}的事不能等。”{place}管理处的负责人说，“等风停了，船就走了。”",
    "据《{place}年报》记载，{year}年{month}月{day}日，这里的{thing}第一次改用LED光源——射程仍有18海里。",
    "{place}、{thing}和码头工人（共{count}人），构成了这座城市最早的轮廓；它们至今还在。",
    "有人问：{thing}会不会消失？老人摇头……他说海雾散去之前，总要有一盏灯亮着。",
    "项目投资{count}.{tenth}亿元，其中{share}%用于{place}的{thing}，预计{hour}:30之前完成当天的检修。",
    "过去三十年间，沿岸居民逐渐习惯了以{thing}的声音判断时刻，也习惯了在{place}的石阶上等待归来的人。",
)


def report(size: int) -> list[str]:
    """Paragraphs of a Chinese report, about `size` bytes of UTF-8, no two alike."""
    paragraphs: list[str] = []
    number = taken = 0
    while taken < size:
        sentences = []
        for _ in range(3 + number % 4):
            number += 1
            sentences.append(
                _SENTENCES[number % len(_SENTENCES)].format(
                    place=_PLACES[number * 5 % len(_PLACES)],
                    thing=_THINGS[number * 7 % len(_THINGS)],
                    quarter="一二三四"[number % 4],
                    share=1 + number * 13 % 97,
                    tenth=number * 3 % 10,
                    count=number * 31 % 9973,
                    year=1880 + number % 140,
                    month=1 + number % 12,
                    day=1 + number % 28,
                    hour=number % 24,
                )
            )
        paragraphs.append("".join(sentences))
        taken += len(paragraphs[-1].encode())
    return paragraphs


_ENGLISH = (
    "The keeper of the lighthouse on the {number}th of the islands automatically recorded all observations. ",
    "Extraordinary circumstances, however, prevented the superintendent from communicating in {number} days. ",
    "It was considered that the electrification which had been recommended wouldn’t cost more than {number}. ",
)


def english(size: int) -> list[str]:
    """Paragraphs in English, about `size` bytes, no two alike."""
    parts = ("".join(one.format(number=number) for one in _ENGLISH) for number in range(size))
    paragraphs: list[str] = []
    taken = 0
    while taken < size:
        paragraphs.append(next(parts))
        taken += len(paragraphs[-1].encode())
    return paragraphs


def set_english(paragraphs: list[str], width: int, typesetting: Typesetting) -> None:
    """Set the paragraphs."""
    divides = typesetting.justify and typesetting.hyphenation
    hyphenator = Hyphenator(Document(tuple(Paragraph(Inline(text)) for text in paragraphs))) if divides else None
    for text in paragraphs:
        lay_out_paragraph(Inline(text), width, typesetting, block=0, base=Style(), hyphenator=hyphenator)


def ours(paragraphs: list[str], width: int) -> None:
    """Set the paragraphs with this layout."""
    typesetting, style = Typesetting(), Style()
    for text in paragraphs:
        lay_out_paragraph(Inline(text), width, typesetting, block=0, base=style)


def rich(paragraphs: list[str], width: int) -> None:
    """Wrap the paragraphs with Rich."""
    console = Console(width=width)
    for text in paragraphs:
        Text(text).wrap(console, width)


def seconds(work: Callable[[], None]) -> float:
    """The seconds that a piece of work takes, without garbage collection."""
    gc.collect()
    gc.disable()
    begun = time.perf_counter()
    work()
    taken = time.perf_counter() - begun
    gc.enable()
    return taken


def speeds(paragraphs: list[str], width: int, rounds: int = ROUNDS) -> tuple[float, float]:
    """Megabytes per second of this layout and of Rich: medians of rounds in which they alternate."""
    size = sum(len(text.encode()) for text in paragraphs) / 1e6
    works = (lambda: ours(paragraphs, width), lambda: rich(paragraphs, width))
    taken = [[seconds(work) for work in works] for _ in range(rounds)]
    mine, other = zip(*taken, strict=True)
    return size / statistics.median(mine), size / statistics.median(other)


def faults_of_rich(paragraphs: list[str], width: int) -> int:
    """The number of faults that the checker finds in Rich's lines."""
    console, found = Console(width=width), 0
    for text in paragraphs:
        lines, start = [], 0
        for line in Text(text).wrap(console, width):
            lines.append(SetLine(line.plain, start, start + len(line.plain)))
            start += len(line.plain)
        found += sum(1 for _ in Source(text, Typesetting()).faults(lines, width))
    return found


def print_english(rounds: int) -> None:
    """Print the speeds of English: ragged, justified, and with divided words."""
    paragraphs = english(200_000)
    size = sum(len(text.encode()) for text in paragraphs) / 1e6
    ways = {
        "ragged": Typesetting(),
        "justified": Typesetting(justify=True, hyphenation=False),
        "with hyphens": Typesetting(justify=True),
    }
    for name, options in ways.items():
        taken = [seconds(partial(set_english, paragraphs, 60, options)) for _ in range(rounds)]
        print(f"English {name:12}{size / statistics.median(taken):7.1f} MB/s at 60", flush=True)


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    print(f"{'1 MB':>10}{'ours':>12}{'Rich':>12}{'ratio':>9}{'faults of Rich':>17}")
    paragraphs = report(1_000_000)
    for width in WIDTHS:
        mine, other = speeds(paragraphs, width, options.rounds)
        faults = faults_of_rich(report(100_000), width)
        print(f"{width:4} cells{mine:7.1f} MB/s{other:7.1f} MB/s{mine / other:9.2f}{faults:9} in 100 kB", flush=True)
    print()
    for size in SIZES:
        rounds = options.rounds if size < SIZES[-1] else 3
        found = [speeds(report(size), width, rounds)[0] for width in WIDTHS]
        cells = "".join(f"{speed:7.1f} MB/s at {width}" for speed, width in zip(found, WIDTHS, strict=True))
        print(f"{size // 1000:7,} kB{cells}", flush=True)
    print()
    print_english(options.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
