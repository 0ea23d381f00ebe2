"""A package for Anki (`.apkg`): a ZIP file with a collection of notes in SQLite.

The collection has version 11 of Anki's schema, which every version since 2.1 imports. The same notes make the same
package. Anki knows a note by its identifier, so that importing a package again updates the notes that have changed.
"""

import io
import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import apsw

from reader.hashing import blake2b
from reader.lean_dataclasses import dataclass

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_CREATED = 1_600_000_000
"""The creation time of the collection in seconds: a constant, so that the same notes make the same package."""

_DECK = 1_600_000_000_001
_NOTE_TYPE = 1_600_000_000_002
_FIRST_ID = 1_600_000_000_003
_IDS = 10**11
"""Identifiers are times in milliseconds; those of notes are derived from their `uid` and spread over three years."""

_SCHEMA = """
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
  left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
  type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
"""


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note, which becomes one card.

    Attributes:
        uid: Its permanent identifier.
        front: The front of the card, in HTML.
        back: The back.
        tags: Its tags, without spaces in them.
        changed: When it was changed, in seconds since 1970.
    """

    uid: str
    front: str
    back: str
    tags: Sequence[str]
    changed: int


def anki_package(notes: Iterable[AnkiNote], deck: str) -> bytes:
    """The package of some notes, for the deck with the name `deck`."""
    connection = apsw.Connection(":memory:")
    with closing(connection), connection:
        connection.execute(_SCHEMA)
        connection.execute("INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')", _collection(deck))
        taken: set[int] = set()
        for number, note in enumerate(notes, 1):
            own = _free_id(note.uid, taken)
            text = f"{note.front}\x1f{note.back}"
            tags = f" {' '.join(note.tags)} " if note.tags else ""
            row = (own, note.uid, _NOTE_TYPE, note.changed, tags, text, note.front)
            connection.execute("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')", row)
            card = (own, own, _DECK, note.changed, number)
            connection.execute(
                "INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')", card
            )
        content = connection.serialize("main")
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as package:
        package.writestr(ZipInfo("collection.anki2", _LONG_AGO), content, ZIP_DEFLATED)
        package.writestr(ZipInfo("media", _LONG_AGO), "{}", ZIP_DEFLATED)
    return buffer.getvalue()


def _free_id(uid: str, taken: set[int]) -> int:
    found = _FIRST_ID + int.from_bytes(blake2b(uid.encode(), digest_size=8).digest()) % _IDS
    while found in taken:
        found += 1
    taken.add(found)
    return found


def _collection(deck: str) -> tuple[object, ...]:
    """The values of the collection: its times, its settings, its type of notes, its decks and their options."""
    usual = {"id": 1, "name": "Default", **_deck()}
    decks = {"1": usual, str(_DECK): {"id": _DECK, "name": deck, **_deck()}}
    conf = {"curDeck": _DECK, "activeDecks": [_DECK], "curModel": str(_NOTE_TYPE), "nextPos": 1}
    named = {str(_NOTE_TYPE): _note_type()}
    times = (_CREATED, _CREATED * 1000, _CREATED * 1000)
    return (*times, *map(json.dumps, (conf, named, decks, {"1": _deck_options()})))


def _deck() -> dict[str, object]:
    today = {f"{kind}Today": [0, 0] for kind in ("new", "rev", "lrn", "time")}
    return {"mod": _CREATED, "usn": 0, "desc": "", "dyn": 0, "conf": 1, "collapsed": False, **today}


def _deck_options() -> dict[str, object]:
    new = {"delays": [1, 10], "ints": [1, 4, 7], "initialFactor": 2500, "order": 1, "perDay": 20, "bury": True}
    review = {"perDay": 200, "ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36_500, "bury": True, "minSpace": 1}
    lapse = {"delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 0}
    own = {
        "id": 1,
        "name": "Default",
        "mod": 0,
        "usn": 0,
        "maxTaken": 60,
        "timer": 0,
        "autoplay": True,
        "replayq": True,
    }
    return {**own, "new": {**new, "separate": True}, "rev": review, "lapse": lapse}


def _note_type() -> dict[str, object]:
    fields = [
        {"name": name, "ord": number, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
        for number, name in enumerate(("Front", "Back"))
    ]
    template = {
        "name": "Card 1",
        "ord": 0,
        "qfmt": "{{Front}}",
        "afmt": "{{FrontSide}}<hr id=answer>{{Back}}",
        "did": None,
        "bqfmt": "",
        "bafmt": "",
    }
    return {
        "id": _NOTE_TYPE,
        "name": "reader",
        "type": 0,
        "mod": _CREATED,
        "usn": 0,
        "sortf": 0,
        "did": _DECK,
        "tmpls": [template],
        "flds": fields,
        "css": ".card { font-family: sans-serif; font-size: 1.25em; text-align: left; line-height: 1.6; }",
        "latexPre": "",
        "latexPost": "",
        "tags": [],
        "vers": [],
        "req": [[0, "any", [0]]],
    }
