"""Links to embedded videos, audio and snippets of online services."""

_SERVICES = {
    "youtube": ("YouTube", "https://www.youtube.com/watch?v={}"),
    "vimeo": ("Vimeo", "https://vimeo.com/{}"),
    "bilibili": ("bilibili", "https://www.bilibili.com/video/{}"),
    "bili": ("bilibili", "https://www.bilibili.com/video/{}"),
    "gist": ("Gist", "https://gist.github.com/{}"),
    "jsfiddle": ("JSFiddle", "https://jsfiddle.net/{}"),
    "codepen": ("CodePen", "https://codepen.io/{}"),
    "tweet": ("Tweet", "https://twitter.com/i/status/{}"),
    "twitter": ("Tweet", "https://twitter.com/i/status/{}"),
    "x": ("Tweet", "https://twitter.com/i/status/{}"),
    "instagram": ("Instagram", "https://www.instagram.com/p/{}"),
    "youku": ("Youku", "https://v.youku.com/v_show/id_{}.html"),
    "tencent": ("Tencent Video", "https://v.qq.com/x/page/{}.html"),
    "asciinema": ("asciinema", "https://asciinema.org/a/{}"),
    "speakerdeck": ("Speaker Deck", "https://speakerdeck.com/player/{}"),
    "slideshare": ("SlideShare", "https://www.slideshare.net/slideshow/embed_code/{}"),
    "spotify": ("Spotify", "https://open.spotify.com/{}"),
    "soundcloud": ("SoundCloud", "https://soundcloud.com/{}"),
    "ted": ("TED", "https://www.ted.com/talks/{}"),
    "douban": ("Douban", "https://www.douban.com/subject/{}"),
    "pdf": ("PDF", "{}"),
    "video": ("Video", "{}"),
    "audio": ("Audio", "{}"),
    "music": ("NetEase Music", "https://music.163.com/#/song?id={}"),
    "dplayer": ("Video", "{}"),
    "aplayer": ("Audio", "{}"),
}


def service_link(name: str, identifier: str) -> str | None:
    """Return a Markdown link to the content that a service tag embeds; None for unknown services."""
    service = _SERVICES.get(name)
    if service is None or not identifier:
        return None
    title, address = service
    target = identifier if "://" in identifier else address.format(identifier)
    if identifier.startswith(("{", "<")) or (address == "{}" and "." not in identifier):
        return None
    return f"[{title}: {identifier}](<{target}>)"
