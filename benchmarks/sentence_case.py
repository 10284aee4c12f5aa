"""How right titles are that went from sentence case to Title Case and back.

    python benchmarks/sentence_case.py RECORDS.jsonl... [--pandoc] [-v KIND] [--half held-out]

The truth are English titles that records hold in sentence case, one JSON object a line as
Crossref's `/works/{doi}` or DataCite's `/dois` answer them: of five words or more, with an English
small word, of records that name no other language, and with a capital on fewer than half of the
words that a headline capitalizes. They are put into headline style as authors do (each word but
articles, conjunctions and short prepositions, words behind hyphens too) and written as .bib
entries without braces, with the authors, journal, publisher and keywords of the record. compcite
reads the file and renders it with a style that prints titles as they are; pandoc, where
`pypandoc_binary` is installed, reads the same file and writes CSL-JSON. Words behind a colon or a
stop are counted apart and count for neither side: publishers differ, and APA wants a capital. A
record is held out or not by a digest of its title.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compcite.registries.records.crossref_work import work_from_crossref
from compcite.registries.records.datacite_work import work_from_datacite
from compcite.text.markup import without_tags
from compcite.verbs.export import export_entries
from compcite.verbs.load import load_library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compcite.model.item import Item

_FEWEST = 5  # words
_SMALL_WORDS = """
    a an the and but or nor for of in on at by to from as with into via per than vs versus is
"""
_SMALL = frozenset(_SMALL_WORDS.split()) - {"is"}
_ENGLISH = frozenset(("the", "of", "and", "for", "with", "from", "by", "on", "an", "to"))
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_ROMAN = re.compile(r"[IVXLC]+")
_STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>Titles</title><id>titles</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><sort><key variable="citation-number"/></sort>
<layout><text variable="title"/></layout></bibliography></style>"""
_BEHIND = "behind a colon or stop"
_STOPS = (":", "?", ".", "—", "–")


