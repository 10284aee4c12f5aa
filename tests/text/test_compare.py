"""What people change when they cite a work, and what makes it another work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.model.item import Name
from compcite.text.compare import (
    Likeness,
    compare_containers,
    compare_issues,
    compare_pages,
    compare_people,
    compare_titles,
    compare_volumes,
    compare_years,
)
from compcite.text.compare.people import is_sorted_by_family
from compcite.text.compare.words import bare_words

if TYPE_CHECKING:
    from collections.abc import Callable

RIGHT_TITLES = [
    # case, quotes, dashes, accents, ligatures
    ("ON THE ORIGIN OF SPECIES", "On the Origin of Species"),
    ("The “new” normal—again", "The 'new' normal - again"),
    ("Loving-kindness meditation", "Loving‐Kindness Meditation"),
    ("Uber die Bewegung von Teilchen", "Über die Bewegung von Teilchen"),
    ("Efficient ﬁnite ﬂows", "Efficient finite flows"),
    # markup, Greek, math, glued words
    ("The role of p53 in H2O", "The role of <i>p53</i> in H<sub>2</sub>O"),
    ("Decay of beta-catenin", "Decay of β-catenin"),
    ("Decay of β-catenin", r"Decay of $\beta$-catenin"),
    ("RNA in grin1b Transcripts of Danio rerio", "RNA ingrin1bTranscripts ofDanio rerio"),
    ("Science & society today", "Science and society today"),
    ("AT&T and the law", "AT&amp;T and the law"),
    # notices before the title
    ("Effects of sleep on memory", "RETRACTED: Effects of sleep on memory"),
    ("Effects of sleep on memory", "[Retracted] Effects of sleep on memory"),
    ("Effects of sleep on memory", "RETRACTED ARTICLE: Effects of sleep on memory"),
    ("Effects of sleep on memory", "WITHDRAWN: Effects of sleep on memory"),
    # subtitles and titles cut short
    ("Free to learn", "Free to Learn: Why the Instinct to Play Makes Us Happier"),
    ("Free to Learn: Why We Play", "Free to Learn"),
    ("Language, an introduction to the study of speech", "Language"),
    ("Therapy for trauma-related shame and", "Therapy for Trauma-Related Shame and Stress"),
    ("Geologic knowledge in public policy", "Abstract: Geologic Knowledge in Public Policy"),
    # numbers
    ("Theory of games, part 2", "Theory of Games: Part II"),
    ("Theory of games, part two: play", "Theory of Games. Part 2. Play"),
    ("Voices of the Great War 1914-18", "Voices of the Great War, 1914–1918"),
    ("A trial of 10,000 patients in 2 years", "A trial of 10 000 patients in two years"),
    # words glued, inflected, shortened
    ("Nonlinear waves in shallow water", "Non linear waves in shallow water"),
    ("Learn the tides of shallow northern bays", "Learning tides of shallow northern bays"),
    ("HIV and waves of other northern diseases", "Hiv and waves of other northern diseases"),
    # who edited an issue
    ("Editorial: tides and waves", "Editorial [Tides and Waves (Guest Editor: Ann Moor)]"),
    # spelling
    ("Behaviour of coloured aluminium", "Behavior of Colored Aluminum"),
    ("The anaemic foetus: a pediatric view", "The anemic fetus: a paediatric view"),
    ("A survey of recomender systems in practice", "A Survey of Recommender Systems in Practice"),
    ("Tides in coars sand of northern bays", "Tides in Coarse Sand of Northern Bays"),
    ("Songs of the grey heron at night", "Songs of the Gray Heron at Night"),
    ("Sulphur in the mud of bays", "Sulfur in the mud of bays"),
    ("Neural nets for tides in northern bays", "Neural networks for tides in northern bays"),
]  # fmt: skip

OPPOSITES = [
    ("Non-linear waves in shallow water", "Linear waves in shallow water"),
    ("Non linear waves in shallow water", "Linear waves in shallow water"),
    ("Unsupervised reading of tides", "Supervised reading of tides"),
    ("Hypertension among otters", "Hypotension among otters"),
    ("Games on asymmetric graphs", "Games on symmetric graphs"),
    ("Macroscopic models of traffic", "Microscopic models of traffic"),
    ("Forces between intermolecular gates", "Forces between intramolecular gates"),
    ("Care before preoperative tests", "Care before postoperative tests"),
    ("Efferent nerves of the ear", "Afferent nerves of the ear"),
    ("Tides in semi-unstructured tables", "Tides in semi-structured tables"),
    ("The chemistry of lakes in winter", "The biochemistry of lakes in winter"),
    ("The geophysics of lakes in winter", "The biophysics of lakes in winter"),
    ("Payment with a contactless card", "Payment with a contact card"),
    ("Attention is not all you need", "Attention is all you need"),
    ("Growing otters without fish", "Growing otters with fish"),
]

SPELLINGS = [
    ("Nonlinear waves in water", "Non-linear waves in water"),
    ("Anti-viral drugs for otters", "Antiviral drugs for otters"),
    ("Post quantum signatures in use", "Post-Quantum Signatures in Use"),
    ("Oestrogen and aesthetics in otters", "Estrogen and Esthetics in Otters"),
    ("An enquiry into trust", "An Inquiry Into Trust"),
    ("Nonstationary flow in pipes", "Instationary flow in pipes"),
    ("Symphony no. 5 and its echoes", "Symphony 5 and its echoes"),
    ("Learning tides via gates", "Learning tides using gates"),
    ("Learning of tides with gates", "Learning of tides by gates"),
    ("\ufffdber den Fluss", "Über den Fluss"),
    ("The Schr?dinger wave", "The Schrödinger Wave"),
]

OTHER_TITLES = [
    ("Theory of games, part I", "Theory of Games, Part II"),
    ("Theory of games, part 1", "Theory of Games. Part II: Play and players"),
    ("Rotating systems. First paper. Solutions", "Rotating systems. Second paper. Solutions"),
    ("Conference on systems in biology 2001", "Conference on Systems in Biology 2002"),
    ("Toward a unified account of burden sheep", "Movements of the Mountain Sheep in Winter"),
    ("Deep learning of compassion and rumination", "Compassion-Based Therapy for Shame"),
    ("Introduction to algebra", "Introduction to topology of surfaces"),
    # one word for another
    ("A survey of tidal flats in estuaries", "A Survey of Tidal Gates in Estuaries"),
    ("Early detection of hip fractures in cats", "Early detection of hip fractures in dogs"),
    ("Training robots to fold paper", "Teaching robots to fold paper"),
    ("Tidyfish tm: cartel mobile tide and wave simulation",
     "TidyfishTM: professional mobile tide and wave simulation"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "registered"), RIGHT_TITLES)
def test_a_title_is_the_same_however_it_is_written(written: str, registered: str) -> None:
    """Habits of writing a title are no difference, whichever side has them."""
    assert compare_titles(written, [registered]).agrees
    assert compare_titles(registered, [written]).agrees


@pytest.mark.parametrize(("written", "registered"), OTHER_TITLES)
def test_another_title_is_another(written: str, registered: str) -> None:
    """Sharing a few words does not make two titles one."""
    assert compare_titles(written, [registered]).differs


@pytest.mark.parametrize(("written", "registered"), OPPOSITES)
def test_a_prefix_or_negation_makes_another_title(written: str, registered: str) -> None:
    """The letters are nearly the same, the meaning is not."""
    assert compare_titles(written, [registered]).differs
    assert compare_titles(registered, [written]).differs


@pytest.mark.parametrize(("written", "registered"), SPELLINGS)
def test_two_spellings_of_a_prefix_or_joining_word_are_one(written: str, registered: str) -> None:
    """Also where a word only joins others, or where a file has lost a letter."""
    assert compare_titles(written, [registered]).agrees
    assert compare_titles(registered, [written]).agrees


@pytest.mark.parametrize("vowels", ["Ob asimptotike odnogo klassa", "Ob asimptotike odnogo klasa"])
def test_a_title_in_cyrillic_is_the_same_in_latin_letters(vowels: str) -> None:
    """However it is transliterated."""
    forms = ["On the asymptotics of a class", "Об асимптотике одного класса"]
    assert compare_titles(vowels, forms).agrees
    assert compare_titles("Об асимптотике одного класса", [vowels]).agrees


@pytest.mark.parametrize(
    ("written", "likeness"),
    [
        ("Ivanov, Ivan P.; Shcherbakov, Yuri", Likeness.CLOSE),
        ("Iwanow, I. P.; Scherbakov, Jurij", Likeness.CLOSE),
        ("Petrov, Ivan; Sidorov, Yuri", Likeness.UNKNOWN),
    ],
)
def test_names_in_cyrillic_are_the_same_in_latin_letters(written: str, likeness: Likeness) -> None:
    """Other names prove nothing, since names are transliterated in many ways."""
    registered = [Name("Иванов", "Иван Петрович"), Name("Щербаков", "Юрий")]
    assert compare_people(people(written), registered).likeness is likeness


@pytest.mark.parametrize(
    ("family", "given"),
    [("Fern\ufffdndez", "Ana"), ("Fern?ndez", "Ana"), ("Fernández", "An\ufffd")],
)
def test_a_letter_that_a_record_has_lost_makes_no_other_person(family: str, given: str) -> None:
    """The reference tells which one it was."""
    registered = [Name("Bär", "Eva"), Name(family, given)]
    assert compare_people(people("Bär, Eva; Fernández, Ana"), registered).agrees
    short = [Name("B\ufffdr", "Eva"), Name("Fernández", "Ana")]
    assert compare_people(people("Bär, Eva; Fernández, Ana"), short).agrees


@pytest.mark.parametrize(
    ("joined", "likeness"),
    [
        (Name("Doe J", "Poe CD", suffix="Roe AB"), Likeness.SAME),
        (Name("J. Doe", "C. D. Poe", suffix="A. B. Roe"), Likeness.SAME),
        (Name("Doe J", "Roe AB Poe CD"), Likeness.SAME),
        (Name("Doe J", "Roe AB Moe E"), Likeness.DIFFERENT),
        (Name("Jane Doe", "Carl Poe", suffix="Ann Roe"), Likeness.UNKNOWN),
    ],
)
def test_names_that_only_commas_join_are_several(joined: Name, likeness: Likeness) -> None:
    """PubMed lists names so; BibTeX reads the second and third as parts of the first."""
    registered = people("Doe, Jane; Roe, Ann B.; Poe, Carl D.")
    assert compare_people([joined], registered).likeness is likeness


def test_commas_in_one_name_join_nobody() -> None:
    """A suffix is one word, and so are most family names."""
    martin = [Name("King", "Martin Luther", suffix="Jr.")]
    assert compare_people(martin, people("King, M. L.")).agrees


def test_any_registered_form_of_a_title_is_right() -> None:
    """A record may give the title in two languages and the reference have either."""
    forms = ["Zur Elektrodynamik bewegter Körper", "On the Electrodynamics of Moving Bodies"]
    assert compare_titles("On the electrodynamics of moving bodies", forms).agrees


@pytest.mark.parametrize(
    ("subtitle", "agrees"),
    [
        ("a study of tidal gates in bays", True),
        ("a study of tidal flats", False),
        ("how children learn to sing", False),
    ],
)
def test_a_subtitle_is_compared_though_the_record_also_has_the_main_title(
    subtitle: str, *, agrees: bool
) -> None:
    """A record of the main title alone says nothing of the subtitle."""
    forms = ["Waves of the north", "Waves of the north: a study of tidal gates"]
    assert compare_titles(f"Waves of the north: {subtitle}", forms).agrees is agrees
    assert compare_titles("Waves of the north", forms).agrees
    assert compare_titles(f"Waves of the north: {subtitle}", forms[:1]).agrees


def test_titles_in_different_scripts_are_not_compared() -> None:
    """Nothing can be said of a translation into another script."""
    result = compare_titles("The vegetation of Siberia", ["Растительность Сибири"])
    assert result.likeness is Likeness.UNKNOWN


@pytest.mark.parametrize("about", ["Retraction:", "Correction to", "Comment on", "Review of"])
def test_a_work_about_a_work_is_another(about: str) -> None:
    """A notice says "Retraction: X", where the retracted work is "RETRACTED: X"."""
    title = "Effects of sleep on memory"
    assert not compare_titles(title, [f"{about} {title}"]).agrees


def test_a_comparison_says_what_it_compared() -> None:
    """The outcome holds both values and the reason, which counts rightly."""
    result = compare_titles("A title of mine", ["Something else altogether"])
    assert (result.written, result.registered) == ("A title of mine", "Something else altogether")
    assert result.reason == "no word is the same"
    assert compare_titles("A title of mine", ["A book"]).reason == "hardly a word is the same"
    assert compare_people(people("Au, T."), people("Mo, W.")).reason == "no author is the same"
    journals = compare_containers(["C. R. Acad. Sci. Paris"], ["Physical Review Letters"])
    assert journals.reason == "no word is the same"


def people(text: str) -> tuple[Name, ...]:
    """Names out of ``Family, Given; Family, Given``; a name in braces is a group."""
    names = []
    for part in text.split("; "):
        family, _, given = part.partition(", ")
        names.append(Name(literal=part[1:-1]) if part[0] == "{" else Name(family, given))
    return tuple(names)


RIGHT_PEOPLE = [
    ("Au, T. M.; Litz, B.", "Au, Teresa M.; Litz, Brett T."),
    ("AU, T M; LITZ, B", "Au, Teresa M.; Litz, Brett T."),
    ("Schonfelder, S.; Muller, P.", "Schönfelder, Sandra; Müller, Peter"),
    ("Schoenfelder, S.; Mueller, P.", "Schönfelder, Sandra; Müller, Peter"),
    ("García Márquez, Gabriel", "García-Márquez, G."),
    ("Garcia, G.", "García Márquez, Gabriel"),
    ("Wang, Wei; Li, Na", "Wei, Wang; Na, Li"),
    ("Wang, W.; Li, N.", "Wei, Wang; Na, Li"),
    ("Wang, Xiao-Wei", "Xiaowei, Wang"),
    ("Wang, Xiaowei", "X., Wang"),
    ("WANG, XIAO WEI", "Xiao-Wei, Wang"),
    ("García Márquez, G.", "Gabriel, García Márquez"),
    ("O'Brien, F.", "O’Brien, Flann"),
    ("Kuznetsov, A.", "Kuznetzov, Alexei"),
    ("Smith, J. R.", "Smith, JR"),
    ("Neff, Kristin", "Neff PhD, Kristin"),
    ("Brown, Carol", "Brown, Carol; {The Soar Consortium}"),
    ("Brown, Carol; {Soar Group}", "Brown, Carol"),
    ("{World Health Organization}", "{World Health Organization}"),
    ("{CERN}", "Higgs, Peter; Englert, François"),
    ("Guo, Y.; Li, Z.; Guo, Y.", "Guo, Yuxi; Li, Zhe; Guo, Yuanyi"),
    ("Guo, Y.; Li, Z.", "Guo, Y.; Li, Z.; Guo, Y."),
    ("A, B.; C, D.; E, F.; G, H.; I, J.", "A, B.; C, D.; E, F.; G, H.; I, J.; K, L.; M, N.; O, P."),
]  # fmt: skip


@pytest.mark.parametrize(("written", "registered"), RIGHT_PEOPLE)
def test_people_are_the_same_however_they_are_written(written: str, registered: str) -> None:
    """Habits of writing names are no difference."""
    assert not compare_people(people(written), people(registered)).differs


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        (Name("Beethoven", "L.", dropping_particle="van"), Name("van Beethoven", "Ludwig")),
        (Name("Gogh", "V.", non_dropping_particle="van"), Name("Gogh", "Vincent van")),
        (Name("Silva", "J.", dropping_particle="da"), Name("DA SILVA", "J.")),
        (Name("Slageren J", "", non_dropping_particle="van"), Name("van Slageren", "Joris")),
    ],
)
def test_particles_stand_before_or_after(written: Name, registered: Name) -> None:
    """A particle belongs to either part of a name, or to none."""
    assert compare_people([written], [registered]).agrees


IN_ONE_PIECE = [
    ("Li, Dayuan", "Dayuan Li"),
    ("Li, D.", "Li Dayuan"),
    ("Li, Da-Yuan", "DAYUAN LI"),
    ("Li, D. Y.", "Dayuan Li"),
    ("Li, Dayuan", "D. Li"),
    ("Li, Dayuan", "Li D, PhD"),
    ("García, G.", "Gabriel García Márquez"),
    ("García Márquez, Gabriel", "Gabriel García-Márquez"),
    ("Mueller, P.", "Peter Müller"),
    ("Kuznetsov, A.", "Alexei Kuznetzov"),
    ("van Beethoven, L.", "Ludwig van Beethoven"),
    ("Al-Ghamdi, A.", "Abdullah Alghamdi"),
    ("Au, Teresa M.", "TM Au"),
]


@pytest.mark.parametrize("whole", [lambda text: Name(literal=text), Name])
@pytest.mark.parametrize(("in_parts", "in_one_piece"), IN_ONE_PIECE)
def test_a_name_in_one_piece_is_the_same_in_parts(
    in_parts: str, in_one_piece: str, whole: Callable[[str], Name]
) -> None:
    """Some records and some files do not take names apart, alone or beside others."""
    one, other = people(f"{in_parts}; Xu, Yi"), (whole(in_one_piece), *people("Xu, Yi"))
    assert compare_people(one, other).likeness is Likeness.SAME
    assert compare_people(other, one).likeness is Likeness.SAME


def test_people_in_one_piece_are_compared_in_order() -> None:
    """A name in one piece is a person's where the other side has that person."""
    registered = people("{Dayuan Li}; {John Smith}")
    swapped = compare_people(people("Smith, J.; Li, D."), registered)
    added = compare_people(people("Li, D.; Smith, J.; Ng, A."), registered)
    assert (swapped.reason, added.reason) == (
        "the order is another",
        "the record does not name Ng",
    )


