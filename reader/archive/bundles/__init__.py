"""Files that hold many articles: feeds, exports of services, mailboxes and ZIP files.

Such a file is called a bundle, and each article in it an entry. An entry has a path like a file in a folder: the
bundle's path and the entry's name, as in `feeds/blog.xml/first-post-0a1b2c3d4e.html`. The name is made of
the entry's own id and a suffix that says whether its text is HTML. It does not depend on other entries, so that the
article keeps its marks when others are added; only of entries with the same id, the later ones are numbered. An entry
without an id is named by what probably stays the same: its link, or its title and date.

Therefore everything that works with paths (ids, marks, links, categories, the commands) needs no knowledge of bundles;
only reading does, see `bundle.py`.
"""
