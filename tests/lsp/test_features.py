"""The features of lists, over standard input and output: fixes, hover, completion, symbols."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

from tests.lsp.editor import Editor, editor, pos, rng
from tests.lsp.test_asking import DOI, LIST, RECORD
from tests.registry_server import RegistryServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STYLED = """@article{a,
  author = {Au, Tony},
  title = {On hunger and its causes},
  journal = {Hunger},
  year = 2001,
  doi = {https://doi.org/10.1000/1},
}
"""
COPY = STYLED.replace("{a,", "{b,").replace("https://doi.org/", "")


@pytest.fixture(scope="module")
def ed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One editor for all tests here, in a folder with a list; the registry knows a work."""
    folder: Path = tmp_path_factory.mktemp("work")
    (folder / "other.bib").write_text(COPY, encoding="utf-8")
    with RegistryServer() as server:
        server.add_work(DOI, **RECORD, publisher="Psychology Press")
        environment = server.environment() | {"COMPCITE_CACHE_DIR": str(folder / "cache")}
        with editor(folder, environment=environment) as made:
            yield made


def _edits(action: types.CodeAction) -> list[types.TextEdit]:
    """The edits of an action on one text."""
    assert action.edit is not None
    (change,) = action.edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    return [one for one in change.edits if isinstance(one, types.TextEdit)]


def test_a_diagnostic_names_its_rule_and_the_page_about_it(ed: Editor) -> None:
    """Code, link, severity and source; nothing else where there is nothing to say."""
    ed.open("untitled:d", STYLED)
    (one,) = [one for one in ed.found("untitled:d") if one.code == "doi-style"]
    assert one.code_description is not None
    assert one.code_description.href.endswith("/rules/doi-style/")
    assert (one.severity, one.source, one.tags) == (
        types.DiagnosticSeverity.Warning,
        "compcite",
        None,
    )
    assert one.range == rng((5, 2), (5, 35))


def test_a_duplicate_names_the_place_of_the_first_entry(ed: Editor) -> None:
    """Related information leads to the key of the earlier entry, also after that has moved."""
    ed.open("untitled:r", STYLED + COPY)
    for line in (0, 1):
        (one,) = [one for one in ed.found("untitled:r") if one.code == "doi-duplicated"]
        (related,) = one.related_information or ()
        assert related.location == types.Location("untitled:r", rng((line, 9), (line, 10)))
        assert f"r:{line + 1}" in one.message
        ed.change("untitled:r", (rng((0, 0), (0, 0)), "\n"))


def test_an_error_leads_to_the_documents_that_cite_the_entry(
    running: Editor, tmp_path: Path
) -> None:
    """The first citation in each document is named, where it is now; a lesser finding names none.

    Six documents cite the entry: five are named, and the editor finds all of them as references.
    """
    text = STYLED.replace("{a,", "{b,") + "@article{a, doi = {nothing}, title = {T}}\n"
    (tmp_path / "refs.bib").write_text(text, encoding="utf-8")
    for name in "123456":
        (tmp_path / f"{name}.md").write_text("[@a]\n\n[@a]\n", encoding="utf-8")
    with running.within(tmp_path) as ed:
        uri = ed.open_file(tmp_path / "refs.bib")
        paper = ed.open_file(tmp_path / "1.md", "markdown")
        ed.wait_until(lambda: _citing(ed, uri))
        assert _citing(ed, uri) == [(tmp_path / f"{n}.md").as_uri() for n in "12345"]
        ed.change(paper, (rng((0, 0), (0, 0)), "Moved\n"))
        ed.wait_until(lambda: _places(ed, uri)[:1] == [rng((1, 2), (1, 3))])
        found = ed.diagnostics[uri].diagnostics
        assert [one.code for one in found if one.severity != 1 and one.related_information] == []


def _citing(ed: Editor, uri: str) -> list[str]:
    """The documents to which the errors of a list lead."""
    return [one.location.uri for one in _related(ed, uri)]


def _places(ed: Editor, uri: str) -> list[types.Range]:
    """The places to which the errors of a list lead."""
    return [one.location.range for one in _related(ed, uri)]


def _related(ed: Editor, uri: str) -> list[types.DiagnosticRelatedInformation]:
    """What the one error of a list, as it is shown now, leads to."""
    shown = ed.diagnostics.get(uri)
    errors = [one for one in (shown.diagnostics if shown else ()) if one.severity == 1]
    return [related for one in errors[:1] for related in one.related_information or ()]


def test_keys_are_offered_while_all_safe_fixes_are_made(ed: Editor) -> None:
    """The fixes of a long list take seconds; who types in a document meanwhile is answered."""
    text = "".join(STYLED.replace("{a,", f"{{k{n},").replace("/1}", f"/{n}}}") for n in range(400))
    ed.open("untitled:long", text)
    ed.open("untitled:paper", "[@k39]", "markdown")
    ed.found("untitled:long")
    (action,) = ed.actions("untitled:long", rng((0, 0), (0, 0)), "source.fixAll")
    answered: list[str] = []

    async def both() -> tuple[types.CodeAction, types.CompletionList]:
        async def fixed() -> types.CodeAction:
            made = await ed.client.code_action_resolve_async(action)
            answered.append("fixes")
            return made

        async def offered() -> types.CompletionList:
            document = types.TextDocumentIdentifier("untitled:paper")
            params = types.CompletionParams(document, pos(0, 5))
            made = await ed.client.text_document_completion_async(params)
            answered.append("keys")
            assert isinstance(made, types.CompletionList)
            return made

        made = await asyncio.gather(fixed(), offered())
        return made[0], made[1]

    fixes, offers = ed.run(both())
    assert answered == ["keys", "fixes"]
    assert "k39" in [one.label for one in offers.items]
    assert ed.applied(text, _edits(fixes)) == text.replace("https://doi.org/", "")


def test_a_second_field_of_one_name_is_shown_faded(ed: Editor) -> None:
    """BibTeX ignores it: the tag says that it is unnecessary."""
    ed.open("untitled:t", STYLED.replace("  year", "  title = {Another},\n  year"))
    (one,) = [one for one in ed.found("untitled:t") if one.code == "field-duplicated"]
    assert list(one.tags or ()) == [types.DiagnosticTag.Unnecessary]


def test_a_safe_fix_is_the_preferred_quick_fix(ed: Editor) -> None:
    """It does what ``--fix`` does, and is bound to the version of the text."""
    ed.open("untitled:f", STYLED)
    ed.found("untitled:f")
    fix, *_ = ed.actions("untitled:f", rng((5, 4), (5, 4)), "quickfix")
    assert (fix.is_preferred, [one.code for one in fix.diagnostics or ()]) == (True, ["doi-style"])
    assert ed.applied(STYLED, _edits(fix)) == STYLED.replace("https://doi.org/", "")


def test_an_unsafe_fix_says_so(ed: Editor) -> None:
    """Merging two entries changes what the list says."""
    text = STYLED + COPY
    ed.open("untitled:u", text)
    ed.found("untitled:u")
    found = ed.actions("untitled:u", rng((12, 4), (12, 4)), "quickfix")
    (merge,) = [one for one in found if one.title.startswith("Merge")]
    assert merge.is_preferred is False
    assert "unsafe" in merge.title
    assert ed.applied(text, _edits(merge)).count("@article") == 1


def test_all_safe_fixes_are_one_action(ed: Editor) -> None:
    """An editor can run ``source.fixAll`` on save; its edits leave other lines alone."""
    text = STYLED + STYLED.replace("{a,", "{b,").replace("hunger", "thirst").replace("/1}", "/2}")
    ed.open("untitled:all", text)
    ed.found("untitled:all")
    (action,) = ed.actions("untitled:all", rng((0, 0), (0, 0)), "source.fixAll")
    edits = _edits(ed.resolved(action))
    assert ed.applied(text, edits) == text.replace("https://doi.org/", "")
    assert [edit.range.start.line for edit in edits] == [5, 12]


def test_a_finding_can_be_ignored_with_a_reason(ed: Editor) -> None:
    """The comment stands before the entry; then the finding is gone."""
    ed.open("untitled:i", STYLED)
    ed.found("untitled:i")
    found = ed.actions("untitled:i", rng((5, 4), (5, 4)), "quickfix")
    (ignore,) = [one for one in found if one.title == "Ignore doi-style here, with a reason"]
    text = ed.applied(STYLED, _edits(ignore))
    assert text.startswith("% compcite: ignore[doi-style] write the reason here\n@article{a,")
    ed.change("untitled:i", (None, text))
    assert "doi-style" not in ed.codes("untitled:i")


def test_an_entry_is_completed_from_its_record(ed: Editor) -> None:
    """Once its DOI was asked for, what the entry lacks comes from the registry."""
    text = LIST.replace("1998", "2003").replace("  volume = {2},\n", "")
    ed.open("untitled:c", text)
    ed.found("untitled:c")
    ed.save_and_wait("untitled:c")
    (action,) = ed.actions("untitled:c", rng((1, 0), (1, 0)), "refactor")
    assert "  volume = {2},\n" in ed.applied(text, _edits(ed.resolved(action)))
    assert "registered, and for this work (Crossref)" in _hover(ed, "untitled:c", pos(0, 12))


def _hover(ed: Editor, uri: str, at: types.Position) -> str:
    """What an editor shows of a place."""
    params = types.HoverParams(types.TextDocumentIdentifier(uri), at)
    found = ed.run(ed.client.text_document_hover_async(params))
    return str(found.contents.value) if found else ""


def test_a_hover_shows_the_reference(ed: Editor) -> None:
    """In APA style, with the state of its DOI; nothing between entries."""
    ed.open("untitled:h", STYLED + "\n\nnotes\n")
    ed.found("untitled:h")
    shown = _hover(ed, "untitled:h", pos(2, 5))
    assert shown.startswith("Au, T. (2001). On hunger and its causes. *Hunger*.")
    assert "have not been asked yet" in shown
    assert _hover(ed, "untitled:h", pos(9, 1)) == ""


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("@art", "article", "author"),
        ("@article{x,\n  au", "author", "article"),
        ("@article{x,\n  author = {A},\n  ", "title", "author"),
        ("@string{jh = {Hunger}}\n@article{x,\n  journal = ", "jh", "title"),
        ("@article{x,\n  month = ", "jan", "title"),
        ("@article{x,\n  month = {1, } # ", "jan", "title"),
        ("@misc{y, title = {T}}\n@inbook{x,\n  crossref = {", "y", "title"),
    ],
)
def test_what_fits_is_completed(ed: Editor, typed: str, wanted: str, unwanted: str) -> None:
    """Types behind @, fields the entry lacks, macros as values, keys in crossref."""
    uri = "untitled:complete"
    ed.open(uri, typed)
    lines = typed.split("\n")
    at = pos(len(lines) - 1, len(lines[-1]))
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), at)
    found = ed.run(ed.client.text_document_completion_async(params))
    labels = [one.label for one in found.items]
    assert wanted in labels
    assert unwanted not in labels
    ed.close(uri)


