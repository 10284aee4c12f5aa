"""LaTeX to Unicode and back, by field class."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.text.latex import (
    commands,
    decode_letters,
    decode_text,
    decode_title,
    decode_verbatim,
)
from compcite.text.latex.encode import encode_text, encode_title, encode_verbatim
from compcite.text.markup import without_tags

LATEX = st.text(alphabet="\\{}$~`'-^_\"ouicvH &%#1<>abé \n[]*", max_size=40)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"{\"o}", "ö"),
        (r"\"{o}", "ö"),
        (r"\"o", "ö"),
        (r"{\"{o}}", "ö"),
        (r"\v{s}", "š"),
        (r"\c c", "ç"),
        (r"\c{c}", "ç"),
        (r"{\'{\i}}", "í"),
        (r"\'\i", "í"),
        (r"{\'\i}", "í"),
        (r"\H{o}", "ő"),
        (r"\k{a}", "ą"),
        (r"\r{a}", "å"),
        (r"\~n", "ñ"),
        (r"\.Z", "Ż"),
        (r"\t{oo}", "o͡o"),
        (r"\u\i", "ĭ"),
        (r"\ss", "ß"),
        (r"Stra{\ss}e", "Straße"),
        (r"{\O}rsted", "Ørsted"),
        (r"\AA ngstr\"om", "Ångström"),
        (r"\L{}\'od\'z", "Łódź"),
        (r"na\"{\i}ve", "naïve"),
        (r"{\AE}", "Æ"),
        (r"\~{}", "~"),
        (r"\^{}", "^"),
    ],
)
def test_accents_and_letters_in_every_spelling(value: str, expected: str) -> None:
    """All the ways of writing an accented letter give that letter, composed."""
    assert expected == decode_text(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("``quoted''", "“quoted”"),
        ("`quoted'", "‘quoted’"),
        ("it's", "it's"),
        ("1--9", "1–9"),
        ("a---b", "a—b"),
        ("?`Qu\\'e?", "¿Qué?"),
        ("a~b", "a\u00a0b"),
        (r"A \& B 50\% \#1 \$5 a\_b", "A & B 50% #1 $5 a_b"),
        (r"\{x\}", "{x}"),
        (r"a\\b", "a b"),
        (r"in\-te\-rest", "interest"),
        (r"\LaTeX{} and \TeX", "LaTeX and TeX"),
        (r"\enquote{x}", "“x”"),
        (r"\enquote{a \enquote{b} c}", "“a ‘b’ c”"),
        (r"\MakeUppercase{a\emph{b}}", "AB"),
        (r"\MakeLowercase{AB}", "ab"),
        (r"\verb|a_{b| c", "a_{b c"),
        (r"\verb", ""),
        (r"\url{http://a_b.c/~d}", "http://a_b.c/~d"),
        (r"\href{http://x.y}{a link}", "a link"),
        (r"\textendash\ \ldots", "– …"),
        ("two\n  lines", "two lines"),
        (r"\noopsort{1973}Smith", "Smith"),
    ],
)
def test_signs_and_commands(value: str, expected: str) -> None:
    """Quotes, dashes, escapes, logos, links and blanks print as LaTeX prints them."""
    assert expected == decode_text(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"$\alpha$-helix", "α-helix"),
        (r"$^{137}$Cs", "¹³⁷Cs"),
        (r"H$_2$O", "H₂O"),
        (r"\ensuremath{\beta}", "β"),
        (r"$p < 0.05$", "p < 0.05"),
        (r"$\frac{1}{2}$", "1/2"),
        (r"$x \leq y$", "x ≤ y"),
        ("costs $5 or more", "costs $5 or more"),
        (r"$\mathbb{R}$", "R"),
        (r"\textohm", "Ω"),
    ],
)
def test_mathematics(value: str, expected: str) -> None:
    """Formulas become characters; a lone dollar is a dollar; rare signs are known too."""
    assert expected == decode_text(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"A $\not=$ B and $x \not\in S$", "A ≠ B and x ∉ S"),
        (r"$\neg a \land b \lor c$", "¬ a ∧ b ∨ c"),
        (r"\nicefrac{2}{3} and $\dfrac{a + b}{c}$", "2/3 and (a + b)/c"),
        (r"$\sqrt[3]{5}$, $\sqrt{x+y}$", "∛5, √(x+y)"),
        (r"\SI{20}{\micro\litre}", "20\u00a0µl"),
        (r"\qty{3e8}{\metre\per\second\squared}", "3 × 10⁸\u00a0m/s²"),
        (r"\SIrange{1}{5}{\kg} at \ang{12;3}", "1–5\u00a0kg at 12°3′"),
        (r"$O(n\log n)$ and $2\sin x$", "O(n log n) and 2 sin x"),
        (r"$\operatorname{rank}A$", "rank A"),
        (r"$x\leq y$", "x ≤ y"),
        (r"A\hspace{2em}B\hspace*{-1em}C", "A BC"),
        (r"\cb{T}ara", "Țara"),
        (r'\symbol{38} \char126 \char"41', "& ~A"),
        (r"Gr\ifmmode \ddot{o}\else \"{o}\fi{}n", "Grön"),
        (r"$a \ifmmode^2\else 2\fi$", "a ²"),
        (r"Fe$\less$sup$\greater$2$\mathplus$", "Fe<sup>2+"),
        (r"Q{\&}amp$\mathsemicolon$A", "Q&A"),
        (r"$\text{if } \mathbb R$", "if R"),
        (r"\texorpdfstring{$\beta$}{beta} decay", "β decay"),
        (r"$C\sp*$-algebra", "C*-algebra"),
        (r"$$x^2$$ rest", "x² rest"),
        (r"Gel\cprime fand", "Gelʹfand"),
        (r"\c{}", "¸"),
    ],
)
def test_what_a_command_says_is_neither_lost_nor_reversed(value: str, expected: str) -> None:
    """Negations, fractions, roots, units, conditions and blanks print as LaTeX prints them."""
    assert expected == decode_text(value)


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("nsubseteq", "⊈"),
        ("mathsemicolon", ";"),
        ("Re", "ℜ"),
        ("heartsuit", "♥"),
        ("CYRSHCH", "Щ"),
        ("textschwa", "ə"),
        ("implies", "⇒"),
        ("rightsquigarrow", "⇝"),
    ],
)
def test_signs_of_other_tables_are_known(name: str, sign: str) -> None:
    """Symbols of mathematics, phonetics and Cyrillic that other programs know."""
    assert decode_text(f"$\\{name}$") == sign


def test_every_sign_of_the_table_prints() -> None:
    """No line of the table is lost on the way, and combining signs need a letter."""
    table = Path(commands.__file__).with_name("signs.txt").read_text(encoding="utf-8")
    names = [line.split()[0] for line in table.splitlines() if not line.startswith("#")]

    empty = [name for name in names if not decode_text(f"$\\{name}{{a}}$ b").removesuffix(" b")]

    assert len(names) > 2_000
    assert empty == []


def test_a_command_that_only_moves_what_follows_prints_nothing() -> None:
    """Unlike an unknown command, whose name is printed."""
    assert decode_text(r"pre\nobreakdash fix") == "prefix"
    assert decode_text(r"pre\negthinspace fix") == "prefix"


def test_an_unknown_command_without_argument_is_named() -> None:
    """What nobody can read stands there as written, for it may be the word that matters."""
    assert decode_text(r"The \mystery{} of $\enigma x$") == r"The \mystery of \enigma x"
    assert decode_text(r"The \mystery book") == r"The \mystery book"


def test_case_is_changed_between_tags() -> None:
    """Capitals are for what is printed, not for CSL's markup of it."""
    assert decode_title(r"\uppercase{a \emph{b}}") == "A <i>B</i>"


