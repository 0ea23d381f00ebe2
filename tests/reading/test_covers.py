"""The cover under the title: only from the archive, and not twice."""

from pathlib import Path

import pytest
from PIL import Image

from reader.archive.article import Article
from reader.archive.scan import read_head
from reader.layout.picture_rooms import COVER, PictureSize
from reader.reading.opened_article import open_article
from reader.reading.picture_sizes import ArticlePictures, pictures_of


def pictures(folder: Path, cover: str, body: str) -> ArticlePictures | None:
    """The pictures of an article with a cover in its header."""
    root = folder / "archive"
    root.mkdir(exist_ok=True)
    Image.new("RGB", (64, 32)).save(root / "a.png")
    Image.new("RGB", (64, 32)).save(folder / "outside.png")
    path = root / "a.md"
    path.write_text(f"---\ntitle: T\ncover: {cover}\n---\n\n{body}\n", encoding="utf-8")
    article, _fingerprint = read_head(path, root, "0" * 16)
    assert isinstance(article, Article)
    reading = open_article(article)
    return pictures_of(reading.article, reading.document)


def test_a_cover_of_the_archive_has_a_size(tmp_path: Path) -> None:
    found = pictures(tmp_path, "a.png", "正文。")
    assert found is not None
    assert found.found == {COVER: PictureSize(64, 32)}
    assert found.cover is not None
    assert found.cover.path == (tmp_path / "archive" / "a.png").resolve()


@pytest.mark.parametrize("cover", ["https://example.org/a.png", "../outside.png", "none.png", "a.md", "true"])
def test_other_covers_are_not_shown(tmp_path: Path, cover: str) -> None:
    assert pictures(tmp_path, cover, "正文。") is None


def test_a_cover_that_the_text_begins_with_is_not_shown_twice(tmp_path: Path) -> None:
    found = pictures(tmp_path, "a.png", "正文。\n\n![](./a.png)")
    assert found is not None
    assert found.cover is None
    assert COVER not in found.found
