"""The commands without the screen, called as from a shell."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.cli.run_type import Run
from tests.conftest import real_files
from tests.end_to_end.terminal import Terminal

READER = str(Path(sys.executable).with_name("reader"))

REPORT = """
---
title: '港口扩建进入第三年，吞吐量再创新高'
categories:
 - 财经
 - 港口周报
author: 港口周报
date: Wed, 10 Nov 2021 08:37:48 GMT
---

<div>
<p>港口扩建工程进入第三年，全年吞吐量达到4,120万标准箱，比上年增长2.6%，再次刷新纪录。</p>
<p><strong>新航线陆续开通</strong></p>
<p>今年以来，港口先后开通了12条新航线，覆盖“一带一路”沿线的多个国家；其中北极航线首次试航成功。</p>
<p><strong>智能码头投入使用</strong></p>
<p>无人集卡在5G网络下昼夜运行，平均每小时可装卸36.6个标准箱——这是去年的1.5倍。</p>
</div>
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "财经").mkdir(parents=True)
    (folder / "财经" / "report.md").write_text(REPORT, encoding="utf-8")
    (folder / "telegram.md").write_text(
        '\n---\ntitle: """"\'短讯：大桥合龙\'""""\nauthor: 快讯\ndate: Invalid Date\n---\n<div>大桥合龙。</div>',
        encoding="utf-8",
    )
    (folder / "english.html").write_text(
        "<html><title>On Bridges</title><h1>On Bridges</h1><p>A bridge is a promise.</p>"
    )
    return folder


def test_show_prints_head_and_text_no_wider_than_asked(archive: Path, command: Run) -> None:
    for width in (20, 33, 80, 120):
        code, out, err = command("show", archive / "财经" / "report.md", "--width", width)
        assert (code, err) == (0, "")
        assert all(wcswidth(line) <= width for line in out.splitlines())
        joined = "".join(out.split())
        assert "港口扩建进入第三年，吞吐量再创新高" in joined
        assert "港口周报" in joined
        assert "无人集卡在5G网络下昼夜运行，平均每小时可装卸36.6个标准箱——这是去年的1.5倍。" in joined


def test_outline_prints_sections_and_the_lines_on_which_show_prints_them(archive: Path, command: Run) -> None:
    report = archive / "财经" / "report.md"
    assert command("outline", report)[1] == "新航线陆续开通\n智能码头投入使用\n"
    sections = json.loads(command("outline", report, "--json")[1])
    assert [(section["level"], section["title"]) for section in sections] == [
        (1, "新航线陆续开通"),
        (1, "智能码头投入使用"),
    ]
    lines = command("show", report, "--width", 80)[1].splitlines()
    assert all(section["title"] in lines[section["line"] - 1] for section in sections)


def test_list_prints_the_newest_first_with_every_field(archive: Path, command: Run) -> None:
    code, out, err = command("list", "-a", archive, "--json")
    assert code == 0
    rows = json.loads(out)
    assert [row["title"] for row in rows] == ["港口扩建进入第三年，吞吐量再创新高", "On Bridges", "短讯：大桥合龙"]
    first = rows[0]
    assert datetime.fromisoformat(first["date"]).timestamp() == 1636533468
    assert (first["author"], first["categories"], first["warnings"]) == ("港口周报", ["财经", "港口周报"], [])
    assert Path(first["path"]) == archive / "财经" / "report.md"
    assert rows[1]["date"] is None
    assert any("telegram.md" in warning for warning in rows[2]["warnings"])
    assert len({row["id"] for row in rows}) == 3
    code, out, err = command("list", "-a", archive)
    assert out.splitlines()[0].startswith("2021-11-10  港口扩建进入第三年")
    assert "2 warnings: “reader check” shows them" in err


