"""The modals by name: each is imported when it is first opened."""

from typing import TYPE_CHECKING

from reader.lazy_imports import loader

if TYPE_CHECKING:
    from reader.ui.screens.article_menu import ArticleMenu as ArticleMenu
    from reader.ui.screens.bookmark_list import BookmarksScreen as BookmarksScreen
    from reader.ui.screens.finish_prompt import FinishScreen as FinishScreen
    from reader.ui.screens.finish_prompt import Unfinished as Unfinished
    from reader.ui.screens.footnote_box import FootnoteChoice as FootnoteChoice
    from reader.ui.screens.footnote_box import FootnoteScreen as FootnoteScreen
    from reader.ui.screens.front_page_screen import FrontPageScreen as FrontPageScreen
    from reader.ui.screens.help import HelpScreen as HelpScreen
    from reader.ui.screens.highlight_list import HighlightsScreen as HighlightsScreen
    from reader.ui.screens.link_list import LeadsTo as LeadsTo
    from reader.ui.screens.link_list import LinksScreen as LinksScreen
    from reader.ui.screens.link_list import ListedLink as ListedLink
    from reader.ui.screens.link_prompts import MissingLinkScreen as MissingLinkScreen
    from reader.ui.screens.link_prompts import OpenFileScreen as OpenFileScreen
    from reader.ui.screens.look_up_box import LookUpBox as LookUpBox
    from reader.ui.screens.note import NoteEdit as NoteEdit
    from reader.ui.screens.note import NoteScreen as NoteScreen
    from reader.ui.screens.output_box import OutputBox as OutputBox
    from reader.ui.screens.palette import PaletteEntry as PaletteEntry
    from reader.ui.screens.palette import PaletteScreen as PaletteScreen
    from reader.ui.screens.palette import TypedChoices as TypedChoices
    from reader.ui.screens.picture_box import PictureBox as PictureBox
    from reader.ui.screens.pipe_prompt import PipePrompt as PipePrompt
    from reader.ui.screens.pipe_prompt import PipeRequest as PipeRequest
    from reader.ui.screens.prompt import PromptScreen as PromptScreen
    from reader.ui.screens.recent import RecentScreen as RecentScreen
    from reader.ui.screens.restore_prompt import RestoreScreen as RestoreScreen
    from reader.ui.screens.review_screen import ReviewScreen as ReviewScreen
    from reader.ui.screens.search import SearchChoice as SearchChoice
    from reader.ui.screens.search import SearchScreen as SearchScreen
    from reader.ui.screens.stats import StatsScreen as StatsScreen
    from reader.ui.screens.tags import TagsScreen as TagsScreen
    from reader.ui.screens.undo_prompt import UndoScreen as UndoScreen
    from reader.ui.screens.unsaved import Unsaved as Unsaved
    from reader.ui.screens.unsaved import UnsavedScreen as UnsavedScreen
else:
    __getattr__ = loader(
        __name__,
        {
            "ArticleMenu": "reader.ui.screens.article_menu",
            "BookmarksScreen": "reader.ui.screens.bookmark_list",
            "SearchChoice": "reader.ui.screens.search",
            "PaletteEntry": "reader.ui.screens.palette",
            "FinishScreen": "reader.ui.screens.finish_prompt",
            "FootnoteChoice": "reader.ui.screens.footnote_box",
            "FootnoteScreen": "reader.ui.screens.footnote_box",
            "FrontPageScreen": "reader.ui.screens.front_page_screen",
            "HelpScreen": "reader.ui.screens.help",
            "LeadsTo": "reader.ui.screens.link_list",
            "LinksScreen": "reader.ui.screens.link_list",
            "ListedLink": "reader.ui.screens.link_list",
            "MissingLinkScreen": "reader.ui.screens.link_prompts",
            "OpenFileScreen": "reader.ui.screens.link_prompts",
            "HighlightsScreen": "reader.ui.screens.highlight_list",
            "LookUpBox": "reader.ui.screens.look_up_box",
            "NoteEdit": "reader.ui.screens.note",
            "NoteScreen": "reader.ui.screens.note",
            "PromptScreen": "reader.ui.screens.prompt",
            "PaletteScreen": "reader.ui.screens.palette",
            "TypedChoices": "reader.ui.screens.palette",
            "OutputBox": "reader.ui.screens.output_box",
            "PictureBox": "reader.ui.screens.picture_box",
            "PipePrompt": "reader.ui.screens.pipe_prompt",
            "PipeRequest": "reader.ui.screens.pipe_prompt",
            "RecentScreen": "reader.ui.screens.recent",
            "RestoreScreen": "reader.ui.screens.restore_prompt",
            "ReviewScreen": "reader.ui.screens.review_screen",
            "SearchScreen": "reader.ui.screens.search",
            "StatsScreen": "reader.ui.screens.stats",
            "TagsScreen": "reader.ui.screens.tags",
            "UndoScreen": "reader.ui.screens.undo_prompt",
            "Unfinished": "reader.ui.screens.finish_prompt",
            "Unsaved": "reader.ui.screens.unsaved",
            "UnsavedScreen": "reader.ui.screens.unsaved",
        },
    )
