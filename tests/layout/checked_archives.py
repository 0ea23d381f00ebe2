"""Check the line breaks of whole archives: `python -m tests.layout.checked_archives FOLDER... [--widths 24 40 60 80]`.

Instead of folders, `@LIST` checks the articles that a file lists, one a line.

With `--vertical`, the widths are those of columns of vertical text, two cells a row, and only faults count that do not
depend on the widths of Latin letters.

Every paragraph, heading, list item and cell of every article is set at each width, and the checker, which shares no
table with the layout, looks at every break but those inside formulas. With `--justify`, words are divided as on the
page, and their hyphens are checked, too. Prints the number of articles, of line breaks and
of faults; the exit code is 1 if there are faults."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import read_body, scan
from reader.document.blocks import CodeBlock, Inline, Leaf, MathBlock, Paragraph
from reader.document.document import Document
from reader.layout.flow import is_shown
from reader.layout.hyphenation import Hyphenator
from reader.layout.lines import Style
from reader.layout.paragraph import lay_out_paragraph
from reader.layout.vertical_text import upright_forms
from reader.parse.parser import parse
from reader.settings.options import RubyStyle, Typesetting
from tests.layout.checker import HARD, Fault, Source
from tests.layout.test_faults import as_set

WIDTHS = (24, 40, 60, 80)


def articles(folders: list[Path], most: int) -> Iterator[Article]:
    """Up to `most` articles of each folder, spread evenly over it."""
    for archive in open_archives(folders):
        found = [article for article in scan([archive]) if isinstance(article, Article)]
        yield from found[:: max(1, -(-len(found) // most))]


def texts(article: Article) -> Iterator[tuple[Inline, Hyphenator | None]]:
    """The texts of an article that are set as paragraphs, each with what divides its words in justified lines."""
    try:
        document = parse(read_body(article)[0])
    except (OSError, ValueError) as error:
        print(f"skipped {article.path}: {error}", file=sys.stderr)
        return
    hyphenator = Hyphenator(document)
    for leaf in document.leaves:
        if isinstance(leaf, Leaf) and not isinstance(leaf, CodeBlock | MathBlock) and is_shown(leaf) and leaf.text:
            yield leaf.text, hyphenator if isinstance(leaf, Paragraph) else None


def main() -> int:
    """Check the folders and print what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, fromfile_prefix_chars="@"
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--widths", nargs="+", type=int, default=WIDTHS)
    parser.add_argument("--vertical", action="store_true")
    parser.add_argument("--justify", action="store_true", help="check justified lines")
    parser.add_argument("--most", type=int, default=10**6, help="the number of articles of each folder")
    parser.add_argument("--characters", type=int, default=10**9, help="the length of the part of each article")
    options = parser.parse_args()
    # Readings in brackets are not part of the text that the checker sees.
    typesetting = Typesetting(ruby=RubyStyle.HIDDEN, justify=options.justify)
    forms = upright_forms(Document(()), typesetting) if options.vertical else None
    seen: set[Inline] = set()
    count = breaks = inside = hyphens = 0
    faults: list[tuple[int, Fault]] = []
    for article in articles(options.folders, options.most):
        count += 1
        rest = options.characters
        for inline, hyphenator in texts(article):
            rest -= len(inline.text)
            if inline in seen:
                continue
            if rest < 0:
                break
            seen.add(inline)
            source = Source(inline.text, typesetting)
            for width in options.widths:
                set_lines = lay_out_paragraph(
                    inline,
                    width,
                    typesetting,
                    block=0,
                    base=Style(),
                    upright=forms,
                    hyphenator=hyphenator if options.justify else None,
                )
                lines = as_set(set_lines)
                breaks += len(lines) - 1
                inside += sum(line.is_inside for line in lines)
                hyphens += sum(line.is_divided for line in lines)
                found = source.faults(lines, width)
                faults += [(width, fault) for fault in found if forms is None or fault.kind in HARD]
    looked_at = f"{breaks:,} breaks ({inside:,} inside formulas, not looked at; {hyphens:,} with hyphens)"
    print(f"{count:,} articles, {len(seen):,} texts, {looked_at}, {len(faults):,} faults")
    print(dict(Counter(fault.kind for _, fault in faults)))
    for width, fault in faults:
        print(f"{width:4} {fault.kind:10} {fault.before} | {fault.after}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
