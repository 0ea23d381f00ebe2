"""The weights of the features in `features.py`.

They come from a logistic regression on the lines of 1,392 articles from 83 public archives, in Chinese, Japanese,
Korean and European languages. The authors had marked up the headings; the markup was removed as in `bench_headings`.
527 of the articles had no headings. A sum of 0 means an even chance. `tests/benchmarks/fit_headings.py` fits the
weights. Features that are rare, or made no difference for other archives, have no weight (`UNWEIGHTED`).
"""

from collections.abc import Mapping

_BIAS = 1.27
"""The intercept: the sum for a line without any of the features."""

WEIGHTS = {
    "above colon": -1.55,
    "above middle": -0.39,
    "above other": 0.51,
    "above short": -0.24,
    "ascii": -0.23,
    "bare to all": -0.03,
    "bare to running": -0.07,
    "below colon": 1.13,
    "below long ended": 0.80,
    "below middle ended": 0.44,
    "below none": -2.47,
    "below other": -0.95,
    "below picture": -1.41,
    "below short": -0.64,
    "below short ended": -0.63,
    "code": -0.37,
    "ems": -1.16,
    "ended": 1.33,
    "ends colon": -2.64,
    "ends dot": -2.14,
    "ends question": -1.16,
    "followed": 1.42,
    "last of run": -0.79,
    "numbered": 1.43,
    "position": -0.38,
    "quotation": -1.21,
    "repeated": -0.58,
    "rule above": 1.17,
    "run": -0.27,
    "running": -0.32,
    "section": 1.76,
    "sequence": 1.36,
    "spoken": -8.57,
    "style": -0.57,
    "text above": 0.12,
    "text below": 0.14,
    "tiny": 0.66,
    "unlike others": -0.90,
    "upper": 1.06,
    "wording": 0.70,
    "words": 0.85,
    "wrapped": -0.46,
    "wrapped share": 0.67,
}

UNWEIGHTED = frozenset(
    {f"above {kind}" for kind in ("empty", "heading", "long", "long ended", "middle ended", "none", "picture")}
    | {f"below {kind}" for kind in ("empty", "heading", "long", "middle")}
    | {"above short ended"}
)
"""The features without a weight."""


def log_odds(features: Mapping[str, float]) -> float:
    """Return the logarithm of the odds that a line with these features is a heading."""
    weight = WEIGHTS.get
    return _BIAS + sum(weight(name, 0.0) * value for name, value in features.items())