def test_an_unknown_command_keeps_its_argument() -> None:
    """Nothing that the author wrote disappears with a command that we do not know."""
    assert decode_text(r"Lavrung \zh{拉塢戎語} (x)") == "Lavrung 拉塢戎語 (x)"
    assert decode_text(r"\unknown{a}{b}") == "ab"
    assert decode_text(r"\unknown[option]{a} [b]") == "a [b]"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"\emph{Homo sapiens}", "<i>Homo sapiens</i>"),
        (r"\textbf{x}", "<b>x</b>"),
        (r"\textsc{Rna}", '<span style="font-variant:small-caps;">Rna</span>'),
        (r"CO\textsubscript{2}", "CO<sub>2</sub>"),
        (r"m$^{2}$", "m<sup>2</sup>"),
        (r"\em all of it", "<i>all of it</i>"),
        ("A <i>b</i> c", "A <i>b</i> c"),
        ("<em>a <strong>b</strong> <em>c</em></em>", "<i>a <b>b</b> <i>c</i></i>"),
    ],
)
def test_titles_keep_rich_text(value: str, expected: str) -> None:
    """Type that matters becomes the tags that CSL allows; tags already there stay."""
    assert expected == decode_title(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("On the $L^p$ Norm", 'On the <span class="nocase">L<sup>p</sup></span> Norm'),
        (
            r"$k$-means and \(x_1\)",
            '<span class="nocase">k</span>-means and <span class="nocase">x<sub>1</sub></span>',
        ),
        ("$1 < 2$", "1 < 2"),
        ("The {NASA} story", 'The <span class="nocase">NASA</span> story'),
        ("{{The Whole Title}}", '<span class="nocase">The Whole Title</span>'),
        ("{D}ata", '<span class="nocase">D</span>ata'),
        (r"{\"U}ber", "Über"),
        (r"{{\"U}ber}", '<span class="nocase">Über</span>'),
        (r"{\emph{Homo sapiens}}", '<span class="nocase"><i>Homo sapiens</i></span>'),
        (r"\emph{Homo sapiens}", "<i>Homo sapiens</i>"),
        ("pages {1}--{2}", "pages 1–2"),
        ("{outer {INNER} braces}", '<span class="nocase">outer INNER braces</span>'),
    ],
)
def test_braces_that_protect_case(value: str, expected: str) -> None:
    """Braces become nocase, but not those of accents, arguments, or text without case."""
    assert expected == decode_title(value)


