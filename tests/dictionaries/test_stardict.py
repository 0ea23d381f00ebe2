"""Dictionaries in StarDict's format, made here: plain and packed, with types and synonyms, and damaged ones."""

import gzip
import os
import struct
from pathlib import Path

import pytest

from reader.dictionaries.stardict import StarDict
from reader.errors import DictionaryError


def make(folder: Path, entries: dict[str, bytes], *, types: str = "m", packed: bool = False, name: str = "sea") -> Path:
    """A dictionary with these articles; a packed one is compressed as dictzip does."""
    articles, index = b"", b""
    for word, article in sorted(entries.items()):
        index += word.encode() + b"\0" + struct.pack(">II", len(articles), len(article))
        articles += article
    same = f"sametypesequence={types}\n" if types else ""
    ifo = folder / f"{name}.ifo"
    ifo.write_text(f"StarDict's dict ifo file\nversion=2.4.2\nbookname=海洋词典\n{same}", "utf-8")
    (folder / f"{name}.idx{'.gz' if packed else ''}").write_bytes(gzip.compress(index) if packed else index)
    (folder / f"{name}.dict{'.dz' if packed else ''}").write_bytes(gzip.compress(articles) if packed else articles)
    return ifo


@pytest.mark.parametrize("packed", [False, True])
def test_word_is_found(tmp_path: Path, packed: bool) -> None:  # noqa: FBT001
    found = StarDict(make(tmp_path, {"灯塔": "航标".encode(), "lamp": b"a light"}, packed=packed))
    assert found.name == "海洋词典"
    assert [(one.word, one.meanings, one.source) for one in found.find("灯塔")] == [("灯塔", ("航标",), "海洋词典")]
    assert found.find("灯") == []


def test_name_with_a_dot(tmp_path: Path) -> None:
    assert StarDict(make(tmp_path, {"lamp": b"a light"}, name="eng-deu-0.3")).find("lamp")


@pytest.mark.parametrize("suffix", ["idx.gz", "dict.dz"])
def test_corrupted_packed_file_is_reported(tmp_path: Path, suffix: str) -> None:
    ifo = make(tmp_path, {"lamp": b"a light" * 100}, packed=True)
    path = tmp_path / f"sea.{suffix}"
    content = bytearray(path.read_bytes())
    content[12:16] = b"\xff" * 4
    path.write_bytes(content)
    with pytest.raises(DictionaryError):
        StarDict(ifo).find("lamp")


def test_case_does_not_matter(tmp_path: Path) -> None:
    found = StarDict(make(tmp_path, {"Lamp": b"a light", "ÉTOILE": b"a star"}))
    assert [one.word for one in found.find("lamp") + found.find("étoile")] == ["Lamp", "ÉTOILE"]


def test_synonym_leads_to_its_word(tmp_path: Path) -> None:
    ifo = make(tmp_path, {"harbour": b"a port", "lamp": b"a light"})
    (tmp_path / "sea.syn").write_bytes(b"haven\0" + struct.pack(">I", 0))
    assert [one.word for one in StarDict(ifo).find("haven")] == ["harbour"]


def test_types_of_a_sequence_and_of_each_article(tmp_path: Path) -> None:
    ifo = make(tmp_path, {"lamp": b"laemp\0<b>a&amp;b</b><br>light"}, types="th")
    assert StarDict(ifo).find("lamp")[0].meanings == ("laemp\na&b\nlight",)
    sound = b"W" + struct.pack(">I", 3) + b"\1\2\3"
    ifo = make(tmp_path, {"lamp": b"m" + b"a light\0" + sound + b"m" + b"more\0"}, types="")
    assert StarDict(ifo).find("lamp")[0].meanings == ("a light\nmore",)


def test_control_characters_are_removed(tmp_path: Path) -> None:
    (entry,) = StarDict(make(tmp_path, {"lamp": b"a\x1b]0;title\x07 light"})).find("lamp")
    assert "\x1b" not in entry.meanings[0]


@pytest.mark.parametrize("damage", ["idx", "dict", "cut"])
def test_missing_or_damaged_files_are_reported_or_harmless(tmp_path: Path, damage: str) -> None:
    ifo = make(tmp_path, {"lamp": b"a light"})
    if damage == "cut":
        (tmp_path / "sea.idx").write_bytes(b"lamp\0\0\0")
        assert StarDict(ifo).find("lamp") == []
        return
    (tmp_path / f"sea.{damage}").unlink()
    with pytest.raises(DictionaryError):
        StarDict(ifo).find("lamp")


def test_other_files_are_no_dictionary(tmp_path: Path) -> None:
    (tmp_path / "x.ifo").write_text("nothing")
    with pytest.raises(DictionaryError):
        StarDict(tmp_path / "x.ifo")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("suffix", ["ifo", "idx", "dict"])
def test_named_pipe_is_not_waited_for(tmp_path: Path, suffix: str) -> None:
    ifo = make(tmp_path, {"lamp": b"a light"})
    (tmp_path / f"sea.{suffix}").unlink()
    os.mkfifo(tmp_path / f"sea.{suffix}")
    with pytest.raises(DictionaryError):
        StarDict(ifo).find("lamp")


def test_article_far_beyond_the_file_is_left_out(tmp_path: Path) -> None:
    ifo = make(tmp_path, {"lamp": b"a light"}, packed=True)
    (tmp_path / "sea.idx.gz").write_bytes(gzip.compress(b"lamp\0" + struct.pack(">II", 2**32 - 1, 7)))
    assert StarDict(ifo).find("lamp") == []
