"""Files that hold many articles: feeds, exports of services, mailboxes and ZIP files.

Such a file is called a bundle, and each article in it an entry. An entry has a path like a file in a folder: the
bundle's path and the entry's name, as in `feeds/blog.xml/first-post-0a1b2c3d4e.html`. The name depends only on the
entry's own id, so that the article keeps its marks when others are added. Therefore everything that works with paths
(ids, marks, links, categories, the commands) needs no knowledge of bundles; only reading does, see `bundle.py`.
"""
