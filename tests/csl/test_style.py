"""Loading styles and locales: names, paths, dependents, languages, and all that can be wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from compcite.csl import Cite, Cluster, Processor, Style, render
from compcite.csl.items import item_of
from compcite.csl.styles.catalog import ALIASES, find_style
from compcite.errors import StyleError
from compcite.model.item import Item
from tests.csl.rendering import apa, book, entry, people, style

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
BODY = '<citation><layout><text macro="m"/></layout></citation></style>'
MINIMAL = f'{HEAD}<macro name="m"><text variable="title"/></macro>{BODY}'


def test_load_by_name() -> None:
    """APA and the most used styles are at hand by name."""
    assert Style.load("apa").title == "APA Style 7th edition"


@pytest.mark.parametrize("name", ["apa", "ieee", "nature", "chicago-author-date"])
def test_most_used_styles_are_listed(name: str) -> None:
    """The styles at hand are listed with their titles."""
    titles = {style.name: style.title for style in Style.available()}
    assert titles[name] == Style.load(name).title


def test_load_from_text_and_path(tmp_path: Path) -> None:
    """A style is loaded from its XML, or from a file with it."""
    path = tmp_path / "own.csl"
    path.write_text(MINIMAL, encoding="utf-8")
    assert Style.load(MINIMAL).tree == Style.load(path).tree == Style.load(str(path)).tree


def test_dependent_styles_are_their_parents(tmp_path: Path) -> None:
    """A dependent style has its parent's rules, its own title and its own language."""
    dependent = tmp_path / "dependent.csl"
    dependent.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="de-DE">'
        "<info><title>A journal</title>"
        '<link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info></style>',
        encoding="utf-8",
    )
    style = Style.load(dependent)
    assert (style.title, style.tree.default_locale, style.tree.citation) == (
        "A journal",
        "de-DE",
        Style.load("apa").tree.citation,
    )


def test_a_parent_that_is_not_at_hand_is_named(tmp_path: Path) -> None:
    """The message says which style is missing and where it can come from."""
    path = tmp_path / "dependent.csl"
    path.write_text(
        f"{HEAD}<info><title>A</title>"
        '<link href="x/nowhere" rel="independent-parent"/></info></style>',
        encoding="utf-8",
    )
    with pytest.raises(StyleError, match=r"depends on 'nowhere'.*nowhere\.csl"):
        Style.load(path)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("apaa", "there is no style 'apaa'; did you mean 'apa'"),
        ("no/such.csl", "no/such.csl: cannot be read: No such file or directory"),
        ("<style/>", "lacks its attribute 'version'"),
        ("<html></html>", "a CSL style begins with <style>, not <html>"),
        (f"{HEAD}<macro", "1:78: this is not well-formed XML"),
        (f"{HEAD}\n<txt/></style>", "2:1: <txt> is unknown in <style>"),
        (
            f'{HEAD}<macro name="m"><group delimeter=","><text value="a"/></group></macro>{BODY}',
            "<group> has no attribute 'delimeter'; did you mean 'delimiter'",
        ),
        (
            f'{HEAD}<macro name="m"><text value="a" text-case="titel"/></macro>{BODY}',
            "text-case='titel' on <text> is none of .*; did you mean 'title'",
        ),
        (
            f'{HEAD}<macro name="n"><text value="a"/></macro>{BODY}',
            "there is no macro 'm'",
        ),
        (
            (
                f'{HEAD}<macro name="m"><group><text macro="n"/></group></macro>'
                f'<macro name="n"><text macro="m"/></macro>{BODY}'
            ),
            r"the macro 'm' calls itself \(m → n → m\)",
        ),
        (f"{HEAD}</style>", "<style> has no <citation>"),
        (f"{HEAD}<citation/></style>", "<citation> has no <layout>"),
        (
            f'{HEAD}<bibliography et-al-min="few"><layout/></bibliography>{BODY}',
            "et-al-min='few' on <bibliography> is not a whole number",
        ),
        (
            f'{HEAD}<macro name="m">{"<group>" * 400_000}',
            "nest deeper than 100 levels",
        ),
        (
            HEAD
            + "".join(
                f'<macro name="{"m" if n == 0 else n}">{"<group>" * 40}<text macro="{n + 1}"/>'
                f"{'</group>' * 40}</macro>"
                for n in range(20)
            )
            + f'<macro name="20"><text value="a"/></macro>{BODY}',
            "with their macros written out, the elements nest too deep",
        ),
        (
            HEAD
            + "".join(
                f'<macro name="{"m" if n == 0 else n}"><text macro="{n + 1}"/>'
                f'<text macro="{n + 1}"/></macro>'
                for n in range(40)
            )
            + f'<macro name="40"><text value="a"/></macro>{BODY}',
            "with their macros written out, the elements are too many",
        ),
        (
            '<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + MINIMAL,
            "the file declares an entity, &a;",
        ),
    ],
)
def test_faults(source: str, message: str) -> None:
    """What is wrong with a style is said in one error, with its place and what may be meant."""
    with pytest.raises(StyleError, match=message):
        Style.load(source)


