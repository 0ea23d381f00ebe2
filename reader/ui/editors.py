"""The user's text editor, and how it is told to open a file at a line."""

import os
import shlex
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

_GOTO = frozenset({"code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "positron", "trae"})
"""VS Code and its relatives, which accept `--goto FILE:LINE`."""

_SUFFIX = frozenset({"hx", "helix", "subl", "sublime_text", "zed", "zeditor", "mcedit", "lapce", "fresh"})
"""Editors that accept `FILE:LINE`."""

_OPTION = {"kate": "--line", "kwrite": "--line", "mate": "--line", "idea": "--line", "pycharm": "--line", "geany": "-l"}
"""Editors that accept an option followed by the line number."""

_PLUS = frozenset(
    {
        *("vi", "vim", "nvim", "view", "gvim", "vimx", "mvim", "nvi", "elvis", "vis", "ex", "nano", "rnano", "pico"),
        *("emacs", "emacsclient", "xemacs", "mg", "jove", "zile", "qemacs", "micro", "kak", "ne", "joe", "jmacs"),
        *("jstar", "jed", "dte", "e3", "gedit", "pluma", "xed", "mousepad", "gnome-text-editor"),
    }
)
"""Editors that accept `+LINE` before the file."""


def editor(environment: Mapping[str, str]) -> list[str]:
    """The command of the external editor; empty if there is none."""
    for wanted in (environment.get("VISUAL", ""), environment.get("EDITOR", ""), "nano", "vi"):
        try:
            command = shlex.split(wanted)
        except ValueError:
            continue
        if command and shutil.which(command[0]):
            return command
    return []


def at_line(command: Sequence[str], path: Path, line: int) -> list[str]:
    """The command that opens a file at a 1-based line; at its beginning in an editor of unknown syntax."""
    file = os.fspath(path)
    name = _name(command[0])
    if name in _GOTO:
        return [*command, "--goto", f"{file}:{line}"]
    if name in _SUFFIX:
        return [*command, f"{file}:{line}"]
    if name in _OPTION:
        return [*command, _OPTION[name], str(line), file]
    if name in _PLUS:
        return [*command, f"+{line}", file]
    return [*command, file]


def _name(program: str) -> str:
    """The name of a program without its folder, suffix and version: `emacs` of `/usr/bin/emacs-29`."""
    name = Path(program).name.lower().removesuffix(".exe").removesuffix(".cmd")
    known = _GOTO | _SUFFIX | _PLUS | _OPTION.keys()
    if name in known:
        return name
    stem = name.rstrip("0123456789.-").removesuffix("-")
    if stem in known:
        return stem
    target = Path(shutil.which(program) or program).resolve().name.lower()
    # Links such as `editor` and `vim.basic` of Debian's alternatives.
    return target.partition(".")[0]