@pytest.mark.parametrize("several", ["{Li D, Ma W}", "{D. Li and W. Ma}", "{Li, D.;Ma, W.}"])
def test_several_people_in_one_piece_are_no_person(several: str) -> None:
    """Names that were registered as one name prove nothing against each of them."""
    assert compare_people(people("Li, D.; Ma, W."), people(several)).likeness is Likeness.UNKNOWN


def test_an_initial_is_no_family_name() -> None:
    """Of ``Russell J``, which BibTeX takes for a J with the given name Russell, either."""
    names = people("{Arnell J. Hinkle}; J, Russell")
    assert compare_people(names, people("{Arnell J. Hinkle}; Russell, Julian")).agrees


def test_names_in_one_piece_that_nobody_recognizes_settle_nothing() -> None:
    """Where one literal name is a person's, another may be one spelled otherwise."""
    result = compare_people(people("Li, D.; Smith, J."), people("{Dayuan Li}; {Grigory Szmydt}"))
    assert result.likeness is Likeness.UNKNOWN


def test_a_name_in_another_script_may_be_the_one_that_is_missing() -> None:
    """Of as many names as the record has, one may be the Latin form of one in its own script."""
    registered = people("Li, Dayuan; Xu, Yi; Смит, Григорий")
    transliterated = compare_people(people("Li, D.; Xu, Y.; Smit, G."), registered)
    added = compare_people(people("Li, D.; Au, T.; Smit, G.; Xu, Y."), registered)
    assert (transliterated.differs, added.differs) == (False, True)


