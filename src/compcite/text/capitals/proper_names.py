"""Words that English capitalizes wherever they stand.

They are told by their form as far as they have one (``-ian``, ``-ese``, ``-aceae``, ``-cene``),
and for the rest by small closed classes: countries and their larger parts, seas and rivers, the
calendar, faiths, and persons by whom laws, numbers and diseases are called.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = [
    "ELEMENTS",
    "GEOGRAPHIC",
    "NAMES",
    "is_epithet",
    "is_foreign",
    "is_genus",
    "is_place",
    "is_proper",
    "is_taxon",
]

_PLACES = """
    afghanistan africa albania algeria america angola antarctica arabia argentina armenia asia
    australia austria azerbaijan bahrain bangladesh belarus belgium benin bhutan bolivia bosnia
    botswana brazil britain brunei bulgaria burkina burundi cambodia cameroon canada chile china
    colombia congo croatia cuba cyprus czechia denmark ecuador egypt england eritrea estonia
    eswatini ethiopia eurasia europe faso fiji finland france gabon gambia germany ghana greece
    greenland guatemala guinea guyana haiti herzegovina honduras hungary iberia iceland india
    indonesia iran iraq ireland israel italy jamaica japan kazakhstan kenya korea kosovo kuwait
    kyrgyzstan lanka laos latvia lebanon leone lesotho liberia libya lithuania luxembourg macedonia
    madagascar malawi malaysia maldives mali malta mauritania mauritius melanesia mexico micronesia
    moldova mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua
    nigeria norway oceania oman pakistan palestine panama papua paraguay peru philippines poland
    polynesia portugal qatar rica rico romania russia rwanda samoa scandinavia scotland senegal
    serbia singapore slovakia slovenia somalia spain sudan suriname sweden switzerland syria taiwan
    tajikistan tanzania thailand tibet togo tunisia turkey turkmenistan uganda ukraine uruguay
    uzbekistan venezuela vietnam wales yemen zambia zealand zimbabwe
    alabama alaska alberta arizona arkansas bavaria california carolina catalonia colorado
    columbia connecticut dakota delaware florida georgia guangdong hawaii idaho illinois indiana
    iowa kansas kentucky louisiana manitoba maryland massachusetts michigan minnesota mississippi
    missouri montana nebraska nevada ohio oklahoma ontario oregon pennsylvania quebec queensland
    saskatchewan siberia sichuan tennessee texas utah vermont virginia wisconsin wyoming yunnan
    adriatic aegean alps amazon andes antarctic appalachian arctic atlantic baltic bengal borneo
    carpathian caribbean caspian caucasus crimea danube ganges himalaya himalayas jutland
    mediterranean mekong nile nordic pacific pyrenees rhine sahara sahel sumatra yangtze
    beijing berlin boston brussels chicago istanbul kong london moscow mumbai paris rome seoul
    shanghai stockholm sydney tokyo toronto vienna york
"""
_PEOPLES = """
    afghan arab arabic aboriginal bantu basque belgian briton britons british catalan celtic czech
    dane danish dutch english european europeans finnish flemish french frisian gaelic german greek
    hebrew hispanic icelandic inuit irish jew jews jewish kurd kurds kurdish latin latino latina
    latinos latinas malay maori māori maya mayan mexican moroccan norwegian philippine filipino
    polish portuguese roma romani russian sanskrit scottish slavic slovak slovene spanish swahili
    soviet swede swedish swiss tamil turk turks turkish uyghur welsh yiddish zulu
"""
_FAITHS = """
    bible biblical buddha buddhist buddhism christ christian christianity hindu hinduism islam
    catholic islamic jesus judaism koran lutheran muslim muslims protestant quran talmud vedic
"""
_CALENDAR = """
    january february april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday christmas easter ramadan
    cretaceous devonian permian silurian quaternary
    jupiter saturn venus