@pytest.mark.parametrize(("snippets", "wanted"), [(True, "doi = {$1},"), (False, None)])
def test_a_snippet_is_sent_only_where_the_editor_knows_them(
    snippets: bool,  # noqa: FBT001 - a parameter of the test
    wanted: str | None,
) -> None:
    """Emacs without yasnippet would write its signs into the list."""
    with editor(snippets=snippets) as ed:
        ed.open("untitled:s", "@article{a,\n  d")
        params = types.CompletionParams(types.TextDocumentIdentifier("untitled:s"), pos(1, 3))
        found = ed.run(ed.client.text_document_completion_async(params))
    (doi,) = [one for one in found.items if one.label == "doi"]
    assert doi.insert_text == wanted


def test_a_completed_key_is_described_when_it_is_looked_at(ed: Editor) -> None:
    """The reference in APA style comes for one offer, when the editor asks for it."""
    uri = "untitled:resolve"
    ed.open(uri, STYLED + "@inbook{x,\n  crossref = {")
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), pos(8, 14))
    (offer,) = ed.run(ed.client.text_document_completion_async(params)).items
    described = ed.run(ed.client.completion_item_resolve_async(offer))
    assert described.documentation.value.startswith("Au, T. (2001). On hunger and its causes.")
    ed.close(uri)


