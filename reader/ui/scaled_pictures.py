"""A cache of the pictures that the worker process has scaled, limited in bytes."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from reader.layout.picture_rooms import PictureProblem

if TYPE_CHECKING:
    from reader.linking.picture_files import PictureFile
    from reader.reading.picture_scaling import Pixels, Scaling

_KEPT_BYTES = 16 * 2**20
"""The maximum size in bytes: about a thousand screens of half blocks, or a dozen screens of pixels."""


class ScaledPictures:
    """The scaled pictures of an article, and why others cannot be decoded.

    Attributes:
        size: The size of the pictures in bytes.
    """

    def __init__(self, dropped: Callable[[Iterable["Scaling"]], object]) -> None:
        """Start empty; call `dropped` with pictures that are no longer kept."""
        self.size = 0
        self._dropped = dropped
        self._known: OrderedDict[Scaling, Pixels] = OrderedDict()
        self._problems: dict[PictureFile, PictureProblem] = {}

    def clear(self) -> None:
        """Drop everything."""
        self._dropped([*self._known])
        self._known.clear()
        self._problems.clear()
        self.size = 0

    def add(self, scaling: "Scaling", pixels: "Pixels | PictureProblem") -> None:
        """Add a picture, or why it cannot be decoded; drop those used least recently beyond the maximum size."""
        if isinstance(pixels, PictureProblem):
            self._problems[scaling.picture] = pixels
        elif scaling not in self._known:
            self._known[scaling] = pixels
            self.size += len(pixels.data)
            while self.size > _KEPT_BYTES and len(self._known) > 1:
                dropped, its_pixels = self._known.popitem(last=False)
                self.size -= len(its_pixels.data)
                self._dropped((dropped,))

    def get(self, scaling: "Scaling") -> "Pixels | None":
        """Return a picture, which counts as used; None if it is not known."""
        pixels = self._known.get(scaling)
        if pixels is not None:
            self._known.move_to_end(scaling)
        return pixels

    def problem(self, scaling: "Scaling") -> PictureProblem | None:
        """Return why a picture cannot be decoded; None if it can be, or if nothing is known of it."""
        return self._problems.get(scaling.picture)

    def lacks(self, scaling: "Scaling") -> bool:
        """Whether nothing is known of a picture."""
        return scaling not in self._known and scaling.picture not in self._problems
