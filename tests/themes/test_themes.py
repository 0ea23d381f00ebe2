"""Themes: sufficient contrast, and one error per fault with its file and key."""

from dataclasses import astuple
from itertools import combinations
from pathlib import Path

import pytest

from reader import resources
from reader.settings.folders import config_folder
from reader.settings.options import Settings
from reader.syntax.token_roles import TokenRole
from reader.themes.contrast import contrast
from reader.themes.theme import AUTOMATIC, ROLES, Theme, mono
from reader.themes.theme_files import custom_folder, load_theme, load_themes
from tests.theme_files import SHIPPED, text_of, with_line, written

BEHIND_TEXT = ("hit", "hit_current", "selection", "highlight_1", "highlight_2", "highlight_3", "highlight_4")


LINES = ("border", "rule")

CODE = tuple(f"code_{role.value}" for role in TokenRole)


def near(colours: dict[str, str], distance: int) -> list[tuple[str, str]]:
    """The pairs of colours that are closer to each other than a distance in 8-bit RGB."""
    channels = {role: [int(colour[at : at + 2], 16) for at in (1, 3, 5)] for role, colour in colours.items()}
    return [
        (one, other)
        for one, other in combinations(channels, 2)
        if sum((a - b) ** 2 for a, b in zip(channels[one], channels[other], strict=True)) < distance**2
    ]


@pytest.fixture(params=SHIPPED)
def theme(request: pytest.FixtureRequest) -> Theme:
    found, error = load_theme(request.param)
    assert error is None
    assert found.name == request.param
    return found


# Contrast


def least_contrast(theme: Theme) -> float:
    """The contrast that text needs: level AA of WCAG 2.1, AAA in themes of high contrast."""
    return 7 if theme.name.startswith("high-contrast") else 4.5


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#0a0a0a", "#000000", 1.06),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(one, other) == contrast(other, one)


def test_ink_has_enough_contrast_to_paper(theme: Theme) -> None:
    assert contrast(theme.ink, theme.paper) >= (15 if theme.name.startswith("high-contrast") else 7)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"paper", "code_paper", *LINES, *BEHIND_TEXT}])
def test_all_text_has_enough_contrast(theme: Theme, role: str) -> None:
    assert contrast(getattr(theme, role), theme.paper) >= least_contrast(theme)


def test_callouts_are_legible_and_distinguishable(theme: Theme) -> None:
    found = {role: getattr(theme, role) for role in ("note", "code_added", "warning", "error")}
    assert near(found, 20) == []


def test_code_is_legible_and_distinct_from_text(theme: Theme) -> None:
    assert contrast(theme.code_ink, theme.code_paper) >= least_contrast(theme)
    assert contrast(theme.ink, theme.code_paper) >= least_contrast(theme)
    assert theme.code_paper != theme.paper


@pytest.mark.parametrize("role", CODE)
def test_every_token_of_code_is_legible(theme: Theme, role: str) -> None:
    colour = getattr(theme, role)
    assert contrast(colour, theme.code_paper) >= least_contrast(theme)
    assert all(contrast(colour, getattr(theme, ground)) >= 3 for ground in BEHIND_TEXT)


def test_tokens_of_code_are_distinguishable(theme: Theme) -> None:
    # Lines of a diff have no other tokens beside them.
    for roles in (("code_ink", *CODE[:-2]), ("code_ink", "code_added", "code_removed")):
        assert near({role: getattr(theme, role) for role in roles}, 25) == []


@pytest.mark.parametrize("role", BEHIND_TEXT)
def test_text_on_coloured_backgrounds_is_legible(theme: Theme, role: str) -> None:
    assert contrast(theme.ink, getattr(theme, role)) >= 4.5
    assert contrast(theme.link, getattr(theme, role)) >= 3
    assert contrast(theme.link_inside, getattr(theme, role)) >= 3
    assert contrast(theme.paper, getattr(theme, role)) >= 1.1


def test_coloured_backgrounds_are_distinguishable(theme: Theme) -> None:
    # Below a distance of twenty, adjacent ones are hard to distinguish.
    assert near({role: getattr(theme, role) for role in ("paper", *BEHIND_TEXT)}, 20) == []


def test_links_within_the_archive_are_distinguishable(theme: Theme) -> None:
    channels = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (theme.link, theme.link_inside)]
    assert sum((a - b) ** 2 for a, b in zip(*channels, strict=True)) >= 50**2


def test_a_theme_from_before_a_role_has_another_colour_in_its_place() -> None:
    new = ("link-inside", "note:", *(role.replace("_", "-") for role in CODE))
    old = "\n".join(line for line in text_of().splitlines() if not line.startswith(new))
    written(custom_folder(), "old.yaml", old)
    found, error = load_theme("old")
    assert error is None
    assert found.note == found.link_inside == found.accent
    assert (found.code_comment, found.code_type) == (found.muted, found.code_ink)


@pytest.mark.parametrize("role", LINES)
def test_lines_are_visible_and_discreet(theme: Theme, role: str) -> None:
    assert contrast(getattr(theme, role), theme.paper) >= 1.2
    assert contrast(getattr(theme, role), theme.paper) < contrast(theme.ink, theme.paper)


def test_dark_themes_have_dark_paper(theme: Theme) -> None:
    assert theme.dark == (contrast(theme.paper, "#000000") < contrast(theme.ink, "#000000"))


# Bundled themes