def test_all_faults_are_told_at_once() -> None:
    """An author sees every fault in one go."""
    text = f'{HEAD}<macro name="m"><txt/><text vlue="a"/></macro>{BODY}'
    with pytest.raises(StyleError) as caught:
        Style.load(text)
    assert str(caught.value).splitlines() == [
        "style:1:94: <txt> is unknown in <macro>; did you mean 'text'?",
        "style:1:100: <text> has no attribute 'vlue'; did you mean 'value'?",
    ]


def test_external_entities_are_not_fetched() -> None:
    """A document type that points elsewhere is not followed."""
    style = Style.load('<!DOCTYPE style SYSTEM "file:///etc/passwd">' + MINIMAL)
    assert style.tree == Style.load(MINIMAL).tree


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en-US", "and"),
        ("de-DE", "und"),
        ("de-AT", "und"),
        ("fr-CA", "et"),
        ("nl", "en"),
        ("DE-de", "und"),
        ("de-LI", "und"),
        ("de_AT", "und"),
    ],
)
def test_locale_fallback(lang: str, expected: str) -> None:
    """A dialect draws on its language's primary dialect, and everything on American English."""
    assert entry('<text term="and" prefix="x "/>', {}, lang) == f"x {expected}"


def test_a_locale_of_an_unknown_language_is_refused() -> None:
    """Else its user would get American English without a word."""
    with pytest.raises(StyleError, match="unknown locale 'tlh'; known are af-ZA, "):
        Processor(Style.load(MINIMAL), "tlh")


def test_a_style_may_bring_a_language_of_its_own_or_lack_one() -> None:
    """What its locales define can be chosen; its own default falls back to American English."""
    head = HEAD.replace("<style", '<style default-locale="tlh"')
    and_ = '<macro name="m"><text term="and"/></macro>'
    own = '<locale xml:lang="tlh"><terms><term name="and">je</term></terms></locale>'
    chosen = Processor(Style.load(f"{HEAD}{own}{and_}{BODY}"), "tlh")
    fallen_back = Processor(Style.load(f"{head}{and_}{BODY}"))
    assert [_cited(chosen), _cited(fallen_back)] == ["je", "and"]


def _cited(processor: Processor) -> str:
    (rendered,) = processor.citations([Cluster((Cite("a"),))], [Item("book", id="a")])
    return render(rendered.content, "text")


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en-GB", "British"), ("en-US", "English"), ("de-DE", "any"), ("fr", "French of France")],
)
def test_style_locales_override(lang: str, expected: str) -> None:
    """Terms of the style hold: those of the dialect before those of the language, then any.

    A language alone means its primary dialect.
    """
    locale = "".join(
        f'<locale{attribute}><terms><term name="and">{text}</term></terms></locale>'
        for attribute, text in (
            (' xml:lang="en-GB"', "British"),
            ("", "any"),
            (' xml:lang="en"', "English"),
            (' xml:lang="fr-FR"', "French of France"),
        )
    )
    assert entry('<text term="and"/>', {}, lang, locale=locale).lower() == expected.lower()


