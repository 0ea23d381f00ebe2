"""The generated archives of the benchmarks: their content, and reproducibility by the seed."""

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import scan
from tests.benchmarks.corpus import sentence, write_corpus

COUNT = 400

_TAG = re.compile(r"<[^<>]*>")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, COUNT)
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.md")}


def texts_of(folder: Path) -> list[str]:
    return [data.decode("gb18030" if is_legacy(data) else "utf-8") for data in files_of(folder).values()]


def is_legacy(data: bytes) -> bool:
    return "\ufffd" in data.decode(errors="replace")


def body_of(text: str) -> str:
    return text.split("---\n\n<div>   \n", 1)[1].removesuffix("  \n</div>\n            ")


def test_every_file_has_the_frame_of_feed_archives(archive: Path) -> None:
    files = files_of(archive)
    assert len(files) == COUNT
    frame = re.compile(
        r"\n---\ntitle: .+\ncategories: \n(?: - .+\n| {4}- .+\n){2,3}(?:headimg: '.+'\n|\n)?author: .+\n"
        r"comments: false\ndate: .+\nthumbnail: '.*'\n---\n\n<div>   \n.+  \n</div>\n {12}",
        re.DOTALL,
    )
    assert all(frame.fullmatch(text) for text in texts_of(archive))
    assert all(name.count("/") == 3 and len(name.rsplit("/", 1)[1].encode()) <= 200 for name in files)


def test_the_mix_is_that_of_feed_archives(archive: Path) -> None:
    texts = texts_of(archive)
    lengths = [len(_TAG.sub("", body_of(text)).strip()) for text in texts]
    assert 500 < sum(lengths) / COUNT < 900
    assert 0.5 < sum(length < 215 for length in lengths) / COUNT < 0.7
    assert 0.2 < sum(215 <= length < 1_200 for length in lengths) / COUNT < 0.4
    assert 0.05 < sum(1_200 <= length < 7_000 for length in lengths) / COUNT < 0.14
    assert any(length > 10_000 for length in lengths)
    for trait in ("<h2>", "<h3>", "<p><strong>", "<ul>", "<ol>", "<table>", "<pre><code", "<img"):
        assert any(trait in text for text in texts), trait


def test_the_quirks_are_spread_over_the_files(archive: Path) -> None:
    texts = texts_of(archive)
    bodies = Counter(body_of(text) for text in texts)
    shares = {
        "no YAML": (0.01, 0.06, sum(bool(re.match(r'\n---\ntitle: (?:"{7}|@)', text)) for text in texts)),
        "GB18030": (0.005, 0.05, sum(map(is_legacy, files_of(archive).values()))),
        "twins": (0.005, 0.04, sum(count - 1 for body, count in bodies.items() if body.strip())),
        "no date": (0.01, 0.08, sum("\ndate: Invalid Date\n" in text for text in texts)),
        "local date": (0.08, 0.22, sum(bool(re.search(r"^date: 202[0-2]-", text, re.MULTILINE)) for text in texts)),
        "Japanese": (0.002, 0.05, sum(bool(re.search("[ぁ-ん]", text)) for text in texts)),
        "Korean": (0.002, 0.03, sum(bool(re.search("[가-힣]", text)) for text in texts)),
        "English": (0.005, 0.06, sum(" the " in text for text in texts)),
        "empty": (0.001, 0.02, sum(count for body, count in bodies.items() if not body.strip())),
    }
    wrong = {name: count for name, (least, most, count) in shares.items() if not least <= count / COUNT <= most}
    assert not wrong


def test_the_scan_reads_every_file_as_an_article(archive: Path) -> None:
    found = list(scan(open_archives([archive])))
    articles = [each for each in found if isinstance(each, Article)]
    assert len(found) == len(articles) == COUNT
    assert all(article.title.strip() for article in articles)
    assert all(article.author and len(article.categories) in {2, 3} for article in articles)
    assert all("\ufffd" not in article.title for article in articles)
    assert 0.03 < sum(bool(article.warnings) for article in articles) / COUNT < 0.15
    years = {article.date.year for article in articles if article.date is not None}
    assert years == {2020, 2021, 2022}


def test_the_same_seed_writes_the_same_files(archive: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path / "same", COUNT)
    write_corpus(tmp_path / "other", COUNT, seed=2)
    assert files_of(tmp_path / "same") == files_of(archive)
    assert files_of(tmp_path / "other").keys().isdisjoint(files_of(archive).keys())


def test_folder_with_content_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.md").write_text("kept", encoding="utf-8")
    with pytest.raises(FileExistsError, match="is not empty"):
        write_corpus(tmp_path, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.md"]


def test_sentences_differ_and_end_as_sentences() -> None:
    random = Random(1)  # noqa: S311 - a test is to come out the same each time
    said = [sentence(random) for _ in range(200)]
    assert len(set(said)) == 200
    assert all(re.fullmatch(r".*[。？……”]", each) for each in said)
    assert 20 < sum(map(len, said)) / 200 < 50
