"""`reader index`: update the indexes of archives."""

from argparse import Namespace

from reader.archive.skipped_files import skipped_message
from reader.cli.chosen_archives import archives
from reader.cli.index_progress import current, rerun_if_corrupt
from reader.language import _, ngettext
from reader.library.indexed import warnings_of
from reader.settings.options import Settings


@rerun_if_corrupt
def run(options: Namespace, settings: Settings) -> int:
    """Index new and changed files and print one summary line per archive; return 0 if all indexes are current."""
    with current(archives(options.archive, settings), settings, rebuild=options.rebuild) as found:
        for archive, index, summary in zip(found.archives, found.indexes, found.summaries, strict=True):
            if summary is None:
                continue
            read = summary.new + summary.changed
            articles = ngettext("{count:,} article", "{count:,} articles", summary.articles)
            # The summary counts files with warnings; “reader check” lists every warning.
            warning_count = len(warnings_of(index))
            warnings = ngettext("{count:,} warning", "{count:,} warnings", warning_count)
            line = _("{name}: {articles}, {warnings}, {seconds:.1f} s, {rate:,.0f} articles/s")
            print(
                line.format(
                    name=archive.name,
                    articles=articles.format(count=summary.articles),
                    warnings=warnings.format(count=warning_count),
                    seconds=summary.seconds,
                    rate=(read or summary.articles) / max(summary.seconds, 0.001),
                )
            )
            if skipped_files := skipped_message(index.skipped_files()):
                print(skipped_files)
        return 1 if found.errors else 0
