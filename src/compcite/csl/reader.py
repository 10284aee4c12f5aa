"""Reading a style or locale file into its typed tree, with every fault at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.locale import DateFormat, LocaleLayer, Term
from compcite.csl.nodes import (
    NO_AFFIXES,
    NO_FORMAT,
    Affixes,
    Area,
    Branch,
    Choose,
    Condition,
    DateNode,
    DatePart,
    EtAl,
    Format,
    Group,
    LabelNode,
    Layout,
    NameNode,
    NameOptions,
    NamePart,
    NamesNode,
    NumberNode,
    SortKey,
    StyleInfo,
    StyleOptions,
    StyleTree,
    TextNode,
)
from compcite.csl.schema import Faults, check, nearest
from compcite.csl.xmltree import MAX_DEPTH, Element, parse_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from compcite.csl.nodes import Node

__all__ = ["read_locale", "read_style"]

# Innermost last: what comes first encloses what comes after.
_FORMAT_ATTRIBUTES = (
    "vertical-align",
    "text-decoration",
    "font-weight",
    "font-variant",
    "font-style",
)
_DEFAULT_PARTS = "year-month-day"


def read_style(data: bytes | str, source: str) -> StyleTree:
    """Read a style; a dependent one has no citation but names its parent in its info."""
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
    for element in (e for e in root.children if e.tag in {"citation", "bibliography"}):
        if not _children(element, "layout"):
            faults.add(element, f"<{element.tag}> has no <layout>")
    faults.raise_any()
    bibliographies = _children(root, "bibliography")
    names = _name_options(root)
    return StyleTree(
        info=info,
        style_class=root.attributes.get("class", "in-text"),
        default_locale=root.attributes.get("default-locale", ""),
        macros={name: _nodes(element) for name, element in macros.items()},
        citation=_area(citations[0], names),
        bibliography=_area(bibliographies[0], names) if bibliographies else None,
        locales=tuple(_locale_layer(e) for e in _children(root, "locale")),
        page_range_format=root.attributes.get("page-range-format", ""),
        demote_non_dropping_particle=root.attributes.get(
            "demote-non-dropping-particle", "display-and-sort"
        ),
        initialize_with_hyphen=root.attributes.get("initialize-with-hyphen") != "false",
    )


def read_locale(data: bytes | str, source: str) -> LocaleLayer:
    """Read a locale file."""
    root = parse_xml(data, source)
    faults = Faults(source)
    if root.tag != "locale":
        faults.add(root, f"a CSL locale begins with <locale>, not <{root.tag}>")
    else:
        check(root, faults)
    faults.raise_any()
    return _locale_layer(root)


def _dependent(root: Element, info: StyleInfo) -> StyleTree:
    """Return the shell of a dependent style: its parent's address and its own locale."""
    return StyleTree(
        info=info,
        style_class="",
        default_locale=root.attributes.get("default-locale", ""),
        macros={},
        citation=Area(Layout(())),
        bibliography=None,
        locales=(),
    )


def _children(element: Element, tag: str) -> list[Element]:
    return [child for child in element.children if child.tag == tag]


def _info(root: Element) -> StyleInfo:
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
    """Note calls of macros that do not exist, that call themselves, or that go too deep."""
    for element in _walk(root):
        name = element.attributes.get("macro")
        if name is not None and element.tag in {"text", "key"} and name not in macros:
            faults.add(element, f"there is no macro {name!r}{nearest(name, macros)}")
    depths: dict[str, int] = {}

    def depth_of(element: Element, path: tuple[str, ...]) -> int:
        """Return how deep ``element`` nests when its macros are written out."""
        below = [depth_of(child, path) for child in element.children]
        name = element.attributes.get("macro")
        if element.tag == "text" and name in macros:
            below.append(depth_of_macro(name, path, element))
        return 1 + max(below, default=0)

    def depth_of_macro(name: str, path: tuple[str, ...], caller: Element) -> int:
        if name in path:
            circle = " → ".join([*path[path.index(name) :], name])
            faults.add(caller, f"the macro {name!r} calls itself ({circle})")
            return 0
        if name not in depths:
            if len(path) >= MAX_DEPTH:
                faults.add(caller, f"macros call each other more than {MAX_DEPTH} deep")
                return 0
            depths[name] = depth_of(macros[name], (*path, name))
        if depths[name] > 2 * MAX_DEPTH:
            faults.add(caller, f"with the macro {name!r}, elements nest too deep to be rendered")
        return depths[name]

    for element in root.children:
        if element.tag in {"citation", "bibliography", "macro"}:
            path = (element.attributes.get("name", ""),) if element.tag == "macro" else ()
            depth_of(element, path)


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _walk(child)


# ---------------------------------------------------------------- attributes


def _boolean(element: Element, name: str) -> bool | None:
    value = element.attributes.get(name)
    return None if value is None else value == "true"


def _integer(element: Element, name: str) -> int | None:
    value = element.attributes.get(name)
    return None if value is None else int(value.strip())


def _format(element: Element) -> Format:
    attributes = element.attributes
    pairs = tuple((name, attributes[name]) for name in _FORMAT_ATTRIBUTES if name in attributes)
    return Format(pairs) if pairs else NO_FORMAT


def _affixes(element: Element) -> Affixes:
    prefix, suffix = element.attributes.get("prefix", ""), element.attributes.get("suffix", "")
    return Affixes(prefix, suffix) if prefix or suffix else NO_AFFIXES


def _name_options(element: Element) -> NameOptions:
    """Return the name options as cs:style, cs:citation and cs:bibliography spell them."""
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
    layout = _children(element, "layout")[0]
    keys = [key for sort in _children(element, "sort") for key in _children(sort, "key")]
    return Area(
        layout=Layout(
            _nodes(layout), layout.attributes.get("delimiter", ""), _format(layout), _affixes(layout)
        ),
        sort=tuple(_sort_key(key) for key in keys),
        names=_name_options(element).over(inherited),
        options=_style_options(element),
    )


def _style_options(element: Element) -> StyleOptions:
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
    return tuple(_READERS[e.tag](e) for e in element.children if e.tag in _READERS)


def _text(element: Element) -> TextNode:
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
    return EtAl(element.attributes.get("term", "et-al"), _format(element))


def _group(element: Element) -> Group:
    get = element.attributes.get
    return Group(
        _nodes(element),
        delimiter=get("delimiter", ""),
        display=get("display", ""),
        format=_format(element),
        affixes=_affixes(element),
    )


def _choose(element: Element) -> Choose:
    return Choose(tuple(_branch(child) for child in element.children))


def _branch(element: Element) -> Branch:
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
    forms = {child.tag: child.text for child in element.children}
    gender = element.attributes.get("gender", "")
    match = element.attributes.get("match", "")
    if forms:
        return Term(forms.get("single", ""), forms.get("multiple", ""), gender, match)
    # A term that holds nothing but a line break is meant to be empty.
    text = "" if "\n" in element.text and not element.text.strip() else element.text
    return Term(text, text, gender, match)
