"""Pictures that are copied beside exported articles: a limit for each, with a warning."""

from pathlib import Path

import pytest

from reader.export import copied_pictures
from reader.export.copied_pictures import CopiedPictures
from tests.export.test_embedded_pictures import pictures
from tests.export.test_new_formats import article


def test_a_picture_above_the_limit_is_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert copied_pictures._LARGEST_MIB == 64
    monkeypatch.setattr(copied_pictures, "_LARGEST_MIB", 1)
    for name, size in {"most": 2**20, "more": 2**20 + 1}.items():
        (tmp_path / f"{name}.png").write_bytes(b"x" * size)
    warnings: list[str] = []
    copies = CopiedPictures(tmp_path / "out", tmp_path / "record")
    found = copies.copy(article(tmp_path), pictures("most.png", "more.png"), warnings.append)
    assert found == {"most.png": "assets/most.png"}
    assert [path.name for path in (tmp_path / "out" / "assets").iterdir()] == ["most.png"]
    assert (tmp_path / "out" / "assets" / "most.png").stat().st_size == 2**20
    assert warnings == ["1 picture cannot be copied (more.png): it is missing, or larger than 1 MiB"]