AND_OTHERS = [
    "{Au et al.}",
    "{Au et~al.}",
    "Au, T.; others.",
    "Au, T.; ...",
    "Au, T.; et al",
    "Au, T.; co-authors",
]


@pytest.mark.parametrize("written", AND_OTHERS)
def test_and_others_in_any_form_cuts_a_list(written: str) -> None:
    """People write it as a name, in one piece with the first, or as three dots."""
    assert not compare_people(people(written), people("Au, T.; King, M.; Litz, B.")).differs


RIGHT_GIVEN_NAMES = [
    ("Moor, B.; Ng, W.", "Moor, Robert; Ng, William"),  # Bob and Will
    ("Moor, Q.; Ng, W.; Au, T.", "Moor, Robert; Ng, Wei; Au, Teresa"),  # one slip of three
    ("Litz, Brett; Au, Teresa", "Litz, B. T.; Au, T."),
    ("Litz, Chris; Au, Terry", "Litz, Christopher; Au, Terrence"),
    ("Orlov, Sergey; Petrov, Mikhail", "Orlov, Serguei; Petrov, Michael"),
    ("Litz, Mario; Au, Teresa", "Litz, Salvatore Mario; Au, Maria Teresa"),
    ("Ro, Seung-Hoon; Yoo, Jae Won", "Ro, Seunghoon; Yoo, Jaewon"),
    ("Litz, JD; Au, TM", "Litz, John D.; Au, Teresa M."),
    ("Litz, Bernard; Au, Teresa; Ng, Wei", "Litz, Oskar; Au, Teresa; Ng, Wei"),  # one may be a slip
    ("Li, Dongfang; Li, Jiaheng", "Li, Jiaheng; Li, Dongfang"),  # who is who cannot be told
    ("Moor, Bill", "Moor, William"),
    ("Moor, Peggy; Berg, Hans", "Moor, Margaret; Berg, Johannes"),
    ("Moor, Kurt", "Moor, Konrad"),  # nicknames that no table knows begin as their name does,
    ("Moor, Tina", "Moor, Kristina"),  # or have their letters from it
]  # fmt: skip


