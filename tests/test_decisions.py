"""The architecture decision records: the list names each of them, and records that replace each other say so."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs" / "adr"
RECORDS = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("0*.md")}


def replacements(word: str) -> set[tuple[str, str]]:
    """The records of which the line below the title says that one `word` another, each with the other."""
    lines = {name: text.splitlines()[2] for name, text in RECORDS.items()}
    return {
        (name, found[1])
        for name, line in lines.items()
        if (found := re.fullmatch(rf"\*{word} \[\d+\]\((.+)\)\.\*", line))
    }


def test_list_has_the_number_and_title_of_each_record() -> None:
    rows = re.findall(
        r"^\| \[(\d{4})\]\((\S+)\) \| (.+) \|$", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    titles = [(name[:4], name, RECORDS[name].splitlines()[0]) for name in sorted(RECORDS)]
    assert [(number, name, f"# {int(number)}. {title}") for number, name, title in rows] == titles
    assert [int(number) for number, _name, _title in rows] == [*range(1, len(rows) + 1)]


def test_replaced_record_and_its_successor_name_each_other() -> None:
    later = {(old, new) for new, old in replacements("Supersedes")}
    assert later
    assert replacements("Superseded by") == later
