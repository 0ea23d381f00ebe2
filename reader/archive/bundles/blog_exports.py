"""Detection of entries that are not articles in the exports of WordPress and Blogger, which are feeds."""

from reader.regex import regex

_SIGNS = (b"wordpress.org/export/", b"www.blogger.com", b"schemas.google.com/blogger/")
_TYPE = b"<wp:post_type>"
_NO_POST = regex(
    rb"<wp:post_type>\s*(?:<!\[CDATA\[)?(?:attachment|nav_menu_item|revision|custom_css|customize_changeset|oembed_cache"
    rb"|user_request|feedback|elementor_library|wp_\w{1,40}|acf-[\w-]{1,40})(?:\]\]>)?\s*</"
)
"""WordPress's post types for design, menus and attachments; articles show their attachments anyway."""
_KIND = regex(rb"blogger/2008/kind#(\w{1,20})|<blogger:type>\s*(\w{1,20})")
_ARTICLES = frozenset({b"post", b"page"})


def is_blog(head: bytes) -> bool:
    """Whether a feed with this beginning is the export of a blog."""
    return any(sign in head for sign in _SIGNS)


def is_setting(entry: bytes) -> bool:
    """Whether an entry is not an article but a setting, a menu, a template, a file, or a comment."""
    # WordPress states the type after the text, Blogger before it; the text may quote either.
    at = entry.rfind(_TYPE)
    if at >= 0:
        return _NO_POST.match(entry, at) is not None
    kind = _KIND.search(entry)
    return kind is not None and (kind[1] or kind[2]).lower() not in _ARTICLES
