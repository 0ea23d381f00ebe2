"""Random changes to an archive."""

import shutil
from pathlib import Path
from random import Random

from tests.index.syncing import PNG, SyncedArchive, touch

_FOLDERS = ("", "财经/", "财经/港口周报/", "x y/", ".hidden/")
_TITLES = ("港口", "海港", "灯塔照着黑夜里的海", "Über Häfen", "")
_BODIES = (
    "",
    "港口",
    "<p>灯塔照着海。</p>",
    "<p>看守人数着每一次闪光，第3遍。</p><img src=a.png>",
    f"<h1>海港</h1><p>{'灯塔照着黑夜里的海' * 9}</p>",
    f"<p>{'港口周报' * 20} <a href='https://a.b'>link</a></p><p>(one, two)</p>",
)


class Changes:
    """Changes to one archive; `some` makes a few of them.

    Attributes:
        binary: Whether files may become binary.
    """

    def __init__(self, archived: SyncedArchive, seed: int, *, binary: bool) -> None:
        self._archived = archived
        self._random = Random(seed)  # noqa: S311 - the same each time
        self._binary = binary
        self._days = 0

    def some(self, most: int = 5) -> None:
        """Make some random changes, or sometimes none."""
        kinds = [self._write, self._write, self._edit, self._touch, self._delete, self._move, self._copy]
        kinds += [self._move_folder, self._delete_folder, self._swap] + [self._spoil] * self._binary
        for _ in range(self._random.randint(0, most)):
            self._random.choice(kinds)()

    def _files(self) -> list[Path]:
        return sorted(path for path in self._archived.root.rglob("*") if path.is_file())

    def _any(self) -> Path | None:
        files = self._files()
        return self._random.choice(files) if files else None

    def _name(self) -> str:
        return f"{self._random.choice(_FOLDERS)}{self._random.choice('abcdefg')}{self._random.choice(['.md', '.html'])}"

    def _fill(self, name: str) -> None:
        if self._binary and self._random.random() < 0.2:
            self._archived.write_bytes(name, PNG)
            return
        # Dates are unique except for copies; otherwise the choice of the shown copy would be random.
        self._days += 1
        date = f"2021-{self._days // 28 % 12 + 1:02}-{self._days % 28 + 1:02} {self._days // 336:02}:00:00Z"
        if self._random.random() < 0.2:
            date = "Invalid Date"
        title, body = self._random.choice(_TITLES), self._random.choice(_BODIES)
        content = f"\n---\ntitle: '{title}'\ndate: {date}\n---\n\n{body}"
        self._archived.write_bytes(name, content.encode())

    def _write(self) -> None:
        self._fill(self._name())

    def _edit(self) -> None:
        if path := self._any():
            self._fill(str(path.relative_to(self._archived.root)))

    def _spoil(self) -> None:
        if path := self._any():
            self._archived.write_bytes(str(path.relative_to(self._archived.root)), PNG)

    def _touch(self) -> None:
        if path := self._any():
            touch(path)

    def _delete(self) -> None:
        if path := self._any():
            path.unlink()

    def _move(self) -> None:
        if path := self._any():
            self._archived.move(str(path.relative_to(self._archived.root)), self._name())

    def _copy(self) -> None:
        if path := self._any():
            self._archived.write_bytes(self._name(), path.read_bytes())

    def _swap(self) -> None:
        one, other = self._any(), self._any()
        if one and other and one != other:
            between = one.with_name("between")
            one.rename(between)
            other.rename(one)
            between.rename(other)

    def _folder(self) -> Path | None:
        folders = sorted(path for path in self._archived.root.iterdir() if path.is_dir())
        return self._random.choice(folders) if folders else None

    def _move_folder(self) -> None:
        if folder := self._folder():
            to = folder.with_name(self._random.choice(["財經", "财经", "y", "z"]))
            if not to.exists():
                folder.rename(to)

    def _delete_folder(self) -> None:
        if (folder := self._folder()) and self._random.random() < 0.3:
            shutil.rmtree(folder)