def test_every_shipped_theme_is_usable_and_paper_comes_first() -> None:
    themes, errors = load_themes()
    assert errors == ()
    assert set(themes) == {*SHIPPED, "mono"}
    assert len(themes) >= 10
    names = list(themes)
    assert (names[0], names[-1]) == ("paper", "mono")
    assert names == list(load_themes()[0])
    darkness = [one.dark for one in themes.values()][:-1]
    assert darkness == sorted(darkness)


def test_every_role_has_a_colour_in_lower_case(theme: Theme) -> None:
    for role in ROLES:
        colour = getattr(theme, role)
        assert len(colour) == 7
        assert colour == f"#{int(colour[1:], 16):06x}"


def test_the_default_themes_exist() -> None:
    assert Settings().theme == AUTOMATIC
    assert {Settings().light_theme, Settings().dark_theme} <= set(SHIPPED)
    light, dark = (load_theme(name)[0] for name in (Settings().light_theme, Settings().dark_theme))
    assert (light.dark, dark.dark) == (False, True)


def test_every_theme_has_a_title_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    english = {name: one.title for name, one in load_themes([resources.themes()])[0].items()}
    monkeypatch.setattr("reader.themes.theme_files.current", lambda: "zh")
    chinese = {name: load_theme(name)[0].title for name in SHIPPED}
    assert all(title.isascii() for title in english.values())
    assert not any(title.isascii() for title in chinese.values())
    assert len(set(english.values())) == len(english)


def test_mono_has_no_colour_and_needs_no_folder() -> None:
    assert {getattr(mono(), role) for role in ROLES} == {""}
    assert load_theme("mono", []) == (mono(), None)
    assert load_themes([]) == ({"mono": mono()}, ())


def test_no_color_is_not_handled_by_themes(monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_theme("paper")
    monkeypatch.setenv("NO_COLOR", "1")
    assert load_theme("paper") == before
    assert before[0].ink


def test_themes_are_hashable_and_immutable() -> None:
    paper, _ = load_theme("paper")
    assert len({paper, load_theme("paper")[0], mono()}) == 2
    with pytest.raises(AttributeError):
        paper.ink = "#000000"  # type: ignore[misc]


# Custom themes


def test_custom_themes_are_beside_the_settings() -> None:
    assert custom_folder() == config_folder() / "themes"


def test_every_bundled_theme_is_valid_as_a_custom_one() -> None:
    """Bundled themes are not validated when they are loaded."""
    for name in SHIPPED:
        written(custom_folder(), f"my-{name}.yaml", text_of(name))
    themes, errors = load_themes()
    assert errors == ()
    assert [name for name in SHIPPED if astuple(themes[f"my-{name}"])[1:] != astuple(themes[name])[1:]] == []


@pytest.mark.parametrize("line", ["title: {}", 'title: ""', 'title: {fr: " "}'])
def test_theme_without_a_title_is_named_after_its_file(tmp_path: Path, line: str) -> None:
    written(tmp_path, "mine.yaml", text_of().replace("title:\n  zh: 纸\n  en: Paper\n  ja: 紙", line))
    assert load_theme("mine", [tmp_path])[0].title == "mine"


def test_custom_themes_follow_the_bundled_ones() -> None:
    written(custom_folder(), "zebra.yaml", text_of())
    written(custom_folder(), "apple.yml", text_of("night"))
    themes, errors = load_themes()
    assert errors == ()
    assert list(themes)[-3:] == ["mono", "apple", "zebra"]
    assert themes["apple"].paper == load_theme("night")[0].paper
    assert load_theme("apple") == (themes["apple"], None)


def test_custom_theme_replaces_a_bundled_one() -> None:
    before = list(load_themes()[0])
    written(custom_folder(), "sepia.yaml", with_line("ink", 'ink: "#123ABC"'))
    themes, errors = load_themes()
    assert errors == ()
    assert list(themes) == before
    assert themes["sepia"].ink == "#123abc"
    assert load_theme("sepia") == (themes["sepia"], None)


@pytest.mark.parametrize("first", ["yaml", "yml"])
def test_of_two_files_with_one_name_both_loaders_use_the_same(first: str) -> None:
    second = {"yaml": "yml", "yml": "yaml"}[first]
    written(custom_folder(), f"mine.{first}", with_line("ink", 'ink: "#111111"'))
    written(custom_folder(), f"mine.{second}", with_line("ink", 'ink: "#222222"'))
    assert load_themes()[0]["mine"] == load_theme("mine")[0]


@pytest.mark.parametrize(
    ("line", "title"), [("title: Mine", "Mine"), ("title: {zh: 我的}", "我的"), ("title: {en: Mine, zh: 我的}", "Mine")]
)
def test_a_title_may_be_in_one_language(tmp_path: Path, line: str, title: str) -> None:
    text = text_of().replace("title:\n  zh: 纸\n  en: Paper\n  ja: 紙", line)
    written(tmp_path, "mine.yaml", text)
    assert load_theme("mine", [tmp_path])[0].title == title


def test_the_first_paint_reads_one_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    written(custom_folder(), "broken.yaml", "][")
    opened: list[Path] = []
    really_open = Path.open

    def noted(file: Path, mode: str) -> object:
        opened.append(file)
        return really_open(file, mode)

    monkeypatch.setattr(Path, "open", noted)
    assert load_theme("night")[1] is None
    assert [file.name for file in opened] == ["night.yaml"]
