"""Bodies that repeat one shape, of 100 kB and 1 MB: `python -m tests.benchmarks.bench_shapes [SHAPE ...]`.

Prints for each shape the CPU seconds to parse it, to lay out its first page of 50 rows, to lay out all of it in time
slices like the screen, and to export it as Markdown; the longest step in the screen's thread in milliseconds; the peak
memory in MB, in a separate process; and the factor by which parsing, layout and export take longer for ten times the
size: 10 if they are linear. A `!` marks values above a limit (`LIMITS`, `GROWTH`). `--only html`, `markdown` or `files`
chooses a group, `--sizes` the bytes."""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from reader.archive.archive import open_archives
from reader.archive.scan import scan
from reader.document.body import Body, BodyFormat
from reader.errors import ReaderError
from reader.export.markdown_exporter import MarkdownExporter
from reader.layout.head import Head
from reader.layout.layout import Layout
from reader.parse.parser import parse
from reader.settings.loader import load
from reader.settings.options import Typesetting

_Made = TypeVar("_Made")

ROWS = 50
WIDTH = 80
SIZES = (100_000, 1_000_000)
SLICE = 0.012
"""Seconds of layout between two keys, as on the screen."""

LIMITS = {"parse": 2.0, "first": 0.5, "memory": 300.0}
"""The limits: CPU seconds to parse a body and to lay out its first page, and MB."""
GROWTH = 20.0

HTML: dict[str, tuple[str, str, str]] = {
    "paragraphs": ("", "<p>灯塔照着黑夜里的海，守塔人不睡。</p>\n", ""),
    "one paragraph": ("<p>", "灯塔照着黑夜里的海，守塔人不睡。", "</p>"),
    "line breaks": ("<p>", "<br>", "</p>"),
    "lines": ("<p>", "灯塔<br>", "</p>"),
    "table rows": ("<table>", "<tr><td>灯", "</table>"),
    "table columns": ("<table><tr>", "<td>灯</td>", "</tr></table>"),
    "table cells": ("<table>", "<tr><td>灯</td><td>塔</td><td>海</td></tr>", "</table>"),
    "tables": ("", "<table><tr><td>灯</td><td>塔</td></tr></table>", ""),
    "list items": ("<ul>", "<li>灯</li>", "</ul>"),
    "numbered items": ("<ol>", "<li><p>灯</p></li>", "</ol>"),
    "nested lists": ("", "<ul><li>灯", ""),
    "short lists": ("", "<ul><li>灯<ul><li>塔</ul></ul>", ""),
    "headings": ("", "<h2>灯塔</h2>", ""),
    "sections": ("", "<h2>灯塔</h2><p>海</p>", ""),
    "pseudo headings": ("", "<p><b>一、灯塔</b></p><p>守塔人不睡，灯也不睡。</p>", ""),
    "colons": ("", "<p>守塔人说：</p>", ""),
    "definitions": ("<dl>", "<dt>灯<dd>塔", "</dl>"),
    "figures": ("", "<figure><img src=a.png><figcaption>灯</figcaption></figure>", ""),
    "pictures": ("<p>", "<img src=a.png alt=灯>", "</p>"),
    "linked pictures": ("<p>", "<a href=/b><img src=a.png alt=灯></a>", "</p>"),
    "links": ("<p>", "<a href=/b>灯</a>塔", "</p>"),
    "marks": ("<p>", "<b>灯<i>塔</b></i>", "</p>"),
    "unclosed blocks": ("", "<div>灯", ""),
    "unclosed marks": ("", "<b>灯", ""),
    "unclosed cells": ("", "<table><tr><td>灯", ""),
    "quotations": ("", "<blockquote>灯", ""),
    "details": ("", "<details><summary>灯</summary>塔</details>", ""),
    "readings": ("<p>", "<ruby>灯<rt>とう</rt></ruby>", "</p>"),
    "formulas": ("<p>", "$$x$$ 灯 ", "</p>"),
    "code": ("<pre>", "灯 = 塔\n", "</pre>"),
    "footnotes": ("<ol>", "<li id=fn1>灯<a href=#fnref1>↩</a></li>", "</ol>"),
    "unknown tags": ("", "<灯><T>塔", ""),
    "unended styles": ("", "<style>灯<p>", ""),
    "clusters": ("<p>", "\u1100", "</p>"),
    "combining marks": ("<p>", "\u3099", "</p>"),
    "signs before": ("<p>", "\u0600", "</p>"),
    "vowels": ("<p>", "\u0e31", "</p>"),
    "skins": ("<p>", "\U0001f3fb", "</p>"),
    "joined": ("<p>", "\U0001f468\u200d", "</p>"),
}

