"""Values that complete a query."""

from pathlib import Path

from reader.finding.completion_values import Completions
from tests.linking.archives import linked

FILES = {
    "a.md": "---\ntitle: 灯塔记\nurl: https://www.example.org/1\n---\n\n正文\n",
    "b.md": "---\ntitle: 灯塔\nurl: https://news.example.com/2\n---\n\n正文二\n",
    "c.md": "---\ntitle: Light_house\nurl: https://example.org/3\n---\n\n正文三\n",
    "d.md": "---\ntitle: Lightxhouse\n---\n\n正文四\n",
}


def test_titles_and_hosts(tmp_path: Path) -> None:
    with linked(tmp_path, FILES) as archive:
        completions = Completions([archive.index], lambda _path: None)
        assert completions.values("link", "灯") == ["灯塔", "灯塔记"]
        assert completions.values("linkedby", "light_") == ["Light_house"]
        assert completions.values("link", "%") == []
        assert completions.values("url", "") == ["example.org", "news.example.com"]
        assert completions.values("url", "NEWS") == ["news.example.com"]
