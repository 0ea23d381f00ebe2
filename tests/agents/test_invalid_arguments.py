"""What an agent is told of arguments that do not fit a tool: one plain sentence."""

from pathlib import Path
from typing import Any

import pytest
from mcp.server.mcpserver.exceptions import ToolError

from reader.agents.agent_server import agent_server


@pytest.mark.parametrize(
    ("tool", "arguments", "expected"),
    [
        ("search", {}, "`search`: the argument “query” is missing"),
        ("search", {"query": 5}, "`search`: the argument “query” must be a string"),
        ("search", {"query": "tea", "limit": 99_999}, "`search`: the argument “limit” must be at most 50"),
        ("search", {"query": "tea", "limit": "many"}, "`search`: the argument “limit” must be an integer"),
        ("search", {"query": "tea", "limit": 1.5}, "`search`: the argument “limit” must be an integer"),
        ("search", {"query": "x" * 2_000}, "`search`: the argument “query” must be at most 1,000 characters long"),
        ("article", {"article_id": "0", "offset": -1}, "`article`: the argument “offset” must be at least 0"),
        ("section", {"offset": []}, "`section`: the argument “article_id” is missing (and 2 more errors)"),
        ("search", {"query": "tea", "limt": 3}, "`search`: there is no argument “limt”: did you mean “limit”?"),
        ("article", {"article": "0"}, "`article`: there is no argument “article”: did you mean “article_id”?"),
        ("section", {"Article_ID": "0"}, "`section`: there is no argument “Article_ID”: did you mean “article_id”?"),
        ("marks", {"q\x1b[2J": 1}, "`marks`: there is no argument “q[2J”: available: “article_id”, “offset”"),
        ("archives", {"path": "/"}, "`archives`: there is no argument “path”: available: none"),
        ("serch", {"query": "tea"}, "there is no tool “serch”: did you mean “search”?"),
        ("search", {"limit": "many"}, "`search`: the argument “query” is missing (and 1 more error)"),
    ],
)
async def test_a_wrong_argument_is_told_in_one_sentence(tool: str, arguments: dict[str, Any], expected: str) -> None:
    with pytest.raises(ToolError) as told:
        await agent_server(()).call_tool(tool, arguments)
    assert str(told.value) == expected


async def test_an_error_of_a_tool_has_no_prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("DATA", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{folder}_HOME", str(tmp_path / folder))
    (tmp_path / "archive").mkdir()
    server = agent_server([tmp_path / "archive"])
    for tool, arguments in (("article", {"article_id": "0" * 16}), ("search", {"query": "(tea"})):
        with pytest.raises(ToolError) as told:
            await server.call_tool(tool, arguments)
        assert not str(told.value).startswith("Error")
