"""The kinds of difference between pandoc's reading of .bib files and compcite's.

Each kind does to compcite's reading what pandoc does to the entry: it changes the fields before
they are mapped, or the item that comes of them. A kind therefore explains a difference only where
it makes pandoc's very value of compcite's; that two values differ is no reason. Each kind is one
row of the table in ``docs/formats.md``, where the reasons are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.formats.pandoc_reading import canonical

from compcite.model.item import Date, Item, Name
from compcite.text.latex import decode_text
from compcite.text.latex.commands import ACCENTS, DECLARATIONS, LETTERS, MARKUP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tests.formats.pandoc_reading import Reading

__all__ = ["KINDS", "Kind", "as_pandoc"]

Fields = dict[str, str]


@dataclass(frozen=True)
class Kind:
    """A kind of difference: the row of the table, and what pandoc does to fields or to the item."""

    row: str
    fields: Callable[[Reading], Mapping[str, str]] | None = None
    item: Callable[[Reading, Item], Item] | None = None


def as_pandoc(entry: Reading, kinds: Iterable[Kind]) -> Item:
    """The item that compcite reads after some kinds of difference have had their way."""
    read = entry
    for kind in kinds:
        if kind.fields:
            read = replace(read, fields=kind.fields(read))
    item = read.item
    for kind in kinds:
        if kind.item:
            item = canonical(kind.item(read, item))
    return item


# How a kind says what it does: to every text, name or date of an item, or to certain fields.


def _texts(change: Callable[[str], str]) -> Callable[[Reading, Item], Item]:
    def changed(_: Reading, item: Item) -> Item:
        text = {variable: change(value) for variable, value in item.text.items()}
        return replace(item, text={name: value for name, value in text.items() if value})

    return changed


def _each_name(change: Callable[[Reading, Name], Name]) -> Callable[[Reading, Item], Item]:
    def changed(entry: Reading, item: Item) -> Item:
        names = {
            variable: tuple(change(entry, name) for name in names)
            for variable, names in item.names.items()
        }
        return replace(item, names=names)

    return changed


def _each_date(change: Callable[[str, Date], Date]) -> Callable[[Reading, Item], Item]:
    """Change each date, given the field that it was written in."""

    def changed(entry: Reading, item: Item) -> Item:
        dates = {
            variable: change(_written_date(entry, variable), date)
            for variable, date in item.dates.items()
        }
        return replace(item, dates={name: date for name, date in dates.items() if date != Date()})

    return changed


def _written_date(entry: Reading, variable: str) -> str:
    for name in _DATE_FIELDS[variable]:
        if entry.fields.get(name):
            return entry.fields[name]
    return ""


_DATE_FIELDS = {
    "issued": ("date", "year"),
    "accessed": ("urldate",),
    "original-date": ("origdate", "year"),
    "event-date": ("eventdate",),
}


def _each_field(
    change: Callable[[str], str], names: frozenset[str] | None = None
) -> Callable[[Reading], Fields]:
    def changed(entry: Reading) -> Fields:
        return {
            name: change(value) if names is None or name in names else value
            for name, value in entry.fields.items()
        }

    return changed


def _without(entry: Reading, *names: str) -> Fields:
    return {name: value for name, value in entry.fields.items() if name not in names}


# Types


_KNOWN_TYPES_WORDS = """
    article artwork audio book bookinbook booklet collection commentary dataset electronic
    image inbook incollection inproceedings inreference jurisdiction legal legislation
    letter manual mastersthesis movie music mvbook mvcollection mvproceedings mvreference
    online patent performance periodical phdthesis proceedings reference report review
    software standard suppbook suppcollection suppperiodical techreport thesis unpublished
    video www
"""
_KNOWN_TYPES = frozenset(_KNOWN_TYPES_WORDS.split())
_OTHER_TYPES = {
    "periodical": "article-journal",
    "performance": "speech",
    "standard": "legislation",
}
_WITH_BOOKTITLE_WORDS = """
    bookinbook inbook incollection inproceedings inreference suppcollection
    suppperiodical
