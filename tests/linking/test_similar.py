"""The articles most like one article."""

from pathlib import Path

from tests.linking.archives import linked

TOPICS = {
    "灯塔": "灯塔的透镜把灯光聚成一束，守塔人每夜擦拭透镜，记下雾号与灯质。第{n}夜雾很大。",
    "酿酒": "酿酒先要选高粱，蒸熟以后拌入酒曲，窖池里发酵两个月才能蒸馏取酒。第{n}窖出酒最多。",
    "weaving": "The loom needs a warp and a weft; weaving starts by threading heddles number {n}.",
}


def test_articles_of_the_same_topic_are_alike_and_copies_are_left_out(tmp_path: Path) -> None:
    files = {f"{topic}{n}.md": text.format(n=n) * 2 for topic, text in TOPICS.items() for n in range(6)}
    files["copy.md"] = files["灯塔0.md"]
    with linked(tmp_path, files) as archive:
        for topic in TOPICS:
            article = archive.article(f"{topic}1.md")
            found = archive.links.similar(article, 3)
            assert len(found) == 3
            assert all(one.article.path.name.startswith((topic, "copy")) for one in found)
            assert article.id not in {one.article.id for one in found}
            assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
        alike = archive.links.similar(archive.article("灯塔1.md"), 20)
        names = [one.article.path.name for one in alike]
        assert len(set(names) & {"copy.md", "灯塔0.md"}) == 1
