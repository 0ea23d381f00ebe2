"""Callouts: the names of their kinds in the reader's language, and the roles of their colours."""

from collections.abc import Mapping

from reader.language import N_, _
from reader.layout.lines import Role

_NAMES: Mapping[str, str] = {
    "note": N_("Note (callout)"),
    "info": N_("Information"),
    "tip": N_("Tip"),
    "hint": N_("Hint"),
    "important": N_("Important"),
    "warning": N_("Warning"),
    "warn": N_("Warning"),
    "caution": N_("Caution"),
    "attention": N_("Attention"),
    "danger": N_("Danger"),
    "error": N_("Error"),
    "bug": N_("Bug"),
    "failure": N_("Failure"),
    "success": N_("Success"),
    "example": N_("Example"),
    "question": N_("Question"),
    "quote": N_("Quotation"),
    "abstract": N_("Abstract"),
    "summary": N_("Summary"),
    "todo": N_("To do"),
    "aside": N_("Aside"),
    "details": N_("Details"),
}
_ROLES = {
    Role.HINT: ("tip", "hint", "success", "check", "done"),
    Role.CAUTION: ("warning", "warn", "caution", "attention", "question", "help", "faq"),
    Role.DANGER: ("danger", "error", "bug", "failure", "fail", "missing"),
    Role.QUOTE: ("quote", "cite", "default"),
    Role.MUTED: ("aside",),
}
_ROLE_OF = {kind: role for role, kinds in _ROLES.items() for kind in kinds}


def callout_name(kind: str, otherwise: str) -> str:
    """The name of a kind in the language of messages; `otherwise` for a kind that is not known."""
    name = _NAMES.get(kind)
    return _(name).removesuffix(" (callout)") if name else otherwise


def callout_role(kind: str) -> Role:
    """The role of the title and the bar of a callout."""
    return _ROLE_OF.get(kind, Role.NOTE)