"""
_WITH_BOOKTITLE = frozenset(_WITH_BOOKTITLE_WORDS.split())


def _no_type(entry: Reading, item: Item) -> Item:
    if entry.type in _KNOWN_TYPES or entry.type == "conference":
        return item
    return replace(item, type="")


def _no_issue(entry: Reading) -> Fields:
    return (
        _without(entry, "issue")
        if entry.type in _KNOWN_TYPES
        else _without(entry, "issue", "number")
    )


def _conference(entry: Reading, item: Item) -> Item:
    if entry.type != "conference":
        return item
    text = {name: value for name, value in item.text.items() if name != "container-title"}
    return replace(item, type="", text=text)


def _no_booktitle(entry: Reading) -> Fields:
    if entry.type in _WITH_BOOKTITLE or entry.type == "conference":
        return dict(entry.fields)
    return _without(entry, "booktitle", "booksubtitle", "booktitleaddon")


def _preprint(entry: Reading, item: Item) -> Item:
    online = entry.type in ("online", "electronic", "www") and item.type == "article"
    return replace(item, type="webpage") if online else item


def _other_type(entry: Reading, item: Item) -> Item:
    whole = {"container-title": item.text["title"]} if "title" in item.text else {}
    text = {**whole, **item.text} if entry.type == "periodical" else item.text
    return replace(item, type=_OTHER_TYPES.get(entry.type, item.type), text=text)


# Inheritance and the file


def _last_of_duplicates(entry: Reading) -> Fields:
    return {**entry.fields, **entry.last}


def _inherited_pages(entry: Reading) -> Fields:
    pages = {name: value for name, value in entry.parent.items() if name == "pages"}
    return {**pages, **entry.fields}


def _title_of_whole(entry: Reading) -> Fields:
    both = {"title", "booktitle"} <= entry.parent.keys() and "booktitle" not in entry.own
    return {**entry.fields, **({"booktitle": entry.parent["title"]} if both else {})}


def _author_of_whole(entry: Reading) -> Fields:
    if "author" in entry.parent and entry.parent_type.startswith("mv"):
        return {"bookauthor": entry.parent["author"], **entry.fields}
    return dict(entry.fields)


def _own_fields(entry: Reading) -> Fields:
    single = any("xdata=" in value for value in entry.own.values())
    return dict(entry.own if single or entry.by_alias else entry.fields)


def _lower_macro(entry: Reading) -> Fields:
    return {
        name: value.lower() if name in entry.undefined else value
        for name, value in entry.fields.items()
    }


# Text


_TITLES_WORDS = """
    title subtitle titleaddon booktitle booksubtitle booktitleaddon maintitle journal
    journaltitle journalsubtitle issuetitle
"""
_TITLES = frozenset(_TITLES_WORDS.split())
_MARK = "\uf8ff"  # a private character, which passes through the reading of names
_NAME_FIELDS = frozenset({"author", "editor", "translator", "bookauthor", "editora", "holder"})
# Commands without a letter, accent or type of their own that pandoc reads.
_KNOWN_COMMANDS_WORDS = """
    MakeLowercase MakeUppercase LaTeX P RN S TeX begin copyright dots end enquote ensuremath
    euro href ldots lowercase mkbibquote newline par path pounds slash
    textasciitilde textbackslash textdegree textnormal textquotedblleft textquotedblright
    textquoteleft textquoteright textregistered textrm textsf texttt uppercase url
