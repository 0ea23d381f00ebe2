"""The metadata of an article as JSON."""

from typing import Any

from reader.archive.article import Article


def metadata(article: Article) -> dict[str, Any]:
    """The metadata of an article."""
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "author": article.author,
        "categories": list(article.categories),
        "tags": list(article.tags),
        "url": article.url,
        "format": article.format.value,
        "path": str(article.path),
    }
