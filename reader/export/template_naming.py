"""The part of a template that names its file, so that the name is known before the article is read."""

from collections.abc import Iterable, Iterator

from jinja2 import nodes

_WITH_OWN_OUTPUT = (nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.AssignBlock)
"""Statements whose output is a value of the template, and not part of the file."""


def part_that_sets(name: str, tree: nodes.Template) -> nodes.Template:
    """The statements of a template on which the value of a variable depends, without their output to the file.

    `tree` is changed.
    """
    statements = [one for one in map(_silent, tree.body) if one is not None]
    needed = {name}
    kept: set[int] = set()
    while True:
        more = [
            place
            for place, one in enumerate(statements)
            if place not in kept and not needed.isdisjoint(_names(one, is_set=True))
        ]
        if not more:
            break
        kept.update(more)
        needed.update(used for place in more for used in _names(statements[place], is_set=False))
    part = nodes.Template([one for place, one in enumerate(statements) if place in kept], lineno=1)
    if tree.environment is not None:
        part.set_environment(tree.environment)
    return part


def _silent(statement: nodes.Node) -> nodes.Node | None:
    """A statement without its output; None if it does nothing else."""
    if isinstance(statement, nodes.Output):
        return None
    if not isinstance(statement, _WITH_OWN_OUTPUT):
        for field, value in statement.iter_fields():
            if isinstance(value, list):
                parts: Iterable[object] = (_silent(one) if isinstance(one, nodes.Stmt) else one for one in value)
                setattr(statement, field, [one for one in parts if one is not None])
    return statement


def _names(statement: nodes.Node, *, is_set: bool) -> Iterator[str]:
    """The variables and macros that a statement sets, or that it uses."""
    if is_set and isinstance(statement, nodes.Macro):
        yield statement.name
    yield from (one.name for one in statement.find_all(nodes.Name) if (one.ctx == "store") is is_set)
    # In an assignment to `namespace.name`, the namespace is both set and used.
    yield from (one.name for one in statement.find_all(nodes.NSRef))
    if is_set:
        yield from (one.name for one in statement.find_all(nodes.Macro))