@pytest.mark.parametrize(("written", "registered"), RIGHT_GIVEN_NAMES)
def test_given_names_are_the_same_however_they_are_written(written: str, registered: str) -> None:
    """Initials, short, middle and transliterated names contradict nothing."""
    result = compare_people(people(written), people(registered))
    assert result.reason != "the given names differ"


WRONG_GIVEN_NAMES = [
    ("Litz, Bernard; Au, Tabitha", "Litz, Oskar; Au, Henriette"),
    ("Litz, Bernard; Au, Tabitha; Ng, Wei", "Litz, Brigitte; Au, Thaddeus; Ng, Wei"),
    ("Moor, Leopold", "Moor, Lucille"),
    ("Moor, Leopold; Ng, Wei", "Moor, Brigitte; Ng, Wei"),
    ("Moor, Q.; Ng, X.", "Moor, Brigitte; Ng, Wei"),
    ("Moor, Q.; Ng, X.; Au, T.; Roe, C.", "Moor, B.; Ng, W.; Au, T.; Roe, C."),
    ("Moor, Lars", "Moor, Siegfried"),
]


CVPR = "2020 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)"
KDD = "Proceedings of the 9th ACM SIGKDD Conference on Knowledge Discovery & Data Mining"
AAAI = "Proceedings of the AAAI Conference on Artificial Intelligence"
MSR = "Proceedings of the 15th International Conference on Mining Software Repositories"

OTHER_VENUES = [
    ("IEEE International Conference on Computer Vision", CVPR),
    ("European Conference on Computer Vision", CVPR),
    ("Winter Conference on Applications of Computer Vision", CVPR),
    ("IEEE International Conference on Data Mining", KDD),
    ("International Joint Conference on Artificial Intelligence", AAAI),
    ("International Conference on Artificial Intelligence and Statistics", AAAI),
    ("International Conference on Software Maintenance", MSR),
    ("International Conference on Software Engineering", MSR),
    ("IEEE Transactions on Software Engineering", MSR),
    ("European Conference on Otter Ecology", "International Conference on Otter Ecology"),
    ("USENIX Security Symposium", "IEEE Symposium on Security and Privacy"),
]


@pytest.mark.parametrize(("written", "registered"), OTHER_VENUES)
def test_a_sibling_in_full_is_another_venue(written: str, registered: str) -> None:
    """It has most words in common, but not what the other one is about, or where it is."""
    assert compare_containers([written], [registered], loose=True).differs