"""
_KNOWN_COMMANDS = frozenset(_KNOWN_COMMANDS_WORDS.split()) | frozenset(
    {*ACCENTS, *DECLARATIONS, *LETTERS, *MARKUP}
)
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?(?:\{\}|(?=((?:\[[^\[\]]*\])?\{))|\s*)")
_PRIVATE = 0xE000  # what is put there passes through the reading of LaTeX as it is


def _without_unknown_commands(value: str) -> str:
    """The value without the commands that pandoc does not know, and without their arguments."""
    at = 0
    while found := _COMMAND.search(value, at):
        if found[1] in _KNOWN_COMMANDS:
            at = found.end()
            continue
        end = found.end()
        while (option := re.compile(r"\[[^\[\]]*\](?=\{)").match(value, end)) or value[
            end : end + 1
        ] == "{":
            end = option.end() if option else _closing(value, end)
        value = value[: found.start()] + value[end:]
        at = found.start()
    return value


def _closing(value: str, start: int) -> int:
    """The place behind the brace that closes the one at ``start``."""
    depth = 0
    for at in range(start, len(value)):
        depth += (value[at] == "{") - (value[at] == "}")
        if depth == 0:
            return at + 1
    return len(value)


def _hidden_formulas(value: str) -> str:
    return re.sub(
        r"(?<!\\)\$[^$]+\$|\\\((.+?)\\\)|\\ensuremath\{((?:[^{}]|\{[^{}]*\})*)\}",
        lambda found: _hidden(f"${found[1] or found[2]}$" if found[1] or found[2] else found[0]),
        value,
    )


def _hidden(text: str) -> str:
    return "".join(chr(_PRIVATE + ord(char)) if ord(char) < 0x100 else char for char in text)


def _shown(text: str) -> str:
    return "".join(
        chr(ord(char) - _PRIVATE) if 0 <= ord(char) - _PRIVATE < 0x100 else char for char in text
    )


def _underlined(value: str) -> str:
    tags = (_hidden("<u>"), _hidden("</u>"))
    return re.sub(r"\\underline\{([^{}]*)\}", rf"{tags[0]}\1{tags[1]}", value)


def _without_small_caps(value: str) -> str:
    return re.sub(r"\\sc(?:shape)?(?![A-Za-z])\s*", "", value)


def _lone_dollar(value: str) -> str:
    return "" if len(re.findall(r"(?<!\\)\$", value)) % 2 else value


def _to_comment(value: str) -> str:
    return re.sub(r"(?<!\\)%.*\n?\s*", "", value)


def _without_environments(value: str) -> str:
    return re.sub(r"(?s)\\begin\{.*?\}.*?\\end\{.*?\}", "", value)


def _soft_hyphens(value: str) -> str:
    return value.replace(r"\-", "\u00ad")


def _without_blanks(value: str) -> str:
    return re.sub(r"\\(?:[;:>]|(?:q?quad|par)(?![A-Za-z])\s*)", "", value)


def _single_quotes(text: str) -> str:
    """Single quotation marks as double ones, but within double ones."""
    if "‘" not in text:
        return text
    parts = re.split(r"(“[^”]*”)", text)
    return "".join(
        part if part.startswith("“") else re.sub(r"‘(.*?)’(?!\w)", r"“\1”", part) for part in parts
    )


def _dotless(entry: Reading, item: Item) -> Item:
    if not any(sign in value for value in entry.fields.values() for sign in (r"\i", "ı")):
        return item
    text = _texts(_without_dots)(entry, item)
    return _each_name(lambda _, name: _renamed(name, _without_dots))(entry, text)


def _without_dots(text: str) -> str:
    """Every i with an accent as a dotless one with an accent."""
    apart = unicodedata.normalize("NFD", text)
    return re.sub(r"i(?=[\u0300-\u036f])", "ı", apart)


def _nested_emphasis(text: str) -> str:
    return re.sub(
        r"(<i>(?:(?!</i>).)*)<i>(.*?)</i>",
        r'\1<span style="font-style:normal;">\2</span>',
        text,
    )


def _curled(text: str) -> str:
    return text.replace("'", "’")


def _renamed(name: Name, change: Callable[[str], str]) -> Name:
    return Name(
        change(name.family),
        change(name.given),
        change(name.dropping_particle),
        change(name.non_dropping_particle),
        change(name.suffix),
        change(name.literal),
    )


def _apostrophes(entry: Reading, item: Item) -> Item:
    names = _each_name(lambda _, name: _renamed(name, _curled))(entry, item)
    return _texts(_curled)(entry, names)


# Names


def _dropping(_: Reading, name: Name) -> Name:
    if not name.non_dropping_particle:
        return name
    both = f"{name.dropping_particle} {name.non_dropping_particle}".strip()
    return replace(name, dropping_particle=both, non_dropping_particle="")


def _split_family(_: Reading, name: Name) -> Name:
    """A particle that braces, an apostrophe or a hyphen bind to the family name set apart."""
    found = re.match(r"((?:[a-z]+\s+)+|[a-z]{1,2}['’]|[a-z]{2}[-‐])(?=\S)(.+)$", name.family)
    if found is None or name.non_dropping_particle:
        return name
    particle = found[1].strip().replace("'", "’")
    return replace(name, family=found[2], non_dropping_particle=particle)


def _more_names(entry: Reading, item: Item) -> Item:
    """``et al.`` as a person, or as a particle of the person before it."""
    names = dict(item.names)
    for variable in item.truncated:
        *others, last = names[variable]
        written = re.search(r"(\sand)?\s+(et al\.?)\s*$", entry.fields.get(variable, ""))
        if written and written[1]:
            names[variable] = (*others, last, Name(written[2].split()[1], "", "et"))
        elif written:
            names[variable] = (*others, replace(last, dropping_particle=written[2]))
    return replace(item, names=names, truncated=frozenset())


def _capital_and(value: str) -> str:
    return re.sub(r"\s(AND|And)\s", r" {\1} ", value)


def _marked_and(value: str) -> str:
    """The second of two ``and`` marked, which pandoc takes for a part of the name behind it."""
    return re.sub(r"(\sand|^)\s+and\s", rf"\1 {_MARK}", f" {value}").strip()


def _marked_as_particle(_: Reading, name: Name) -> Name:
    if name.family.startswith(_MARK):
        return replace(name, family=name.family.removeprefix(_MARK), dropping_particle="and")
    if name.given.startswith(_MARK):
        family = f"{name.given.removeprefix(_MARK)} {name.family}"
        return replace(name, family=family, given="", dropping_particle="and")
    return name


def _comma_last(entry: Reading, name: Name) -> Name:
    """A given name with a comma behind it as a suffix."""
    given = re.escape(name.given).replace("\\ ", r"\s*")
    written = rf"{given},\s*(?:and\s|$)"
    if not name.given or not any(re.search(written, one) for one in _lists(entry)):
        return name
    return replace(name, given="", suffix=name.given)


def _given_as_particle(entry: Reading, name: Name) -> Name:
    """Given names in lower case, or whose first letter is a command in braces, as particles."""
    if not name.given or not name.family or name.dropping_particle:
        return name
    first = name.given[0]
    relaxed = re.compile(rf"\{{\\relax\s+{re.escape(first)}")
    braced = not first.isascii() or any(relaxed.search(one) for one in _lists(entry))
    if not (braced or first.islower()):
        return name
    return replace(name, given="", dropping_particle=name.given.replace(". ", "."))


def _last_initials(_: Reading, name: Name) -> Name:
    """Initials in lower case at the end of the given names as a particle."""
    found = re.match(r"(.*[^\s]) ((?:[a-zà-ÿ]\. ?)+)$", name.given)
    if found is None or name.dropping_particle:
        return name
    return replace(name, given=found[1], dropping_particle=found[2])


def _words_joined(entry: Reading, name: Name) -> Name:
    """Given names that are not set apart from the initial before them, where so written."""
    joined = re.sub(r"\b([^\W\d_]\.) (?=[^\W\d_]{2})", r"\1", name.given)
    written = any(joined in decode_text(one) for one in _lists(entry))
    return replace(name, given=joined) if written else name


def _bracketed(_: Reading, name: Name) -> Name:
    found = re.match(r"(\[\S+)\s+(.+\])$", name.literal)
    return Name(found[2], "", found[1]) if found else name


def _initials_as_family(_: Reading, name: Name) -> Name:
    """``Smith J.P.`` without a comma, the initials taken apart before the name was."""
    found = re.fullmatch(r"((?:[^\W\d_]\.)+)([^\W\d_]\.)", name.family)
    if not found:
        return name
    initials = found[1].replace(".", ". ").strip()
    return replace(name, given=f"{name.given} {initials}".strip(), family=found[2])


def _suffix_last(entry: Reading, name: Name) -> Name:
    """``Smith, John, Jr.``, the form that BibTeX does not have, as BibTeX reads it."""
    parts = (name.family, name.given, name.suffix)
    written = r",\s*".join(re.escape(part) for part in parts) + r"(?=\s+and\s|\s*$)"
    if not name.suffix or not any(re.search(written, one) for one in _lists(entry)):
        return name
    return replace(name, given=name.suffix, suffix=name.given)


def _lists(entry: Reading) -> list[str]:
    """The lists of names as they are written."""
    return [entry.fields[name] for name in sorted(_NAME_FIELDS & entry.fields.keys())]


def _only_editors(entry: Reading) -> Fields:
    return _without(
        entry,
        *(f"editor{letter}" for letter in "abc"),
        *(f"editor{letter}type" for letter in ("", "a", "b", "c")),
    )


# Dates


_MONTH = re.compile(r"(?i)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|0?[1-9]|1[0-2])?$")
_PLAIN_YEAR = re.compile(r"\s*-?\d{1,4}(?:-\d\d){0,2}(?:/-?\d{4}(?:-\d\d){0,2})?\s*$")
_EDTF = re.compile(r"-?\d{4}(?:-\d\d){0,2}(?:T[\d:.Z+-]*)?[?~%]?$")


def _month_lost(entry: Reading) -> Fields:
    if _MONTH.match(entry.fields.get("month", "")):
        return dict(entry.fields)
    return _without(entry, "month", "day")


def _year_lost(entry: Reading) -> Fields:
    if "date" in entry.fields or _PLAIN_YEAR.match(entry.fields.get("year", "")):
        return dict(entry.fields)
    return _without(entry, "year", "month", "day")


def _date_lost(entry: Reading) -> Fields:
    """Dates that are no EDTF to pandoc left out; open ranges and ``199X`` are not, either."""
    return {
        name: value
        for name, value in entry.fields.items()
        if not (name.endswith("date") or name in ("accessed", "lastchecked"))
        or (name.endswith("date") and all(_EDTF.match(one.strip()) for one in value.split("/")))
    }


def _month_13(written: str, date: Date) -> Date:
    """``1908-13`` for 1908 to 1913 as a month, which CSL-JSON's readers take for a season."""
    month = re.match(r"\s*\d{4}-(\d\d)\s*$", written)
    if month is None or len(date.parts) < 2:
        return date
    season = int(month[1]) - 12
    return Date(date.parts[:1], season=season if season in range(1, 5) else None)


