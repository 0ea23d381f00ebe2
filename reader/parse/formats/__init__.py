"""Markup other than HTML and Markdown, translated to HTML for the HTML parser."""
