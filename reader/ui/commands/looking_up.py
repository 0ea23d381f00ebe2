"""Looking words up in dictionaries, and the vocabulary of the words that were looked up."""

from functools import cached_property
from threading import Event, Thread
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.language import _, ngettext
from reader.marks.looked_up_words import VocabularyWord
from reader.settings.folders import data_folder
from reader.settings.user_commands import command_words
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session
from reader.ui.shown_paths import path_variants

if TYPE_CHECKING:
    from reader.dictionaries.collection import LookUp
    from reader.dictionaries.dictionary_entry import DictionaryEntry

FOLDER = "dictionaries"
"""The folder of the user's dictionaries in the data folder."""

_EXPORT = "export"
_LONGEST_MEANING = 400
"""Maximum characters of a meaning in the vocabulary."""


class LookingUp:
    """Looks up what is selected, or a word that is typed."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {
            "look_up": self._look_up,
            "selecting.look_up": self._look_up,
            "vocabulary": self._show_vocabulary,
        }

    @cached_property
    def _dictionaries(self) -> "late.Dictionaries":
        command = command_words(self._session.settings.dictionary)
        return late.Dictionaries(data_folder() / FOLDER, command)

    def _look_up(self) -> None:
        """Look up the selection, or ask for a word."""
        if self._view.selected is not None:
            self._show(self._view.selected_text(), self._sentence())
            return
        colours, keymap = self._session.colours, self._session.keymap
        prompt = modals.PromptScreen(colours, keymap, _("Look up"), "", does=_("look up"))
        self._host.push(prompt, lambda text: self._show(text, "") if text else None)

    def _sentence(self) -> str:
        """The sentence of the selection."""
        reading, span = self._view.reading, self._view.selected
        if reading is None or span is None:
            return ""
        sentence = late.unit_at(reading.document, span.start, late.Unit.SENTENCE)
        return " ".join(reading.document.extract(sentence).split()) if sentence is not None else ""

    def _show(self, text: str, sentence: str, known: VocabularyWord | None = None) -> None:
        """Look a text up in a thread, and show what is found in a box; keep a word with its sentence."""
        text, reading = " ".join(text.split()), self._view.reading
        title = reading.article.title if reading is not None and sentence and known is None else ""
        box = modals.LookUpBox(self._session, text, sentence, can_forget=known is not None)
        is_japanese = reading is not None and bool(sentence) and late.language_of(reading.document) == "ja"
        stop = Event()

        def closed(choice: str | None) -> None:
            stop.set()
            if choice and known is not None:
                self._session.attempt(lambda: self._session.library.marks.words.delete(known))
                self._host.say(_("Removed from the vocabulary: {word}").format(word=known.text))

        def found(result: "LookUp") -> None:
            if stop.is_set():
                return
            box.show(result, "" if result.has_dictionaries else _no_dictionaries())
            if known is None and result.is_whole:
                self._keep(text, result.entries[0], sentence, title)

        def look_up() -> None:
            """Look up; runs in a thread that does not delay the end of the program."""
            result = self._dictionaries.look_up(text, stop, is_japanese=is_japanese)
            self._host.soon(found, result)

        self._host.push(box, closed)
        Thread(target=look_up, daemon=True).start()

    def _keep(self, text: str, entry: "DictionaryEntry", sentence: str, title: str) -> None:
        meaning = "; ".join(entry.meanings)[:_LONGEST_MEANING]
        words = self._session.library.marks.words
        self._session.attempt(lambda: words.add(text, entry.reading, meaning, sentence, title))

    # The vocabulary

    def _show_vocabulary(self) -> None:
        """List the words that were looked up; a chosen one is looked up again."""
        words = self._session.asked(self._session.library.marks.words.all, ())
        if not words:
            self._host.say(_("No word was looked up yet"))
            return
        export = modals.PaletteEntry(_("Export the vocabulary for Anki"), "", _EXPORT, "anki export tsv")
        entries = [
            export,
            *(
                modals.PaletteEntry(_row(word), word.title[:8], word.uid, f"{word.text} {word.reading} {word.meaning}")
                for word in words
            ),
        ]

        def chosen(value: str | None) -> None:
            word = next((one for one in words if one.uid == value), None)
            if value == _EXPORT:
                self._export(words)
            elif word is not None:
                self._show(word.text, word.sentence, word)

        title = ngettext("Vocabulary: {count:,} word", "Vocabulary: {count:,} words", len(words)).format(
            count=len(words)
        )
        self._host.push(
            modals.PaletteScreen(self._session.colours, self._session.keymap, entries, title, does=_("look up")), chosen
        )

    def _export(self, words: tuple[VocabularyWord, ...]) -> None:
        """Write the vocabulary as a file that Anki imports."""
        try:
            written = self._session.exports().write(
                _("Vocabulary"), ".tsv", FOLDER, (late.vocabulary_for_anki(words).encode(),)
            )
        except ReaderError as error:
            self._host.notify(str(error), severity="error")
        else:
            self._host.say(*path_variants(_("Saved to {path}"), written))


def _row(word: VocabularyWord) -> str:
    return "  ".join(part for part in (word.text, word.reading, word.meaning) if part)


def _no_dictionaries() -> str:
    folder = data_folder() / FOLDER
    advice = _("No dictionaries: put StarDict files in {folder}, or install CC-CEDICT:").format(folder=folder)
    # A line of its own, so that the command is whole in a narrow box, too.
    return f"{advice}\npip install 'archive-reader[dictionary]'"
