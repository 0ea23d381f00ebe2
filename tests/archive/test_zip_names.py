"""Names in ZIP containers without a declared encoding."""

import zlib
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.archive.zip_container import open_container
from reader.archive.zip_names import member_names, repaired_names

NAMES = {
    "cp949": ["등대 이야기.html", "섬/첫째 장.md", "여행기 2021.txt"],
    "cp932": ["灯台の話.html", "島/第一章.md", "ソース能力.txt"],
    "gb18030": ["港口的灯.html", "岛/第一章.md", "政治经济学批判.txt"],
    "big5": ["港口的燈.html", "島/第一章.md", "許功蓋世.txt"],
    "euc_jp": ["灯台の話.html", "海の歌.txt"],
    "utf-8": ["港口的灯.html", "등대.txt", "灯台の話.md"],
    "cp437": ["Café crème.html", "Über Größe.txt", "señor.md"],
}


def write_packed(path: Path, names: list[bytes]) -> Path:
    """Write a ZIP file whose names have these bytes and no flag of Unicode."""
    placeholders = [bytes([ord("A") + number]) * len(name) for number, name in enumerate(names)]
    with ZipFile(path, "w") as file:
        for name in placeholders:
            file.writestr(name.decode(), "")
    data = path.read_bytes()
    for placeholder, name in zip(placeholders, names, strict=True):
        data = data.replace(placeholder, name)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", NAMES)
def test_the_encoding_is_guessed_from_all_names(encoding: str, tmp_path: Path) -> None:
    names = NAMES[encoding]
    path = write_packed(tmp_path / "a.zip", [name.encode(encoding) for name in ["readme.txt", *names]])
    with open_container(path) as container:
        assert container.names == ["readme.txt", *names]
        assert container.find(names[0].upper()) == names[0]
        assert container.read(names[0], 100) == b""


@pytest.mark.parametrize("name", ["señor.md", "naïve.txt", "Ångström.md", "El niño.html", "déjà-vu 2.txt"])
def test_a_single_name_of_europe_stays(name: str) -> None:
    assert repaired_names([name]) == [name]


def _member(name: str, packed: bytes, checksum: int) -> ZipInfo:
    field = b"\x01" + checksum.to_bytes(4, "little") + name.encode()
    member = ZipInfo(packed.decode("cp437"))
    member.extra = b"\x01\x00\x02\x00xx" + b"\x75\x70" + len(field).to_bytes(2, "little") + field
    return member


def test_a_name_in_the_extra_field_counts_if_it_is_of_the_same_name() -> None:
    packed = "灯".encode("cp932")
    assert member_names([_member("灯台の話", packed, zlib.crc32(packed))]) == ["灯台の話"]
    assert member_names([_member("other", packed, 0)]) == ["灯"]


@given(st.lists(st.binary(max_size=12).filter(lambda name: b"\0" not in name), max_size=4), st.binary(max_size=12))
def test_any_names_are_accepted(names: list[bytes], extra: bytes) -> None:
    members = [ZipInfo(name.decode("cp437")) for name in names]
    for member in members:
        member.extra = extra
    assert len(member_names(members)) == len(names)
