"""Where the double brackets of notes lead: to another note, a place in it, or a file that is shown in place."""

WIKI, EMBED = "wiki:", "embed:"
"""What the value of a link begins with if it names a note, and if the note is to be shown in its place."""

_FILES = {
    "image": "png jpg jpeg gif svg webp bmp avif tiff ico",
    "video": "mp4 webm ogv mov mkv",
    "audio": "mp3 wav m4a ogg flac 3gp",
}
_KINDS = {suffix: kind for kind, suffixes in _FILES.items() for suffix in suffixes.split()}


def note_target(target: str, *, embeds: bool) -> str:
    """The value of a link to a note."""
    return (EMBED if embeds else WIKI) + " ".join(target.split())


def note_text(target: str) -> str:
    """What a link without a text of its own says: `Note#Heading` reads “Note › Heading”."""
    return " › ".join(part.strip() for part in target.split("#") if part.strip())


def embedded_kind(target: str) -> str:
    """What an embedded file is: "image", "video", "audio", or empty for a note or anything else."""
    return _KINDS.get(target.partition("#")[0].rpartition(".")[2].strip().lower(), "")