SAME_VENUES = [
    (
        "Proc. SIGCHI Conf. Human Factors in Otters",
        "2023 CHI Conference on Human Factors in Otters",
    ),
    ("Proc. IEEE Conf. Computer Vision and Pattern Recognition, Venice, Italy", CVPR),
    ("Computer Vision and Pattern Recognition", CVPR),
    ("ACM Conference on Knowledge Discovery and Data Mining", KDD),
    ("Thirty-Fifth AAAI Conference on Artificial Intelligence", AAAI),
    ("Working Conference on Mining Software Repositories", MSR),
    (
        "Conference on Human Factors in Computing",
        "CHI Conference on Human Factors in Computing Systems",
    ),
    (
        "Conference of the North American Chapter of Otters",
        "Proceedings of the Conference of the North",
    ),
]


@pytest.mark.parametrize(("written", "registered"), SAME_VENUES)
def test_a_venue_in_full_is_the_same_however_much_is_left_out(
    written: str, registered: str
) -> None:
    """Sponsor, place, year and a word behind the subject come and go."""
    assert not compare_containers([written], [registered], loose=True).differs


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("Journal of Structural Engineering", "Engineering Structures"),
        ("J. Phys. Chem.", "Journal of Chemical Physics"),
        ("Tidal Recognition Letters", "Tidal Recognition"),
        ("Otter", "Otter Research"),
        ("Otter Communications", "Otter"),
    ],
)
def test_a_journal_with_the_same_words_can_be_another(written: str, registered: str) -> None:
    """Their order tells, and words that make siblings of a journal."""
    assert compare_containers([written], [registered]).differs
    assert compare_containers([registered], [written]).differs


@pytest.mark.parametrize(("written", "registered"), WRONG_GIVEN_NAMES)
def test_given_names_that_contradict_are_invented(written: str, registered: str) -> None:
    """Models know the family names of a field; the given names they make up."""
    result = compare_people(people(written), people(registered))
    assert (result.likeness, result.reason) == (Likeness.DIFFERENT, "the given names differ")
    assert people(written)[0].given in result.written


def test_a_slip_in_a_short_family_name_is_no_other_person() -> None:
    """Under the same given name in full Wang and Wong are one; under an initial they are two."""
    assert compare_people(people("Wang, Xing; Au, T."), people("Wong, Xing; Au, T.")).agrees
    assert compare_people(people("Wang, X.; Au, T."), people("Wong, X.; Au, T.")).differs


def test_a_record_sorted_by_family_name_proves_nothing_of_the_order() -> None:
    """Some proceedings are registered so; what is missing from a list cut short, neither."""
    registered = people("Adler, B.; Berg, D.; Moor, A.; Zorn, C.")
    for written, truncated in (
        ("Moor, A.; Adler, B.; Zorn, C.; Berg, D.", False),
        ("Zorn, C.", True),
    ):
        result = compare_people(people(written), registered, truncated=truncated)
        assert result.likeness is Likeness.UNKNOWN
    assert is_sorted_by_family(registered)


def test_proceedings_may_be_registered_with_few_names_sorted() -> None:
    """Two names in the order of the alphabet are a note for proceedings, a warning for journals."""
    written, registered = people("Vogel, Ida; Brandt, Olaf"), people("Brandt, Olaf; Vogel, Ida")
    in_proceedings = compare_people(written, registered, proceedings=True)
    assert (in_proceedings.differs, in_proceedings.mild) == (True, True)
    assert compare_people(written, registered).differs
    assert not compare_people(written, registered).mild
    assert not compare_people(registered, written, proceedings=True).mild


def test_two_names_that_changed_places_are_a_slip_even_where_the_record_is_sorted() -> None:
    """An order by chance is hardly ever so near to the alphabet; of few names it is often.

    Journals do not sort, so there four names tell it; programs that sort proceedings do.
    """
    registered = people("Adler, B.; Berg, D.; Moor, A.; Opal, E.; Rue, F.; Zorn, C.")
    swapped = people("Adler, B.; Moor, A.; Berg, D.; Opal, E.; Rue, F.; Zorn, C.")
    assert compare_people(swapped, registered, proceedings=True).differs
    assert not compare_people(swapped, registered, proceedings=True).mild
    assert not compare_people(swapped[:4], registered[:4], proceedings=True).differs
    assert compare_people(swapped[:4], registered[:4]).differs


def test_namesakes_at_other_places_are_other_people() -> None:
    """Feifei Li is not J. Li; who is found for sure elsewhere leaves the place to the other."""
    registered = people("Zhang, Z.; Xu, Z.; Fu, T.; Li, J.")
    stranger = compare_people(people("Li, Feifei"), registered)
    assert (stranger.likeness, stranger.reason) == (Likeness.FOREIGN, "no author is the same")
    assert (stranger.written, stranger.registered) == ("Feifei Li", "Zhang, Xu, Fu, J. Li")

    moved = people("Peng, B.; Liu, Jia; Li, D.; Liu, Yu")
    result = compare_people(moved, people("Peng, B.; Liu, Yu; Li, D.; Liu, Jia"))
    assert result.reason == "the order is another"


def test_a_short_given_name_may_be_one_name_or_initials() -> None:
    """Li may be a name, of which L. is the initial, or stand for L. I."""
    assert compare_people(people("Li, Erran Li; Au, T."), people("Li, Li; Au, T.")).agrees
    assert compare_people(people("Li, L. I.; Au, T."), people("Li, LI; Au, T.")).agrees


def test_a_message_shows_how_two_lists_differ() -> None:
    """The names that differ stand in it, however long the lists are, and in full where needed."""
    families = ("Ash", "Elm", "Fir", "Oak", "Yew", "Bay", "Box", "Fig")
    registered = [Name(family, "X.") for family in families]
    written = [*registered[:5], Name("Rue", "A."), *registered[6:]]
    result = compare_people(written, registered)
    assert result.written == "Ash, Elm, Fir, …, Rue, … (8 names)"
    assert result.registered == "Ash, Elm, Fir, …, Bay, … (8 names)"

    swapped = compare_people(
        people("Au, T.; Borg, Jana Schaich; Mo, W."), people("Au, T.; Mo, W.; Schaich Borg, Jana")
    )
    assert swapped.written == "Au, Jana Schaich Borg, Mo"
    assert swapped.registered == "Au, Mo, Jana Schaich Borg"

    given = compare_people(
        people("Wang, Dieter; Li, Egon; Au, Rosa"), people("Wang, Wenhai; Li, Xiang; Au, Tom")
    )
    assert given.written == "Dieter Wang, Egon Li, Rosa Au"
    assert given.registered == "Wenhai Wang, Xiang Li, Tom Au"


