"""Drafts of notes: private files, found by their place, and never used for another place."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.marks import drafts as module
from reader.marks.drafts import Drafts, NoteDraft, NotePlace

TEXT = NotePlace("a1", "灯塔照着海")
HIGHLIGHT = NotePlace("a1", "灯塔照着海", "uid-1")


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "marks.db")


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "drafts").iterdir())


def test_a_draft_is_found_at_its_place_and_removed(drafts: Drafts, tmp_path: Path) -> None:
    draft = NoteDraft(TEXT, "第一行\n第二行", 3)
    drafts.keep(draft)
    assert Drafts(tmp_path / "marks.db").at(TEXT) == draft
    drafts.keep(NoteDraft(TEXT, "改过", 3))
    assert drafts.at(TEXT) == NoteDraft(TEXT, "改过", 3)
    assert len(files(tmp_path)) == 1
    drafts.remove(TEXT)
    assert drafts.at(TEXT) is None
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("place", "is_found"),
    [
        (NotePlace("a1", "灯塔照着海，数到天亮"), True),
        (NotePlace("a1", "塔照着"), True),
        (NotePlace("a1", "照"), False),
        (NotePlace("a1", "别处"), False),
        (NotePlace("a2", "灯塔照着海"), False),
        (HIGHLIGHT, False),
    ],
)
def test_overlapping_selection_is_the_same_place(
    drafts: Drafts,
    place: NotePlace,
    is_found: bool,  # noqa: FBT001
) -> None:
    drafts.keep(NoteDraft(TEXT, "x", 1))
    assert (drafts.at(place) is not None) == is_found


def test_highlight_is_identified_by_its_uid_alone(drafts: Drafts) -> None:
    drafts.keep(NoteDraft(HIGHLIGHT, "x", 1))
    assert drafts.at(NotePlace("a2", "moved and changed", "uid-1")) is not None
    assert drafts.at(NotePlace("a1", "灯塔照着海", "uid-2")) is None
    assert drafts.at(TEXT) is None


def test_draft_of_another_running_reader_is_not_returned(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(NoteDraft(TEXT, "x", 1))
    (path,) = files(tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | {"process": os.getppid()}), encoding="utf-8")
    assert drafts.at(TEXT) is None
    assert drafts.take_unannounced() is None
    drafts.remove(TEXT)
    assert files(tmp_path) == [path]


def test_draft_is_announced_once(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(NoteDraft(TEXT, "x", 1))
    told = Drafts(tmp_path / "marks.db").take_unannounced()
    assert told is not None
    assert told.note == "x"
    assert Drafts(tmp_path / "marks.db").take_unannounced() is None
    assert drafts.at(TEXT) is not None


@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell which processes run")
def test_unfinished_file_of_a_killed_process_is_removed(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(NoteDraft(TEXT, "x", 1))
    (draft,) = files(tmp_path)
    theirs, dead = (draft.with_suffix(f".{process}.tmp") for process in (os.getppid(), 2**31 - 1))
    theirs.touch()
    dead.touch()
    drafts.take_unannounced()
    assert files(tmp_path) == sorted([draft, theirs])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files")
@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_drafts_are_private(drafts: Drafts, tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        drafts.keep(NoteDraft(TEXT, "x", 1))
    finally:
        os.umask(before)
    (path,) = files(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[1]", b"[" * 100_000, b"\xff", b'{"place": 3, "process": "x"}', b'{"process": 1e999}'],
    ids=range(7),
)
def test_file_that_is_not_a_draft_is_left_alone(drafts: Drafts, tmp_path: Path, content: bytes) -> None:
    drafts.keep(NoteDraft(TEXT, "x", 1))
    stray = tmp_path / "drafts" / "stray.json"
    stray.write_bytes(content)
    (tmp_path / "drafts" / "folder.json").mkdir()
    (tmp_path / "drafts" / "removed.json").symlink_to(tmp_path / "missing")
    assert drafts.at(TEXT) is not None
    drafts.remove(TEXT)
    assert stray.read_bytes() == content


def test_draft_that_cannot_be_written_is_not_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "drafts").touch()
    drafts = Drafts(tmp_path / "marks.db")
    drafts.keep(NoteDraft(TEXT, "x", 1))
    assert drafts.at(TEXT) is None
    Drafts(None).keep(NoteDraft(TEXT, "x", 1))
    assert Drafts(None).at(TEXT) is None
    monkeypatch.setattr(module, "_LARGEST", 5)
    (tmp_path / "drafts").unlink()
    drafts.keep(NoteDraft(TEXT, "x", 1))
    assert drafts.at(TEXT) is None


@given(
    note=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"])),
    quotation=st.text(min_size=1),
    uid=st.text(max_size=3),
)
def test_any_note_round_trips(tmp_path_factory: pytest.TempPathFactory, note: str, quotation: str, uid: str) -> None:
    drafts = Drafts(tmp_path_factory.mktemp("drafts") / "marks.db")
    place = NotePlace("a", quotation, uid)
    drafts.keep(NoteDraft(place, note, 2))
    found = drafts.at(place)
    assert found is not None
    assert found.note == note
