"""Links between notes of one export by the addresses of note-taking programs."""

from pathlib import Path

import pytest

from reader.archive.article import Article
from reader.linking.stored_links import stored_links
from tests.linking.archives import Linked, linked

JOPLIN = "0123456789abcdef0123456789abcdef"
PAGE = "aaaabbbbccccddddeeeeffff00001111"
FILE = "ccccddddeeeeffff0000111122223333"
BLOCK = "64f1c0de-1111-2222-3333-444455556666"
NOTES = {
    "start.md": "",
    "灯塔 Light.md": "# 灯塔 Light\n\n正文\n\n## 一节\n\n正文",
    "notes/A-B.md": "---\ntitle: A/B\n---\n\n正文",
    "one/同名.md": "",
    "two/同名.md": "",
    f"raw/{JOPLIN}.md": f"渡口\n\n## 岸\n\n正文\n\nid: {JOPLIN}\nparent_id: \ntype_: 1",
    f"plan/港口计划 {PAGE}.md": "# 港口计划\n\n正文",
    "pages/块.md": f"- 一块\n  id:: {BLOCK}\n- 另一块\n",
}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("bear://x-callback-url/open-note?title=%E7%81%AF%E5%A1%94%20Light", "article 灯塔 Light.md"),
        ("bear://x-callback-url/open-note?title=灯塔+Light&header=一节", "article 灯塔 Light.md#一节"),
        ("bear://x-callback-url/open-note?title=A%2FB", "article notes/A-B.md"),
        ("bear://x-callback-url/open-note?title=%E5%90%8C%E5%90%8D", "missing "),
        ("bear://x-callback-url/open-note?id=0A1B-2C3D", "missing "),
        ("bear://x-callback-url/create?text=x", "unsafe "),
        (f":/{JOPLIN}", f"article raw/{JOPLIN}.md"),
        (f":/{JOPLIN}#%E5%B2%B8", f"article raw/{JOPLIN}.md#岸"),
        (f"joplin://x-callback-url/openNote?id={JOPLIN}", f"article raw/{JOPLIN}.md"),
        (f":/{'f' * 32}", "missing "),
        (f"https://www.notion.so/Harbour-{PAGE}", f"article plan/港口计划 {PAGE}.md"),
        (f"https://www.notion.so/team/{PAGE.upper()}?pvs=4#{'1' * 32}", f"article plan/港口计划 {PAGE}.md"),
        (f"https://someone.notion.site/{PAGE}", f"article plan/港口计划 {PAGE}.md"),
        (f"notion://www.notion.so/{PAGE}", f"article plan/港口计划 {PAGE}.md"),
        (f"https://www.notion.so/{'f' * 32}", f"web https://www.notion.so/{'f' * 32}"),
        (f"https://notion.example.org/{PAGE}", f"web https://notion.example.org/{PAGE}"),
        ("obsidian://open?vault=V&file=%E7%81%AF%E5%A1%94%20Light%23%E4%B8%80%E8%8A%82", "article 灯塔 Light.md#一节"),
        ("obsidian://vault/V/notes/A-B", "article notes/A-B.md"),
        ("obsidian://advanced-uri?vault=V&filepath=notes%2FA-B.md", "article notes/A-B.md"),
        ("obsidian://open?path=%2Fetc%2Fpasswd", "unsafe "),
        ("logseq://graph/g?page=%E7%81%AF%E5%A1%94%20Light", "article 灯塔 Light.md"),
        (f"logseq://graph/g?block-id={BLOCK}", f"article pages/块.md#^{BLOCK}"),
        ("evernote:///view/1/s1/11112222-3333-4444-5555-666677778888/", "unsafe "),
    ],
)
def test_addresses_of_programs(tmp_path: Path, target: str, expected: str) -> None:
    with linked(tmp_path, NOTES) as archive:
        assert archive.follow("start.md", target) == expected


