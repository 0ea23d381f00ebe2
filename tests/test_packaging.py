"""What other package managers read has the version and the address of pyproject.toml."""

import re
import shutil
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from reader import __version__
from reader.cli.doctor_command import EXTRAS
from tests.conftest import PROJECT
from tests.packaging import FOLDER, PYPROJECT, faults, stamped, with_address

TEXT = PYPROJECT.read_text(encoding="utf-8")
METADATA = tomllib.loads(TEXT)["project"]
HOMEPAGE = METADATA["urls"]["Homepage"]
FILES = {file.name: file.read_text(encoding="utf-8") for file in sorted(FOLDER.iterdir())}


def test_the_package_and_its_files_have_one_version_and_one_address() -> None:
    assert METADATA["version"] == __version__
    for text in FILES.values():
        assert stamped(text, __version__, HOMEPAGE) == text
        assert set(re.findall(r"https://example\.org/[\w-]+", text)) <= {HOMEPAGE}
    assert with_address(TEXT, HOMEPAGE) == TEXT
    assert all(address.startswith(HOMEPAGE) for address in METADATA["urls"].values())


def test_a_release_writes_version_address_and_checksum() -> None:
    address, checksum = "https://code.example.net/reader", "ab" * 32
    formula = stamped(FILES["archive-reader.rb"], "1.2.0rc1", address, checksum)
    assert f'url "{address}/releases/archive_reader-1.2.0rc1.tar.gz"' in formula
    assert f'homepage "{address}"' in formula
    assert f'sha256 "{checksum}"' in formula
    build = stamped(FILES["PKGBUILD"], "1.2.0", address, checksum)
    assert "\npkgver=1.2.0\n" in build
    assert f"\nurl='{address}'\n" in build
    assert f"('{checksum}')" in build
    moved = tomllib.loads(with_address(TEXT, address))
    assert moved["project"]["urls"]["Issues"] == f"{address}/issues"
    rules = moved["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]
    assert all(f"({address}/" in rule["replacement"] for rule in rules)


def test_the_long_description_has_no_relative_links() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    rules = tomllib.loads(TEXT)["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]
    for rule in rules:
        readme = re.sub(rule["pattern"], rule["replacement"], readme)
    assert f"![The reader with its sidebar, a page and the outline]({HOMEPAGE}/raw/main/docs/screen.svg)" in readme
    assert f"[LICENSE]({HOMEPAGE}/blob/main/LICENSE)" in readme
    assert re.findall(r"\]\((?!https?:|mailto:|#)[^)]+\)", readme) == []


def test_faults_of_a_wheel_are_found(tmp_path: Path) -> None:
    wheel = tmp_path / "a.whl"
    with zipfile.ZipFile(wheel, "w") as opened:
        opened.writestr("a.dist-info/METADATA", "Name: a\n\n# reader\n\n![x](docs/screen.svg)\n")
    found = list(faults(wheel))
    assert "a relative link in the long description: ](docs/screen.svg)" in found
    assert any("man1/reader.1" in one for one in found)


def test_workflows_test_every_python_that_the_package_names() -> None:
    named = {one.rpartition(" ")[2] for one in METADATA["classifiers"] if re.search(r":: 3\.\d+$", one)}
    workflow = yaml.safe_load((PROJECT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8"))
    assert set(workflow["jobs"]["matrix"]["strategy"]["matrix"]["python"]) == named
    assert METADATA["requires-python"] == f">={min(named, key=lambda one: int(one.partition('.')[2]))}"


def test_every_extra_is_in_the_readme_and_in_the_report_of_doctor() -> None:
    extras = METADATA["optional-dependencies"].keys() - {"dev", "docs", "mutants"}
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert extras == EXTRAS.keys()
    assert [one for one in extras if f"| `{one}` |" not in readme] == []


@pytest.mark.skipif(not shutil.which("bash"), reason="a PKGBUILD is for bash")
def test_the_package_of_arch_is_valid_shell() -> None:
    subprocess.run(["bash", "-n", str(FOLDER / "PKGBUILD")], check=True)


def test_every_package_needs_the_python_of_pyproject_and_takes_extras_that_it_has() -> None:
    oldest = METADATA["requires-python"].removeprefix(">=")
    assert f"depends=('python>={oldest}')" in FILES["PKGBUILD"]
    versions = {
        "Dockerfile": re.findall(r"^FROM python:(3\.\d+)", FILES["Dockerfile"], re.MULTILINE),
        "archive-reader.rb": re.findall(r"python@?(3\.\d+)", FILES["archive-reader.rb"]),
        "flake.nix": [f"3.{minor}" for minor in re.findall(r"pkgs\.python3(\d+)", FILES["flake.nix"])],
    }
    tested = {one.rpartition(" ")[2] for one in METADATA["classifiers"]}
    for name, found in versions.items():
        assert found, name
        assert set(found) <= tested, name
        assert len(set(found)) == 1, name
    taken = {
        name: set(re.findall(r"[\w-]+", " ".join(re.findall(pattern, FILES[name]))))
        for name, pattern in (
            ("Dockerfile", r"/source\[([\w,-]+)\]"),
            ("PKGBUILD", r"\$\{pkgver\}\[([\w,-]+)\]"),
            ("archive-reader.rb", r"#\{buildpath\}\[([\w,-]+)\]"),
            ("flake.nix", r"archive-reader = \[([^\]]*)\]"),
        )
    }
    for name, extras in taken.items():
        assert {"variants", "pinyin"} <= extras <= METADATA["optional-dependencies"].keys(), name


def test_every_package_has_the_licence_and_the_name_of_pyproject() -> None:
    assert f"license=({METADATA['license']})" in FILES["PKGBUILD"]
    assert f'license "{METADATA["license"]}"' in FILES["archive-reader.rb"]
    for name in ("PKGBUILD", "archive-reader.rb"):
        assert f"{METADATA['name'].replace('-', '_')}-" in FILES[name], "the name of the source distribution"
    assert f'mkVirtualEnv "{METADATA["name"]}"' in FILES["flake.nix"]
    assert all("reader" in METADATA["scripts"] and "reader" in text for text in FILES.values())
