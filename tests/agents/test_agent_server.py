"""`reader mcp`, asked by the client of the SDK over standard input and output."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.types import TextContent

from reader.agents.answers import LONGEST
from reader.api import open_archive
from reader.document.document import Position, Range
from reader.library.library import Library
from reader.reading.opened import open_article


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    folders = ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    return {**os.environ, "LC_ALL": "C.UTF-8"} | {name: str(tmp_path / name) for name in folders}


@pytest.fixture
def archive(tmp_path: Path, home: dict[str, str]) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    text = "---\ntitle: Lamps\ntags: [sea]\n---\n\n# Old\n\nOil and *wicks*.\n\n# New\n\n" + "A diode shines. " * 40
    (folder / "lamps.md").write_text(text, encoding="utf-8")
    for number in range(3):
        (folder / f"tea{number}.md").write_text(f"# Tea {number}\n\nWater first.\n", encoding="utf-8")
    store = Path(home["XDG_DATA_HOME"]) / "reader" / "marks.db"
    with open_archive(folder, cache=tmp_path / "cache", marks=store) as opened:
        (article,) = opened.articles("lamps")
    library = Library([folder], store)
    library.marks.articles.star(article, starred=True)
    library.add_highlight(open_article(article), Range(Position(1), Position(1, 3)), 2, "why")
    library.close()
    return folder


async def asked(client: Client, tool: str, **arguments: Any) -> Any:
    """The answer of a tool; the text of an error."""
    result = await client.call_tool(tool, arguments)
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert result.structured_content is None
    assert len(content.text) <= LONGEST
    return content.text if result.is_error else json.loads(content.text)


async def test_an_agent_finds_and_reads_and_sees_marks(archive: Path, home: dict[str, str]) -> None:
    server = StdioServerParameters(command=sys.executable, args=["-m", "reader", "mcp", "-a", str(archive)], env=home)
    async with Client(stdio_client(server)) as client:
        tools = (await client.list_tools()).tools
        assert [one.name for one in tools] == ["archives", "search", "article", "section", "marks"]
        assert all(one.annotations is not None and one.annotations.read_only_hint for one in tools)
        assert await asked(client, "archives") == {"archives": [str(archive)], "articles": 4}

        first = await asked(client, "search", query="water", limit=2)
        rest = await asked(client, "search", query="water", limit=2, offset=first["next_offset"])
        found = [one["title"] for one in first["results"] + rest["results"]]
        assert (sorted(found), rest["next_offset"]) == (["Tea 0", "Tea 1", "Tea 2"], None)
        assert len((await asked(client, "search", query=""))["results"]) == 4

        (lamps,) = (await asked(client, "search", query="tag:sea"))["results"]
        start = await asked(client, "article", article_id=lamps["id"], limit=100)
        assert [(one["number"], one["title"]) for one in start["sections"]] == [(1, "Old"), (2, "New")]
        assert start["text"].startswith("# Old\n\nOil and *wicks*.")
        rest = await asked(client, "article", article_id=lamps["id"], offset=start["next_offset"])
        assert len(start["text"] + rest["text"]) == start["characters"] == rest["characters"]
        section = await asked(client, "section", article_id=lamps["id"], section="1")
        assert section["text"] == "# Old\n\nOil and *wicks*."

        marks = await asked(client, "marks", article_id=lamps["id"])
        assert (marks["starred"], marks["read"]) == (True, False)
        assert marks["highlights"] == [{"text": "Oil", "note": "why", "colour": 2}]

        # New files are found without a restart; errors say what to do.
        (archive / "new.md").write_text("# Fresh\n\nWater again.\n", encoding="utf-8")
        assert len((await asked(client, "search", query="water"))["results"]) == 4
        assert "title:" in await asked(client, "search", query="title:")
        assert "id from" in await asked(client, "article", article_id="0" * 16)
        assert "There is no section" in await asked(client, "section", article_id=lamps["id"], section="Nowhere")
        assert "offset" in await asked(client, "article", article_id=lamps["id"], offset=-1)

        (archive / "many.md").write_text("".join(f"# Part {one}\n\n{'Tar. ' * 20}\n\n" for one in range(300)), "utf-8")
        (many,) = (await asked(client, "search", query="tar"))["results"]
        start = await asked(client, "article", article_id=many["id"], limit=LONGEST)
        first = start["next_section"]
        rest = await asked(client, "article", article_id=many["id"], offset=start["next_offset"], first_section=first)
        assert rest["sections"][0]["number"] == first == len(start["sections"]) + 1