def test_two_names_that_changed_places_are_a_slip_and_many_another_version() -> None:
    """Of the same people; a list in which all moved is that of another version of the work."""
    registered = people("Zorn, C.; Moor, A.; Adler, B.; Berg, D.; Au, T.")
    swapped = people("Zorn, C.; Adler, B.; Moor, A.; Berg, D.; Au, T.")
    moved = people("Zorn, C.; Berg, D.; Moor, A.; Au, T.; Adler, B.")
    assert compare_people(swapped, registered).differs
    assert compare_people(moved, registered).likeness is Likeness.UNKNOWN


def test_only_the_last_author_of_a_long_list_left_out_is_missed() -> None:
    """Nobody cuts a list to save one name; several at the end of a long list are cut."""
    families = ("Ash", "Elm", "Fir", "Oak", "Yew", "Bay", "Box", "Fig")
    registered = [Name(family, "X.") for family in families]
    assert compare_people(registered[:-1], registered).differs
    assert compare_people(registered[:3], registered).agrees


def test_letters_that_look_alike_are_the_same_in_a_latin_word() -> None:
    """Publishers' files have Greek and Cyrillic capitals in Latin names."""
    assert compare_people(
        people("Kita, B."), people("\N{GREEK CAPITAL LETTER KAPPA}ita, B.")
    ).agrees
    assert compare_titles("Role of NFκB in mice", ["Role of NF-kappaB in mice"]).agrees


WRONG_PEOPLE = [
    ("Smith, J.; Litz, B.", "Au, T.; Litz, B.", "the record does not name Smith"),
    ("Litz, B.; Au, T.", "Au, T.; Litz, B.", "the order is another"),
    ("Au, T.; Litz, B.; Meyer, K.", "Au, T.; Litz, B.", "the record does not name Meyer"),
    ("Au, T.", "Au, T.; Litz, B.", "the record also names Litz"),
    ("Brown, C.; Smith, J.", "Brown, Carol; {Soar Group}", "the record does not name Smith"),
    ("Smith, J.; Litz, B.", "{Dayuan Li}; Litz, B.", "the record does not name Smith"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "registered", "reason"), WRONG_PEOPLE)
def test_other_people_or_another_order_differ(written: str, registered: str, reason: str) -> None:
    """Replaced, swapped, added and omitted authors are differences, and it is said which."""
    result = compare_people(people(written), people(registered))
    assert (result.likeness, result.reason) == (Likeness.DIFFERENT, reason)


def test_wholly_other_people_are_foreign() -> None:
    """No common author, or one by chance far down the list."""
    theirs = people("Mo, W.; Zhu, S.; Li, Y.; Kilper, D.")
    nobody, one = people("Liu, D.; Tang, W."), people("Liu, D.; Tang, W.; Li, Y.")
    assert compare_people(nobody, theirs).likeness is Likeness.FOREIGN
    assert compare_people(one, theirs).likeness is Likeness.FOREIGN


def test_and_others_cuts_a_list() -> None:
    """The first authors and "and others" stand for all, if they are the first."""
    all_of_them = people("Au, T.; King, M.; Litz, B.")
    assert compare_people(people("Au, T."), all_of_them, truncated=True).agrees
    assert compare_people(people("King, M."), all_of_them, truncated=True).differs


def test_a_record_of_the_first_author_alone_says_nothing_of_the_others() -> None:
    """Old records often hold one name of many."""
    result = compare_people(people("Au, T.; King, M.; Litz, B."), people("Au, T."))
    assert result.likeness is Likeness.UNKNOWN


@pytest.mark.parametrize(
    ("written", "registered", "agrees"),
    [
        (2016, {2016}, True),
        (2016, {2017}, True),  # the record lacks the other of print and online
        (2016, {2016, 2018}, True),
        (2017, {2016, 2018}, True),
        (2019, {2016, 2018}, False),
        (2015, {2017}, False),
        (1990, {1991, 2005}, True),  # 2005 is when it was digitized
        (1995, {1991, 2005}, False),
    ],
)
def test_years(written: int, registered: set[int], agrees: bool) -> None:  # noqa: FBT001 - a table
    """Print, online and what lies between are right."""
    assert compare_years(written, registered).agrees is agrees


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("J. Am. Chem. Soc.", "Journal of the American Chemical Society"),
        ("J Am Chem Soc", "Journal of the American Chemical Society"),
        ("Proc. Natl. Acad. Sci. U.S.A.", "Proceedings of the National Academy of Sciences"),
        ("PNAS", "Proceedings of the National Academy of Sciences"),
        ("Phys. Rev. Lett.", "Physical Review Letters"),
        ("The Lancet", "Lancet"),
        ("Energy & Fuels", "Energy and Fuels"),
        ("Behavioral Research and Therapy", "Behaviour Research and Therapy"),
        ("Zeitschrift fur Physik", "Zeitschrift für Physik"),
        ("Psyche", "Psyche: A Journal of Entomology"),
        ("Computational Intelligence Neuroscience", "Computational Intelligence and Neuroscience"),
        ("Clim Dyn", "Climate Dynamics"),
        ("Anal. Biochem.", "Analytical Biochemistry"),
        ("Jpn. J. Appl. Phys.", "Japanese Journal of Applied Physics"),
        ("IEEE Trans. Mach. Intell.", "IEEE Transactions on Machine Intelligence"),
        ("Dtsch. Med. Wochenschr.", "Deutsche Medizinische Wochenschrift"),
        ("PLoS ONE", "PLOS ONE"),
        ("Science", "Science (New York, N.Y.)"),
        ("Acta Acad. Sci. Lugd.", "Acta de l'Académie des Sciences - Série II - Botanique"),
        ("Tidal Rev. Ser. A", "Tidal Review. Series A, Containing Papers on Waves"),
        ("Advances in Science", "Science Advances"),
        ("Сибирский экологический журнал", "Contemporary Problems of Ecology"),
    ],
)  # fmt: skip
def test_a_container_is_the_same_however_it_is_written(written: str, registered: str) -> None:
    """Abbreviations, acronyms, subtitles and spellings are no difference."""
    assert not compare_containers([written], [registered]).differs


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("Cell Metabolism", "European Journal of Internal Medicine"),
        ("Journal of Chemical Physics", "Journal of Internal Medicine"),
        ("Nature", "Science"),
        ("Journal of Finance", "Journal of Ecology"),
        ("Tidal Review A", "Tidal Review B"),
        ("Workshop on Moral Machines", "BMC Ecology"),
        ("Science", "International Journal of Mathematics and Mathematical Sciences"),
    ],
)
def test_another_container_is_another(written: str, registered: str) -> None:
    """Words that all journals have do not make two journals one."""
    assert compare_containers([written], [registered]).differs


