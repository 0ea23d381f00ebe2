"""The parts of lower layers that the screen needs only after the first paint: parsers, layout, exports."""

from typing import TYPE_CHECKING

from reader.lazy_imports import loader

if TYPE_CHECKING:
    from reader.archive.skipped_files import skipped_message as skipped_message
    from reader.dictionaries.collection import Dictionaries as Dictionaries
    from reader.document.anchor import AnchorMatch as AnchorMatch
    from reader.document.chinese_script import can_convert as can_convert
    from reader.document.chinese_script import convert as convert
    from reader.document.chinese_script import convert_back as convert_back
    from reader.document.chinese_script import converted_outline as converted_outline
    from reader.document.chinese_script import script_for as script_for
    from reader.document.chinese_script import written_script as written_script
    from reader.document.find import find as find
    from reader.document.find import find_by_pinyin as find_by_pinyin
    from reader.document.find import find_pattern as find_pattern
    from reader.document.language_guess import language_of as language_of
    from reader.document.length import Lengths as Lengths
    from reader.document.parts import part_of as part_of
    from reader.document.readings import READING_PACKAGES as READING_PACKAGES
    from reader.document.readings import can_read as can_read
    from reader.document.readings import readings as readings
    from reader.document.resolved_links import with_base as with_base
    from reader.document.text_units import Unit as Unit
    from reader.document.text_units import unit_after as unit_after
    from reader.document.text_units import unit_at as unit_at
    from reader.document.text_units import unit_before as unit_before
    from reader.document.words import words as words
    from reader.export.anki import vocabulary_for_anki as vocabulary_for_anki
    from reader.export.article_export import ArticleExport as ArticleExport
    from reader.export.export_folder import ExportFolder as ExportFolder
    from reader.export.export_folder import checked_folder as checked_folder
    from reader.export.export_links import destinations_in as destinations_in
    from reader.export.export_writers import UpdatingWriter as UpdatingWriter
    from reader.export.exporter import ExportOptions as ExportOptions
    from reader.export.highlight_files import FILES as FILES
    from reader.export.highlight_files import write_highlights as write_highlights
    from reader.export.markdown_exporter import markdown_of as markdown_of
    from reader.export.markdown_marks import escaped as escaped
    from reader.export.markdown_marks import write_marks as write_marks
    from reader.export.markdown_templates import PLAIN as PLAIN
    from reader.export.markdown_templates import MarkdownTemplate as MarkdownTemplate
    from reader.export.markdown_templates import load_template as load_template
    from reader.export.markdown_templates import template_names as template_names
    from reader.export.piped_export import piped as piped
    from reader.finding.finder import SearchRequest as SearchRequest
    from reader.layout.cells import Cells as Cells
    from reader.layout.diagrams import DiagramJob as DiagramJob
    from reader.layout.diagrams import can_draw as can_draw
    from reader.layout.diagrams import is_diagram as is_diagram
    from reader.layout.embedded_notes import embeds as embeds
    from reader.layout.embedded_notes import fold_around as fold_around
    from reader.layout.embedded_notes import is_folded as is_folded
    from reader.layout.embedded_notes import set_all_folds as set_all_folds
    from reader.layout.embedded_notes import show_drawing as show_drawing
    from reader.layout.embedded_notes import show_titles as show_titles
    from reader.layout.embedded_notes import toggle_fold as toggle_fold
    from reader.layout.embedded_notes import transclude as transclude
    from reader.layout.embedded_notes import unfold as unfold
    from reader.layout.folds import linked_fold as linked_fold
    from reader.layout.head import Head as Head
    from reader.layout.head import set_head as set_head
    from reader.layout.layout import Layout as Layout
    from reader.layout.links import NoteLinks as NoteLinks
    from reader.layout.links import PlacedLink as PlacedLink
    from reader.layout.links import article_link as article_link
    from reader.layout.links import leaf_links as leaf_links
    from reader.layout.links import link_of_transclusion as link_of_transclusion
    from reader.layout.links import link_target as link_target
    from reader.layout.links import linked_article as linked_article
    from reader.layout.links import linked_note as linked_note
    from reader.layout.paged_viewport import PagedViewport as PagedViewport
    from reader.layout.transclusions import Expansion as Expansion
    from reader.layout.transclusions import Transclusion as Transclusion
    from reader.layout.transclusions import embedded_note as embedded_note
    from reader.layout.two_columns import TwoColumns as TwoColumns
    from reader.layout.vertical_columns import VerticalColumns as VerticalColumns
    from reader.layout.vertical_setter import in_blocks as in_blocks
    from reader.layout.vertical_text import can_be_vertical as can_be_vertical
    from reader.layout.vertical_text import upright_forms as upright_forms
    from reader.layout.wrapping import set_parts as set_parts
    from reader.layout.wrapping import set_plain as set_plain
    from reader.library.crash_log import crash_folder as crash_folder
    from reader.library.crash_log import log_crash as log_crash
    from reader.linking.embedded_sections import embedded_articles as embedded_articles
    from reader.linking.embedded_sections import embedded_section as embedded_section
    from reader.linking.fragments import place_of as place_of
    from reader.linking.picture_files import PICTURE_SUFFIXES as PICTURE_SUFFIXES
    from reader.linking.picture_files import PictureFile as PictureFile
    from reader.linking.picture_files import picture_file as picture_file
    from reader.linking.picture_files import read_picture as read_picture
    from reader.linking.transcluded_part import transcluded_part as transcluded_part
    from reader.marks.marks_in_memory import add_unsaved as add_unsaved
    from reader.reading.annotations import annotations_of as annotations_of
    from reader.reading.annotations import highlights_of as highlights_of
    from reader.reading.annotations import placed as placed
    from reader.reading.byline import byline as byline
    from reader.reading.opened_article import open_article as open_article
    from reader.reading.picture_headers import picture_size as picture_size
    from reader.reading.picture_scaler import PictureScaler as PictureScaler
    from reader.reading.picture_scaling import Encoding as Encoding
    from reader.reading.picture_scaling import Scaling as Scaling
    from reader.reading.picture_sizes import ArticlePictures as ArticlePictures
    from reader.reading.picture_sizes import pictures_of as pictures_of
    from reader.reading.source_lines import source_line as source_line
    from reader.themes.sixteen_colours import in_sixteen_colours as in_sixteen_colours
    from reader.themes.theme_files import load_themes as load_themes
    from reader.workers.code_tokenizer import CodeTokenizer as CodeTokenizer
    from reader.workers.diagram_drawer import DiagramDrawer as DiagramDrawer
