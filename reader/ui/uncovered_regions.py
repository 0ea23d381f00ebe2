"""Whether a region of the screen shows one widget alone, so that a picture may be drawn over its cells."""

from textual.geometry import Region
from textual.widget import Widget


def is_uncovered(widget: Widget, region: Region) -> bool:
    """Whether a region shows only `widget`, and not the last row of the screen, where drawing could scroll it."""
    app = widget.app
    if widget.screen is not app.screen or region.bottom >= app.size.height:
        return False
    own = {widget, *widget.ancestors}
    others = (one for one in widget.screen.walk_children(Widget) if one not in own and one.display and one.visible)
    return not any(one.region.overlaps(region) for one in others)
