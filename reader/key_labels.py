"""The labels of keys in hints, the help and the README."""

_KEY_LABELS = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "slash": "/",
    "apostrophe": "'",
    "asterisk": "*",
    "number_sign": "#",
    "@": "Space",  # Ctrl+Space arrives as Ctrl+@
    "backspace": "Backspace",
    "delete": "Delete",
    "backslash": "\\",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "question_mark": "?",
    "colon": ":",
    **dict(zip(("up", "down", "left", "right"), "↑↓←→", strict=True)),
    "space": "Space",
    "tab": "Tab",
    "escape": "Esc",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "enter": "Enter",
}


def key_label(key: str) -> str:
    """The label of a key: "]" for "right_square_bracket", "Shift+F2" for "shift+f2"."""
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    label = _KEY_LABELS.get(last, last.upper() if len(last) > 1 and last[0] == "f" and last[1:].isdigit() else last)
    if modifiers and len(label) == 1:
        label = label.upper()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), label])
