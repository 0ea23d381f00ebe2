"""The labels of keys in hints, the help and the README, and the keys that people write by such labels."""

_SIGNS = {
    "exclamation_mark": "!",
    "quotation_mark": '"',
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "apostrophe": "'",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "asterisk": "*",
    "plus": "+",
    "comma": ",",
    "minus": "-",
    "full_stop": ".",
    "slash": "/",
    "colon": ":",
    "semicolon": ";",
    "less_than_sign": "<",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "question_mark": "?",
    "at": "@",
    "left_square_bracket": "[",
    "backslash": "\\",
    "right_square_bracket": "]",
    "circumflex_accent": "^",
    "underscore": "_",
    "grave_accent": "`",
    "left_curly_bracket": "{",
    "vertical_line": "|",
    "right_curly_bracket": "}",
    "tilde": "~",
}
"""The punctuation marks of ASCII by Textual's names."""

_KEY_LABELS = {
    **_SIGNS,
    "@": "Space",  # Ctrl+Space arrives as Ctrl+@
    **dict(zip(("up", "down", "left", "right"), "↑↓←→", strict=True)),
    "backspace": "Backspace",
    "delete": "Delete",
    "insert": "Insert",
    "space": "Space",
    "tab": "Tab",
    "escape": "Esc",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "enter": "Enter",
}

_SYNONYMS = {
    "del": "delete",
    "ins": "insert",
    "return": "enter",
    "page up": "pageup",
    "page down": "pagedown",
    "plus sign": "plus",
    "hash": "number_sign",
    "hyphen": "minus",
}

_MODIFIERS = {"ctrl": "ctrl", "control": "ctrl", "c": "ctrl", "alt": "alt", "meta": "alt", "m": "alt", "shift": "shift"}

_LONGEST_CHORD = 2

KEY_NAMES = (*(label for label in _KEY_LABELS.values() if len(label) > 1), *(f"F{number}" for number in range(1, 25)))
"""The labels of the keys that are not characters."""


def presses(key: str) -> tuple[str, ...]:
    """The key presses of a key: two for a chord, such as "g g" and "ctrl+x ctrl+c", else the key itself."""
    return tuple(key.split(" "))


def key_label(key: str) -> str:
    """The label of a key: "]" for "right_square_bracket", "Shift+F2" for "shift+f2", "g g" for a chord."""
    return " ".join(map(_label, presses(key)))


def _label(key: str) -> str:
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    label = _KEY_LABELS.get(last, last.upper() if len(last) > 1 and last[0] == "f" and last[1:].isdigit() else last)
    if modifiers and len(label) == 1:
        label = label.upper()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), label])


def key_name(written: str) -> str | None:
    """Textual's name of a key that is written as in the help, such as `Ctrl+P`, `]`, `PgDn`, `G`; None if unknown.

    Case matters only for a letter without Ctrl or Alt. `C-x` and `M-x` are accepted, too. Two keys with a space
    between them are a chord.
    """
    found = _single(written)
    if found is None and len(parts := written.split()) == _LONGEST_CHORD:
        first, second = map(_single, parts)
        return f"{first} {second}" if first and second else None
    return found


def _single(written: str) -> str | None:
    text = written.strip()
    modifiers: set[str] = set()
    while len(text) > 2:
        cut = min((at for sign in "+-" if (at := text.find(sign, 1)) > 0), default=-1)
        modifier = _MODIFIERS.get(text[:cut].lower()) if 0 < cut < len(text) - 1 else None
        if modifier is None:
            break
        modifiers.add(modifier)
        text = text[cut + 1 :]
    last = _last(text)
    if last is None:
        return None
    if len(last) == 1 and last.isalpha() and last.isascii():
        last, modifiers = _letter(last, modifiers)
    if last == "space" and modifiers == {"ctrl"}:
        return "ctrl+@"
    return "+".join([*(one for one in ("alt", "ctrl", "shift") if one in modifiers), last])


def _letter(letter: str, modifiers: set[str]) -> tuple[str, set[str]]:
    """A letter as the terminal sends it, and the modifiers left: Shift makes it a capital.

    With Ctrl or Alt, a letter is lower case, although labels show a capital.
    """
    if modifiers & {"ctrl", "alt"}:
        return letter.lower(), modifiers
    return (letter.upper(), modifiers - {"shift"}) if "shift" in modifiers else (letter, modifiers)


def _last(text: str) -> str | None:
    if len(text) == 1:
        by_label = {label: name for name, label in _KEY_LABELS.items() if len(label) == 1}
        return by_label.get(text, text if text.isalnum() else None)
    folded = " ".join(text.lower().replace("_", " ").split())
    named = {name.replace("_", " "): name for name in _KEY_LABELS} | {
        label.lower(): name for name, label in _KEY_LABELS.items() if len(label) > 1 and name != "@"
    }
    if folded in named or folded in _SYNONYMS:
        return named.get(folded) or _SYNONYMS[folded]
    is_function = folded[:1] == "f" and folded[1:].isascii() and folded[1:].isdigit() and 1 <= int(folded[1:]) <= 24
    return f"f{int(folded[1:])}" if is_function else None
