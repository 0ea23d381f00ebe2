"""Conversations in the exports of Telegram Desktop and DiscordChatExporter: each is one article, its days sections."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from reader.archive.bundles.entry_articles import EntryArticle
from reader.archive.bundles.json_values import objects_in, text_of

_TELEGRAM = frozenset({"name", "type", "messages"})
_DISCORD = frozenset({"guild", "channel", "messages"})
_ELEMENTS = {"bold": "b", "italic": "i", "code": "code", "strikethrough": "s", "pre": "pre", "blockquote": "blockquote"}
"""The elements for the kinds of text in Telegram."""


def is_chat(item: Mapping[str, Any]) -> bool:
    """Whether an object is a conversation."""
    return (item.keys() >= _TELEGRAM or item.keys() >= _DISCORD) and isinstance(item["messages"], list)


def chat_title(chat: Mapping[str, Any]) -> str:
    """Return the name of a conversation: that of the other person or group, or of the server and the channel."""
    guild, channel = chat.get("guild"), chat.get("channel")
    if isinstance(guild, dict) and isinstance(channel, dict):
        return f"{text_of(guild.get('name'))} › {text_of(channel.get('name'))}"
    return text_of(chat.get("name"))


def chat_id(chat: Mapping[str, Any]) -> str:
    """Return the id of a conversation."""
    channel = chat.get("channel")
    return str((channel if isinstance(channel, dict) else chat).get("id", ""))


def chat_article(chat: Mapping[str, Any]) -> EntryArticle:
    """Convert a conversation; it is dated by its last message."""
    messages = list(objects_in(chat["messages"]))
    last = next((when for one in reversed(messages) if (when := _when(one))), "")
    return EntryArticle("".join(_blocks(messages)), title=chat_title(chat), date=last)


def _blocks(messages: list[dict[str, Any]]) -> Iterator[str]:
    day = ""
    for message in messages:
        when = _when(message)
        if when[:10] != day:
            day = when[:10]
            yield f"<h2>{escape(day)}</h2>"
        said = _formatted(message.get("text")) or _lines(text_of(message.get("content")))
        said = said or _lines(text_of(message.get("action")).replace("_", " "))
        head = f"<b>{escape(_author(message))}</b> {escape(when[11:16])}".strip()
        forwarded = text_of(message.get("forwarded_from"))
        head += f" ({escape(forwarded)})" if forwarded else ""
        yield f"<div><p>{head}</p>{said}{''.join(_files(message))}</div>"


def _when(message: Mapping[str, Any]) -> str:
    return text_of(message.get("date")) or text_of(message.get("timestamp"))


def _author(message: Mapping[str, Any]) -> str:
    author = message.get("author")
    if isinstance(author, dict):
        return text_of(author.get("nickname")) or text_of(author.get("name"))
    return text_of(message.get("from")) or text_of(message.get("actor"))


def _formatted(text: Any) -> str:
    """Return a text of Telegram as HTML; `text` is a string, or a list of strings and of objects with a `type`."""
    if not isinstance(text, list):
        return _lines(text_of(text))
    return f"<div>{''.join(map(_part, text))}</div>" if text else ""


def _part(part: Any) -> str:
    if not isinstance(part, dict):
        return _escaped(text_of(part))
    said, kind = text_of(part.get("text")), text_of(part.get("type"))
    if kind in {"link", "text_link"}:
        return f'<a href="{escape(text_of(part.get("href")) or said)}">{_escaped(said)}</a>'
    element = _ELEMENTS.get(kind)
    return f"<{element}>{_escaped(said)}</{element}>" if element else _escaped(said)


def _files(message: Mapping[str, Any]) -> Iterator[str]:
    """Yield the pictures and links to the files of a message."""
    if photo := text_of(message.get("photo")):
        yield f'<p><img src="{escape(photo)}" alt=""></p>'
    if file := text_of(message.get("file")):
        yield _link(file, text_of(message.get("file_name")))
    for one in objects_in(message.get("attachments")):
        if address := text_of(one.get("url")):
            yield _link(address, text_of(one.get("fileName")))


def _link(address: str, name: str) -> str:
    return f'<p><a href="{escape(address)}">{escape(name or address.rpartition("/")[2])}</a></p>'


def _lines(text: str) -> str:
    return f"<p>{_escaped(text)}</p>" if text else ""


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
