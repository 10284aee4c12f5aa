"""Values of options that need no conversion are not converted.

Typer builds a pydantic adapter for every option of the command that is called, given or not, which
costs more than everything else that ``compcite list`` does. But nearly all values have their type
already: a text, a list of texts, a default, or none. ``benchmarks/startup.py`` measures it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, get_args, get_origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["sparing_conversion"]


def sparing_conversion(parameters: Iterable[Any]) -> list[Any]:
    """The options and arguments of a command, which keep values that have their type already.

    Other values are converted as before. The parameters themselves are changed.
    """
    kept = list(parameters)
    for parameter in kept:
        if "process_value" not in vars(parameter):
            parameter.process_value = partial(_processed, parameter, parameter.process_value)
    return kept


def _processed(
    parameter: Any,  # noqa: ANN401 - typer's parameter
    process: Callable[[Any, Any], Any],
    ctx: Any,  # noqa: ANN401 - typer's context
    value: Any,  # noqa: ANN401 - whatever the command line gave
) -> Any:  # noqa: ANN401 - whatever the option's type is
    """The value for the command; ``process`` is typer's own way to it, with conversion and errors.

    Everything that is not plainly right goes that way, so that all messages are typer's.
    """
    several = parameter.multiple or parameter.nargs == -1
    if parameter.required and not value:
        return process(ctx, value)
    if value is None:
        given: Any = () if several else None
    elif _has_type(value, parameter.type_descriptor.annotation, several=several):
        given = list(value) if several else value
    else:
        return process(ctx, value)
    return given if parameter.callback is None else parameter.callback(ctx, parameter, given)


def _has_type(value: object, annotation: object, *, several: bool) -> bool:
    """Whether a value is a text, texts for a list, or a truth value, as its option wants it."""
    if get_origin(annotation) is list:
        return several and get_args(annotation) == (str,) and _are_texts(value)
    return type(value) is annotation and (annotation is str or annotation is bool)


def _are_texts(value: object) -> bool:
    """Whether a value is a list or a tuple of texts."""
    return isinstance(value, list | tuple) and all(type(one) is str for one in value)
