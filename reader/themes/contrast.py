"""The contrast and the luminance of colours `#rrggbb` (WCAG 2.1)."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, from 1 to 21 (WCAG 2.1)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.1: 0 for black, 1 for white."""
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channels(colour: str) -> tuple[float, float, float]:
    """Linear RGB (0 to 1) of a colour `#rrggbb`."""
    written = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in written)
    return red, green, blue


def with_luminance(colour: str, wanted: float) -> tuple[int, int, int]:
    """The red, green and blue of the colour with the same hue and another luminance: darker, or mixed with white."""
    own, linear = luminance(colour), channels(colour)
    if own > wanted:
        mixed = [one * wanted / own for one in linear]
    else:
        share = (wanted - own) / (1 - own)
        mixed = [one + (1 - one) * share for one in linear]
    red, green, blue = (
        round(255 * (12.92 * one if one <= 0.0031308 else 1.055 * one ** (1 / 2.4) - 0.055)) for one in mixed
    )
    return red, green, blue