"""
_PERSONS = """
    abel adler alzheimer asperger auger banach bardeen bayes bessel bloch bohr boltzmann borel bose
    boussinesq brouwer burkitt cauchy chagas chebyshev chern clifford compton coulomb crohn darcy
    darwin debye descartes diophantus dirac dirichlet doppler dyson ehlers einstein epstein euclid
    euler faraday fermi feynman fourier fredholm freud frobenius froude galois gauss gibbs ginzburg
    gödel graves green's green’s grothendieck guillain barré hamilton hashimoto hausdorff hegel
    heidegger heisenberg helmholtz hermite hertz higgs hilbert hodge hodgkin hubble huntington
    husserl ising jacobi jahn josephson kalman kant kaposi kawasaki kelvin kepler keynes kolmogorov
    kripke lagrange landau langevin langmuir laplace lebesgue legendre leibniz lennard leray likert
    lindblad liouville lipschitz lorentz lorenz lyapunov mahler majorana markov marfan marx maxwell
    mendel michaelis minkowski monte carlo navier neumann newton nietzsche noether nusselt orlicz
    parkinson pareto pavlov peierls penrose planck plato pockels poincaré poisson prandtl ramanujan
    raman rayleigh reynolds ricci riemann rorschach russell rydberg schrödinger schwarz
    schwarzschild shakespeare shannon sjögren sobolev spearman stark stevens stieltjes stokes
    tourette turing
    voronoi wasserstein weibull weierstrass weyl wiener wittgenstein yukawa zeeman zernike
    aquinas aristotle augustine austen bach beck beethoven bourdieu chaucer confucius dante derrida
    dickens foucault goethe habermas hitler hobbes homer hume kafka kierkegaard lenin lincoln locke
    machiavelli marlowe milton mozart napoleon rawls rousseau socrates spinoza stalin stroop
    voltaire wagner wechsler woolf
    facebook google linux python twitter wikipedia youtube
"""
_PLACE_NAMES = frozenset(_PLACES.split())
NAMES = _PLACE_NAMES | frozenset(f"{_PEOPLES} {_FAITHS} {_CALENDAR} {_PERSONS} i".split())
"""The names that no form gives away, in lower case."""

_GEOGRAPHIC = """
    sea seas ocean river rivers lake bay gulf strait basin delta valley plateau peninsula island
    islands isles mountains desert estuary ridge trench shelf province county kingdom canyon
"""
GEOGRAPHIC = frozenset(_GEOGRAPHIC.split())
"""Words that become part of the name of a place that they follow."""

_ELEMENTS = """
    Ac Ag Al Ar Au Ba Bi Bk Br Ca Cd Ce Cf Cl Cm Cr Cs Cu Dy Er Eu Fe Fr Ga Gd Ge Hf Hg Ho Ir Kr Li
    Lu Mg Mn Mo Na Nb Nd Ne Ni Np Os Pb Pd Pm Pr Pt Pu Rb Rh Ru Sb Sc Se Si Sm Sn Sr Ta Tb Tc Te Th
    Ti Tl Tm Xe Yb Zn Zr
"""
ELEMENTS = frozenset(_ELEMENTS.split())
"""Symbols of chemical elements in two letters that are no English words."""

# What is formed from names of persons and places, and what looks as if it were.
_OF_NAMES = re.compile(
    r"(?:ian|ians|ean|eans|ese)$(?<!.arian)(?<!.arians)(?<!ician)(?<!icians)(?<!cean)(?<!ceans)"
    r"(?<!manganese)(?<!these)(?<!diocese)(?<!archdiocese)(?<!.cheese)"
)
_SHORTEST_STEM = 2  # letters
_SHORTEST = 6  # letters: Asian has five and is known; ocean, mean, these are no names
_LIKE_THEM = """
    median medians meridian meridians circadian guardian guardians custodian custodians civilian
    civilians comedian comedians historian historians pedestrian pedestrians equestrian amphibian
    amphibians mammalian mammalians reptilian reptilians avians simian simians lesbian lesbians
    obsidian ruffian ruffians draconian subterranean ultradian infradian durian crocodilian
    tragedian tragedians thespian diluvian antediluvian obese theologian theologians oceans
    demean soybean soybeans ascidian ascidians holostean monogenean monogeneans teleostean
    teleosteans protean herculean epicurean
