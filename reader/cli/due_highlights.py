"""`reader marks due`: the highlights to review today."""

from argparse import Namespace
from pathlib import Path

from reader.cli.output import print_json
from reader.errors import ReaderError
from reader.language import _
from reader.marks.restoring import open_to_read
from reader.marks.reviews import ReviewCard
from reader.settings.options import Settings


def print_due(options: Namespace, settings: Settings, store: Path) -> int:
    """Print the highlights that are due, as lines or as JSON, or only their number; return 0.

    Raises:
        ReaderError: Reviews are off.
    """
    if not settings.reviews_per_day:
        raise ReaderError(_("Reviews are off"), _("set reviews_per_day in the settings, such as to 10"))
    marks = open_to_read(store)
    try:
        cards = marks.reviews.due(settings.reviews_per_day)
    finally:
        marks.close()
    if options.count:
        print(len(cards))
    elif options.json:
        print_json([_record(card) for card in cards])
    else:
        for card in cards:
            print(f"{card.highlight.name}  {card.highlight.title}")
    return 0


def _record(card: ReviewCard) -> dict[str, object]:
    highlight, review = card.highlight, card.review
    return {
        "uid": highlight.uid,
        "quotation": highlight.anchor.quotation,
        "note": highlight.note,
        "title": highlight.title,
        "path": str(highlight.path),
        "due": review.due.isoformat() if review else None,
    }