MARKDOWN: dict[str, tuple[str, str, str]] = {
    "md paragraphs": ("", "灯塔照着黑夜里的海，守塔人不睡。\n\n", ""),
    "md one paragraph": ("", "灯塔照着黑夜里的海，守塔人不睡。", ""),
    "md lines": ("", "灯塔照着海\n", ""),
    "md table rows": ("|a|b|\n|-|-|\n", "|灯|塔|\n", ""),
    "md table columns": ("", "|灯", "|\n"),
    "md list items": ("", "- 灯\n", ""),
    "md numbered items": ("", "1. 灯\n", ""),
    "md loose items": ("", "- 灯\n\n", ""),
    "md nested items": ("", "- - 灯\n", ""),
    "md tasks": ("", "- [ ] 灯\n", ""),
    "md footnotes": ("", "灯[^{n}]\n\n[^{n}]: 塔\n\n", ""),
    "md inline footnotes": ("", "灯^[塔] ", ""),
    "md headings": ("", "## 灯塔\n", ""),
    "md setext": ("", "灯塔\n---\n", ""),
    "md pseudo headings": ("", "**一、灯塔**\n\n守塔人不睡，灯也不睡。\n\n", ""),
    "md colons": ("", "守塔人说：\n\n", ""),
    "md definitions": ("", "灯\n: 塔\n\n", ""),
    "md formulas": ("", "$$x$$ 灯 ", ""),
    "md formula blocks": ("", "$$\nx\n$$\n\n", ""),
    "md dollars": ("", "灯 $5 ", ""),
    "md figures": ("", "![灯](a.png)\n\n", ""),
    "md pictures": ("", "![灯](a.png)", ""),
    "md links": ("", "[灯](/b)塔", ""),
    "md open brackets": ("", "[灯", ""),
    "md open links": ("", "[灯](", ""),
    "md wikilinks": ("", "[[灯|塔]] ", ""),
    "md addresses": ("", "https://example.org/灯 ", ""),
    "md emphasis": ("", "*灯**塔*海**", ""),
    "md open emphasis": ("", "*灯 _塔", ""),
    "md backticks": ("", "`灯``", ""),
    "md fences": ("", "```\n灯\n```\n", ""),
    "md open fences": ("", "```\n灯\n\n", ""),
    "md quotations": ("", "> 灯\n\n", ""),
    "md nested quotations": ("", ">", "灯"),
    "md callouts": ("", "> [!note] 灯\n> 塔\n\n", ""),
    "md tags of sites": ("", "{{% note %}}灯{{% endnote %}}\n\n", ""),
    "md shortcodes": ("", "{{{{< note >}}}}灯\n\n", ""),
    "md html": ("", "<div>灯</div>\n\n", ""),
    "md open html": ("", "<div>\n\n灯\n\n", ""),
    "md comments": ("", "<!-- 灯 ", ""),
    "md rules": ("", "---\n\n", ""),
    "md escapes": ("", "\\*灯\\_", ""),
    "md entities": ("", "&amp;灯", ""),
    "md containers": ("", ":::note\n灯\n:::\n\n", ""),
}

FILES: dict[str, str] = {
    "tags": "an article with many tags",
    "brackets in tags": "an article whose tags are nested brackets",
    "brackets in settings": "settings that are nested brackets (of at most 64 kB)",
}


