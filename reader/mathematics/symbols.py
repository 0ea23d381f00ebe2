"""TeX's commands for symbols, names, letters and accents, and Unicode's raised and lowered characters."""

from collections.abc import Mapping

from reader.mathematics.expressions import Atom


def names(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    return dict(one.split("=", 1) for one in text.split())


ORDINARY: Mapping[str, str] = _pairs(
    "alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ"
    " lambda=λ mu=μ nu=ν xi=ξ omicron=ο pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς tau=τ upsilon=υ phi=ϕ"
    " varphi=φ chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ"
    " Omega=Ω Alpha=Α Beta=Β varGamma=Γ varDelta=Δ varTheta=Θ varLambda=Λ varPi=Π varSigma=Σ varPhi=Φ varPsi=Ψ"
    " varOmega=Ω varkappa=ϰ infty=∞ infin=∞ partial=∂ nabla=∇ forall=∀ exists=∃ nexists=∄ emptyset=∅ varnothing=∅"
    " hbar=ℏ hslash=ℏ ell=ℓ Re=ℜ Im=ℑ wp=℘ aleph=ℵ beth=ℶ prime=′ backprime=‵ angle=∠ measuredangle=∡ triangle=△"
    " square=□"
    " Box=□ blacksquare=■ lozenge=◊ diamondsuit=♢ heartsuit=♡ clubsuit=♣ spadesuit=♠ bigstar=★ top=⊤ bot=⊥ perp=⊥"
    " neg=¬ lnot=¬ flat=♭ natural=♮ sharp=♯ dots=… ldots=… dotsc=… dotso=… cdots=⋯ dotsb=⋯ dotsm=⋯ dotsi=⋯ vdots=⋮"
    " ddots=⋱ degree=° checkmark=✓ dag=† ddag=‡ S=§ P=¶ pounds=£ yen=¥ copyright=© imath=ı jmath=ȷ complement=∁"
    " digamma=ϝ eth=ð mho=℧ surd=√ backslash=\\ R=ℝ N=ℕ Z=ℤ Q=ℚ C=ℂ Reals=ℝ reals=ℝ mathdollar=$ S=§ AA=Å ss=ß"
    " ae=æ oe=œ o=ø O=Ø L=Ł l=ł $=$ #=# _=_ &=& %=%"
    " gimel=ℷ daleth=ℸ sphericalangle=∢ blacktriangle=▲ blacktriangledown=▼ triangledown=▽ blacklozenge=⧫"
    " circledS=Ⓢ circledR=® diagup=╱ diagdown=╲ iddots=⋰ adots=⋰ Finv=Ⅎ Game=⅁ Bbbk=𝕜 thetasym=ϑ"
)
"""Symbols that are operands."""

BINARY: Mapping[str, str] = _pairs(
    "pm=± mp=∓ times=× div=÷ cdot=⋅ cdotp=⋅ centerdot=⋅ ast=∗ star=⋆ circ=∘ bullet=• cap=∩ cup=∪ uplus=⊎ sqcap=⊓"
    " sqcup=⊔ vee=∨ lor=∨ wedge=∧ land=∧ setminus=∖ smallsetminus=∖ wr=≀ diamond=⋄ bigtriangleup=△"
    " bigtriangledown=▽ triangleleft=◁ triangleright=▷ oplus=⊕ ominus=⊖ otimes=⊗ oslash=⊘ odot=⊙ dagger=†"
    " ddagger=‡ amalg=⨿ ltimes=⋉ rtimes=⋊ boxplus=⊞ boxtimes=⊠ boxdot=⊡ bmod=mod veebar=⊻ barwedge=⊼ dotplus=∔"
    " *=∗ intercal=⊺ bigcirc=◯ divideontimes=⋇ Cap=⋒ Cup=⋓ doublecap=⋒ doublecup=⋓ curlyvee=⋎ curlywedge=⋏"
    " rightthreetimes=⋌ leftthreetimes=⋋ circledast=⊛ circledcirc=⊚ circleddash=⊝ boxminus=⊟"
    " lhd=⊲ rhd=⊳ unlhd=⊴ unrhd=⊵ sslash=⫽"
)
"""Binary operators."""

RELATIONS: Mapping[str, str] = _pairs(
    "le=≤ leq=≤ leqslant=⩽ ge=≥ geq=≥ geqslant=⩾ ne=≠ neq=≠ equiv=≡ sim=∼ simeq=≃ approx=≈ cong=≅ propto=∝"
    " varpropto=∝ ll=≪ gg=≫ lll=⋘ ggg=⋙ prec=≺ succ=≻ preceq=⪯ succeq=⪰ in=∈ ni=∋ notin=∉ subset=⊂ supset=⊃"
    " subseteq=⊆ supseteq=⊇ subsetneq=⊊ supsetneq=⊋ nsubseteq=⊈ sqsubseteq=⊑ sqsupseteq=⊒ vdash=⊢ dashv=⊣ models=⊨"
    " vDash=⊨ Vdash=⊩ mid=∣ nmid=∤ parallel=∥ nparallel=∦ asymp=≍ doteq=≐ triangleq=≜ coloneqq=≔ eqqcolon=≕"
    " leqq=≦ geqq=≧ lneq=⪇ gneq=⪈ lneqq=≨ gneqq=≩ precsim=≾ succsim=≿ preccurlyeq=≼ succcurlyeq=≽ curlyeqprec=⋞"
    " curlyeqsucc=⋟ eqsim=≂ backsim=∽ thicksim=∼ thickapprox=≈ circeq=≗ eqcirc=≖ bumpeq=≏ Bumpeq=≎ fallingdotseq=≒"
    " risingdotseq=≓ doteqdot=≑ between=≬ pitchfork=⋔ Subset=⋐ Supset=⋑ subseteqq=⫅ supseteqq=⫆ subsetneqq=⫋"
    " supsetneqq=⫌ nsupseteq=⊉ nsubset=⊄ nsim=≁ ncong=≇ nprec=⊀ nsucc=⊁ nvdash=⊬ nvDash=⊭ Vvdash=⊪"
    " sqsubset=⊏ sqsupset=⊐ vartriangleright=⊳ ntriangleleft=⋪ ntriangleright=⋫ shortmid=∣ shortparallel=∥"
    " coloneq=≔ lesssim=≲ gtrsim=≳ approxeq=≊ bowtie=⋈ smile=⌣ frown=⌢ to=→ gets=← rightarrow=→ leftarrow=←"
    " leftrightarrow=↔ Rightarrow=⇒ Leftarrow=⇐ Leftrightarrow=⇔ implies=⟹ impliedby=⟸ iff=⟺ longrightarrow=⟶"
    " longleftarrow=⟵ longleftrightarrow=⟷ Longrightarrow=⟹ Longleftarrow=⟸ Longleftrightarrow=⟺ mapsto=↦"
    " longmapsto=⟼ hookrightarrow=↪ hookleftarrow=↩ uparrow=↑ downarrow=↓ updownarrow=↕ Uparrow=⇑ Downarrow=⇓"
    " nearrow=↗ searrow=↘ swarrow=↙ nwarrow=↖ rightleftharpoons=⇌ leftrightharpoons=⇋ rightharpoonup=⇀"
    " rightharpoondown=⇁ leftharpoonup=↼ leftharpoondown=↽ rightrightarrows=⇉ leftleftarrows=⇇ rightleftarrows=⇄"
    " twoheadrightarrow=↠ rightsquigarrow=⇝ leadsto=⇝"
    " curvearrowleft=↶ curvearrowright=↷ circlearrowleft=↺ circlearrowright=↻ dashrightarrow=⇢ dashleftarrow=⇠"
    " twoheadleftarrow=↞ rightarrowtail=↣ leftarrowtail=↢ Rrightarrow=⇛ Lleftarrow=⇚ upharpoonright=↾ upharpoonleft=↿"
    " downharpoonright=⇂ downharpoonleft=⇃ restriction=↾ mapsfrom=↤ multimap=⊸ Updownarrow=⇕ upuparrows=⇈"
    " downdownarrows=⇊ nRightarrow=⇏ nLeftarrow=⇍ nLeftrightarrow=⇎"
    " nrightarrow=↛ nleftarrow=↚ nleftrightarrow=↮"
    " rarr=→ larr=← trianglelefteq=⊴ trianglerighteq=⊵ lt=< gt=> colon=: therefore=∴ because=∵ nleq=≰"
    " ngeq=≱ nless=≮ ngtr=≯ lessgtr=≶ vartriangleleft=⊲"
)
"""Relations and arrows."""

OPERATORS: Mapping[str, str] = _pairs(
    "sum=∑ prod=∏ coprod=∐ int=∫ iint=∬ iiint=∭ oint=∮ bigcap=⋂ bigcup=⋃ bigvee=⋁ bigwedge=⋀ bigoplus=⨁"
    " bigotimes=⨂ bigodot=⨀ biguplus=⨄ bigsqcup=⨆ intop=∫ smallint=∫"
    " oiint=∯ oiiint=∰ iiiint=⨌"
)
"""Large operators."""

INTEGRALS = frozenset("∫∬∭∮∯∰⨌")
"""Large operators whose limits stand beside them."""

DELIMITERS: Mapping[str, str] = _pairs(
    "{={ lbrace={ }=} rbrace=} langle=⟨ rangle=⟩ lvert=| rvert=| vert=| lVert=‖ rVert=‖ Vert=‖ |=‖ lfloor=⌊"
    " rfloor=⌋ lceil=⌈ rceil=⌉ lbrack=[ rbrack=] ulcorner=⌜ urcorner=⌝ lgroup=( rgroup=) backslash=\\ uparrow=↑"
    " downarrow=↓"
)
"""Commands for delimiters."""

OPENING = frozenset("([{⟨⌊⌈⌜")
CLOSING = frozenset(")]}⟩⌋⌉⌝")

ENCLOSING = {"abs": ("|", "|"), "norm": ("‖", "‖"), "set": ("{", "}"), "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉")}
"""Delimiters of commands that packages or authors define to enclose an expression."""

