"""The Chinese catalogue: one dictionary an area, so that a screen's words stand together."""

from reader.translations.zh_core import CORE
from reader.translations.zh_library import LIBRARY
from reader.translations.zh_marks import MARKS
from reader.translations.zh_query import QUERY
from reader.translations.zh_search import SEARCH
from reader.translations.zh_ui import UI

MESSAGES = CORE | LIBRARY | MARKS | QUERY | SEARCH | UI
