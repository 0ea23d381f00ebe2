"""Templates for exported Markdown, in the language of Jinja2: finding, checking and filling them.

A template is a file of the user, but people share templates. It therefore runs in Jinja2's sandbox, which also limits
how much it may compute (`template_sandbox.py`). The text of an article is a value, never part of a template.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reader.archive.files import read_start
from reader.document.sanitizing import clean_line, inert
from reader.errors import ArchiveError, ExportError
from reader.language import _, listed, translated
from reader.lean_dataclasses import dataclass
from reader.regex import regex
from reader.settings.folders import config_folder

if TYPE_CHECKING:
    import jinja2

_BUNDLED = Path(__file__).resolve().parent / "templates"
_SUFFIX = ".md"
_LARGEST = 65_536
"""The maximum size of a template in bytes."""

PLAIN = "plain"
"""The name to ask for plain Markdown without a template, whatever the settings say."""

FIELDS = (
    *("id", "title", "author", "date", "source", "categories", "tags", "url", "path"),
    *("body", "outline", "highlights"),
)
"""The names of the values that a template receives."""

TEXT_FIELDS = frozenset({"body", "outline", "highlights"})
"""The fields that are known only after the article has been read."""

_FILE_NAME = "file_name"
"""The variable by which a template names its file."""

_SIGNS, _WIKI = "highlight_signs", "wiki_links"
"""The variables that a template sets to true for `==text==` and for `[[name]]`."""

_NOT_IN_TAGS = regex(r"[^\w/-]+")
_NOT_IN_NAMES = regex(r"[\[\]#^|\\/:]+")
"""Characters that neither names of notes nor links to them may contain (Obsidian, “Internal links”)."""


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """A template with the values of an article.

    Attributes:
        text: The content of the file, ending in one newline.
        file_name: The name that the template gives to the file, without a suffix; empty for that of the article.
    """

    text: str
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class MarkdownTemplate:
    """A template that is valid.

    Attributes:
        name: Its name or path, for messages.
        fields: The values that it uses; only these need to be computed.
        marks_with_signs: Whether it wants highlights as `==text==`: it sets `highlight_signs` to true.
        links_by_name: Whether it wants links to other exported notes as `[[name]]`: it sets `wiki_links` to true.
        name_fields: The values that the name of its file needs.
    """

    name: str
    fields: frozenset[str]
    marks_with_signs: bool
    links_by_name: bool
    name_fields: frozenset[str]
    _template: "jinja2.Template"
    _naming: "jinja2.Template"

    def fill(self, values: Mapping[str, object]) -> FilledTemplate:
        """Fill the template with the values of its fields.

        Raises:
            ExportError: It fails with these values.
        """
        return self._run(self._template, values)

    def named(self, values: Mapping[str, object]) -> str:
        """The name that the template gives to a file, from the values of `name_fields` alone; may be empty.

        Raises:
            ExportError: As above.
        """
        return self._run(self._naming, values).file_name

    def _run(self, template: "jinja2.Template", values: Mapping[str, object]) -> FilledTemplate:
        from reader.export.template_sandbox import TooMuchWorkError, allow_work_for, spend  # noqa: PLC0415 - as below

        allow_work_for(values)
        context = template.new_context(dict(values))
        pieces: list[str] = []
        try:
            for piece in template.root_render_func(context):
                spend(len(piece))
                pieces.append(piece)
            name = str(context.get_exported().get(_FILE_NAME, ""))
        except TooMuchWorkError as error:
            message = _("The template {path} makes too much text, or does not end").format(path=self.name)
            raise ExportError(message) from error
        except Exception as error:
            raise _failed(self.name, error) from error
        # A template may come from somebody else, and its result may go to a terminal.
        return FilledTemplate(f"{inert(''.join(pieces)).strip()}\n", clean_line(name).strip())


def template_names() -> list[str]:
    """The names of the user's templates and of the bundled ones, sorted."""
    return sorted({path.stem for folder in _folders() if folder.is_dir() for path in folder.glob(f"*{_SUFFIX}")})


