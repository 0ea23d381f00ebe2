"""TeX's commands that are not symbols, by how they are treated."""

from reader.mathematics.expressions import Atom
from reader.mathematics.symbols import names
from reader.mathematics.tex_tokens import TexToken

IGNORED = names(
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits displaylimits nonumber notag mathstrut strut"
    " allowbreak nobreak relax hfill noindent rm it sf tt mathsurround hline hfil centering"
    " tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge"
)
SIZES = frozenset(f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))
FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac"))
TEXTS = names("textbf text mbox textrm textnormal textit textsf texttt hbox textup emph")
UPRIGHT = names("mathrm mathit mathsf mathtt mathnormal operatorname operatornamewithlimits mathop")
SPACES_IN_NAMES = (TexToken("macro", ","), TexToken("macro", " "))
r"""Spaces that a name may contain, as in `\operatorname{arg\,max}`."""

UPRIGHT_SWITCHES = tuple(TexToken("macro", name) for name in ("rm", "sf", "tt", "it"))
BOLD_SWITCH = TexToken("macro", "bf")
r"""Commands for the rest of their group, as in `{\rm erf}`."""

CLASSES = {"mathbin": Atom.BINARY, "mathrel": Atom.RELATION, "mathord": Atom.ORDINARY, "mathopen": Atom.OPENING}
WITHOUT_EFFECT = names("label hspace vspace cssId class")
"""Commands with one argument that have no visible effect here."""