def test_archives_add_up_and_fall_back(archive: Path, command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def titles(*arguments: object) -> list[str]:
        return [row["title"] for row in json.loads(command("list", "--json", *arguments)[1])]

    assert len(titles("-a", archive / "财经", "-a", archive / "english.html")) == 2
    assert len(titles()) >= 14
    monkeypatch.setenv("READER_ARCHIVE", f"{archive / '财经'}{os.pathsep}{archive / 'english.html'}")
    assert len(titles()) == 2
    assert titles("-a", archive / "english.html") == ["On Bridges"]


def test_settings_name_archives_too(archive: Path, command: Run) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "reader"
    config.mkdir(parents=True)
    (config / "settings.yaml").write_text(f"archives: {archive / 'english.html'}\n")
    assert "On Bridges" in command("list")[1]


@pytest.mark.parametrize(("breaks", "lines"), [("auto", 2), ("keep", 2), ("join", 1)])
def test_settings_determine_line_breaks(tmp_path: Path, command: Run, breaks: str, lines: int) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "reader"
    config.mkdir(parents=True)
    (config / "settings.yaml").write_text(f"line_breaks: {breaks}\n")
    poem = tmp_path / "诗.txt"
    poem.write_text("白日依山尽，\n黄河入海流。\n\n王之涣", encoding="utf-8")
    shown = command("show", poem, "--width", 60)[1]
    assert len(shown.partition("王之涣")[0].partition("白日")[2].split()) == lines


def test_export_writes_what_show_prints(archive: Path, command: Run, tmp_path: Path) -> None:
    report, folder = archive / "财经" / "report.md", tmp_path / "out"
    code, out, err = command("export", report, archive / "english.html", "-o", folder, "--width", 60)
    assert (code, err) == (0, "")
    files = [Path(line) for line in out.splitlines()]
    assert {file.parent for file in files} == {folder}
    assert files[0].name == "港口扩建进入第三年，吞吐量再创新高.txt"
    assert files[0].read_text(encoding="utf-8") == command("show", report, "--width", 60)[1]


def test_export_writes_markdown_that_reads_as_the_article(archive: Path, command: Run, tmp_path: Path) -> None:
    report = archive / "财经" / "report.md"
    code, out, err = command("export", report, "-o", tmp_path / "out", "--format", "markdown")
    assert (code, err) == (0, "")
    written = Path(out.strip())
    assert written.name == "港口扩建进入第三年，吞吐量再创新高.md"
    lines = written.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# 港口扩建进入第三年，吞吐量再创新高"
    assert lines[2].startswith("港口周报 · ")
    assert "## 新航线陆续开通" in lines
    assert command("outline", written)[1].splitlines() == command("outline", report)[1].splitlines()


def test_export_never_writes_over_a_file_unless_forced(archive: Path, command: Run, tmp_path: Path) -> None:
    article = archive / "english.html"
    (tmp_path / "On Bridges.txt").write_text("mine")
    code, out, err = command("export", article, archive / "telegram.md", "-o", tmp_path)
    assert code != 0
    assert "exists" in err
    assert "--force" in err
    assert (tmp_path / "On Bridges.txt").read_text() == "mine"
    assert "短讯" in out
    assert command("export", article, "-o", tmp_path, "--force")[0] == 0
    assert "promise" in (tmp_path / "On Bridges.txt").read_text()


def test_two_articles_of_one_title_become_two_files(archive: Path, command: Run, tmp_path: Path) -> None:
    twin = archive / "twin.html"
    twin.write_text("<title>On Bridges</title><p>Another.</p>")
    code, out, _ = command("export", archive / "english.html", twin, "-o", tmp_path / "out")
    assert code == 0
    assert len(set(out.splitlines())) == 2


@pytest.mark.parametrize("title", ["../../etc/passwd", "/etc/passwd", "..", "a\\b", "CON", "", "x" * 400])
def test_title_never_leads_out_of_the_folder(title: str, command: Run, tmp_path: Path) -> None:
    file, folder = tmp_path / "in" / "a.md", tmp_path / "in" / "out"
    file.parent.mkdir()
    file.write_text(f"---\ntitle: {json.dumps(title)}\n---\ntext\n")
    code, out, _ = command("export", file, "-o", folder)
    assert code == 0
    written = Path(out.strip())
    assert written.parent == folder
    assert list(folder.iterdir()) == [written]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "xdg") == ["in"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["show", "nowhere.md"], 1, "nowhere.md"),
        (["show", "."], 2, "folder"),
        (["show"], 2, "FILE"),
        (["show", "nowhere.md", "--width", "3"], 2, "10"),
        (["show", "nowhere.md", "--width", "wide"], 2, "10"),
        (["list", "-a", "nowhere"], 1, "nowhere"),
        (["list", "--jsn"], 2, "--jsn"),
        (["outline", "nowhere.md", "--json"], 1, "nowhere.md"),
        (["export", "nowhere.md"], 1, "nowhere.md"),
        (["export", "nowhere.md", "--format", "pdf"], 2, "markdown"),
        (["nowhere"], 1, "nowhere"),
        (["--nonsense"], 2, "--nonsense"),
    ],
)
def test_an_error_is_one_line_with_a_hint(
    arguments: list[str], code: int, told: str, command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    got, out, err = command(*arguments)
    assert (got, out) == (code, "")
    assert err.startswith("reader: ")
    assert told in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["serach", "x"], "did you mean “reader search”?"),
        (["Lnks", "--json"], "did you mean “reader links”?"),
        (["./serach"], "check the path"),
        (["list.md"], "check the path"),
        (["nowhere"], "check the path"),
    ],
)
def test_misspelt_command_gets_a_hint(
    arguments: list[str], hint: str, command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = command(*arguments)
    assert (code, out) == (1, "")
    assert "does not exist" in err
    assert hint in err


def test_folder_named_like_a_command_is_opened(archive: Path, command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.rename(archive.with_name("serach"))
    monkeypatch.chdir(archive.parent)
    assert "needs a terminal" in command("serach")[2]


def test_broken_settings_stop_a_command_with_the_line(command: Run) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "reader"
    config.mkdir(parents=True)
    (config / "settings.yaml").write_text("mesure: 70\n")
    code, _, err = command("list")
    assert code == 2
    assert "did you mean measure" in err


def test_pipe_that_closes_early_is_not_an_error(tmp_path: Path) -> None:
    long = tmp_path / "long.md"
    long.write_text("---\ntitle: long\n---\n" + "一句话。\n\n" * 20_000, encoding="utf-8")
    script = f"set -o pipefail; {READER} show {long} | head -n 3"
    result = subprocess.run(["bash", "-c", script], check=False, capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == 3


def test_characters_missing_in_the_encoding_become_question_marks(archive: Path) -> None:
    result = subprocess.run(
        [READER, "show", str(archive / "财经" / "report.md")],
        check=False,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        timeout=60,
    )
    assert result.returncode == 0
    assert b"5G" in result.stdout


def test_no_control_function_is_printed(command: Run, tmp_path: Path) -> None:
    evil = tmp_path / "evil\x1b]0;owned\x07.md"
    evil.write_text(
        '---\ntitle: "a\\x1b[31mb\\u202ec"\nauthor: "\\x9b5m"\n---\n'
        "<p>x\x1b]52;c;aGk=\x07y\x9b31m &#27;[2J &#x202e;z</p>"
    )
    for arguments in (
        ["show", evil],
        ["outline", evil],
        ["list", "-a", evil],
        ["list", "-a", evil, "--json"],
        ["show", f"{evil}x"],
    ):
        _, out, err = command(*arguments)
        assert not {c for c in out + err if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066"}


@pytest.mark.parametrize("path", real_files(), ids=lambda path: path.name[:24])
def test_every_real_file_lists_and_shows(path: Path, command: Run) -> None:
    code, out, _ = command("list", "-a", path, "--json")
    (row,) = json.loads(out)
    assert code == 0
    assert row["title"].strip()
    assert not row["title"].startswith(("'", '"""'))
    if row["date"] is not None:
        assert 2001 <= datetime.fromisoformat(row["date"]).year <= 2022
    assert command("show", path, "--width", 40)[0] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no $TERM")
@pytest.mark.parametrize("terminal", ["dumb", "unknown", ""])
def test_dumb_terminal_gets_a_clear_error(terminal: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text", "utf-8")
    environ = {"TERM": terminal, "LC_ALL": "C.UTF-8", "XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    with Terminal([READER, str(tmp_path / "a.md")], columns=200, environ=environ) as started:
        assert started.wait_for_exit() == 2
        assert "reader show FILE" in started.text
        assert b"\x1b" not in started.received


def test_a_long_name_in_a_chart_ends_with_an_ellipsis_in_its_column(tmp_path: Path, command: Run) -> None:
    for name in ("灯塔与航海的一切记录汇编第一辑", "灯塔与航海的一切记录汇编"):
        article = tmp_path / "a" / name / "a.md"
        article.parent.mkdir(parents=True)
        article.write_text(f"# {name}\n\n灯。\n", encoding="utf-8")
    rows = [row for row in command("stats", "-a", tmp_path / "a")[1].splitlines() if "灯塔" in row]
    assert {row.split()[0] for row in rows} == {"灯塔与航海的一切记录汇…", "灯塔与航海的一切记录汇编"}
    assert len({wcswidth(row.split("█")[0]) for row in rows}) == 1


@pytest.mark.parametrize("name", ["index", "check", "stats"])
def test_commands_say_which_files_were_skipped(tmp_path: Path, command: Run, name: str) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.md").write_text("# 灯塔\n\n灯。", encoding="utf-8")
    others = [folder / name for name in (*(f"{n}.pdf" for n in range(9)), *(f"{n}.docx" for n in range(3)))]
    for path in (*others, folder / "cover.png"):
        path.write_bytes(b"x")
    code, out, err = command(name, "-a", folder)
    assert (code, err) == (0, "")
    assert "12 files skipped: 9 .pdf, 3 .docx" in out.splitlines()
    for path in others:
        path.unlink()
    command("index", "-a", folder)
    assert "skipped" not in command(name, "-a", folder)[1]