else:
    __getattr__ = loader(
        __name__,
        {
            "Cells": "reader.layout.cells",
            "TwoColumns": "reader.layout.two_columns",
            "VerticalColumns": "reader.layout.vertical_columns",
            "PagedViewport": "reader.layout.paged_viewport",
            "can_be_vertical": "reader.layout.vertical_text",
            "in_blocks": "reader.layout.vertical_setter",
            "upright_forms": "reader.layout.vertical_text",
            "ArticlePictures": "reader.reading.picture_sizes",
            "pictures_of": "reader.reading.picture_sizes",
            "PictureScaler": "reader.reading.picture_scaler",
            "Encoding": "reader.reading.picture_scaling",
            "Scaling": "reader.reading.picture_scaling",
            "PICTURE_SUFFIXES": "reader.linking.picture_files",
            "picture_size": "reader.reading.picture_headers",
            "PictureFile": "reader.linking.picture_files",
            "picture_file": "reader.linking.picture_files",
            "read_picture": "reader.linking.picture_files",
            "CodeTokenizer": "reader.workers.code_tokenizer",
            "DiagramDrawer": "reader.workers.diagram_drawer",
            "DiagramJob": "reader.layout.diagrams",
            "can_draw": "reader.layout.diagrams",
            "is_diagram": "reader.layout.diagrams",
            "show_drawing": "reader.layout.embedded_notes",
            "AnchorMatch": "reader.document.anchor",
            "ExportFolder": "reader.export.export_folder",
            "ExportOptions": "reader.export.exporter",
            "FILES": "reader.export.highlight_files",
            "write_highlights": "reader.export.highlight_files",
            "ArticleExport": "reader.export.article_export",
            "UpdatingWriter": "reader.export.export_writers",
            "destinations_in": "reader.export.export_links",
            "crash_folder": "reader.library.crash_log",
            "log_crash": "reader.library.crash_log",
            "PLAIN": "reader.export.markdown_templates",
            "MarkdownTemplate": "reader.export.markdown_templates",
            "load_template": "reader.export.markdown_templates",
            "template_names": "reader.export.markdown_templates",
            "Head": "reader.layout.head",
            "Layout": "reader.layout.layout",
            "Lengths": "reader.document.length",
            "SearchRequest": "reader.finding.finder",
            "Unit": "reader.document.text_units",
            "add_unsaved": "reader.marks.marks_in_memory",
            "byline": "reader.reading.byline",
            "checked_folder": "reader.export.export_folder",
            "READING_PACKAGES": "reader.document.readings",
            "can_read": "reader.document.readings",
            "language_of": "reader.document.language_guess",
            "readings": "reader.document.readings",
            "Dictionaries": "reader.dictionaries.collection",
            "vocabulary_for_anki": "reader.export.anki",
            "with_base": "reader.document.resolved_links",
            "can_convert": "reader.document.chinese_script",
            "convert": "reader.document.chinese_script",
            "convert_back": "reader.document.chinese_script",
            "converted_outline": "reader.document.chinese_script",
            "script_for": "reader.document.chinese_script",
            "written_script": "reader.document.chinese_script",
            "find": "reader.document.find",
            "find_by_pinyin": "reader.document.find",
            "find_pattern": "reader.document.find",
            "NoteLinks": "reader.layout.links",
            "PlacedLink": "reader.layout.links",
            "Transclusion": "reader.layout.transclusions",
            "Expansion": "reader.layout.transclusions",
            "linked_fold": "reader.layout.folds",
            "toggle_fold": "reader.layout.embedded_notes",
            "is_folded": "reader.layout.embedded_notes",
            "fold_around": "reader.layout.embedded_notes",
            "set_all_folds": "reader.layout.embedded_notes",
            "unfold": "reader.layout.embedded_notes",
            "embedded_note": "reader.layout.transclusions",
            "embeds": "reader.layout.embedded_notes",
            "transclude": "reader.layout.embedded_notes",
            "show_titles": "reader.layout.embedded_notes",
            "leaf_links": "reader.layout.links",
            "link_of_transclusion": "reader.layout.links",
            "link_target": "reader.layout.links",
            "article_link": "reader.layout.links",
            "linked_article": "reader.layout.links",
            "linked_note": "reader.layout.links",
            "load_themes": "reader.themes.theme_files",
            "in_sixteen_colours": "reader.themes.sixteen_colours",
            "skipped_message": "reader.archive.skipped_files",
            "open_article": "reader.reading.opened_article",
            "embedded_articles": "reader.linking.embedded_sections",
            "embedded_section": "reader.linking.embedded_sections",
            "place_of": "reader.linking.fragments",
            "transcluded_part": "reader.linking.transcluded_part",
            "set_head": "reader.layout.head",
            "set_parts": "reader.layout.wrapping",
            "set_plain": "reader.layout.wrapping",
            "unit_after": "reader.document.text_units",
            "unit_at": "reader.document.text_units",
            "unit_before": "reader.document.text_units",
            "part_of": "reader.document.parts",
            "markdown_of": "reader.export.markdown_exporter",
            "escaped": "reader.export.markdown_marks",
            "source_line": "reader.reading.source_lines",
            "piped": "reader.export.piped_export",
            "annotations_of": "reader.reading.annotations",
            "highlights_of": "reader.reading.annotations",
            "placed": "reader.reading.annotations",
            "words": "reader.document.words",
            "write_marks": "reader.export.markdown_marks",
        },
    )
