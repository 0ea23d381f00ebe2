"""Generated articles in the form of feed archives."""

from pathlib import Path

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write_article(
    path: Path, title: str, body: str, *, month: int = 11, day: int = 10, author: str = "港口周报"
) -> Path:
    """Write an article from the year 2021 in the categories 财经 › 港口周报."""
    path.parent.mkdir(parents=True, exist_ok=True)
    header = (
        f"\n---\ntitle: '{title}'\ncategories:\n - 财经\n - 港口周报\nauthor: {author}\n"
        f"date: Wed, {day} {MONTHS[month - 1]} 2021 08:37:48 GMT\n---\n\n"
    )
    path.write_text(header + body, encoding="utf-8")
    return path
