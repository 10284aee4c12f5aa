"""Render ``cs:names``: lists of names, their labels, and what is written if there are no names.

Specification: "Names", "Name", "Et-al", "Substitute", "Label in cs:names".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compcite.csl.rendering.casing import change_term_case, strip_periods
from compcite.csl.rendering.context import CALLED, RENDERED, ListSpan, NameListRecord
from compcite.csl.rendering.one_name import PersonWriter
from compcite.csl.rendering.scripts import is_spaced
from compcite.csl.rendering.wrapping import around, wrapped
from compcite.csl.richtext import Literal
from compcite.csl.styles.nodes import (
    NO_AFFIXES,
    Choose,
    EtAl,
    Group,
    NameNode,
    NameOptions,
    NamesNode,
    TextNode,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.csl.rendering.context import Context, Renderer, Scope
    from compcite.csl.richtext import Tokens
    from compcite.csl.styles.nodes import LabelNode, Node, SortKey
    from compcite.model.item import Name

__all__ = ["compile_names", "substitutes_of"]

_ELLIPSIS = "…"
_PREFIXED_WORDS = frozenset({"ו"})
# Two roles of one person have a term of their own.
_COMBINED = {frozenset({"editor", "translator"}): "editortranslator"}


def compile_names(node: NamesNode, scope: Scope, substitutes: Sequence[Renderer]) -> Renderer:
    """Return the function that writes a ``cs:names``.

    ``substitutes`` are the functions for the elements that ``substitutes_of`` returns. If the item
    has no such names, they are called one after another until one writes something.
    """
    return _Names(node, scope, substitutes).render


def substitutes_of(node: NamesNode) -> tuple[Node, ...]:
    """Return the elements of ``cs:substitute``, with what they take over from ``node``.

    They are tried in this order for missing names. The first term is the last element of the list,
    since a style that has a term there wants it for every item. If the term is empty in a locale,
    nothing is written instead of the names.
    """
    elements = []
    for child in node.substitute:
        elements.append(_inheriting(child, node))
        if isinstance(child, TextNode) and child.kind == "term":
            break
    return tuple(elements)


@dataclass(frozen=True, slots=True)
class _EtAlRule:
    """From how many names on a list is cut short, and how many are shown then."""

    least: int
    use_first: int | None
    use_last: bool


class _Names:
    """One ``cs:names`` element, ready to render."""

    def __init__(self, node: NamesNode, scope: Scope, substitutes: Sequence[Renderer]) -> None:
        own = node.name.options if node.name else NameOptions()
        options = own.over(scope.names)
        self._variables = node.variables
        self._locale = scope.environment.locale
        self._sorting = scope.sorting
        self._label = None if scope.sorting else node.label
        self._label_first = node.label_first
        self._count = options.form == "count"
        names_delimiter = node.delimiter
        if names_delimiter is None:
            names_delimiter = options.names_delimiter or ""
        self._names_delimiter = Literal(names_delimiter)
        name = node.name or NameNode()
        self._person = PersonWriter(name, options, scope.environment, sorting=scope.sorting)
        self._list = _ListWriter(options, node.et_al or EtAl(), self._person, scope)
        self._own_names = wrapped(self._render_lists, node.format, node.affixes, node.display)
        self._substitutes = substitutes

    def render(self, context: Context, out: Tokens) -> int:
        """Append the names, or the output of the first substitute that writes something.

        For the first names of an entry, it notes where they stand, and removes them again if the
        context leaves out "names".
        """
        start = len(out)
        first = context.first_names is None and context.substituted is None
        status = self._names_or_substitute(context, out)
        if first and len(out) > start:
            if "names" in context.left_out:
                del out[start:]
            context.first_names = (start, len(out))
        return status

    def _names_or_substitute(self, context: Context, out: Tokens) -> int:
        """Append the names with their formatting, or else the first substitute that has output.

        Return whether anything was written.
        """
        status = self._own_names(context, out)
        if status & RENDERED:
            return status
        for substitute in self._substitutes:
            if self._substituted(substitute, context, out):
                return CALLED | RENDERED
        return CALLED

    def _substituted(self, substitute: Renderer, context: Context, out: Tokens) -> bool:
        """Append a substitute, and return whether it wrote anything.

        The variables that it writes are removed from the context, so that they appear only once.
        """
        start = len(out)
        outer, context.substituted = context.substituted, []
        substitute(context, out)
        used, context.substituted = context.substituted, outer
        if len(out) == start:
            return False
        if outer is not None:
            outer.extend(used)
        context.use_up(used)
        return True

    def _render_lists(self, context: Context, out: Tokens) -> int:
        """Append the lists of names of all variables, or only their number for the form "count".

        The number is that of the names that are shown. Without any names it is "0" in a sort key.
        """
        lists = [(v, context.names[v]) for v in self._variables if context.names.get(v)]
        if not lists:
            if self._count and self._sorting and not self._substitutes:
                out.append("0")  # no names are fewer than one: this is a value to sort by
                return CALLED | RENDERED
            return CALLED
        if self._count:
            shown = sum(self._list.cut(context, names).shown for _, names in lists)
            out.append(str(shown))
            return CALLED | RENDERED
        lists = self._combined(lists)
        began = len(out)
        for variable, names in lists:
            start = len(out)
            if start > began:
                out.append(self._names_delimiter)
            self._render_list(variable, names, context, out)
            if len(out) == start + (start > began):
                del out[start:]
            elif context.substituted is not None:
                context.substituted.append(variable)
        return CALLED | RENDERED if len(out) > began else CALLED

    def _combined(
        self, lists: list[tuple[str, tuple[Name, ...]]]
    ) -> list[tuple[str, tuple[Name, ...]]]:
        """Return ``lists`` with editors and translators as one, if they are the same people.

        They are joined only if the style asks for these two roles alone, with a label, and the
        locale has a word for both.
        """
        if len(lists) != 2 or self._label is None:  # noqa: PLR2004  two roles combine
            return lists
        (_, names), (_, others) = lists
        term = _COMBINED.get(frozenset(self._variables))
        if term is None or names != others or not self._locale.term(term, self._label.form):
            return lists
        return [(term, names)]

    def _render_list(
        self, variable: str, names: tuple[Name, ...], context: Context, out: Tokens
    ) -> None:
        """Append one list of names with its label; nothing if the style shows no name of it."""
        start = len(out)
        if self._label and self._label_first:
            self._append_label(self._label, variable, names, context, out)
        before_names = len(out)
        self._list.write(variable, names, context, out)
        if len(out) == before_names:  # et-al-use-first="0": no name is shown, so no label either
            del out[start:]
        elif self._label and not self._label_first:
            self._append_label(self._label, variable, names, context, out)

    def _append_label(
        self,
        label: LabelNode,
        variable: str,
        names: tuple[Name, ...],
        context: Context,
        out: Tokens,
    ) -> None:
        """Append the label of a list, such as "eds.".

        It is plural if the list has several names or is incomplete, unless the style says
        otherwise. Without a term for the role, nothing is appended.
        """
        many = len(names) > 1 or variable in context.item.truncated
        plural = label.plural == "always" or (label.plural == "contextual" and many)
        # The variable editor-translator has its term under the name that CSL 1.0 gave it.
        term = variable if self._locale.find(variable) else variable.replace("-", "")
        text = self._locale.term(term, label.form, plural=plural)
        if label.strip_periods:
            text = strip_periods(text)
        text = change_term_case(text, label.text_case, self._locale.lang)
        if text:
            before, after = around(label.format, label.affixes)
            out.extend((*before, text, *after))


def _inheriting(node: Node, parent: NamesNode) -> Node:
    """Return an element of a substitute with what its cs:names take over from ``parent``.

    A cs:names without a cs:name or cs:et-al takes over that of ``parent``. If it has neither a
    cs:name nor a label, it takes over the label. If it has nothing inside, it takes over all
    attributes too (specification, "Substitute").
    """
    match node:
        case NamesNode():
            inherits_label = node.name is None and node.label is None
            is_shorthand = inherits_label and node.et_al is None and not node.substitute
            if is_shorthand:
                node = replace(
                    node,
                    format=node.format if node.format.pairs else parent.format,
                    affixes=parent.affixes if node.affixes == NO_AFFIXES else node.affixes,
                    display=node.display or parent.display,
                )
            return replace(
                node,
                name=node.name or parent.name,
                et_al=node.et_al or parent.et_al,
                label=parent.label if inherits_label else node.label,
                label_first=parent.label_first if inherits_label else node.label_first,
                delimiter=parent.delimiter if node.delimiter is None else node.delimiter,
            )
        case Group():
            return replace(node, children=tuple(_inheriting(c, parent) for c in node.children))
        case Choose():
            branches = tuple(
                replace(branch, children=tuple(_inheriting(c, parent) for c in branch.children))
                for branch in node.branches
            )
            return Choose(branches)
        case _:
            return node


# ---------------------------------------------------------------- one list


@dataclass(frozen=True, slots=True)
class _Cut:
    """How many names of a list are shown, and what stands for the rest."""

    shown: int
    et_al: bool
    last: bool = False  # an ellipsis and the last name follow


class _ListWriter:
    """Writes one list of names, with delimiters, "and" and "et al."."""

    def __init__(
        self, options: NameOptions, et_al: EtAl, person: PersonWriter, scope: Scope
    ) -> None:
        locale = scope.environment.locale
        self._person = person
        self._sorting = scope.sorting
        self._delimiter = Literal(", " if options.delimiter is None else options.delimiter)
        self._precedes_last = options.delimiter_precedes_last or "contextual"
        self._precedes_et_al = options.delimiter_precedes_et_al or "contextual"
        # In a sort key, "Beck and Katz" precedes "Beck, Katz, and Tucker".
        self._and = None if scope.sorting else _conjunction(options, scope)
        self._et_al_term = locale.term(et_al.term)
        self._et_al_before, self._et_al_after = around(et_al.format, NameNode().affixes)
        self._inverted = options.name_as_sort_order or ""
        first = _EtAlRule(
            options.et_al_min or 0, options.et_al_use_first, bool(options.et_al_use_last)
        )
        self._first_rule = first
        self._later_rule = _EtAlRule(
            first.least if options.et_al_subsequent_min is None else options.et_al_subsequent_min,
            first.use_first
            if options.et_al_subsequent_use_first is None
            else options.et_al_subsequent_use_first,
            first.use_last,
        )

    def cut(self, context: Context, names: tuple[Name, ...], *, truncated: bool = False) -> _Cut:
        """Return how many of ``names`` are shown, and whether "et al." or a last name follows.

        Disambiguation can show more names than the style. ``truncated`` is true if the item's list
        itself is not complete.
        """
        rule = self._first_rule if context.position.is_first else self._later_rule
        key = context.sort_key
        if key is not None:
            rule = _overridden(rule, key)
        count = len(names)
        if rule.use_first is None or not rule.least or count < rule.least:
            return _Cut(count, et_al=truncated)
        use_first = rule.use_first
        if rule.use_last and rule.least > 2:  # noqa: PLR2004  else no name would stand before the gap
            # A shortened list leaves out a name at least, beside the last one, as in citeproc-js.
            use_first = min(use_first, rule.least - 2)
        index = len(context.name_lists)
        if index < len(context.reading.names):
            use_first = max(use_first, context.reading.names[index])
        if count > use_first:
            last = rule.use_last and count - use_first >= 2  # noqa: PLR2004  a gap and a last name
            return _Cut(use_first, et_al=True, last=last)
        return _Cut(count, et_al=truncated)

    def write(self, variable: str, names: tuple[Name, ...], context: Context, out: Tokens) -> None:
        """Append ``names``, cut short as the style asks: "Doe, Poe, et al." or "Doe, Poe, … Roe".

        It also records the list in ``context``, for disambiguation and for repeated names.
        """
        cut = self.cut(context, names, truncated=variable in context.item.truncated)
        givens = self._givens(context, names)
        context.name_lists.append(
            NameListRecord(names, cut.shown, self._person.base, self._person.steps)
        )
        start = len(out)
        spans = []
        for index in range(cut.shown):
            if index:
                self._separate(names[index - 1], names[index], index, cut, out)
            began = len(out)
            self._person.write(names[index], index, givens[index], out)
            spans.append((began, len(out)))
        if cut.last:
            if cut.shown:
                # "Doe … Roe", but "Doe, Poe, … Roe"
                delimiter = self._delimiter if cut.shown > 1 else " "
                out.append(Literal(delimiter + _ELLIPSIS + " "))
            began = len(out)
            self._person.write(names[-1], len(names) - 1, givens[-1], out)
            spans.append((began, len(out)))
        elif cut.et_al and cut.shown and self._et_al_term and not self._sorting:
            contextual = self._precedes_et_al == "contextual" and cut.shown > 1
            inverted = self._precedes_et_al == "after-inverted-name" and self._is_inverted(
                names[cut.shown - 1], cut.shown - 1
            )
            delimited = contextual or inverted or self._precedes_et_al == "always"
            space = " " if is_spaced(self._et_al_term) else ""
            out.append(self._delimiter if delimited else space)
            out.extend((*self._et_al_before, self._et_al_term, *self._et_al_after))
        if context.first_names is None:
            people = names[: cut.shown] + (names[-1:] if cut.last else ())
            context.first_lists.append(ListSpan(start, len(out), tuple(spans), people))

    def _givens(self, context: Context, names: tuple[Name, ...]) -> tuple[int, ...]:
        """Return how much of each given name is shown.

        It is as much as the style asks for, or more if that tells items apart.
        """
        index = len(context.name_lists)
        base = self._person.base
        if index >= len(context.reading.givens):
            return (base,) * len(names)
        wanted = context.reading.givens[index]
        return tuple(max(base, wanted[i]) if i < len(wanted) else base for i in range(len(names)))

    def _is_inverted(self, name: Name, index: int) -> bool:
        """Return whether a name is written with the family name first ("Doe, Jane")."""
        wanted = self._inverted == "all" or (self._inverted == "first" and index == 0)
        return wanted and not name.literal

    def _separate(self, before: Name, name: Name, index: int, cut: _Cut, out: Tokens) -> None:
        """Append the delimiter or "and" between the names ``before`` and ``name``.

        ``index`` is the place of ``name`` in the list. "and" stands before the last name only if no
        "et al." follows; the style says whether the delimiter stands before it, too.
        """
        is_last = index == cut.shown - 1 and not cut.et_al
        if not is_last or self._and is None:
            out.append(self._delimiter)
            return
        if not self._and.strip():  # the style's own word for "and" is empty: it stands alone
            out.append(self._and)
            return
        # An institution after persons has the delimiter as the context wants it, in every style.
        rule = self._precedes_last
        if rule == "always" and name.literal and not before.literal:
            rule = "contextual"
        contextual = rule == "contextual" and cut.shown > 2 and is_spaced(self._and)  # noqa: PLR2004
        inverted = rule == "after-inverted-name" and self._is_inverted(before, index - 1)
        if contextual or inverted or rule == "always":
            out.append(self._delimiter)
            out.append(self._and.lstrip())
        else:
            out.append(self._and)


def _conjunction(options: NameOptions, scope: Scope) -> str | None:
    """Return the word or sign before the last name, with its spaces; None if there is none.

    In running text the word stands instead of the sign.
    """
    locale = scope.environment.locale
    if options.conjunction == "text" or (options.conjunction and scope.in_prose):
        return _spaced(locale.term("and"))
    if options.conjunction == "symbol":
        return " & "  # in every language (specification, "Name")
    return None


def _spaced(word: str) -> str:
    """Return the word for "and" with the spaces that its language asks for.

    Chinese, Japanese and Korean write none; the Hebrew word is the beginning of the next one.
    """
    if not word.strip() or not is_spaced(word):
        return word
    return f" {word}" if word in _PREFIXED_WORDS else f" {word} "


def _overridden(rule: _EtAlRule, key: SortKey) -> _EtAlRule:
    """Return ``rule`` with the changes that the attributes of a sort key make."""
    return _EtAlRule(
        rule.least if key.names_min is None else key.names_min,
        rule.use_first if key.names_use_first is None else key.names_use_first,
        rule.use_last if key.names_use_last is None else key.names_use_last,
    )
