"""`reader stats`: charts of the number of articles by category, source and month."""

from argparse import Namespace
from collections import Counter

from reader.archive.skipped_files import skipped_message
from reader.cli.chosen_archives import archives
from reader.cli.index_progress import current, rerun_if_corrupt
from reader.index.date_keys import day_of, is_dated
from reader.index.index import GroupBy
from reader.language import _, ngettext
from reader.layout.cells import Cells
from reader.library.indexed import IndexedArchives
from reader.settings.options import Settings

_ROWS = 20
"""Maximum number of bars in a chart; one more bar shows the sum of the others."""
_BAR = 40
_NAME = 24


@rerun_if_corrupt
def run(options: Namespace, settings: Settings) -> int:
    """Print the charts; return 0 if the archives could be read."""
    # Texts are indexed, as in “reader list”, because they show which articles are duplicates.
    with current(archives(options.archive, settings), settings) as found:
        categories, sources, months = _counted(found)
        skipped_files = skipped_message(found.skipped_files)
    total = sum(categories.values())
    print(ngettext("{count:,} article", "{count:,} articles", total).format(count=total))
    if skipped_files:
        print(skipped_files)
    _chart(_("By category"), categories.most_common())
    _chart(_("By source"), sources.most_common())
    _chart(_("By month"), sorted(months.items(), reverse=True))
    return 0


def _counted(found: IndexedArchives) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Count the articles by top-level category, by source and by month."""
    categories, sources, months = Counter[str](), Counter[str](), Counter[str]()
    for index in found.indexes:
        for name, count in index.counts(GroupBy.CATEGORY):
            categories[name.split("\n")[0] or _("No category")] += count
        for name, count in index.counts(GroupBy.SOURCE):
            sources[name or _("No source")] += count
        months.update(f"{day_of(key):%Y-%m}" if is_dated(key) else _("No date") for key in index.shown_keys())
    return categories, sources, months


def _chart(title: str, counts: list[tuple[str, int]]) -> None:
    """Print a bar for each count, proportional to the largest."""
    shown = counts[:_ROWS]
    if rest := sum(count for _name, count in counts[_ROWS:]):
        shown.append((_("{count:,} others").format(count=len(counts) - _ROWS), rest))
    print(f"\n{title}")
    most = max((count for _name, count in shown), default=1)
    cells = Cells()
    for name, count in shown:
        label = name if cells.width(name) <= _NAME else name[: cells.cut(name, _NAME - 1)].rstrip() + "…"
        bar = "█" * max(1, round(_BAR * count / most))
        print(f"  {label}{' ' * (_NAME - cells.width(label))}  {bar} {count:,}")