def load_template(written: str) -> MarkdownTemplate:
    """The template with a name, or in a file: a text with a separator or a file name suffix is a path.

    Raises:
        ExportError: There is no such template, or it is not valid.
    """
    path = _path(written)
    try:
        content, size = read_start(path, _LARGEST)
        text = content.decode("utf-8-sig")
    except ArchiveError as error:
        reason = translated(error.message)
        raise ExportError(_("The template {path}: {reason}").format(path=path, reason=reason)) from error
    except UnicodeDecodeError as error:
        raise ExportError(_("The template {path} is not UTF-8").format(path=path)) from error
    if size > _LARGEST:
        raise ExportError(_("The template {path} is larger than {count:,} bytes").format(path=path, count=_LARGEST))
    return _compiled(str(path), text)


def _path(written: str) -> Path:
    if Path(written).name != written or Path(written).suffix:
        try:
            return Path(written).expanduser()
        except RuntimeError:
            return Path(written)
    for folder in _folders():
        path = folder / f"{written}{_SUFFIX}"
        if path.is_file():
            return path
    from reader.yaml_files import nearest  # noqa: PLC0415 - only for this error

    message = _("There is no template “{name}”").format(name=clean_line(written))
    raise ExportError(message, nearest(written[:40], template_names()))


def _folders() -> tuple[Path, Path]:
    return config_folder() / "templates", _BUNDLED


def _compiled(name: str, text: str) -> MarkdownTemplate:
    import jinja2.meta  # noqa: PLC0415 - takes 30 ms, and few exports have a template

    environment = _environment()
    try:
        tree = environment.parse(text)
        used = jinja2.meta.find_undeclared_variables(tree)
        template = environment.from_string(text)
    except (jinja2.TemplateError, RecursionError) as error:
        raise _failed(name, error) from error
    for field in sorted(used - set(FIELDS) - set(environment.globals)):
        message = _("The template {path} has an unknown field “{name}”").format(path=name, name=field)
        raise ExportError(message, _("available: {keys}").format(keys=listed(FIELDS)))
    from reader.export.template_naming import part_that_sets  # noqa: PLC0415 - as above

    wanted, naming = _wanted(tree), part_that_sets(_FILE_NAME, tree)
    name_fields = frozenset(jinja2.meta.find_undeclared_variables(naming))
    return MarkdownTemplate(
        name,
        frozenset(used),
        _SIGNS in wanted,
        _WIKI in wanted,
        name_fields,
        template,
        environment.from_string(naming),
    )


def _wanted(tree: "jinja2.nodes.Template") -> set[str]:
    """The variables that a template sets to true at its top level, unconditionally."""
    import jinja2.nodes  # noqa: PLC0415 - as above

    assigned = [one for one in tree.body if isinstance(one, jinja2.nodes.Assign)]
    return {
        one.target.name
        for one in assigned
        if isinstance(one.target, jinja2.nodes.Name)
        and isinstance(one.node, jinja2.nodes.Const)
        and one.node.value is True
    }


@cache
def _environment() -> "jinja2.Environment":
    import jinja2  # noqa: PLC0415 - as above

    from reader.export.template_sandbox import LimitedEnvironment  # noqa: PLC0415 - as above

    environment = LimitedEnvironment(
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(yaml=_yaml, tag=_tag, name=_name)
    environment.limit_filters()
    return environment


def _failed(name: str, error: Exception) -> ExportError:
    line = getattr(error, "lineno", None)
    place = f"{name}:{line}" if line else name
    reason = clean_line(str(error)) or type(error).__name__
    return ExportError(_("The template {path} is not valid: {reason}").format(path=place, reason=reason))


def _yaml(value: object) -> str:
    """A value as YAML on one line."""
    import yaml  # noqa: PLC0415 - only for templates

    plain = [*value] if isinstance(value, tuple) else value
    text: str = yaml.safe_dump(plain, default_flow_style=True, allow_unicode=True, width=float("inf"))
    return text.removesuffix("...\n").strip()


def _tag(value: object) -> str:
    """A text as a tag: letters, digits, `-`, `_` and `/`, not only digits (Obsidian, “Tag format”)."""
    text = _NOT_IN_TAGS.sub("-", str(value)).strip("-")
    return f"_{text}" if text.isdecimal() else text


def _name(value: object) -> str:
    """A text as the name of a note, to which links can lead."""
    return " ".join(_NOT_IN_NAMES.sub(" ", str(value)).split())
