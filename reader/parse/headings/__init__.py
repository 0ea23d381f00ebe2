"""Headings: pseudo headings among the lines of an article, the repeated title, and the levels of all of them."""
