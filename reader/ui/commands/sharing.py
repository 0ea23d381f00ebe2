"""Passing the open article on: its path, quotations with their source, Markdown, its place in the file manager."""

from reader.archive.archive import absolute
from reader.archive.article import Article
from reader.archive.bundles.entry_paths import file_of
from reader.document.sanitizing import clean_line
from reader.language import _
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.session import Session


class Sharing:
    """Copies the open article in several forms, and shows its file in the file manager."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {
            "copy_path": self._copy_path,
            "copy_quotation": self._copy_quotation,
            "copy_markdown": self._copy_markdown,
            "show_file": self._show_file,
        }

    def _copy_path(self) -> None:
        if (article := self._article_with_file()) is not None:
            self._host.copy(str(absolute(article.path)))

    def _show_file(self) -> None:
        if (article := self._article_with_file()) is not None:
            self._host.show_in_folder(absolute(file_of(article.path)))

    def _article_with_file(self) -> Article | None:
        """The chosen article; None, and a message, if it has no file."""
        article = self._view.chosen_article
        if article is None or self._session.has_file(article):
            return article
        self._host.say(no_file())
        return None

    def _copy_quotation(self) -> None:
        """Copy the selection, or the current section, as a quotation in Markdown with its source."""
        reading, text = self._view.reading, self._view.selected_text()
        if reading is not None and text:
            self._view.stop_selecting()
            self._host.copy(quotation(text, reading.article))

    def _copy_markdown(self) -> None:
        """Copy the selection, or the current section, as Markdown."""
        reading, span = self._view.reading, self._view.chosen_span
        if reading is not None and span is not None:
            document = late.part_of(reading.document, span)
            self._view.stop_selecting()
            self._host.copy(late.markdown_of(document))


def no_file() -> str:
    """The message for a key that needs the article's file when there is none."""
    return _("The text comes from standard input: there is no file")


def quotation(text: str, article: Article) -> str:
    """A text as a quotation in Markdown, with author, title, source, day and URL of its article below it."""
    paragraphs = "\n\n".join(late.escaped(line) for line in text.split("\n") if line.strip())
    lines = [f"> {line}".rstrip() for line in paragraphs.split("\n")]
    return "\n".join([*lines, ">", f"> — {source(article)}"])


def source(article: Article) -> str:
    """Author, title, publisher and day of an article on one line, with its URL as a link."""
    title = late.escaped(clean_line(article.title))
    name = f"[{title}](<{article.url}>)" if article.url and not set("<>\n") & set(article.url) else f"*{title}*"
    publisher = article.source if article.source not in {article.author, ""} else ""
    return " · ".join(filter(None, (late.escaped(article.author), name, late.escaped(publisher), article.local_day)))
