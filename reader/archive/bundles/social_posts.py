"""Posts in the archives of social networks: Mastodon (ActivityPub, `outbox.json`) and Twitter (`tweets.js`)."""

from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Any


def social_post(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return a post under the names that items of other exports have; empty if it is none, or only repeats another."""
    if isinstance(note := item.get("object"), dict) and "attributedTo" in note:
        return _of_mastodon(note)
    tweet = item.get("tweet", item)
    return _of_twitter(tweet) if isinstance(tweet, dict) and {"full_text", "id_str"} <= tweet.keys() else {}


def _of_mastodon(note: Mapping[str, Any]) -> dict[str, Any]:
    # The summary is what a reader sees before opening the post.
    warning = f"<p><strong>{escape(said)}</strong></p>" if (said := _text(note.get("summary"))) else ""
    pictures = (_picture(_text(one.get("url")), _text(one.get("name"))) for one in _objects(note.get("attachment")))
    return {
        "id": _text(note.get("id")),
        "content_html": warning + _text(note.get("content")) + "".join(pictures),
        "date_published": _text(note.get("published")),
        "author": _text(note.get("attributedTo")).rstrip("/").rpartition("/")[2].lstrip("@"),
        "url": _text(note.get("url")),
        "tags": [name.lstrip("#") for one in _objects(note.get("tag")) if (name := _text(one.get("name")))[:1] == "#"],
    }


def _of_twitter(tweet: Mapping[str, Any]) -> dict[str, Any]:
    entities: Any = tweet.get("entities")
    entities = entities if isinstance(entities, dict) else {}
    extended: Any = tweet.get("extended_entities")
    media = list(_objects((extended if isinstance(extended, dict) else entities).get("media")))
    text = escape(unescape(_text(tweet.get("full_text"))), quote=False)
    for one in _objects(entities.get("urls")):
        address = escape(_text(one.get("expanded_url")))
        shown = escape(_text(one.get("display_url"))) or address
        if (short := _text(one.get("url"))) and address:
            text = text.replace(short, f'<a href="{address}">{shown}</a>')
    for short in {_text(one.get("url")) for one in media} - {""}:
        text = text.replace(short, "")
    pictures = (_picture(_text(one.get("media_url_https")), "") for one in media)
    paragraphs = "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in text.strip().split("\n\n"))
    return {
        "id": _text(tweet.get("id_str")),
        "content_html": paragraphs + "".join(pictures),
        "date_published": _text(tweet.get("created_at")),
        "tags": [_text(one.get("text")) for one in _objects(entities.get("hashtags"))],
    }


def _picture(address: str, description: str) -> str:
    return f'<p><img src="{escape(address)}" alt="{escape(description)}"></p>' if address else ""


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
