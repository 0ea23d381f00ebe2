"""The suffixes of articles, in lower case, grouped by what the files contain."""

MARKDOWN = (".md", ".markdown", ".mdx", ".mkd", ".mdown", ".qmd", ".rmd")
RARE_MARKDOWN = (".mkdn", ".mdwn")
"""Suffixes of Markdown that are recognized only in a file that is opened by its name."""
PAGES = (".html", ".htm", ".shtml", ".xhtml", ".xht")
SCRIPTS = (".php", ".asp", ".aspx", ".jsp")
"""Suffixes of programs that generate pages; saved pages keep them."""
WEB_ARCHIVES = (".mht", ".mhtml", ".webarchive")
"""Suffixes of pages saved in one file."""
BOOKS = ".epub"
"""The suffix of books."""
MAILS = ".eml"
"""The suffix of e-mails."""
PLAIN = (".txt", ".text")
ORG = ".org"
RESTRUCTURED = ".rst"
RARE_RESTRUCTURED = ".rest"
"""A suffix of reStructuredText and of HTTP requests: it is recognized only in a file that is opened by its name."""
ARMOURED = ".asc"
"""The suffix of AsciiDoc, but also of PGP's keys and signatures, which are not articles."""
ASCIIDOC = (".adoc", ".asciidoc", ARMOURED)
GEMTEXT = ".gmi"
RARE_GEMTEXT = ".gemini"
"""A suffix of gemtext that is recognized only in a file that is opened by its name."""
TIDDLER = ".tid"
"""The suffix of the notes of TiddlyWiki in a folder."""
NOTEBOOK = ".ipynb"
"""The suffix of Jupyter notebooks."""

ARTICLE_SUFFIXES = (
    *MARKDOWN,
    *PAGES,
    *SCRIPTS,
    *WEB_ARCHIVES,
    *(BOOKS, MAILS, *PLAIN, ORG, RESTRUCTURED),
    *ASCIIDOC,
    *(GEMTEXT, TIDDLER, NOTEBOOK),
)
"""The suffixes of the files in an archive that may be articles."""