def test_one_of_several_containers_is_enough() -> None:
    """A chapter stands in a book and in its series."""
    registered = ["Lecture Notes in Computer Science", "Computer Vision – ECCV 2016"]
    assert compare_containers(["Computer Vision -- ECCV"], registered).agrees


SHORT_NAMES = [
    ("KDD", "Proceedings of the 9th ACM SIGKDD Conference on Knowledge Discovery and Data Mining"),
    ("RTSS 2004", "25th IEEE International Real-Time Systems Symposium"),
    ("MobiHoc", "Proceedings of the 5th Symposium on Mobile Ad Hoc Networking and Computing"),
    ("ASPLOS", "Architectural Support for Programming Languages and Operating Systems"),
    ("STOC", "Proceedings of the thirty-fifth annual ACM symposium on Theory of computing"),
    ("ICALP", "Automata, Languages and Programming"),
    ("WWW", "Proceedings of The Web Conference 2020"),
    ("SIGCOMM", "Proceedings of the 2012 conference on Data communication"),
    ("CACM", "Communications of the ACM"),
    ("IEEE TIT", "IEEE Transactions on Information Theory"),
    ("TOPLAS", "ACM Transactions on Programming Languages and Systems"),
    ("JASA", "Journal of the American Statistical Association"),
    ("GRL", "Geophysical Research Letters"),
    ("S&P", "IEEE Symposium on Security and Privacy"),
    ("ESEC/FSE", "Joint Meeting on Foundations of Software Engineering"),
    ("WIREs Water", "Wiley Interdisciplinary Reviews: Water"),
    ("AIEE Trans. Power Systems", "IEEE Transactions on Power Systems"),
    ("Proc. AIEE", "Proceedings of the American Institute of Electrical Engineers"),
    ("IJCTM", "Tidal Mechanics"),
    ("ISOM", "Mechanics of Tides"),
    ("TIMECO", "Conference on Tides and Mechanics"),
    ("AGMTS", "Algorithms for Games and Multitidal Systems"),
]  # fmt: skip


@pytest.mark.parametrize(("short", "name"), SHORT_NAMES)
def test_a_short_name_is_that_of_a_venue_whose_words_it_begins(short: str, name: str) -> None:
    """Sponsor, year, ordinal and kind of venue are no part of it; some are names of their own."""
    assert not compare_containers([short], [name]).differs
    assert not compare_containers([name], [short]).differs


OTHER_SHORT_NAMES = [
    ("ACL", "Proceedings of the AAAI Conference on Artificial Intelligence"),
    ("RTSS", "Proceedings of the 9th ACM SIGKDD Conference on Knowledge Discovery and Data Mining"),
    ("STOC", "2010 IEEE International Conference on Robotics and Automation (ICRA)"),
    ("ICRA", "2016 IEEE International Conference on Acoustics, Speech and Signal Processing"),
    ("GRL", "Journal of the American Statistical Association"),
    ("WWW", "Communications of the ACM"),
]  # fmt: skip


@pytest.mark.parametrize(("short", "name"), OTHER_SHORT_NAMES)
def test_a_short_name_that_the_words_do_not_spell_is_another_venues(short: str, name: str) -> None:
    """It is beyond doubt, also where proceedings are named loosely."""
    assert compare_containers([short], [name], loose=True).likeness is Likeness.FOREIGN


def test_a_short_name_is_that_of_the_book_and_not_of_its_series() -> None:
    """LICS would be spelled by Lecture Notes in Computer Science."""
    registered = ["Lecture Notes in Computer Science", "Computer Vision – ECCV 2014"]
    assert compare_containers(["LICS"], registered, loose=True).differs
    assert compare_containers(["LNCS"], registered, loose=True).agrees


def test_a_record_that_names_only_a_series_says_nothing_of_the_book() -> None:
    """Any of its books may be meant."""
    result = compare_containers(["Theory of Tides"], ["Lecture Notes in Physics"], loose=True)
    assert result.likeness is Likeness.UNKNOWN


def test_the_proceedings_of_one_year_are_those_of_the_conference() -> None:
    """The word, the year and the acronym behind the name come and go: both agree."""
    written = ["Proceedings of the IEEE/CVF Conference on Deep Vision and Tides"]
    registered = ["2024 IEEE/CVF Conference on Deep Vision and Tides (DVT)"]
    assert compare_containers(written, registered, loose=True).agrees


def test_proceedings_with_a_word_of_a_whole_field_in_common_are_others() -> None:
    """One of several telling words is not enough, a sponsor none."""
    vision = ["2015 IEEE Conference on Computer Vision and Pattern Recognition"]
    invented = ["Journal of Computational Methods and Applications"]
    assert compare_containers(invented, vision, loose=True).differs
    speech = ["IEEE International Workshop on Machine Speech"]
    assert compare_containers(speech, vision, loose=True).differs


@pytest.mark.parametrize(
    ("written", "registered", "reason"),
    [
        ("Cell Metabolism", "Otter Ecology", "no word is the same"),
        ("Journal of Otters", "Journal of Ecology", "no telling word is the same"),
        ("KDD", "Journal of Ecology", "one is no acronym of the other"),
    ],
)
def test_the_reason_of_a_difference_is_true(written: str, registered: str, reason: str) -> None:
    """Two names can share a word, and differ in all that tell something."""
    assert compare_containers([written], [registered]).reason == reason


