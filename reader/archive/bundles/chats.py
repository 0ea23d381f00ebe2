"""Conversations in the exports of Telegram Desktop and DiscordChatExporter: each is one article, its days sections."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from reader.archive.bundles.entry_articles import EntryArticle

_TELEGRAM = frozenset({"name", "type", "messages"})
_DISCORD = frozenset({"guild", "channel", "messages"})
_ELEMENTS = {"bold": "b", "italic": "i", "code": "code", "strikethrough": "s", "pre": "pre", "blockquote": "blockquote"}
"""The elements for the kinds of text in Telegram."""


def is_chat(item: Mapping[str, Any]) -> bool:
    """Whether an object is a conversation."""
    return (item.keys() >= _TELEGRAM or item.keys() >= _DISCORD) and isinstance(item["messages"], list)


def chat_title(chat: Mapping[str, Any]) -> str:
    """Return the name of a conversation: of the other person, the group, or the channel behind that of its server."""
    guild, channel = chat.get("guild"), chat.get("channel")
    if isinstance(guild, dict) and isinstance(channel, dict):
        return f"{_text(guild.get('name'))} › {_text(channel.get('name'))}"
    return _text(chat.get("name"))


def chat_id(chat: Mapping[str, Any]) -> str:
    """Return the id of a conversation."""
    channel = chat.get("channel")
    return str((channel if isinstance(channel, dict) else chat).get("id", ""))


def chat_article(chat: Mapping[str, Any]) -> EntryArticle:
    """Convert a conversation; it is dated by its last message."""
    messages = [one for one in chat["messages"] if isinstance(one, dict)]
    last = next((when for one in reversed(messages) if (when := _when(one))), "")
    return EntryArticle("".join(_blocks(messages)), title=chat_title(chat), date=last)


def _blocks(messages: list[dict[str, Any]]) -> Iterator[str]:
    day = ""
    for message in messages:
        when = _when(message)
        if when[:10] != day:
            day = when[:10]
            yield f"<h2>{escape(day)}</h2>"
        said = _formatted(message.get("text")) or _lines(_text(message.get("content")))
        said = said or _lines(_text(message.get("action")).replace("_", " "))
        head = f"<b>{escape(_author(message))}</b> {escape(when[11:16])}".strip()
        forwarded = _text(message.get("forwarded_from"))
        head += f" ({escape(forwarded)})" if forwarded else ""
        yield f"<div><p>{head}</p>{said}{''.join(_files(message))}</div>"


def _when(message: Mapping[str, Any]) -> str:
    return _text(message.get("date")) or _text(message.get("timestamp"))


def _author(message: Mapping[str, Any]) -> str:
    author = message.get("author")
    if isinstance(author, dict):
        return _text(author.get("nickname")) or _text(author.get("name"))
    return _text(message.get("from")) or _text(message.get("actor"))


def _formatted(text: Any) -> str:
    """Return a text of Telegram: plain, or a list of plain parts and of objects with a kind."""
    if not isinstance(text, list):
        return _lines(_text(text))
    return f"<div>{''.join(map(_part, text))}</div>" if text else ""


def _part(part: Any) -> str:
    if not isinstance(part, dict):
        return _escaped(_text(part))
    said, kind = _text(part.get("text")), _text(part.get("type"))
    if kind in {"link", "text_link"}:
        return f'<a href="{escape(_text(part.get("href")) or said)}">{_escaped(said)}</a>'
    element = _ELEMENTS.get(kind)
    return f"<{element}>{_escaped(said)}</{element}>" if element else _escaped(said)


def _files(message: Mapping[str, Any]) -> Iterator[str]:
    """Yield the pictures and links to the files of a message."""
    if photo := _text(message.get("photo")):
        yield f'<p><img src="{escape(photo)}" alt=""></p>'
    if file := _text(message.get("file")):
        yield _link(file, _text(message.get("file_name")))
    attachments = message.get("attachments")
    for one in attachments if isinstance(attachments, list) else ():
        if isinstance(one, dict) and (address := _text(one.get("url"))):
            yield _link(address, _text(one.get("fileName")))


def _link(address: str, name: str) -> str:
    return f'<p><a href="{escape(address)}">{escape(name or address.rpartition("/")[2])}</a></p>'


def _lines(text: str) -> str:
    return f"<p>{_escaped(text)}</p>" if text else ""


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