@pytest.mark.parametrize(
    ("form", "expected"),
    [("verb-short", "ed. by"), ("symbol", "ed."), ("verb", "edited by"), ("long", "editor")],
)
def test_term_forms_fall_back(form: str, expected: str) -> None:
    """A form that a term lacks is replaced by the next longer one."""
    assert entry(f'<text term="editor" form="{form}" prefix="x "/>') == f"x {expected}"


@pytest.mark.parametrize(
    ("lang", "expected"), [("en-US", "let."), ("de-DE", "Brief"), ("de-AT", "Brief")]
)
def test_the_long_form_of_a_language_comes_before_the_short_form_of_english(
    lang: str, expected: str
) -> None:
    """German has no short form of "letter": nobody wants "let." in a German list."""
    assert entry('<text term="letter" form="short" prefix="x "/>', {}, lang) == f"x {expected}"


@pytest.mark.parametrize(
    ("lang", "expected"), [("en-US", "(Ed.)"), ("es-ES", "(Ed.)"), ("fr-FR", "(Éd.)")]
)
def test_labels_in_title_case_have_capitals_in_every_language(lang: str, expected: str) -> None:
    """Only titles are left alone outside of English."""
    layout = (
        '<names variable="editor"><name form="short"/>'
        '<label form="short" prefix=" (" suffix=")" text-case="title"/></names>'
    )
    assert entry(layout, {"editor": people("Doe")}, lang) == f"Doe {expected}"


@pytest.mark.parametrize("lang", ["en-US", "de-DE", "he-IL", "zh-CN"])
def test_the_symbol_between_names_is_the_ampersand_in_every_language(lang: str) -> None:
    """Specification, "Name": and="symbol" selects the ampersand."""
    layout = '<names variable="author"><name form="short" and="symbol"/></names>'
    assert entry(layout, {"author": people("Doe", "Roe")}, lang) == "Doe &#38; Roe"


def test_one_processor_serves_several_threads() -> None:
    """Processors keep no state between calls."""
    processor = Processor(Style.load("apa"))
    items = [item_of(book(str(n), f"Doe{n}, Jane", 2000 + n)) for n in range(20)]
    expected = processor.bibliography(items)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: processor.bibliography(items), range(16)))
    assert found == [expected] * 16


def test_apa_in_a_word() -> None:
    """An article in APA, as text."""
    item = {
        "id": "au2017",
        "type": "article-journal",
        "title": "Effects of yoga",
        "author": [{"family": "Au", "given": "Terry M."}],
        "issued": {"date-parts": [[2017, 3]]},
        "container-title": "Behavior Therapy",
        "volume": "48",
        "page": "295-307",
        "DOI": "10.1016/j.beth.2016.11.012",
    }
    expected = (
        "Au, T. M. (2017). Effects of yoga. Behavior Therapy, 48, 295–307. "
        "https://doi.org/10.1016/j.beth.2016.11.012"
    )
    assert apa([item_of(item)]) == [("au2017", expected)]


@pytest.mark.parametrize("name", ["x" * 10_000, "a/\x00b"])
def test_names_that_no_file_can_have(name: str) -> None:
    """What is no name of a style or file is an error like any other."""
    with pytest.raises(StyleError):
        Style.load(name)


def test_a_style_may_have_no_bibliography() -> None:
    """Such a style has citations only, and a bibliography of nothing."""
    whole = style()
    processor = Processor(replace(whole, tree=replace(whole.tree, bibliography=None)))
    assert not processor.has_bibliography
    assert processor.bibliography([Item("book", {"title": "A book"}, id="a")]).entries == ()


@pytest.mark.parametrize("name", ["APA", "mla", "AMA", "Vancouver", "chicago", "harvard"])
def test_short_names_of_styles_in_any_letter_case(name: str) -> None:
    """What people call a style is its name."""
    assert Style.load(name).title


def test_every_short_name_is_that_of_a_style_at_hand() -> None:
    """The table names only files that come with compcite."""
    assert [alias for alias in ALIASES if find_style(alias) is None] == []