def source(shape: str, size: int) -> str:
    """A body of one shape, about `size` bytes of UTF-8."""
    begin, piece, end = HTML.get(shape) or MARKDOWN[shape]
    if shape in HTML:
        return begin + piece * (size // len(piece.encode())) + end
    count = size // len(piece.format(n=99_999).encode())
    if "{n}" not in piece:
        return begin + piece.format() * count + end
    return begin + "".join(piece.format(n=number) for number in range(count)) + end


def measure(shape: str, size: int) -> dict[str, float]:
    """Measure one shape of one size; call it in a separate process."""
    if shape in FILES:
        return {"parse": _file(shape, size), "memory": _peak()}
    kind = BodyFormat.HTML if shape in HTML else BodyFormat.MARKDOWN
    document, parsing = timed(lambda: parse(Body(source(shape, size), kind, "港口")))
    layout, first = timed(lambda: Layout(document, WIDTH, Typesetting()))
    _, page = timed(lambda: layout.lines(0, ROWS))
    longest, whole = timed(lambda: complete(layout))
    _, exporting = timed(lambda: sum(map(len, MarkdownExporter().render(Head("港口"), document))))
    return {
        "parse": parsing,
        "first": first + page,
        "whole": first + page + whole,
        "step": 1000 * max(longest, first + page),
        "export": exporting,
        "memory": _peak(),
    }


def _file(shape: str, size: int) -> float:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.md" if "tags" in shape else "settings.yaml")
        if shape == "tags":
            path.write_text(
                f"---\ntags: [{', '.join(f'灯{number}' for number in range(size // 10))}]\n---\n塔\n", "utf-8"
            )
        elif shape == "brackets in tags":
            path.write_text(f"---\ntags: {'[' * size}\n---\n塔\n", encoding="utf-8")
        else:
            path.write_text(f"palette: {'[' * min(size, 60_000)}\n", encoding="utf-8")
            return timed(lambda: _refused(path))[1]
        return timed(lambda: list(scan(open_archives([path]))))[1]


def _refused(settings: Path) -> None:
    with suppress(ReaderError):
        load(settings)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work: Callable[[], _Made]) -> tuple[_Made, float]:
    """The result of a piece of work, and its seconds."""
    begun = time.process_time()
    made = work()
    return made, time.process_time() - begun


def complete(layout: Layout) -> float:
    """Complete the layout; return the longest time slice in seconds."""
    longest = 0.0
    done = False
    while not done:
        done, seconds = timed(lambda: layout.advance(SLICE))
        longest = max(longest, seconds)
    return longest


def apart(shape: str, size: int) -> dict[str, Any]:
    """The figures of one shape, measured in a separate process."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_shapes", "--one", shape, "--sizes", str(size)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return dict(json.loads(found.stdout)) if found.returncode == 0 else {"failed": found.stderr[-300:]}


def line(shape: str, found: list[dict[str, Any]]) -> str:
    """A line of the table: the figures of the largest size, and the growth from the previous size."""
    last = found[-1]
    if "failed" in last:
        return f"{shape:22} {last['failed']}"
    cells = "".join(
        f"{last[name]:8.2f}" if name in last else f"{'':8}" for name in ("parse", "first", "whole", "export")
    )
    cells += "".join(f"{last[name]:8.0f}" if name in last else f"{'':8}" for name in ("step", "memory"))
    growths = [
        last[name] / max(found[0][name], 0.005)
        for name in ("parse", "whole", "export")
        if name in last and len(found) > 1
    ]
    over = any(last.get(name, 0) > most for name, most in LIMITS.items()) or max(growths, default=0) > GROWTH
    return f"{shape:22}{cells}   " + "".join(f"{growth:7.1f}" for growth in growths) + ("  !" if over else "")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    groups: dict[str, Iterable[str]] = {"html": HTML, "markdown": MARKDOWN, "files": FILES}
    parser.add_argument(
        "shapes", nargs="*", metavar="SHAPE", help=", ".join(name for one in groups.values() for name in one)
    )
    parser.add_argument("--only", choices=list(groups), help="one group of shapes")
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="sizes of bodies in bytes")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.sizes[0])))
        return 0
    sizes = " and ".join(f"{size // 1000} kB" for size in options.sizes)
    print(
        f"{sizes + ': CPU seconds':22}   parse   first   whole  export step/ms  mem/MB   growth of parse, whole, export"
    )
    chosen = [name for group, names in groups.items() if options.only in (None, group) for name in names]
    for shape in options.shapes or chosen:
        print(line(shape, [apart(shape, size) for size in options.sizes]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
