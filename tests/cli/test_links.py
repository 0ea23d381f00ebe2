"""`reader links` and `reader search --like`."""

import json
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from reader.cli import links_command
from reader.cli.main import run
from reader.linking.destination import Destination, DestinationKind
from tests.cli.run_type import Run

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


def test_an_article_without_links_to_it_is_reported(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alone = archive / "alone.md"
    alone.write_text("独自。\n", encoding="utf-8")
    assert run(["links", "-a", str(archive), "--to", str(alone)]) == 1
    written = capsys.readouterr()
    assert written.out == ""
    assert f"no article links to {alone}" in written.err


def test_broken_links(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["links", "-a", str(archive), "--broken", "--json"]) == 1
    assert {one["target"] for one in json.loads(capsys.readouterr().out)} == {"无.md", "渡口.md#没有"}


def test_a_section_of_an_embedded_note_is_not_broken(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (archive / "嵌.md").write_text("![[节]]\n\n![[节#别]]\n\n[有](#灯)、[无](#塔)\n", encoding="utf-8")
    (archive / "节.md").write_text("## 灯\n\n文。\n\n## 别\n\n文。\n", encoding="utf-8")
    run(["links", "-a", str(archive), "--broken", "--json"])
    assert "#塔" in (broken := {one["target"] for one in json.loads(capsys.readouterr().out)})
    assert "#灯" not in broken


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "org.org",
            "[[file:无.org][无]] [[file:渡口.md][有]] [[id:no-such-id][号]]\n",
            {"无.org", "id:no-such-id"},
        ),
        ("file.md", "[外](file:///etc/passwd) [有](file:渡口.md)\n", {"file:///etc/passwd"}),
        ("vault.md", "[无](obsidian://open?vault=v&file=no) [有](obsidian://open?file=%E6%B8%A1%E5%8F%A3)\n", None),
        ("within.md", "## 一\n\n[有](#一)、[[#一]]、[无](#三)、[[#四]]\n", {"#三", "wiki:#四"}),
    ],
)
def test_links_of_every_scheme_may_be_broken(
    archive: Path, name: str, text: str, expected: set[str] | None, capsys: pytest.CaptureFixture[str]
) -> None:
    (archive / name).write_text(text, encoding="utf-8")
    run(["links", "-a", str(archive), "--broken", "--json"])
    found = {one["target"] for one in json.loads(capsys.readouterr().out) if one["path"].endswith(name)}
    assert found == (expected or {"obsidian://open?vault=v&file=no"})


