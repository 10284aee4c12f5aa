"""Read a style or locale file into its typed tree, and report all its faults at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.styles.nodes import (
    NO_AFFIXES,
    NO_FORMAT,
    Affixes,
    Area,
    Branch,
    Choose,
    Condition,
    DateFormat,
    DateNode,
    DatePart,
    EtAl,
    Format,
    Group,
    LabelNode,
    Layout,
    LocaleLayer,
    NameNode,
    NameOptions,
    NamePart,
    NamesNode,
    NumberNode,
    SortKey,
    StyleInfo,
    StyleOptions,
    StyleTree,
    Term,
    TextNode,
)
from compcite.csl.styles.schema import Faults, check, did_you_mean
from compcite.csl.styles.xmltree import Element, parse_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from compcite.csl.styles.nodes import Node

__all__ = ["read_locale", "read_style"]

# Innermost last: what comes first encloses what comes after.
_FORMAT_ATTRIBUTES = (
    "vertical-align",
    "text-decoration",
    "font-weight",
    "font-variant",
    "font-style",
)
_AREAS = frozenset({"citation", "bibliography", "intext"})
_DEFAULT_PARTS = "year-month-day"
# The published styles reach a depth of 72 and a size of 1,836.
MAX_WRITTEN_OUT_DEPTH = 150
_MAX_WRITTEN_OUT_SIZE = 100_000


def read_style(data: bytes | str, source: str) -> StyleTree:
    """Return the tree of a style.

    ``data`` is the XML, ``source`` is the name of the file in messages. A dependent style has no
    citation; its ``info`` names its parent. Raise StyleError with all faults of the style.
    """
    root = parse_xml(data, source)
    faults = Faults(source)
    if root.tag != "style":
        faults.add(root, f"a CSL style begins with <style>, not <{root.tag}>")
        faults.raise_any()
    check(root, faults)
    info = _info(root)
    if info.parent and not _children(root, "citation"):
        faults.raise_any()
        return _dependent(root, info)
    macros = {e.attributes.get("name", ""): e for e in _children(root, "macro")}
    _check_macros(root, macros, faults)
    citations = _children(root, "citation")
    if not citations:
        faults.add(root, "<style> has no <citation>")
    for element in (e for e in root.children if e.tag in _AREAS):
        if not _children(element, "layout"):
            faults.add(element, f"<{element.tag}> has no <layout>")
    faults.raise_any()
    bibliographies = _children(root, "bibliography")
    intexts = _children(root, "intext")
    names = _name_options(root)
    return StyleTree(
        info=info,
        style_class=root.attributes.get("class", "in-text"),
        default_locale=root.attributes.get("default-locale", ""),
        macros={name: _nodes(element) for name, element in macros.items()},
        citation=_area(citations[0], names),
        bibliography=_area(bibliographies[0], names) if bibliographies else None,
        intext=_area(intexts[0], names) if intexts else None,
        locales=tuple(_locale_layer(e) for e in _children(root, "locale")),
        page_range_format=root.attributes.get("page-range-format", ""),
        demote_non_dropping_particle=root.attributes.get(
            "demote-non-dropping-particle", "display-and-sort"
        ),
        initialize_with_hyphen=root.attributes.get("initialize-with-hyphen") != "false",
    )


def read_locale(data: bytes | str, source: str) -> LocaleLayer:
    """Return what a locale file defines.

    ``data`` is the XML, ``source`` is the name of the file in messages. Raise StyleError with all
    faults of the file.
    """
    root = parse_xml(data, source)
    faults = Faults(source)
    if root.tag != "locale":
        faults.add(root, f"a CSL locale begins with <locale>, not <{root.tag}>")
    else:
        check(root, faults)
    faults.raise_any()
    return _locale_layer(root)


def _dependent(root: Element, info: StyleInfo) -> StyleTree:
    """Return the tree of a dependent style: only its info and its locale."""
    return StyleTree(
        info=info,
        style_class="",
        default_locale=root.attributes.get("default-locale", ""),
        macros={},
        citation=Area(Layout(())),
        bibliography=None,
        intext=None,
        locales=(),
    )


def _children(element: Element, tag: str) -> list[Element]:
    """Return the children of an element that have this tag."""
    return [child for child in element.children if child.tag == tag]


def _info(root: Element) -> StyleInfo:
    """Return title, id, parent and citation format of a style; empty where it does not say."""
    info = next(iter(_children(root, "info")), None)
    if info is None:
        return StyleInfo()
    texts = {child.tag: child.text.strip() for child in info.children}
    links = {e.attributes.get("rel"): e.attributes.get("href", "") for e in info.children}
    formats = [e.attributes.get("citation-format", "") for e in _children(info, "category")]
    return StyleInfo(
        title=texts.get("title", ""),
        id=texts.get("id", ""),
        parent=links.get("independent-parent", ""),
        citation_format=next(filter(None, formats), ""),
    )


# ---------------------------------------------------------------- macros


def _check_macros(root: Element, macros: Mapping[str, Element], faults: Faults) -> None:
    """Add a fault for each call of a macro that does not exist, calls itself or nests too deep."""
    for element in _walk(root):
        name = element.attributes.get("macro")
        if name is not None and element.tag in {"text", "key"} and name not in macros:
            faults.add(element, f"there is no macro {name!r}{did_you_mean(name, macros)}")
    extents = _Extents(macros, faults)
    for element in root.children:
        if element.tag in _AREAS:
            extents.of(element, 0, ())
        elif element.tag == "macro":
            extents.of_macro(element.attributes.get("name", ""), 0, (), element)


class _Extents:
    """Measures elements as if each macro call were replaced by the macro: their depth and number.

    Rendering follows every macro call, so both need a limit. A macro that calls itself has neither.
    """

    def __init__(self, macros: Mapping[str, Element], faults: Faults) -> None:
        self._macros = macros
        self._faults = faults
        self._known: dict[str, tuple[int, int]] = {}
        self._faulty: set[str] = set()

    def of(self, element: Element, level: int, path: tuple[str, ...]) -> tuple[int, int]:
        """Return how many levels ``element`` has, and how many elements, with those of its macros.

        ``level`` is the depth at which it stands, ``path`` are the macros around it. Of the
        branches of a choice only the largest counts. Too great a depth or number is added to the
        faults.
        """
        if level > MAX_WRITTEN_OUT_DEPTH:
            self._fault(path[-1] if path else "", element, "nest too deep")
            return 1, 1
        below = [self.of(child, level + 1, path) for child in element.children]
        name = element.attributes.get("macro", "")
        if element.tag == "text" and name in self._macros:
            below.append(self.of_macro(name, level + 1, path, element))
        depth = max((inner for inner, _ in below), default=0)
        sizes = [inner for _, inner in below]
        # Of the branches of a choice, one is rendered.
        size = 1 + (max(sizes, default=0) if element.tag == "choose" else sum(sizes))
        if size > _MAX_WRITTEN_OUT_SIZE:
            self._fault(name, element, "are too many")
        return depth + 1, min(size, _MAX_WRITTEN_OUT_SIZE)

    def of_macro(
        self, name: str, level: int, path: tuple[str, ...], caller: Element
    ) -> tuple[int, int]:
        """Return depth and number of elements of the macro ``name``, which is called at ``level``.

        A macro that is in ``path`` calls itself, which is added to the faults.
        """
        if name in path:
            circle = [*path[path.index(name) :], name]
            if self._faulty.isdisjoint(circle):
                self._faults.add(caller, f"the macro {name!r} calls itself ({' → '.join(circle)})")
            self._faulty.update(circle)
            return 1, 1
        if name in self._known:
            depth, size = self._known[name]
            if level + depth > MAX_WRITTEN_OUT_DEPTH:
                self._fault(name, caller, "nest too deep")
            return depth, size
        extent = self.of(self._macros[name], level, (*path, name))
        self._known[name] = extent
        return extent

    def _fault(self, name: str, element: Element, what: str) -> None:
        """Add a fault, unless there is one already: the same macro would be reported many times."""
        if not self._faulty:
            self._faults.add(element, f"with their macros written out, the elements {what}")
        self._faulty.add(name)


def _walk(element: Element) -> Iterator[Element]:
    """Yield an element and all elements below it."""
    yield element
    for child in element.children:
        yield from _walk(child)


# ---------------------------------------------------------------- attributes


def _boolean(element: Element, name: str) -> bool | None:
    """Return whether an attribute is "true", or None if it is not given."""
    value = element.attributes.get(name)
    return None if value is None else value == "true"


def _integer(element: Element, name: str) -> int | None:
    """Return an attribute as a number, or None if it is not given."""
    value = element.attributes.get(name)
    return None if value is None else int(value.strip())


def _format(element: Element) -> Format:
    """Return the formatting attributes of an element."""
    attributes = element.attributes
    pairs = tuple((name, attributes[name]) for name in _FORMAT_ATTRIBUTES if name in attributes)
    return Format(pairs) if pairs else NO_FORMAT


def _affixes(element: Element) -> Affixes:
    """Return the prefix and suffix of an element."""
    prefix, suffix = element.attributes.get("prefix", ""), element.attributes.get("suffix", "")
    return Affixes(prefix, suffix) if prefix or suffix else NO_AFFIXES


def _name_options(element: Element) -> NameOptions:
    """Return the name options of an element; cs:name spells some of them in its own way."""
    get = element.attributes.get
    on_name = element.tag == "name"
    return NameOptions(
        conjunction=get("and"),
        delimiter=get("delimiter" if on_name else "name-delimiter"),
        delimiter_precedes_et_al=get("delimiter-precedes-et-al"),
        delimiter_precedes_last=get("delimiter-precedes-last"),
        et_al_min=_integer(element, "et-al-min"),
        et_al_use_first=_integer(element, "et-al-use-first"),
        et_al_subsequent_min=_integer(element, "et-al-subsequent-min"),
        et_al_subsequent_use_first=_integer(element, "et-al-subsequent-use-first"),
        et_al_use_last=_boolean(element, "et-al-use-last"),
        form=get("form" if on_name else "name-form"),
        initialize=_boolean(element, "initialize"),
        initialize_with=get("initialize-with"),
        name_as_sort_order=get("name-as-sort-order"),
        sort_separator=get("sort-separator"),
        names_delimiter=get("names-delimiter"),
    )


# ---------------------------------------------------------------- areas


def _area(element: Element, inherited: NameOptions) -> Area:
    """Return ``cs:citation`` or ``cs:bibliography``, with the name options that it inherits."""
    layout = _children(element, "layout")[0]
    keys = [key for sort in _children(element, "sort") for key in _children(sort, "key")]
    return Area(
        layout=Layout(
            _nodes(layout),
            layout.attributes.get("delimiter", ""),
            _format(layout),
            _affixes(layout),
        ),
        sort=tuple(_sort_key(key) for key in keys),
        names=_name_options(element).over(inherited),
        options=_style_options(element),
    )


def _style_options(element: Element) -> StyleOptions:
    """Return the options of an area that do not concern names."""
    get = element.attributes.get
    align = get("second-field-align", "")
    line_spacing = _integer(element, "line-spacing")
    entry_spacing = _integer(element, "entry-spacing")
    near_note_distance = _integer(element, "near-note-distance")
    return StyleOptions(
        collapse=get("collapse", ""),
        cite_group_delimiter=get("cite-group-delimiter"),
        year_suffix_delimiter=get("year-suffix-delimiter"),
        after_collapse_delimiter=get("after-collapse-delimiter"),
        near_note_distance=5 if near_note_distance is None else near_note_distance,
        disambiguate_add_names=get("disambiguate-add-names") == "true",
        disambiguate_add_givenname=get("disambiguate-add-givenname") == "true",
        disambiguate_add_year_suffix=get("disambiguate-add-year-suffix") == "true",
        givenname_rule=get("givenname-disambiguation-rule", "by-cite"),
        hanging_indent=get("hanging-indent") == "true",
        second_field_align="" if align == "false" else "flush" if align == "true" else align,
        line_spacing=1 if line_spacing is None else line_spacing,
        entry_spacing=1 if entry_spacing is None else entry_spacing,
        subsequent_author_substitute=get("subsequent-author-substitute"),
        subsequent_author_substitute_rule=get("subsequent-author-substitute-rule", "complete-all"),
    )


def _sort_key(element: Element) -> SortKey:
    """Return a ``cs:key``."""
    return SortKey(
        variable=element.attributes.get("variable", ""),
        macro=element.attributes.get("macro", ""),
        descending=element.attributes.get("sort") == "descending",
        names_min=_integer(element, "names-min"),
        names_use_first=_integer(element, "names-use-first"),
        names_use_last=_boolean(element, "names-use-last"),
    )


# ---------------------------------------------------------------- rendering elements


def _nodes(element: Element) -> tuple[Node, ...]:
    """Return the rendering elements among the children of an element."""
    return tuple(_READERS[e.tag](e) for e in element.children if e.tag in _READERS)


def _text(element: Element) -> TextNode:
    """Return a ``cs:text``: a variable, a macro, a term or a fixed value, by its attribute."""
    get = element.attributes.get
    kinds = ("variable", "macro", "term", "value")
    kind = next((kind for kind in kinds if kind in element.attributes), "value")
    return TextNode(
        kind,
        get(kind, ""),
        form=get("form", "long"),
        plural=get("plural") == "true",
        quotes=get("quotes") == "true",
        strip_periods=get("strip-periods") == "true",
        text_case=get("text-case", ""),
        display=get("display", ""),
        format=_format(element),
        affixes=_affixes(element),
    )


def _number(element: Element) -> NumberNode:
    """Return a ``cs:number``."""
    get = element.attributes.get
    return NumberNode(
        get("variable", ""),
        form=get("form", "numeric"),
        text_case=get("text-case", ""),
        display=get("display", ""),
        format=_format(element),
        affixes=_affixes(element),
    )


def _label(element: Element) -> LabelNode:
    """Return a ``cs:label``."""
    get = element.attributes.get
    return LabelNode(
        get("variable", ""),
        form=get("form", "long"),
        plural=get("plural", "contextual"),
        strip_periods=get("strip-periods") == "true",
        text_case=get("text-case", ""),
        format=_format(element),
        affixes=_affixes(element),
    )


def _date(element: Element) -> DateNode:
    """Return a ``cs:date`` with its parts."""
    get = element.attributes.get
    return DateNode(
        get("variable", ""),
        form=get("form", ""),
        date_parts=tuple(get("date-parts", _DEFAULT_PARTS).split("-")),
        parts=tuple(_date_part(part) for part in _children(element, "date-part")),
        delimiter=get("delimiter", ""),
        text_case=get("text-case", ""),
        display=get("display", ""),
        format=_format(element),
        affixes=_affixes(element),
    )


def _date_part(element: Element) -> DatePart:
    """Return a ``cs:date-part``; its affixes are None if it has neither a prefix nor a suffix."""
    get = element.attributes.get
    affixed = "prefix" in element.attributes or "suffix" in element.attributes
    return DatePart(
        get("name", ""),
        form=get("form"),
        range_delimiter=get("range-delimiter"),
        strip_periods=get("strip-periods") == "true",
        text_case=get("text-case", ""),
        format=_format(element),
        affixes=_affixes(element) if affixed else None,
    )


def _names(element: Element) -> NamesNode:
    """Return a ``cs:names`` with all elements inside it.

    It notes whether the label stands before the name.
    """
    tags = [child.tag for child in element.children]
    found = {child.tag: child for child in element.children}
    label_first = "label" in tags and "name" in tags and tags.index("label") < tags.index("name")
    return NamesNode(
        tuple(element.attributes.get("variable", "").split()),
        name=_name(found["name"]) if "name" in found else None,
        et_al=_et_al(found["et-al"]) if "et-al" in found else None,
        label=_label(found["label"]) if "label" in found else None,
        label_first=label_first,
        substitute=_nodes(found["substitute"]) if "substitute" in found else (),
        delimiter=element.attributes.get("delimiter"),
        display=element.attributes.get("display", ""),
        format=_format(element),
        affixes=_affixes(element),
    )


def _name(element: Element) -> NameNode:
    """Return a ``cs:name`` with its parts."""
    parts = tuple(
        NamePart(
            part.attributes.get("name", ""),
            part.attributes.get("text-case", ""),
            _format(part),
            _affixes(part),
        )
        for part in _children(element, "name-part")
    )
    return NameNode(_name_options(element), parts, _format(element), _affixes(element))


def _et_al(element: Element) -> EtAl:
    """Return a ``cs:et-al``."""
    return EtAl(element.attributes.get("term", "et-al"), _format(element))


def _group(element: Element) -> Group:
    """Return a ``cs:group`` with its children."""
    get = element.attributes.get
    return Group(
        _nodes(element),
        delimiter=get("delimiter", ""),
        display=get("display", ""),
        format=_format(element),
        affixes=_affixes(element),
    )


def _choose(element: Element) -> Choose:
    """Return a ``cs:choose`` with its branches."""
    return Choose(tuple(_branch(child) for child in element.children))


def _branch(element: Element) -> Branch:
    """Return a ``cs:if``, ``cs:else-if`` or ``cs:else``; one condition for each value of a test.

    A ``cs:else`` has no conditions.
    """
    conditions = tuple(
        Condition(test, value)
        for test, values in element.attributes.items()
        if test != "match"
        for value in values.split()
    )
    return Branch(conditions, element.attributes.get("match", "all"), _nodes(element))


_READERS: Mapping[str, Callable[[Element], Node]] = {
    "text": _text,
    "number": _number,
    "label": _label,
    "date": _date,
    "names": _names,
    "group": _group,
    "choose": _choose,
}


# ---------------------------------------------------------------- locales


def _locale_layer(root: Element) -> LocaleLayer:
    """Return the terms, date formats and options that a ``cs:locale`` defines.

    Ordinal terms are kept apart from the others, by name and gender.
    """
    terms: dict[tuple[str, str], Term] = {}
    ordinals: dict[tuple[str, str], Term] = {}
    for element in (term for parent in _children(root, "terms") for term in parent.children):
        name = element.attributes.get("name", "")
        term = _term(element)
        if name.startswith(("ordinal", "long-ordinal")):
            ordinals[name, element.attributes.get("gender-form", "")] = term
        else:
            name = "sub-verbo" if name == "sub verbo" else name
            terms[name, element.attributes.get("form", "long")] = term
    return LocaleLayer(
        root.attributes.get("xml:lang", ""),
        terms,
        ordinals,
        {
            date.attributes.get("form", ""): DateFormat(
                tuple(_date_part(part) for part in date.children),
                date.attributes.get("delimiter", ""),
            )
            for date in _children(root, "date")
        },
        {
            name: value == "true"
            for options in _children(root, "style-options")
            for name, value in options.attributes.items()
        },
    )


def _term(element: Element) -> Term:
    """Return a ``cs:term`` with its singular and plural; both are its text if it has one form."""
    forms = {child.tag: child.text for child in element.children}
    gender = element.attributes.get("gender", "")
    match = element.attributes.get("match", "")
    if forms:
        return Term(forms.get("single", ""), forms.get("multiple", ""), gender, match)
    # A term that holds nothing but a line break is meant to be empty.
    text = "" if "\n" in element.text and not element.text.strip() else element.text
    return Term(text, text, gender, match)