def _certain(written: str, date: Date) -> Date:
    return replace(date, circa=False) if written.rstrip().endswith(("?", "%")) else date


# Numbers


def _as_written(entry: Reading, item: Item) -> Item:
    """Pages, volumes and issues with the dashes, blanks and words that they are written with."""
    text = dict(item.text)
    for variable, name in (("volume", "volume"), ("issue", "number"), ("page", "pages")):
        if variable in text and name in entry.fields:
            shown = decode_text(entry.fields[name])
            text[variable] = shown.replace("–", "-") if variable == "page" else shown
    return replace(item, text=text)


def _part_of_volume(entry: Reading, item: Item) -> Item:
    if "volume" not in item.text or "part" not in entry.fields:
        return item
    part = decode_text(entry.fields["part"])
    return replace(item, text={**item.text, "volume": f"{item.text['volume']}.{part}"})


def _volume_of_work(entry: Reading, item: Item) -> Item:
    """The volume of a series as that of the work."""
    if "series" not in entry.fields or "collection-number" not in item.text:
        return item
    if "volume" not in entry.fields or "volume" in item.text:
        return item
    return replace(item, text={**item.text, "volume": item.text["collection-number"]})


def _count_as_pages(entry: Reading, item: Item) -> Item:
    """How many pages there are, or the number of an article, as the pages themselves."""
    if "page" in item.text or not entry.fields.get("pages", "").strip():
        return item
    return replace(item, text={**item.text, "page": decode_text(entry.fields["pages"])})


