"""`reader mcp`, asked by the client of the SDK over standard input and output."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
from reader.reading.opened_article import open_article


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


PATIENCE = 60.0

INITIALIZE = {
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}


@contextmanager
def spoken_to(archive: Path, home: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A server in a session of its own, initialized."""
    command = [sys.executable, "-m", "reader", "mcp", "-a", str(archive)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=home, start_new_session=True)
    try:
        say(process, json.dumps({"jsonrpc": "2.0", **INITIALIZE}))
        assert answer(process)["id"] == 1
        say(process, json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}))
        yield process
    finally:
        process.kill()
        process.communicate()


def say(process: "subprocess.Popen[bytes]", line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line.encode() + b"\n")
    process.stdin.flush()


def answer(process: "subprocess.Popen[bytes]") -> Any:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def test_requests_are_answered_although_the_input_has_ended(archive: Path, home: dict[str, str]) -> None:
    search = {"name": "search", "arguments": {"query": ""}}
    messages: list[dict[str, object]] = [INITIALIZE, {"method": "notifications/initialized"}]
    messages += [{"id": 2, "method": "tools/call", "params": search}, {"id": "last", "method": "ping"}]
    command = [sys.executable, "-m", "reader", "mcp", "-a", str(archive)]
    lines = "".join(json.dumps({"jsonrpc": "2.0", **message}) + "\n" for message in messages)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, env=home, check=True, timeout=PATIENCE)
    assert {json.loads(line)["id"] for line in done.stdout.splitlines()} == {1, 2, "last"}


def test_every_message_that_is_not_valid_is_answered_with_an_error(archive: Path, home: dict[str, str]) -> None:
    search = '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search","arguments":{"query":"%s"}}}'
    with spoken_to(archive, home) as process:
        for line, number, code in (
            (search % "\\ud800", 7, -32600),
            ('{"jsonrpc":"2.0","id":"\\udfff","method":"ping"}', None, -32600),
            ('{"jsonrpc":"2.0","id":"a","method":5}', "a", -32600),
            ('{"jsonrpc":"2.0","method":1,"params":"bar"}', None, -32600),
            ('{"id":3,"method":"ping"}', 3, -32600),
            ('{"method":4,"params":{"jsonrpc":"2.0","id":5},"id":6}', 6, -32600),
            ('{"jsonrpc":"2.0","id":1.5,"method":"tools/list"}', None, -32600),
            ('{"jsonrpc":"2.0","id":{"a":1},"method":"ping"}', None, -32600),
            ("{}", None, -32600),
            ("[1, 2]", None, -32600),
            ("[" * 100_000, None, -32700),
            ("not JSON", None, -32700),
        ):
            # A notification has no answer.
            say(process, '{"jsonrpc":"2.0","method":"notifications/x","params":{"a":"\\ud800"}}')
            say(process, line)
            got = answer(process)
            assert (got["id"], got["error"]["code"]) == (number, code), line[:80]
            assert ("surrogate" in got["error"]["message"]) is ("\\ud" in line)
        say(process, search % "water")
        assert "Tea" in answer(process)["result"]["content"][0]["text"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the processes of a session are found in /proc")
def test_a_server_that_is_ended_while_it_indexes_leaves_no_process_and_no_file(
    tmp_path: Path, archive: Path, home: dict[str, str]
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for number in range(300):
        text = "".join(f"Oil {number * place}. " for place in range(400))
        (archive / f"{number}.md").write_text(f"# Lamp {number}\n\n{text}\n", encoding="utf-8")
    with spoken_to(archive, home | {"TMPDIR": str(temporary)}) as process:
        call = {"name": "search", "arguments": {"query": "oil"}}
        say(process, json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call}))
        wait_until(lambda: len(session(process.pid)) > 1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) in {-signal.SIGTERM, 128 + signal.SIGTERM}
        wait_until(lambda: not session(process.pid))
    assert list(temporary.iterdir()) == []
    with spoken_to(archive, home) as process:
        say(process, json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "archives"}}))
        assert json.loads(answer(process)["result"]["content"][0]["text"])["articles"] == 304


def session(leader: int) -> list[int]:
    """The processes of a session that run."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[3] == str(leader) and fields[0] != "Z":
            found.append(int(place.parent.name))
    return found


def wait_until(holds: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_answers_do_not_repeat_what_is_endless(archive: Path, home: dict[str, str]) -> None:
    long = "x" * 200_000
    call = {"method": "tools/call", "params": {"name": "search", "arguments": {"query": long}}}
    with spoken_to(archive, home) as process:
        for message in (
            {"id": 1, "method": long},
            {"id": 2, "method": "tools/call", "params": {"name": long, "arguments": {}}},
            {"id": 3, **call},
            {"id": 4, "method": "tools/call", "params": {"name": "search", "arguments": {long: 1}}},
            {"id": 5, "method": "prompts/get", "params": {"name": long}},
            {"id": 6, "method": "resources/read", "params": {"uri": f"file:///{long}"}},
            {"id": 7, "method": "ping", "jsonrpc": long},
            {"id": 8, "method": "ping", "params": {"a": [[long]]}},
            {"id": long, "method": "ping"},
        ):
            say(process, json.dumps({"jsonrpc": "2.0", **message}))
            got = answer(process)
            assert got["id"] == (None if message["id"] == long else message["id"])
            assert len(json.dumps(got)) < LONGEST, message["id"]


def test_prompts_and_resources_are_unknown_methods_and_nothing_is_logged(archive: Path, home: dict[str, str]) -> None:
    messages: list[dict[str, object]] = [INITIALIZE, {"method": "notifications/initialized"}]
    asked_for: tuple[tuple[str, dict[str, Any]], ...] = (
        ("prompts/get", {"name": "nope"}),
        ("prompts/list", {}),
        ("resources/read", {"uri": "file:///etc/passwd"}),
        ("resources/templates/list", {}),
        ("completion/complete", {"ref": {"type": "ref/prompt", "name": "x"}, "argument": {"name": "a", "value": "b"}}),
        ("no/such", {}),
    )
    messages += [{"id": number, "method": one, "params": given} for number, (one, given) in enumerate(asked_for, 2)]
    lines = "".join(json.dumps({"jsonrpc": "2.0", **message}) + "\n" for message in messages)
    command = [sys.executable, "-m", "reader", "mcp", "-a", str(archive)]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, env=home, check=True, timeout=PATIENCE)
    first, *answers = map(json.loads, done.stdout.splitlines())
    # The oldest SDK allowed adds an empty entry.
    assert [name for name, given in first["result"]["capabilities"].items() if given] == ["tools"]
    assert [(one["id"], one["error"]["code"]) for one in answers] == [
        (number, -32601) for number in range(2, 2 + len(asked_for))
    ]
    assert done.stderr == ""