@pytest.mark.parametrize(
    ("place", "target", "expected"),
    [
        ("raw/note.md", f":/{FILE}", f"file raw/resources/{FILE}.pdf"),
        ("raw/book/note.md", f":/{FILE.upper()}", f"file raw/resources/{FILE}.pdf"),
        ("raw/note.md", f":/{'e' * 32}", "file raw/_resources/" + "e" * 32),
        ("start.md", f":/{FILE}", "missing "),
        ("raw/note.md", f":/{'d' * 32}", "missing "),
        ("raw/note.md", f":/{JOPLIN}", f"article raw/{JOPLIN}.md"),
    ],
)
def test_files_that_notes_of_joplin_refer_to_are_in_its_resources(
    tmp_path: Path, place: str, target: str, expected: str
) -> None:
    resources = tmp_path / "raw/resources"
    resources.mkdir(parents=True)
    (resources / f"{'d' * 32}.pdf").symlink_to("/etc/passwd")
    (resources / f"{FILE}.pdf").write_bytes(b"%PDF-")
    (tmp_path / "raw/_resources").mkdir()
    (tmp_path / "raw/_resources" / ("e" * 32)).write_bytes(b"x")
    with linked(tmp_path, {**NOTES, "raw/note.md": "", "raw/book/note.md": ""}) as archive:
        assert archive.follow(place, target) == expected


@pytest.mark.parametrize(
    ("link", "there"),
    [
        (f"[x](:/{JOPLIN})", f"raw/{JOPLIN}.md"),
        (f"[x](https://www.notion.so/Harbour-{PAGE})", f"plan/港口计划 {PAGE}.md"),
        ("[x](bear://x-callback-url/open-note?title=A%2FB)", "notes/A-B.md"),
        ("[x](obsidian://vault/V/notes/A-B)", "notes/A-B.md"),
    ],
)
def test_such_links_count_as_links_to_the_note(tmp_path: Path, link: str, there: str) -> None:
    with linked(tmp_path, {**NOTES, "start.md": f"见{link}。"}) as archive:
        (found,) = archive.links.linked_from(archive.article(there))
        assert found.article.path.name == "start.md"


def enex(*notes: tuple[str, str]) -> str:
    """An export of notes, each a title and its content in ENML."""
    written = "".join(
        f"<note><title>{title}</title><created>20210{number}01T000000Z</created>"
        f"<content><![CDATA[<en-note>{content}</en-note>]]></content></note>"
        for number, (title, content) in enumerate(notes, 1)
    )
    return f'<?xml version="1.0"?><!DOCTYPE en-export SYSTEM "x"><en-export>{written}</en-export>'


def noted(archive: Linked, title: str) -> Article:
    articles = archive.index.articles(list(archive.index.shown_keys())).values()
    return next(one for one in articles if one.title == title)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("港口 &amp; 渡口", "港口 & 渡口"),
        ("<b>港口</b> &amp;\n  <i>渡口</i>", "港口 & 渡口"),
        ("C# / 一?", "C# / 一?"),
        ("别的名字", ""),
    ],
)
def test_notes_of_evernote_link_each_other_by_their_titles(tmp_path: Path, text: str, expected: str) -> None:
    address = "evernote:///view/1/s1/11112222-3333-4444-5555-666677778888/11112222-3333-4444-5555-666677778888/"
    content = f'见 <a style="color:red" href="{address}">{text}</a>。'
    files = {"a.enex": enex(("起点", content), ("港口 &amp; 渡口", "正文"), ("C# / 一?", "正文"))}
    with linked(tmp_path, files) as archive:
        (links,) = [found for article, found, _pictures in stored_links(archive.index) if article.title == "起点"]
        destination = archive.links.destination(noted(archive, "起点"), links[0].target)
        article = archive.links.article(destination)
        assert (article.title if article is not None else "") == expected
        assert (destination.kind == "missing") is (expected == "")
        assert address in destination.address