def test_the_editor_is_answered_while_a_long_list_is_formatted(ed: Editor) -> None:
    """Formatting takes seconds here; a hover that is asked for later is answered before."""
    uri = "untitled:long"
    many = (STYLED.replace("{a,", f"{{a{number},") for number in range(1_500))
    ed.open(uri, "".join(many))
    options = types.FormattingOptions(4, insert_spaces=True)
    here = types.TextDocumentIdentifier(uri)
    answered: list[str] = []

    async def both() -> None:
        formatting = asyncio.ensure_future(
            ed.client.text_document_formatting_async(types.DocumentFormattingParams(here, options))
        )
        formatting.add_done_callback(lambda _: answered.append("formatting"))
        await asyncio.sleep(0)
        await ed.client.text_document_hover_async(types.HoverParams(here, pos(2, 5)))
        answered.append("hover")
        await formatting

    ed.run(both())
    assert answered == ["hover", "formatting"]
    ed.close(uri)


def test_entries_are_symbols(ed: Editor) -> None:
    """Of a list by their keys; of all lists by words of key, author or title."""
    ed.open("untitled:s", STYLED)
    params = types.DocumentSymbolParams(types.TextDocumentIdentifier("untitled:s"))
    (one,) = ed.run(ed.client.text_document_document_symbol_async(params))
    assert (one.name, one.detail) == ("a", "Au 2001, On hunger and its causes")
    assert one.selection_range == rng((0, 9), (0, 10))
    query = types.WorkspaceSymbolParams("au HUNGER")
    names = [one.name for one in ed.run(ed.client.workspace_symbol_async(query))]
    assert "b: Au 2001, On hunger and its causes" in names


def test_a_list_is_formatted_as_tidy_does(ed: Editor) -> None:
    """By the choices of the configuration, which the editor's settings override."""
    text = '@article{ a , title = "T" }\n'
    ed.open("untitled:t2", text)
    options = types.FormattingOptions(2, insert_spaces=True)
    params = types.DocumentFormattingParams(types.TextDocumentIdentifier("untitled:t2"), options)
    edits = ed.run(ed.client.text_document_formatting_async(params))
    assert ed.applied(text, edits) == "@article{a,\n  title = {T},\n}\n"
