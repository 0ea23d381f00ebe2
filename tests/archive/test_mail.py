"""E-mails with header fields that the library of e-mails cannot parse."""

from reader.archive.mail import mail_article


def test_sender_in_thousands_of_comments_keeps_the_text() -> None:
    found = mail_article(b"From: " + b"(" * 9_000 + b"\nSubject: Tides\n\nThe light was on all night.\n")
    assert (found.title, found.authors) == ("Tides", [])
    assert "all night" in found.text
