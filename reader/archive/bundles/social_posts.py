"""Posts in the archives of social networks: Mastodon (ActivityPub, `outbox.json`) and Twitter (`tweets.js`)."""

from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from reader.archive.bundles.json_values import objects_in, text_of


def social_post(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return a post under the names that items of other exports have; empty if it is not a post, or only a repost."""
    if isinstance(note := item.get("object"), dict) and "attributedTo" in note:
        return _of_mastodon(note)
    tweet = item.get("tweet", item)
    return _of_twitter(tweet) if isinstance(tweet, dict) and {"full_text", "id_str"} <= tweet.keys() else {}


def _of_mastodon(note: Mapping[str, Any]) -> dict[str, Any]:
    # The summary is what a reader sees before opening the post.
    warning = f"<p><strong>{escape(said)}</strong></p>" if (said := text_of(note.get("summary"))) else ""
    pictures = (
        _picture(text_of(one.get("url")), text_of(one.get("name"))) for one in objects_in(note.get("attachment"))
    )
    return {
        "id": text_of(note.get("id")),
        "content_html": warning + text_of(note.get("content")) + "".join(pictures),
        "date_published": text_of(note.get("published")),
        "author": text_of(note.get("attributedTo")).rstrip("/").rpartition("/")[2].lstrip("@"),
        "url": text_of(note.get("url")),
        "tags": [
            name.lstrip("#") for one in objects_in(note.get("tag")) if (name := text_of(one.get("name")))[:1] == "#"
        ],
    }


def _of_twitter(tweet: Mapping[str, Any]) -> dict[str, Any]:
    entities: Any = tweet.get("entities")
    entities = entities if isinstance(entities, dict) else {}
    extended: Any = tweet.get("extended_entities")
    media = list(objects_in((extended if isinstance(extended, dict) else entities).get("media")))
    text = escape(unescape(text_of(tweet.get("full_text"))), quote=False)
    for one in objects_in(entities.get("urls")):
        address = escape(text_of(one.get("expanded_url")))
        shown = escape(text_of(one.get("display_url"))) or address
        if (short := text_of(one.get("url"))) and address:
            text = text.replace(short, f'<a href="{address}">{shown}</a>')
    for short in {text_of(one.get("url")) for one in media} - {""}:
        text = text.replace(short, "")
    pictures = (_picture(text_of(one.get("media_url_https")), "") for one in media)
    paragraphs = "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in text.strip().split("\n\n"))
    return {
        "id": text_of(tweet.get("id_str")),
        "content_html": paragraphs + "".join(pictures),
        "date_published": text_of(tweet.get("created_at")),
        "tags": [text_of(one.get("text")) for one in objects_in(entities.get("hashtags"))],
    }


def _picture(address: str, description: str) -> str:
    return f'<p><img src="{escape(address)}" alt="{escape(description)}"></p>' if address else ""