def test_places_that_saved_pages_refer_to_are_not_reported(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paragraphs = "<p>海上起雾，灯塔看守鸣响雾号，船只缓缓驶过岬角。</p>" * 9
    page = f"<title>页</title><article><h1>页</h1>{paragraphs}<p><a href='#comments'>评论</a></p></article>"
    (archive / "page.html").write_text(page, encoding="utf-8")
    run(["links", "-a", str(archive), "--broken", "--json"])
    assert not [one for one in json.loads(capsys.readouterr().out) if one["path"].endswith("page.html")]


PICTURES = (
    "![灯](灯.png)、![无](无.png)、![[无.jpg|200]]、![[灯.png]]、![网](https://example.com/无.png)\n\n![[无.mp4]]\n"
)


def test_pictures_that_do_not_exist_are_broken(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (archive / "灯.png").write_bytes(b"\x89PNG")
    note = archive / "sub" / "图.md"
    note.parent.mkdir()
    note.write_text(PICTURES + "\n![外](../../无.png) ![资](无/资.png)\n", encoding="utf-8")
    (note.parent / "图").mkdir()
    (note.parent / "图" / "资.png").write_bytes(b"\x89PNG")
    assert run(["links", "-a", str(archive), "--broken", "--json"]) == 1
    found = [one for one in json.loads(capsys.readouterr().out) if one["path"] == str(note)]
    assert [(one["kind"], one["target"]) for one in found] == [
        ("picture", "无.png"),
        ("picture", "无.jpg"),
        ("video", "无.mp4"),
        ("picture", "../../无.png"),
        ("picture", "无/资.png"),
    ]
    run(["links", "-a", str(archive), "--broken"])
    lines = capsys.readouterr().out.splitlines()
    assert f"{note}: picture not found: 无.png  “无”" in lines
    assert f"{note}: not shown, because it is outside the archive: ../../无.png  “外”" in lines
    assert lines[-1] == "7 broken links and pictures"


def test_a_picture_that_is_added_or_deleted_is_noticed(archive: Path) -> None:
    for name in FILES:
        (archive / name).unlink()
    (archive / "图.md").write_text("![灯](灯.png)\n", encoding="utf-8")
    for exists, expected in ((False, 1), (True, 0), (False, 1)):
        (archive / "灯.png").write_bytes(b"\x89PNG") if exists else (archive / "灯.png").unlink(missing_ok=True)
        assert run(["links", "-a", str(archive), "--broken"]) == expected


def test_an_address_of_megabytes_is_shortened(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = archive / "long.md"
    note.write_text(f"见 https://example.org/{'x' * 2**20} 与[甲]({'y' * 2**20}.md)。\n", encoding="utf-8")
    run(["links", "-a", str(archive), str(note)])
    assert max(map(len, capsys.readouterr().out.splitlines())) < 2_000
    run(["links", "-a", str(archive), "--json", str(note)])
    assert len(capsys.readouterr().out) < 100_000
    run(["links", "-a", str(archive), "--broken"])
    assert max(map(len, capsys.readouterr().out.splitlines())) < 2_000


@pytest.mark.parametrize("link", ["id:3f2a", "file:note.org::*节", "obsidian://open?vault=v&file=note"])
def test_links_by_id_and_scheme_lead_back(archive: Path, link: str, capsys: pytest.CaptureFixture[str]) -> None:
    note = archive / "note.org"
    note.write_text(":PROPERTIES:\n:ID: 3f2a\n:END:\n#+TITLE: 札记\n\n* 节\n正文\n", encoding="utf-8")
    (archive / "from.org").write_text(f"见 [[{link}][札记]]。\n", encoding="utf-8")
    assert run(["links", "-a", str(archive), "--json", "--to", str(note)]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert Path(one["path"]).name == "from.org"


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


@pytest.fixture
def vault(archive: Path) -> Path:
    """A vault in which a note and what it links to, and what is like it, are in different folders."""
    root = archive.parent / "vault"
    for name, text in {
        "界面/设置.md": "守塔人擦拭透镜，记下灯质与雾号。",
        "链接/内部.md": "见[[设置]]、[[没有]]。守塔人擦拭透镜，记下灯质与雾号，然后睡了。",
    }.items():
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    "marker", [".obsidian/app.json", ".git/HEAD", "logseq/config.edn", "mkdocs.yml", "package.json"]
)
def test_without_an_archive_the_nearest_root_above_the_file_is_used(
    vault: Path, command: Run, marker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault / marker).parent.mkdir(exist_ok=True)
    (vault / marker).touch()
    note, settings = vault / "链接" / "内部.md", vault / "界面" / "设置.md"
    assert command("links", note)[1].splitlines()[0] == f"article  {settings}  设置"
    assert str(note) in command("links", "--to", settings)[1]
    assert [Path(one["path"]).stem for one in json.loads(command("search", "--json", "--like", note)[1])] == ["设置"]
    # The home folder is never taken for an archive.
    monkeypatch.setenv("HOME", str(vault))
    monkeypatch.setenv("USERPROFILE", str(vault))
    assert str(settings) not in command("links", note)[1]


def test_without_an_archive_the_configured_one_that_contains_the_file_is_used(
    vault: Path, command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault / "链接" / "package.json").touch()
    monkeypatch.setenv("READER_ARCHIVE", str(vault))
    note, settings = vault / "链接" / "内部.md", vault / "界面" / "设置.md"
    assert str(settings) in command("links", note)[1]
    assert command("links", "--to", settings)[0] == 0
    assert command("search", "--like", note)[0] == 0


def test_the_archive_is_named_if_something_was_not_found(vault: Path, command: Run) -> None:
    note = vault / "链接" / "内部.md"
    for arguments in (["links", note], ["links", "--to", note], ["search", "--like", note]):
        assert f"reader: searched {note.parent}; " in command(*arguments)[2]
    assert command("links", "-a", note.parent, note)[2] == ""


def test_a_missing_note_is_shown_as_it_is_written(vault: Path, command: Run) -> None:
    note = vault / "链接" / "内部.md"
    (note.parent / "外部.md").write_text("外面。", encoding="utf-8")
    note.write_text("见[[没有]]、[[外部#无此节|节]]。", encoding="utf-8")
    assert command("links", note)[1].splitlines()[0] == "missing  [[没有]]  没有"
    code, out, _ = command("links", "-a", note.parent, "--broken")
    assert code == 1
    assert "no such heading: [[外部#无此节]]" in out
    assert "wiki:" not in out


def test_a_host_that_imitates_another_is_shown_in_punycode(vault: Path, command: Run) -> None:
    note = vault / "链接" / "内部.md"
    note.write_text("[见](https://\u0430pple.com/登录)、[书](https://例子.com/)。", encoding="utf-8")
    assert command("links", note)[1].splitlines() == [
        "web  https://xn--pple-43d.com/登录  见",
        "web  https://例子.com/  书",
    ]
    assert json.loads(command("links", "--json", note)[1])[0]["target"] == "https://\u0430pple.com/登录"


def test_the_links_to_a_file_that_does_not_exist(vault: Path, command: Run) -> None:
    code, out, err = command("links", "-a", vault, "--to", vault / "无.md")
    assert (code, out) == (1, "")
    assert f"{vault / '无.md'} does not exist" in err
    assert "readable" not in err


def test_links_of_standard_input_refer_to_a_base(command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"# T\n\n[a](other.md) <https://example.org/x>\n"
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(text)))
    code, out, _err = command("links", "-", "--base", "https://example.com/d/")
    assert (code, out) == (
        0,
        "web  https://example.com/d/other.md  a\nweb  https://example.org/x  https://example.org/x\n",
    )


def test_a_web_address_in_place_of_a_file_is_explained(command: Run) -> None:
    for arguments in (("show", "https://example.org/a"), ("https://example.org/a",), ("export", "http:/example.org")):
        code, out, err = command(*arguments)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert "curl" in err


def test_links_of_standard_input_are_those_of_a_folder(
    archive: Path, command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "# T\n\n[a](渡口.md) [[灯塔#夜]] [b](gone.md) [c](#T)\n".encode()

    def links(*arguments: object) -> str:
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(text)))
        return command("links", "-", *arguments)[1]

    expected = f"article  {archive / '渡口.md'}  a\narticle  {archive / '灯塔.md'}#夜  灯塔 › 夜\n"
    for base in (archive, archive / "灯塔.md"):
        assert links("--base", base).startswith(f"{expected}missing  gone.md  b\nhere  #T")
    assert links("--base", archive, "-a", archive.parent).startswith(expected)
    monkeypatch.setenv("READER_ARCHIVE", str(archive.parent))
    assert links("--base", archive).startswith(expected)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(text)))
    assert command("links", "-", "--base", f"{archive}/gone/")[0] == 1


@pytest.mark.parametrize(
    ("part", "address", "shown"),
    [
        ("https://example.com/lamp.png", "https://example.com/lamp.png", "/a/page.mhtml/https://example.com/lamp.png"),
        ("OEBPS/lamp.png", "OEBPS/lamp.png", "/a/page.mhtml/OEBPS/lamp.png"),
        ("data:image/0123456789abcdef.png", "", "/a/page.mhtml"),
    ],
)
def test_a_picture_inside_a_file_is_shown_by_its_name_in_it(part: str, address: str, shown: str) -> None:
    led = Destination(DestinationKind.FILE, address, path=Path("/a/page.mhtml"), part=part)
    assert links_command._place(led) == shown
