"""Markdown: articles per CPU second, and growth of the time: `python -m tests.benchmarks.bench_markdown`.

Reads posts with a median of 3 kB, in five dialects, with code and tables: metadata and text as for the index, and text
alone; the best of five runs, because the machine may be busy. Then parses one text from 1 kB to 10 MB for display."""

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from reader.archive.archive import open_archives
from reader.archive.walk import FoundFile, walk
from reader.document.body import Body, BodyFormat
from reader.index.entries import PendingArticle
from reader.index.heads import read_heads
from reader.index.texts import read_texts
from reader.parse.parser import parse
from reader.workers.process import collect_seldom

POSTS = 400
SENTENCES = (
    "灯塔在夜里亮着，谁也没有看见，**只有海**知道。",
    "见[这里](https://example.org/sea)的说明，`lamp --lit` 之后再看。",
    "The lamp is lit when the evening comes, and who keeps it has to ask.", "一共 12 盏，价 $5 一盏，*不算*贵。",
)  # fmt: skip
CODE = "def lit(lamp):\n    if lamp.oil > 0:\n        return True\n"
TABLE = "| 灯 | 海 |\n|---|---|\n" + "| 一 | 二 |\n" * 6
EXTRAS = {
    "plain": "```python\n{code}```\n\n{table}\n> 引用一句。\n",
    "hexo": "{{% codeblock lang:python %}}\n{code}{{% endcodeblock %}}\n\n"
    "{{% note info %}}\n提示。\n{{% endnote %}}\n\n{table}",
    "hugo": "{{{{< highlight python >}}}}\n{code}{{{{< /highlight >}}}}\n\n"
    "{{{{% notice tip %}}}}\n提示。\n{{{{% /notice %}}}}\n\n{table}",
    "jekyll": "{{% highlight python %}}\n{code}{{% endhighlight %}}\n\n段落。\n{{: .wide}}\n\n{table}",
    "obsidian": "```python\n{code}```\n\n> [!tip] 提示\n> 见 [[灯塔#历史]]。\n\n==重点== %%注%%\n\n{table}",
}


def post(dialect: str, random: Random) -> str:
    parts = [f"---\ntitle: 第 {random.randrange(10**6)} 篇\ndate: 2021-03-04\n---\n"]
    size = int(random.lognormvariate(8.0, 0.6))
    while sum(len(part.encode()) for part in parts) < size:
        parts.append(
            f"## 第{len(parts)}节\n\n" + "\n\n".join("".join(random.choices(SENTENCES, k=3)) for _ in range(3))
        )
        if len(parts) % 3 == 2:
            parts.append(EXTRAS[dialect].format(code=CODE, table=TABLE))
    return "\n\n".join(parts)


def rates(folder: Path) -> None:
    for dialect in EXTRAS:
        random = Random(7)  # noqa: S311 - the same posts each time
        root = folder / dialect
        root.mkdir()
        texts = [post(dialect, random) for _ in range(POSTS)]
        for number, text in enumerate(texts):
            (root / f"{number}.md").write_text(text, encoding="utf-8")
        found = [one for one in walk(open_archives([root])[0]) if isinstance(one, FoundFile)]
        wanted = [PendingArticle(n, str(one.path), "", "无题", "", "", "", "") for n, one in enumerate(found)]
        head_seconds, text_seconds = best(partial(read_heads, str(root), found)), best(partial(read_texts, wanted))
        size = statistics.median(len(one.encode()) for one in texts)
        print(
            f"{dialect:10} {size / 1000:5.1f} kB median  {POSTS / (head_seconds + text_seconds):7.0f} articles/s"
            f"  (head {1e3 * head_seconds / POSTS:.2f} ms, text {1e3 * text_seconds / POSTS:.2f} ms)"
        )


def best(call: Callable[[], object]) -> float:
    """The CPU seconds of the fastest of five calls."""
    seconds = []
    for _ in range(5):
        begun = time.process_time()
        call()
        seconds.append(time.process_time() - begun)
    return min(seconds)


def growth() -> None:
    random = Random(7)  # noqa: S311 - the same posts each time
    piece = "\n\n".join(post("plain", random).split("---\n")[2] for _ in range(4))
    for size in (1_000, 10_000, 100_000, 1_000_000, 2_600_000, 10_000_000):
        text = (piece * (size // len(piece.encode()) + 1)).encode()[:size].decode(errors="ignore")
        begun = time.process_time()
        document = parse(Body(text, BodyFormat.MARKDOWN, "无题"))
        seconds = time.process_time() - begun
        print(f"{size / 1e6:8.3f} MB {seconds:8.3f} s {len(document.leaves):8} leaves {size / 1e6 / seconds:6.2f} MB/s")


if __name__ == "__main__":
    collect_seldom()
    with tempfile.TemporaryDirectory() as name:
        rates(Path(name))
    growth()
