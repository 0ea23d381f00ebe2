"""The Chinese catalogue: one dictionary an area, so that a screen's words stand together."""

from reader.translations.zh_core import CORE
from reader.translations.zh_ui import UI

MESSAGES = CORE | UI