def test_faces_of_html_are_those_of_csl() -> None:
    """Publishers export ``<em>``, and some escape it; a tag that nothing closes is text."""
    assert (
        decode_title("On <em>Iron</em> <strong>Council</strong>") == "On <i>Iron</i> <b>Council</b>"
    )
    assert decode_title(r"{\'A}: &lt;em&gt;Iron&lt;/em&gt;") == "Á: <i>Iron</i>"
    assert decode_title("On <em>Iron") == "On <em>Iron"


def test_the_case_of_a_periodical_needs_no_protection() -> None:
    """Braces in titles whose case no style changes leave no trace."""
    assert decode_title("{PLOS} {ONE}", protect=False) == "PLOS ONE"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"http://x.org/a\_b\%20c", "http://x.org/a_b%20c"),
        (r"\url{http://x.org/~me}", "http://x.org/~me"),
        (r"http://x.org/{\~{}}me", "http://x.org/~me"),
        (r"http://x.org/$\sim$me", "http://x.org/~me"),
        ("{10.1000/a_b}", "10.1000/a_b"),
        (r"10.1000/a{\_}b", "10.1000/a_b"),
        ("http://x.org/--a''b", "http://x.org/--a''b"),
    ],
)
def test_verbatim_fields_are_only_unescaped(value: str, expected: str) -> None:
    """In URLs and identifiers nothing but escapes is LaTeX."""
    assert expected == decode_verbatim(value)


def test_letters_alone_can_be_decoded() -> None:
    """Names are taken apart with their letters decoded and their braces in place."""
    assert decode_letters(r"{M\"uller \& Co}") == r"{Müller \& Co}"


@given(LATEX)
def test_no_value_is_malformed(value: str) -> None:
    """Whatever stands in a field, decoding yields a text without line ends.

    An address only loses the signs that LaTeX needs.
    """
    for decode in (decode_text, decode_title):
        assert "\n" not in decode(value)
    assert len(decode_verbatim(value)) <= len(value)


def test_braces_deeper_than_anybody_means_are_no_danger() -> None:
    """Thousands of braces are read without recursion into each."""
    assert decode_text("{" * 5000 + "a") == "a"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Z"]), max_size=30))
def test_text_survives_encoding(text: str) -> None:
    """What is written as LaTeX is read back as the same text."""
    assert text == decode_text(encode_text(text))


@given(st.text(alphabet="äöüÄÖÜßéèêëñçčšžřůőąęłøåæœÞðİ", min_size=1, max_size=20))
def test_accented_letters_survive_ascii(text: str) -> None:
    """In ASCII every letter of a European name becomes a command, and the same letter again."""
    written = encode_text(text, ascii_only=True)
    assert written.isascii()
    assert text == decode_text(written)


def test_a_character_that_latex_lacks_stays() -> None:
    """ASCII is asked for, but nothing may be lost."""
    assert encode_text("孔", ascii_only=True) == "孔"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A <i>x</i> study", r"A \emph{x} study"),
        ('On <span class="nocase">iOS</span> 9', "On {iOS} 9"),
        ("DNA repair in Berlin: some notes", "{DNA} repair in {Berlin}: some notes"),
        ("The Role of Compassion in Therapy", "The Role of Compassion in Therapy"),
        ("Gas-Phase Ions and TGF Analysis", "Gas-Phase Ions and {TGF} Analysis"),
        ("CO<sub>2</sub>", r"{CO}\textsubscript{2}"),
        ("50% of {x}", r"50\% of \textbraceleft{}x\textbraceright{}"),
        ("unclosed <i>x", r"unclosed \emph{x}"),
    ],
)
def test_titles_are_written_with_their_case_protected(title: str, expected: str) -> None:
    """Tags become commands; acronyms, nocase and names in sentence-case titles get braces."""
    assert expected == encode_title(title)


@pytest.mark.parametrize(
    "unit", [r"\'", r"\textbf ", r"\sqrt", r"\"\emph", r"\it ", "$^", r"\emph{", "{", "$", r"$\$"]
)
def test_thousands_of_commands_in_a_row_are_read(unit: str) -> None:
    """Each would be the argument of the one before; nobody means more than a few."""
    for decode in (decode_text, decode_title, decode_verbatim):
        assert "word" in decode(unit * 3_000 + " a word")


def test_braces_deeper_than_anybody_means_lose_no_text() -> None:
    """What stands in them is read all the same."""
    assert decode_text("{" * 60 + "deep" + "}" * 60 + " after") == "deep after"
    assert decode_text("\\emph{" * 60 + "deep" + "}" * 60 + " after") == "deep after"


@given(st.text(alphabet="aB c<i>/&%-'É", max_size=30))
def test_a_title_survives_encoding(title: str) -> None:
    """Apart from its tags, a title is read back as it was written."""
    words = " ".join(without_tags(title).split())
    assert words == without_tags(decode_title(encode_title(words)))


def test_a_url_is_written_so_that_braces_cannot_break_the_entry() -> None:
    """Braces and backslashes are percent-encoded, all else is kept."""
    assert encode_verbatim("http://x.org/{a}_b") == "http://x.org/%7Ba%7D_b"