STATES = {
    "bra": ("⟨", "|"), "Bra": ("⟨", "|"), "ket": ("|", "⟩"), "Ket": ("|", "⟩"), "braket": ("⟨", "⟩"),
    "Braket": ("⟨", "⟩"),
}  # fmt: skip
"""Delimiters of Dirac's notation for vectors, as the packages braket and physics write them."""

TWO_STATES = names("braket Braket ketbra dyad")
"""Commands for two vectors, the second of which may be an argument of its own."""

NOTED_ARROWS = {
    "xrightarrow": "→", "xleftarrow": "←", "xRightarrow": "⇒", "xleftrightarrow": "↔", "xlongequal": "=",
    "xrightleftharpoons": "⇌", "xmapsto": "↦",
}  # fmt: skip
"""Arrows with a note above them, and another below them if there is one."""

CIRCLED = (
    {str(number): chr(0x245F + number) for number in range(1, 21)}
    | {letter: chr(0x24B6 + number) for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
    | {letter: chr(0x24D0 + number) for number, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
    | {"0": "⓪"}
)
"""Numbers and letters in circles."""

WORDS = names(
    "arccos arcsin arctan arctg arg cos cosh cot coth csc ctg deg det dim exp gcd hom inf ker lg lim liminf"
    " limsup ln log max min Pr sec sh sin sinh sup tan tanh tg th argmax argmin rank tr diag sgn sign varlimsup"
    " varliminf injlim projlim"
)
"""Names of functions."""

WORDS_APART = {
    "argmax": "arg max", "argmin": "arg min", "injlim": "inj lim", "projlim": "proj lim",
    "varlimsup": "l\u0305i\u0305m\u0305", "varliminf": "l\u0332i\u0332m\u0332",
}  # fmt: skip
"""The notation of names that differs from the names."""

WORDS_WITH_LIMITS = names(
    "det gcd inf lim liminf limsup max min Pr sup argmax argmin injlim projlim"
    " l\u0305i\u0305m\u0305 l\u0332i\u0332m\u0332"
)
"""Names of functions whose subscript stands below them in displayed formulas."""

SPACES: Mapping[str, str] = {
    ",": " ", ":": " ", ";": " ", " ": " ", ">": " ", "!": "", "quad": "  ", "qquad": "    ", "enspace": " ",
    "thinspace": " ", "space": " ", "medspace": " ", "thickspace": " ", "nobreakspace": " ", "negthinspace": "",
    "/": "", "-": "",
}  # fmt: skip

ACCENTS: Mapping[str, str] = {
    "hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "dddot": "\u20db", "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a",
    "slashed": "\u0338",
}  # fmt: skip
"""Combining characters of accents on one letter."""

WIDE_ACCENTS: Mapping[str, str] = {
    "widehat": "\u0302", "widetilde": "\u0303", "overline": "\u0305", "underline": "\u0332", "overrightarrow": "\u20d7",
    "cancel": "\u0336", "bcancel": "\u0336", "xcancel": "\u0336", "overleftarrow": "\u20d6",
    "overleftrightarrow": "\u20e1",
}  # fmt: skip
"""Accents on several letters; only lines continue from letter to letter."""

LINES = frozenset("\u0305\u0332\u0336")

NEGATED: Mapping[str, str] = {
    "=": "≠", "∈": "∉", "≡": "≢", "⊂": "⊄", "⊆": "⊈", "∼": "≁", "≈": "≉", "<": "≮", ">": "≯", "≤": "≰", "≥": "≱",
    "∃": "∄", "∣": "∤", "∥": "∦", "⊃": "⊅", "⊨": "⊭", "→": "↛", "⇒": "⇏", "⇔": "⇎", "∋": "∌", "≅": "≇",
}  # fmt: skip
"""Relations struck through."""

_LATIN = "abcdefghijklmnopqrstuvwxyz"


def _alphabet(upper: int, lower: int, digits: int = 0, exceptions: str = "") -> dict[int, str]:
    found = {ord(letter): chr(lower + number) for number, letter in enumerate(_LATIN)}
    found |= {ord(letter): chr(upper + number) for number, letter in enumerate(_LATIN.upper())}
    if digits:
        found |= {ord("0") + number: chr(digits + number) for number in range(10)}
    return found | {ord(one[0]): one[1] for one in exceptions.split()}


ALPHABETS: Mapping[str, dict[int, str]] = {
    "mathbb": _alphabet(0x1D538, 0x1D552, 0x1D7D8, "Cℂ Hℍ Nℕ Pℙ Qℚ Rℝ Zℤ"),
    "mathcal": _alphabet(0x1D49C, 0x1D4B6, 0, "Bℬ Eℰ Fℱ Hℋ Iℐ Lℒ Mℳ Rℛ eℯ gℊ oℴ"),
    "mathfrak": _alphabet(0x1D504, 0x1D51E, 0, "Cℭ Hℌ Iℑ Rℜ Zℨ"),
    "mathbf": _alphabet(0x1D400, 0x1D41A, 0x1D7CE),
}
"""Letters of other alphabets, by the command for them."""

BOLD_GREEK = {ord(letter): chr(0x1D6C2 + number) for number, letter in enumerate("αβγδεζηθικλμνξοπρςστυφχψω")} | {
    ord(letter): chr(0x1D6A8 + number) for number, letter in enumerate("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ")
}
ALPHABETS["mathbf"].update(BOLD_GREEK)

SAME_ALPHABET = {
    "Bbb": "mathbb", "mathds": "mathbb", "mathbbm": "mathbb", "mathbbmss": "mathbb", "cal": "mathcal",
    "mathscr": "mathcal", "frak": "mathfrak", "bf": "mathbf", "boldsymbol": "mathbf", "bm": "mathbf", "pmb": "mathbf",
    "bold": "mathbf",
}  # fmt: skip
"""Other commands for the same alphabets."""

RAISED = dict(
    zip(
        "0123456789+-−=()niabcdefghjklmoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′∗*",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′**",
        strict=True,
    )
)
LOWERED = dict(zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))

ATOMS: Mapping[str, tuple[str, Atom]] = {
    **{name: (text, Atom.ORDINARY) for name, text in ORDINARY.items()},
    **{name: (text, Atom.BINARY) for name, text in BINARY.items()},
    **{name: (text, Atom.RELATION) for name, text in RELATIONS.items()},
    **{name: (text, Atom.OPERATOR) for name, text in OPERATORS.items()},
}
"""The character and class of each command for a symbol."""
