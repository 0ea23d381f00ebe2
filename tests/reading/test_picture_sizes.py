"""The sizes of the pictures of an article: of local ones, and why others have none."""

from pathlib import Path

from reader.document.blocks import Image, Inline
from reader.document.document import Document
from reader.layout.picture_rooms import PictureProblem, PictureSize
from reader.reading.picture_sizes import picture_sizes
from tests.linking.test_picture_files import article, put


def test_sizes_are_known_for_local_pictures_alone(tmp_path: Path) -> None:
    put(tmp_path / "notes/a.png")
    put(tmp_path / "notes/a.svg", b"<svg/>")
    sources = ("a.png", "https://example.com/a.png", "gone.png", "a.svg", "../../a.png", "a.png")
    document = Document(tuple(Image(Inline(), source) for source in sources))
    assert picture_sizes(article(tmp_path), document) == {
        0: PictureSize(8, 4),
        1: PictureProblem.WEB,
        2: PictureProblem.MISSING,
        3: PictureProblem.UNSUPPORTED,
        4: PictureProblem.MISSING,
        5: PictureSize(8, 4),
    }
