"""The program's folders, and errors about unusable names."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from reader.errors import ReaderError
from reader.settings.base_folders import cache_place, config_place, data_place
from reader.settings.folders import at_home, cache_folder, data_folder


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names of files are UTF-8 there")
@pytest.mark.parametrize(("variable", "folder"), [("XDG_DATA_HOME", data_folder), ("XDG_CACHE_HOME", cache_folder)])
def test_name_that_is_not_utf_8_is_reported_with_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, folder: Callable[[], Path]
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / os.fsdecode(b"caf\xe9")))
    with pytest.raises(ReaderError, match="not UTF-8") as told:
        folder()
    assert variable in told.value.hint
    monkeypatch.setenv(variable, str(tmp_path / "café"))
    assert folder().parent.name in {"café", tmp_path.name}


@pytest.mark.parametrize("home", ["/home/somebody", "/home/somebody/", "/", "", "relative", None])
@pytest.mark.parametrize("base", ["/x/y", "/x/y/", "/甲 乙", "relative", "~/x", "", "  ", " /x", "/x ", None])
def test_folders_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch, home: str | None, base: str | None) -> None:
    for name, value in {
        "HOME": home,
        **dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), base),
    }.items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert config_place() == platformdirs.user_config_dir("reader", appauthor=False)
    assert data_place() == platformdirs.user_data_dir("reader", appauthor=False)
    assert cache_place() == platformdirs.user_cache_dir("reader", appauthor=False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/home/ann/notes/a.md", "~/notes/a.md"),
        ("in /home/ann: 2, /home/ann.", "in ~: 2, ~."),
        ("/home/annette/a.md", "/home/annette/a.md"),
        ("/home/ann-old/a.md", "/home/ann-old/a.md"),
        ("/home/ann.bak/a.md", "/home/ann.bak/a.md"),
        ("/mnt/home/ann/a.md", "/mnt/home/ann/a.md"),
    ],
)
def test_only_the_home_folder_itself_is_shortened(text: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    assert at_home(text) == shown
