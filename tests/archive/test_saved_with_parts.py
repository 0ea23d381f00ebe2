"""Pages saved by browsers with a folder of parts, and pages named like the programs that wrote them."""

from pathlib import Path

import pytest

from reader.archive.skipped_files import refused_kind
from reader.archive.walk import folders_of_parts
from tests.archive.bundles.making import write_zip
from tests.archive.test_scan import articles, names, warnings, write


def test_frames_of_a_saved_page_are_no_articles(tmp_path: Path) -> None:
    write(tmp_path / "海.html", "<p>正文")
    write(tmp_path / "海_files" / "frame.html", "<p>广告")
    write(tmp_path / "海_files" / "deep" / "frame.htm", "<p>广告")
    write(tmp_path / "海_files" / "notes.md", "一")
    write(tmp_path / "山_files" / "own.html", "<p>正文")
    assert sorted(names(articles(tmp_path))) == ["notes.md", "own.html", "海.html"]


def test_frames_of_a_page_in_a_zip_are_no_articles(tmp_path: Path) -> None:
    members = {"a/海.html": "<p>正文", "a/海_files/x/frame.html": "<p>广告", "a/山_files/own.html": "<p>正文"}
    assert sorted(names(articles(write_zip(tmp_path / "a.zip", members)))) == ["own.html", "海.html"]


@pytest.mark.parametrize("folder", ["x_files", "x.files", "x-Dateien", "x_fichiers", "x_archivos"])
def test_folders_of_parts_in_several_languages(folder: str) -> None:
    assert folders_of_parts(["x.htm", folder, "y_files"]) == {folder}
    assert folders_of_parts([folder]) == set()


def test_pages_named_like_programs(tmp_path: Path) -> None:
    write(tmp_path / "a.php", "<!DOCTYPE html><html><head><title>甲</title></head><body><p>正文</p></body></html>")
    write(tmp_path / "b.php", "<?php echo '<html>'; ?>")
    write(tmp_path / "c.php", "<html><body><?= $text ?></body></html>")
    write(tmp_path / "d.aspx", "<%@ Page %><html></html>")
    write(tmp_path / "e.php", "function x() {}")
    write(tmp_path / "f.xht", '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>乙</title></head><body/></html>')
    assert [(one.path.name, one.title) for one in articles(tmp_path)] == [("a.php", "甲"), ("f.xht", "乙")]
    assert warnings(tmp_path) == []


def test_keys_and_signatures_named_like_asciidoc(tmp_path: Path) -> None:
    write(tmp_path / "a.asc", "= 潮见\n\n== 浜\n\n文\n")
    write(tmp_path / "b.asc", "-----BEGIN PGP SIGNATURE-----\n\niQEzBAABCAAdFiEE\n-----END PGP SIGNATURE-----\n")
    write(tmp_path / "c.asc", "\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n-----END PGP PUBLIC KEY BLOCK-----\n")
    assert [(one.path.name, one.title) for one in articles(tmp_path)] == [("a.asc", "潮见")]
    assert warnings(tmp_path) == []
    assert refused_kind("d/b.asc") == ".asc"
