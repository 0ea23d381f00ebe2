"""Markup other than HTML and Markdown, each translated to the HTML that one builder reads."""
