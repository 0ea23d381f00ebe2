"""Characters and names of MathML, and the TeX for them."""

from reader.parse.html_vocabulary import names

ESCAPED = {"\\": r"\backslash ", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_"}
FUNCTIONS = names(
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max "
    "min sec sin sinh sup tan tanh"
)
VARIANTS = {
    "bold": "mathbf",
    "bold-italic": "boldsymbol",
    "double-struck": "mathbb",
    "fraktur": "mathfrak",
    "monospace": "mathtt",
    "normal": "mathrm",
    "sans-serif": "mathsf",
    "script": "mathcal",
}
ABOVE = {
    "\u00af": "overline", "\u203e": "overline", "\u2015": "overline", "_": "overline", "^": "hat",
    "\u02c6": "hat", "~": "tilde", "\u02dc": "tilde", "\u2192": "vec", "\u20d7": "vec", ".": "dot",
    "\u02d9": "dot", "\u00a8": "ddot", "\u02c7": "check", "\u02d8": "breve", "\u00b4": "acute", "\u23de": "overbrace",
}  # fmt: skip
BELOW = {"_": "underline", "\u00af": "underline", "\u0332": "underline", "\u23df": "underbrace"}
LIMITS = frozenset("∑∏∐∫∮⋂⋃⋀⋁⨁⨂")
"""Operators whose limits are written as a subscript and a superscript."""

MATRICES = {("(", ")"): "pmatrix", ("[", "]"): "bmatrix", ("|", "|"): "vmatrix", ("‖", "‖"): "Vmatrix"}
"""The environments of TeX for matrices between two operators."""