"""
_COMMON = frozenset(_LIKE_THEM.split())
_TAXA = re.compile(
    r".{3,}(?:idae|inae|aceae|oidea|[oi]ptera|iformes|mycota|mycetes|viridae|bacteriales|virales)$"
)
_AGES = re.compile(
    r"(?:pleisto|holo|mio|eo|plio|oligo|pala?eo|anthropo)cene|(?:ceno|meso|pala?eo|protero)zoic"
    r"|(?:tri|jur)assic"
)
# English words have no diacritics but for some from French; names have.
_DIACRITIC = re.compile(r"[à-öø-ÿāăćčęěğłńňōőřśşšťūůźżž]")
_FRENCH = frozenset(
    [
        "naïve",
        "naïveté",
        "façade",
        "façades",
        "café",
        "cafés",
        "élite",
        "élites",
        "rôle",
        "rôles",
        "régime",
        "régimes",
        "début",
        "résumé",
        "cliché",
        "clichés",
        "entrée",
        "protégé",
        "fiancé",
        "fiancée",
        "déjà",
        "à",
        "détente",
        "crème",
        "décor",
        "matinée",
        "soirée",
        "coöperation",
        "reëntry",
        "preëminent",
        "zoölogy",
        "über",
    ]
)
_SUFFIXES = ("ization", "isation", "izing", "ized", "ism", "ist", "ists", "ness", "’s", "'s", "s")
_DEMONYMS = ("n", "an", "ans", "i", "is", "ns")

# Latin, as the names of species are. The endings are those of adjectives and genitives; words that
# English took over from Latin are not among them, and diseases (-itis, -osis, -emia, -oma) neither.
_GENUS = re.compile(r"[a-z]{2,}(?:us|a|um|is|as|os|es|ax|ex|ix|ys|cter|ops)$(?<!ous)(?<!oides)")
_EPITHET = re.compile(
    r"[a-z]{2,}(?:us|um|ii|ri|li|ni|di|ti|ae|ensis|ense|oides|alis|aris|ilis|ans|ens|aster"
    r"|[nrtc]ana|ina|osa|ata|ica|lla|ula|era|ida|ita|ifera|folia|flora|ensa|ris|nis|dis|vis|lis|is)$(?<!ous)"
)
_NO_LATIN = re.compile(
    r"(?:[aeioy]s[ei]s|itis|oma|emia|opsia|uria|pathia|ics|ions?|ness|ments?|ates?)$"
)
_TAKEN_OVER = """
    data media area areas era idea criteria phenomena schema camera drama dilemma agenda formula
    formulas quota stigma trauma plasma dementia asthma retina bacteria fauna flora mania insula
    amygdala cornea aorta trachea placenta angina cauda lamina stratum sinus mantis lupus diabetes
    corpus status hallux
    rectus ductus myasthenia herpes nucleus virus viruses focus campus census consensus bonus radius
    genus thalamus hippocampus hypothalamus fetus uterus humerus apparatus locus stimulus stimuli
    fungus fungi calculus thus plus versus various bus medium serum spectrum equilibrium optimum
    maximum minimum momentum quantum forum premium album datum stadium museum sodium calcium lithium
    potassium magnesium aluminium aluminum titanium platinum uranium cadmium chromium barium
    ammonium endothelium epithelium cerebellum premature prostate
    this his is axis basis tennis iris pelvis penis crisis analysis meta via per non
    a the gas bias as was has atlas canvas christmas texas kansas ideas
    one some these those where there here were are use have more before evidence people
    commission version region on upon common person season reason lesson carbon nation son
    does goes yes series species less process access business
    anorexia bulimia alopecia pemphigus tinea gluteus quadratus trapezius vastus pectoralis
    fascia linea substantia globus vena spina genu delirium curriculum alma evans
    chaos kudos index complex matrix latex vertex cortex reflex suffix apex
    children women men golden open
"""
_ENGLISH = frozenset(_TAKEN_OVER.split())


@lru_cache(maxsize=10_000)  # titles of a list share most of their words
def is_proper(word: str) -> bool:
    """Whether a word is a name, or formed from one; its case does not matter."""
    lower = word.lower()
    if lower in NAMES or _is_formed(lower):
        return True
    if lower.startswith(("non", "pan", "pre")) and lower[3:] in NAMES:
        return True
    for suffix in _SUFFIXES:
        stem = lower.removesuffix(suffix)
        if stem != lower and len(stem) > _SHORTEST_STEM and (stem in NAMES or _is_formed(stem)):
            return True
    return any(lower.removesuffix(end) in _PLACE_NAMES for end in _DEMONYMS if lower.endswith(end))


def is_place(word: str) -> bool:
    """Whether a word is the name of a country or of a part of one."""
    return word.lower() in _PLACE_NAMES


def is_taxon(word: str) -> bool:
    """Whether a word has the ending of a family or an order of living beings."""
    return _TAXA.match(word.lower()) is not None


def is_foreign(word: str) -> bool:
    """Whether a word has a diacritic and is none that English took over from French."""
    lower = word.lower()
    return _DIACRITIC.search(lower) is not None and lower not in _FRENCH


def _is_formed(lower: str) -> bool:
    """Whether the form of a word says that it is a name."""
    if lower in _COMMON:
        return False
    if is_foreign(lower):
        return True
    of_names = len(lower) >= _SHORTEST and _OF_NAMES.search(lower) is not None
    return of_names or _TAXA.match(lower) is not None or _AGES.fullmatch(lower) is not None


def is_genus(word: str) -> bool:
    """Whether a word may be the Latin name of a genus."""
    return _is_latin(word.lower(), _GENUS)


def is_epithet(word: str) -> bool:
    """Whether a word may be what follows a genus in the name of a species."""
    return _is_latin(word.lower(), _EPITHET)


def _is_latin(lower: str, form: re.Pattern[str]) -> bool:
    return (
        form.match(lower) is not None
        and _NO_LATIN.search(lower) is None
        and lower not in _ENGLISH
        and lower not in NAMES
    )