def main() -> None:
    """Make the titles, convert them back, and print how many are right."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("records", type=Path, nargs="+")
    parser.add_argument("--pandoc", action="store_true")
    parser.add_argument("--half", choices=("development", "held-out"))
    parser.add_argument("-v", "--verbose", metavar="KIND")
    arguments = parser.parse_args()
    items = [item for item in _items(arguments.records) if _in_half(item, arguments.half)]
    truths = [without_tags(html.unescape(item.text["title"])) for item in items]
    given = [headline(title) for title in truths]
    bib = "\n".join(
        _entry(number, item, title)
        for number, (item, title) in enumerate(zip(items, given, strict=True))
    )
    results = {"as given": given, "compcite": _by_compcite(bib)}
    if arguments.pandoc:
        results["pandoc"] = _by_pandoc(bib)
    for tool, titles in results.items():
        _report(tool, truths, titles, arguments.verbose)


def headline(title: str) -> str:
    """A title in headline style: capitals but for small words within."""

    def raise_(match: re.Match[str]) -> str:
        word = match[0]
        first = match.start() == 0 or title[: match.start()].rstrip().endswith((":", "?", "."))
        last = match.end() == len(title.rstrip(" .?!"))
        if word in _SMALL and not first and not last:
            return word
        plain_word = word.islower() and word[0].isascii() and word.isalpha() and len(word) > 1
        return word[0].upper() + word[1:] if plain_word or word in {"a", "i"} else word

    return _WORD.sub(raise_, title)


def kind(truth: str, got: str, before: str) -> str:
    """What became of a word, given what stands before it in the title."""
    if truth == got:
        return "right"
    if _behind_stop(before):
        return _BEHIND
    if not truth[0].isupper():
        return "common word left capital"
    rows = (
        (before.endswith(("-", "–")), "name behind a hyphen lowered"),
        (_ROMAN.fullmatch(truth), "roman numeral or letter lowered"),
        (truth.isupper() or not truth[1:].islower(), "acronym or mixed case lowered"),
        ("’" in truth or "'" in truth, "possessive lowered"),
    )
    return next((what for holds, what in rows if holds), "name lowered")


def _behind_stop(before: str) -> bool:
    return not before.endswith("–") and before.rstrip(" “\"'‘(").endswith(_STOPS)


def _items(paths: Iterable[Path]) -> Iterator[Item]:
    """The items of records whose titles are in sentence case, each title once."""
    seen = set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            item = _item(json.loads(line))
            title = without_tags(html.unescape(item.text.get("title", "")))
            english = item.text.get("language", "en").startswith("en")
            if (
                english
                and _ENGLISH & set(title.lower().split())
                and _in_sentence_case(title)
                and title not in seen
            ):
                seen.add(title)
                yield item


def _item(record: dict[str, Any]) -> Item:
    record = record.get("message", record.get("data", record))
    if "attributes" in record:
        return work_from_datacite(record["attributes"]).item
    return work_from_crossref(record).item


def _in_sentence_case(title: str) -> bool:
    """Whether fewer than half of the words that headlines capitalize are capital."""
    words = list(_WORD.finditer(title))
    counted = [
        match[0]
        for match in words[1:]
        if match[0].lower() not in _SMALL
        and match[0].isalpha()
        and not title[: match.start()].rstrip().endswith((":", "?", ".", "-"))
    ]
    capital = sum(word[0].isupper() for word in counted)
    return len(words) >= _FEWEST and bool(counted) and 2 * capital < len(counted)


def _in_half(item: Item, half: str | None) -> bool:
    digest = hashlib.sha256(item.text["title"].encode()).digest()[0]
    return half is None or (half == "held-out") == bool(digest % 2)


def _entry(number: int, item: Item, title: str) -> str:
    """A .bib entry with the title as an author would give it, and what else the record says."""
    authors = " and ".join(
        f"{name.family}, {name.given}" if name.family else f"{{{name.literal}}}"
        for name in item.names.get("author", ())
    )
    fields = {
        "author": authors,
        "title": title,
        "journal": item.text.get("container-title", ""),
        "publisher": item.text.get("publisher", ""),
        "keywords": item.text.get("keyword", ""),
    }
    lines = [f"  {name} = {{{_escaped(value)}}}," for name, value in fields.items() if value]
    return f"@article{{k{number:05},\n" + "\n".join(lines) + "\n}\n"


def _escaped(value: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", re.sub(r"[\\~^]", " ", value))


def _by_compcite(bib: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        source, style = Path(folder, "titles.bib"), Path(folder, "titles.csl")
        source.write_text(bib, encoding="utf-8")
        style.write_text(_STYLE, encoding="utf-8")
        library = load_library([str(source)])
        written = export_entries(library.entries, None, style=str(style))
    return written.text.splitlines()


def _by_pandoc(bib: str) -> list[str]:
    import pypandoc  # noqa: PLC0415 - needed for the comparison only

    items = json.loads(pypandoc.convert_text(bib, "csljson", format="bibtex"))
    by_key = {item["id"]: without_tags(item.get("title", "")) for item in items}
    return [by_key[key] for key in sorted(by_key)]


def _report(tool: str, truths: Sequence[str], titles: Sequence[str], verbose: str | None) -> None:
    """Print the shares of titles, words and names that are right, and the errors by kind."""
    kinds: Counter[str] = Counter()
    names: Counter[bool] = Counter()
    exact = read = 0
    for truth, got in zip(truths, titles, strict=True):
        wanted, found = list(_WORD.finditer(truth)), _WORD.findall(got)
        if [match[0].casefold() for match in wanted] != [word.casefold() for word in found]:
            continue  # LaTeX that the other way of writing it does not give back
        read += 1
        wrong = []
        for match, word in zip(wanted, found, strict=True):
            before = truth[: match.start()]
            what = kind(match[0], word, before)
            kinds[what] += 1
            if what not in {"right", _BEHIND}:
                wrong.append((what, word))
            if before and match[0].istitle() and len(match[0]) > 1 and not _behind_stop(before):
                names[match[0] == word] += 1
        exact += not wrong
        if verbose and any(verbose in what for what, _ in wrong):
            print(f"{tool}: {[word for what, word in wrong if verbose in what]} {truth}")
    counted = sum(kinds.values()) - kinds[_BEHIND]
    print(f"{tool}: of {read} titles {_share(exact, read)} right, of {counted} words", end=" ")
    print(f"{_share(kinds['right'], counted)}, of {names.total()} names", end=" ")
    print(_share(names[True], names.total()))
    for what, count in kinds.most_common():
        if what != "right":
            print(f"  {count:6} {what}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.1f} %"


if __name__ == "__main__":
    main()
