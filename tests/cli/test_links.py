"""`reader links` and `reader search --like`."""

import json
from pathlib import Path

import pytest

from reader.cli.main import run

FILES = {
    "灯塔.md": "---\ntitle: 灯塔\n---\n\n## 夜\n\n见[渡口](渡口.md)、[夜](#夜)、[无](无.md)、[坏](渡口.md#没有)、<https://example.com>。\n",
    "渡口.md": "船夫说：回到[[灯塔#夜]]去。走吧。\n",
}


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    root = tmp_path / "archive"
    root.mkdir()
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_the_links_of_an_article(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["links", "-a", str(archive), "--json", str(archive / "灯塔.md")]) == 0
    found = [(one["kind"], one["text"], bool(one["problem"])) for one in json.loads(capsys.readouterr().out)]
    assert found == [
        ("article", "渡口", False),
        ("here", "夜", False),
        ("missing", "无", True),
        ("article", "坏", True),
        ("web", "https://example.com", False),
    ]


def test_without_an_archive_the_files_beside_an_article_are_found(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["links", str(archive / "灯塔.md")]) == 0
    assert str(archive / "渡口.md") in capsys.readouterr().out.splitlines()[0]


def test_the_links_to_an_article(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["links", "-a", str(archive), "--json", "--to", str(archive / "灯塔.md")]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["title"], one["sentence"]) == ("渡口", "船夫说：回到灯塔 › 夜去。")


def test_broken_links(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["links", "-a", str(archive), "--broken", "--json"]) == 1
    assert {one["target"] for one in json.loads(capsys.readouterr().out)} == {"无.md", "渡口.md#没有"}


@pytest.mark.parametrize("arguments", [["--broken", "x.md"], [], ["--to", "x.md", "y.md"]])
def test_wrong_usage(archive: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["links", "-a", str(archive), *arguments]) == 2
    assert capsys.readouterr().err.startswith("reader: ")


def test_articles_like_one(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(8):
        text = "守塔人擦拭透镜，记下灯质与雾号。" if number % 2 else "高粱拌入酒曲，窖池发酵两个月。"
        (archive / f"{number}.md").write_text(f"---\ntitle: 文 {number}\n---\n\n第{number}记：{text}", encoding="utf-8")
    assert run(["search", "-a", str(archive), "--json", "--limit", "3", "--like", str(archive / "1.md")]) == 0
    assert {Path(one["path"]).stem for one in json.loads(capsys.readouterr().out)} == {"3", "5", "7"}
    outside = archive.parent / "outside.md"
    outside.write_text("灯质与雾号，守塔人记下。擦拭透镜。", encoding="utf-8")
    assert run(["search", "-a", str(archive), "--json", "--limit", "4", "--like", str(outside)]) == 0
    assert {Path(one["path"]).stem for one in json.loads(capsys.readouterr().out)} == {"1", "3", "5", "7"}
    assert run(["search", "-a", str(archive)]) == 2
