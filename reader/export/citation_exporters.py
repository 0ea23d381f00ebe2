"""The sources of articles for reference managers: BibTeX, RIS and CSL-JSON. Only the metadata is written."""

import json
from collections.abc import Iterator
from typing import Any, Self

from reader.archive.article import Article
from reader.document.addresses import uri_of
from reader.document.document import Document
from reader.export.citation_authors import single_authors
from reader.export.exporter import ExportOptions
from reader.layout.head import Head
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_SPECIAL = regex(r"[\\{}$&#%_~^]")
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # BibTeX counts the brace of “\\{” too, so an unpaired one would break the entry.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}


@dataclass(frozen=True, slots=True)
class _Citation:
    """The source of an article; at least the title is known."""

    article: Article | None = None

    @classmethod
    def of(cls, options: ExportOptions) -> Self:
        """An exporter with these options."""
        return cls(options.article)

    def fields(self, head: Head) -> dict[str, str]:
        """The title, date (`2021-11-10`), url, source and tags that are known."""
        article = self.article
        found = {"title": head.title}
        if article is not None:
            found |= {
                "date": article.local_day,
                "url": uri_of(article.url) or article.url,
                "source": article.source if article.source != article.author else "",
                "tags": ", ".join(article.tags),
                "id": article.id,
            }
        return {key: value for key, value in found.items() if value}

    @property
    def authors(self) -> list[str]:
        """The authors that are known."""
        return single_authors(self.article.author) if self.article is not None else []


class BibtexExporter(_Citation):
    """An entry of BibTeX, of biblatex's type `@online`."""

    __slots__ = ()

    @property
    def suffix(self) -> str:
        """The file name suffix."""
        return ".bib"

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The entry."""
        del document
        known = self.fields(head)
        names = {"title": "title", "source": "organization", "date": "date", "tags": "keywords"}
        lines = [f"@online{{article-{known.get('id', '0')},"]
        if self.authors:
            # Braces keep a name as it is written.
            lines.append(f"  author = {{{' and '.join(f'{{{_tex(one)}}}' for one in self.authors)}}},")
        for key, name in names.items():
            if key in known:
                # Braces keep the capitals, and the name of an organization together.
                inner = "{{%s}}" if key in {"title", "source"} else "{%s}"
                lines.append(f"  {name} = {inner % _tex(known[key])},")
        if "url" in known:
            lines.append(f"  url = {{{known['url'].replace('{', '%7B').replace('}', '%7D')}}},")
        yield ("\n".join([*lines, "}"]) + "\n").encode()


class RisExporter(_Citation):
    """A record of RIS."""

    __slots__ = ()

    @property
    def suffix(self) -> str:
        """The file name suffix."""
        return ".ris"

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The record; lines end as the format demands."""
        del document
        known = self.fields(head)
        lines = ["TY  - ELEC", f"TI  - {known.get('title', '')}"]
        lines += [f"AU  - {one}" for one in self.authors]
        for key, tag in (("source", "PB"), ("url", "UR"), ("id", "ID")):
            if key in known:
                lines.append(f"{tag}  - {known[key]}")
        if "date" in known:
            lines += [f"PY  - {known['date'][:4]}", f"DA  - {known['date'].replace('-', '/')}"]
        lines += [f"KW  - {tag}" for tag in (self.article.tags if self.article is not None else ())]
        yield "".join(f"{line}\r\n" for line in (*lines, "ER  - ", "")).encode()


class CslExporter(_Citation):
    """CSL-JSON, a list of one item."""

    __slots__ = ()

    @property
    def suffix(self) -> str:
        """The file name suffix."""
        return ".csl.json"

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The list."""
        del document
        known = self.fields(head)
        item: dict[str, Any] = {"id": known.get("id", head.title), "type": "webpage", "title": known.get("title", "")}
        if self.authors:
            item["author"] = [{"literal": one} for one in self.authors]
        if "date" in known:
            item["issued"] = {"date-parts": [[int(part) for part in known["date"].split("-")]]}
        for key, name in (("url", "URL"), ("source", "container-title"), ("tags", "keyword")):
            if key in known:
                item[name] = known[key]
        yield (json.dumps([item], ensure_ascii=False, indent=2) + "\n").encode()


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _TEX[found[0]], text)