def test_a_container_may_have_lost_a_letter() -> None:
    """The reference tells which one it was."""
    assert compare_containers(["Zeitschrift für Physik"], ["Zeitschrift f\ufffdr Physik"]).agrees


def test_the_nearer_of_two_registered_containers_is_named() -> None:
    """A message about the series would not tell what is wrong."""
    registered = ["Lecture Notes in Physics", "Theory of Deep Tides"]
    result = compare_containers(["History of Deep Mines"], registered)
    assert result.registered == "Theory of Deep Tides"


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("Proc. Conf. on Learning, Helsinki", "Proceedings of the 25th conference on Learning"),
        ("CVPR", "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)"),
        ("Advances in Cryptology: Eurocrypt 2001", "Advances in Cryptology, Volume 3"),
    ],
)  # fmt: skip
def test_proceedings_are_named_loosely(written: str, registered: str) -> None:
    """Year, place, number and acronym of a conference come and go."""
    assert not compare_containers([written], [registered], loose=True).differs


@pytest.mark.parametrize(
    ("written", "registered", "likeness"),
    [
        ("58", "58", Likeness.SAME),
        ("Vol. 58", "58", Likeness.SAME),
        ("83 (1999)", "83", Likeness.SAME),
        ("LVIII", "58", Likeness.SAME),
        ("7", "2012", Likeness.UNKNOWN),
        ("2022", "2012", Likeness.DIFFERENT),
        ("61", "58", Likeness.DIFFERENT),
        ("", "58", Likeness.UNKNOWN),
    ],
)
def test_volumes(written: str, registered: str, likeness: Likeness) -> None:
    """Numbers count; a year on one side alone says nothing."""
    assert compare_volumes(written, registered, {2012}).likeness is likeness


@pytest.mark.parametrize(
    ("written", "registered", "likeness"),
    [
        ("2", "2", Likeness.SAME),
        ("3-4", "3", Likeness.SAME),
        ("03", "3", Likeness.SAME),
        ("1-4", "3", Likeness.CLOSE),
        ("S1", "12", Likeness.UNKNOWN),
        ("Suppl. 1", "2", Likeness.UNKNOWN),
        ("5", "2", Likeness.DIFFERENT),
    ],
)
def test_issues(written: str, registered: str, likeness: Likeness) -> None:
    """Only plain numbers can differ."""
    assert compare_issues(written, registered).likeness is likeness


@pytest.mark.parametrize(
    ("written", "registered", "number", "likeness"),
    [
        ("207--221", "207-221", "", Likeness.SAME),
        ("207–221", "207-221", "", Likeness.SAME),
        ("321-8", "321-328", "", Likeness.SAME),
        ("207", "207-221", "", Likeness.SAME),
        ("pp. 207-221", "207-221", "", Likeness.SAME),
        ("S12-S18", "S12-S18", "", Likeness.SAME),
        ("0207-0221", "207-221", "", Likeness.SAME),
        ("e03675", "03675", "", Likeness.SAME),
        ("e33693", "e33693", "", Likeness.SAME),
        ("109884", "1-12", "109884", Likeness.SAME),
        ("1-12", "109884", "109884", Likeness.UNKNOWN),
        ("xii-xx", "1-9", "", Likeness.UNKNOWN),
        ("210-212", "207-221", "", Likeness.CLOSE),
        ("244--258", "207-221", "", Likeness.DIFFERENT),
        ("207-321", "207-221", "", Likeness.DIFFERENT),
        ("n/a--n/a", "207-221", "", Likeness.UNKNOWN),
        ("1-15", "207-221", "", Likeness.UNKNOWN),  # before it had an issue
        ("1-1", "207-221", "", Likeness.UNKNOWN),  # IEEE's early access
        ("1", "207-221", "", Likeness.UNKNOWN),
        ("1-13", "55", "", Likeness.UNKNOWN),  # an article number that stands alone
        ("1-40", "207-221", "", Likeness.DIFFERENT),
    ],
)
def test_pages(written: str, registered: str, number: str, likeness: Likeness) -> None:
    """Shortened ranges, first pages and article numbers are right; another page is not."""
    assert compare_pages(written, registered, number).likeness is likeness


def test_papers_of_proceedings_may_have_two_paginations() -> None:
    """The open-access copies of computer vision count otherwise than IEEE's, as many pages."""
    assert not compare_pages("4301-4309", "2211-2219", proceedings=True).differs
    assert compare_pages("4301-4312", "2211-2219", proceedings=True).differs
    assert compare_pages("4301-4309", "2211-2219").differs


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folded text is folded."""
    assert bare_words(bare_words(text)) == bare_words(text)


@given(st.lists(st.text("abcdefgh .-’é", min_size=1, max_size=12), min_size=1, max_size=6))
def test_names_agree_with_themselves(families: list[str]) -> None:
    """A list of names never differs from itself."""
    names = [Name(family, "A.") for family in families]
    assert not compare_people(names, names).differs


@given(st.text(min_size=1, max_size=60))
def test_a_title_agrees_with_itself(title: str) -> None:
    """No title differs from itself."""
    assert not compare_titles(title, [title]).differs


LONG = "9" * 6000


@pytest.mark.parametrize("text", [LONG, f"{LONG}-{LONG}", f"1-{LONG}", f"{LONG} (2)", "٣" * 6000])
def test_thousands_of_digits_are_no_number(text: str) -> None:
    """They settle nothing, whatever stands on the other side, and reading them is no error."""
    for other in ("12", "12-19", LONG[1:]):
        for one, two in ((text, other), (other, text)):
            found = [compare_volumes(one, two, frozenset()), compare_pages(one, two, two)]
            found.append(compare_issues(one, two))
            assert Likeness.FOREIGN not in {one.likeness for one in found}
    assert compare_volumes(LONG, "12", frozenset()).likeness is Likeness.UNKNOWN
    assert compare_pages(LONG, "12-19").likeness is Likeness.UNKNOWN
    assert compare_pages(LONG, LONG).likeness is Likeness.SAME