def _one_page_twice(entry: Reading, item: Item) -> Item:
    """A page that is given as a range of one, as it is written."""
    page, written = item.text.get("page", ""), decode_text(entry.fields.get("pages", ""))
    ends = re.split(r"\s*[-–]+\s*", written)
    if len(ends) != 2 or ends[0] != ends[1] or page != ends[0]:
        return item
    return replace(item, text={**item.text, "page": f"{page}-{page}"})


def _whole_of_part(entry: Reading) -> Fields:
    """The subtitle of the book as that of the whole work which it is a volume of."""
    if "maintitle" not in entry.fields or "booktitle" not in entry.fields:
        return dict(entry.fields)
    names = {"booksubtitle": "mainsubtitle", "booktitleaddon": "maintitleaddon"}
    return {names.get(name, name): value for name, value in entry.fields.items()}


KINDS = (
    Kind("`@misc` and unknown types", item=_no_type),
    Kind("`@conference`", item=_conference),
    Kind("`@online` with an arXiv identifier", item=_preprint),
    Kind("`@periodical`, `@performance`, `@standard`", item=_other_type),
    Kind("`booktitle` of anything but parts and papers", _no_booktitle),
    Kind("`booksubtitle` beside `maintitle`", _whole_of_part),
    Kind("`issue` without `number`; both in unknown types", _no_issue),
    Kind("`volume` and `series` without `maintitle`", item=_volume_of_work),
    Kind("`350 pages`, `xii+350`, `Paper No. 7, 12` in `pages`", item=_count_as_pages),
    Kind("`12--12`", item=_one_page_twice),
    Kind("`part`", item=_part_of_volume),
    Kind("duplicate fields", _last_of_duplicates),
    Kind("macros that nobody defined", _lower_macro),
    Kind("`pages` of the entry that `crossref` names", _inherited_pages),
    Kind("`booktitle` beside `title` in the entry that `crossref` names", _title_of_whole),
    Kind("`author` of the `@mvbook` that `crossref` names", _author_of_whole),
    Kind("`xdata` with single values; `xdata` and `crossref` to one of `ids`", _own_fields),
    Kind("particles without `useprefix`", item=_each_name(_dropping)),
    Kind("`{van Eyck}`, `d'Arcy`, `al-Hasan`", item=_each_name(_split_family)),
    Kind("`et al.`", item=_more_names),
    Kind("`AND`", _each_field(_capital_and, _NAME_FIELDS)),
    Kind("`and and`", _each_field(_marked_and, _NAME_FIELDS), _each_name(_marked_as_particle)),
    Kind("`Sam, Ruby,`", item=_each_name(_comma_last)),
    Kind("`Smith, John, Jr.`", item=_each_name(_suffix_last)),
    Kind("`Smith J.P.` without a comma", item=_each_name(_initials_as_family)),
    Kind("`e.e. cummings`, `{\\'E}mile Zola`", item=_each_name(_given_as_particle)),
    Kind("`Oliveira, N. P. d.`", item=_each_name(_last_initials)),
    Kind("`L.Anne`, `T.Sh.`", item=_each_name(_words_joined)),
    Kind("`[A Survey of …]` as author", item=_each_name(_bracketed)),
    Kind("`editora` … `editorc`, `editortype`", _only_editors),
    Kind("`holder` of a patent without authors", lambda entry: _without(entry, "holder")),
    Kind("`month` in full, with days, as a range, in other languages; seasons", _month_lost),
    Kind("`year = {c. 2000}`, `{1998 [1978]}`, `{1857--8}`", _year_lost),
    Kind("`1908-13`", item=_each_date(_month_13)),
    Kind("`date = {2015-1-2}`, `{19.01.2015}`, open ranges, `199X`", _date_lost),
    Kind("`?` and `%` in EDTF", item=_each_date(_certain)),
    Kind("`%` in a value", _each_field(_to_comment)),
    Kind("formulas (`$\\alpha$`)", _each_field(_hidden_formulas), _texts(_shown)),
    Kind("a `$` without its like", _each_field(_lone_dollar, _TITLES)),
    Kind("`\\underline`", _each_field(_underlined), _texts(_shown)),
    Kind("`{\\sc …}`", _each_field(_without_small_caps)),
    Kind("unknown commands", _each_field(_without_unknown_commands)),
    Kind("`\\begin{…}` … `\\end{…}`", _each_field(_without_environments)),
    Kind("`\\-`", _each_field(_soft_hyphens)),
    Kind("blanks that are commands (`\\;`, `\\quad`)", _each_field(_without_blanks)),
    Kind("`{\\'\\i}`", item=_dotless),
    Kind("emphasis in emphasis", item=_texts(_nested_emphasis)),
    Kind("`` `…' `` in titles", item=_texts(_single_quotes)),
    Kind("apostrophes", item=_apostrophes),
    Kind("dash with blanks, `pp.`, `--` in volume and issue", item=_as_written),
)
"""All kinds, in the order of the table and in which they are done."""
