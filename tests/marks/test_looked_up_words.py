"""The vocabulary: kept once per sentence, exported, imported, deleted with undo, and cleaned."""

from pathlib import Path

from reader.export.anki import vocabulary_for_anki
from reader.marks.dump import dump
from reader.marks.exchange import decoded, encoded
from reader.marks.facade import Marks
from reader.marks.merging import import_marks


def filled(path: Path) -> Marks:
    marks = Marks(path)
    marks.words.add("灯塔", "dēng tǎ", "lighthouse", "海边的灯塔亮着。", "海")
    marks.words.add("灯塔", "dēng tǎ", "lighthouse", "海边的灯塔亮着。", "海")
    marks.words.add("lamp", "", 'a "light"', "", "")
    return marks


def test_words_are_kept_once_per_sentence(tmp_path: Path) -> None:
    marks = filled(tmp_path / "marks.db")
    assert [word.text for word in marks.words.all()] == ["lamp", "灯塔"]
    marks.words.add("灯塔", "dēng tǎ", "lighthouse", "另一句。", "海")
    assert len(marks.words.all()) == 3
    marks.close()


def test_export_and_import(tmp_path: Path) -> None:
    marks, other = filled(tmp_path / "marks.db"), Marks(tmp_path / "other.db")
    file = decoded(encoded(dump(marks.store.rows)))
    for _time in range(2):
        import_marks(other.store, file)
    assert other.words.all() == marks.words.all()
    marks.close()
    other.close()


def test_deletion_can_be_undone_and_looking_up_cannot(tmp_path: Path) -> None:
    marks = filled(tmp_path / "marks.db")
    assert marks.undo() is None
    marks.words.delete(marks.words.all()[0])
    assert [word.text for word in marks.words.all()] == ["灯塔"]
    assert marks.undo() is not None
    assert [word.text for word in marks.words.all()] == ["lamp", "灯塔"]
    marks.close()


def test_file_for_anki(tmp_path: Path) -> None:
    marks = filled(tmp_path / "marks.db")
    lines = vocabulary_for_anki(marks.words.all()).splitlines()
    assert lines[2:4] == ["#columns:Id\tWord\tReading\tMeaning\tSentence\tTitle", "#guid column:1"]
    fields = [line.split("\t") for line in lines[4:]]
    assert [one[0] for one in fields] == [word.uid for word in marks.words.all()]
    assert [one[1:] for one in fields] == [
        ["lamp", "", "a ”light”", "", ""],
        ["灯塔", "dēng tǎ", "lighthouse", "海边的灯塔亮着。", "海"],
    ]
    marks.close()
