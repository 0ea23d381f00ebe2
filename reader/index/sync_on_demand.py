"""The functions that read files for an index, imported only if a file is new or changed."""

from reader.lazy_imports import loader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reader.archive.bundles.listing import BundleListing as BundleListing
    from reader.index.heads import read_bundles as read_bundles
    from reader.index.heads import read_heads as read_heads
    from reader.index.stages import StageRun as StageRun
    from reader.index.stages import given_up as given_up
    from reader.index.texts import read_page_blocks as read_page_blocks
    from reader.index.texts import read_texts as read_texts
    from reader.index.texts import text_jobs as text_jobs
    from reader.index.texts import unread_text as unread_text
    from reader.index.texts import weight as weight
    from reader.parse.site_blocks import learned_blocks as learned_blocks
    from reader.workers.pool import Failure as Failure
    from reader.workers.pool import WorkerPool as WorkerPool
    from reader.workers.pool import pool_size as pool_size
else:
    __getattr__ = loader(
        __name__,
        {
            "BundleListing": "reader.archive.bundles.listing",
            "Failure": "reader.workers.pool",
            "StageRun": "reader.index.stages",
            "WorkerPool": "reader.workers.pool",
            "given_up": "reader.index.stages",
            "learned_blocks": "reader.parse.site_blocks",
            "pool_size": "reader.workers.pool",
            "read_bundles": "reader.index.heads",
            "read_heads": "reader.index.heads",
            "read_page_blocks": "reader.index.texts",
            "read_texts": "reader.index.texts",
            "text_jobs": "reader.index.texts",
            "unread_text": "reader.index.texts",
            "weight": "reader.index.texts",
        },
    )
