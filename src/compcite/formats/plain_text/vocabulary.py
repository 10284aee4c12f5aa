"""Words that give away what a stretch of a reference is."""

from __future__ import annotations

import re

from compcite.values import person_names

__all__ = [
    "ABBREVIATIONS",
    "CONFERENCE",
    "NEWSPAPER",
    "PARTICLES",
    "PUBLISHER",
    "REPORT",
    "SERIAL",
    "SMALL_WORDS",
    "THESIS",
    "TITLE_ABBREVIATIONS",
]

_CAPITAL_PARTICLES = "Von Van Der Den De Del Della Di Da Dos Du La Le El Al"
PARTICLES = (person_names.PARTICLES | set(_CAPITAL_PARTICLES.split())) - {"in"}
"""Words before a family name that belong to it; "in" rather begins what contains the work."""

_SMALL_WORDS = "of the for and in on to de la le et du des der die und für del y e da dos von"
SMALL_WORDS = frozenset(_SMALL_WORDS.split())
"""Words in small letters within the names of institutions."""

_ABBREVIATIONS = (
    "vs v cf al dr mr mrs ms st prof no nos nr vol vols pp p ed eds eg ie i.e e.g ca c approx "
    "fig figs eq eqs sp spp subsp var ssp ser sect pt jr sr bros co inc ltd dept univ gen sen "
    "rep op cit ch chap art bd aufl hrsg sec jun u.s u.k u.n e.u ph d.c"
)
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""Words whose full stop ends no sentence, in lower case."""

_TITLE_ABBREVIATIONS = (
    "J Proc Natl Acad Sci Am Amer Appl Phys Chem Biol Med Res Rev Lett Int Eng Eur Br Brit "
    "Clin Exp Exptl Psychol Psychiat Psychiatr Neurosci Soc Assoc Assn Trans Ann Annu Bull "
    "Mater Comput Math Environ Mol Biochem Biophys Pharm Pharmacol Surg Microbiol Immunol "
    "Genet Ecol Geophys Astrophys Astron Mech Technol Theor Adv Arch Behav Cardiol Commun "
    "Curr Dev Dis Econ Educ Electron Endocrinol Epidemiol Gastroenterol Geol Hum Inst Intl "
    "Linguist Manag Mgmt Nat Neurol Nucl Nurs Nutr Obstet Oncol Opt Pediatr Philos Physiol "
    "Plast Polit Polym Pract Quart Q Rheumatol Sociol Spectrosc Stat Stud Symp Syst Ther "
    "Toxicol Virol Zool Zh Z Zeitschr Angew Ed Engl Helv Jpn Chin Can Aust Scand Ital Ger Fr "
    "Russ Ind Agric Anal Anat Anim Anthropol Antimicrob Bioeng Bot Cogn Crit Cryst "
    "Crystallogr Dent Dermatol Diagn Ent Entomol Evol Gynecol Haematol Hematol Hypertens "
    "Inorg Instrum Interam Invest Limnol Mag Mar Metab Meteorol Nephrol Neurobiol Oceanogr "
    "Ophthalmol Orthop Otol Paleontol Parasitol Pathol Perspect Petrol Photochem Psychother "
    "Psychosom Radiol Rehabil Reprod Respir Sect Ser Transl Transp Trop Urol Vasc Vet Vib "
    "Wkly Univ Calif Vis Recognit Recogn Autom Netw Softw Veh Intell Mach Inf Inform Circ "
    "Knowl Dyn Struct Sens Wirel Secur Distrib Aval Gest Bras Esp Dtsch Fortschr Monatsschr "
    "Wochenschr"
)
TITLE_ABBREVIATIONS = frozenset(_TITLE_ABBREVIATIONS.split())
"""Abbreviated words of container titles (after ISO 4), without their full stop."""

SERIAL = re.compile(
    r"\b(?:Journals?|J\.?|Reviews?|Rev\.?|Annals|Annales|Archives?|Arch\.?|Bulletin|Bull\.?"
    r"|Transactions|Trans\.|Letters?|Lett\.?|Magazine|Quarterly|Gazette|Zeitschrift|Revista|Revue"
    r"|Rivista|Acta|Proc\.?|Physica|Reports|Studies|Science|Sciences|Nature|PLOS|PLoS|BMC|Lancet"
    r"|Frontiers|Today|News|Times|Advances|Progress|Tijdschrift|Cuadernos|Cahiers|Annual|Forum)\b"
)
"""Words of periodicals' titles."""

CONFERENCE = re.compile(
    r"\b(?:Proceedings|Proc\b\.?|i?Conference|Conf\b\.?|Symposium|Symp\b\.?|Workshops?"
    r"|Congress|Meeting"
    r"|Tagung|Congreso|Colloquium|Seminar|Convention|Kongress|International Joint)\b"
    r"|\b(?:CVPR|ICML|NeurIPS|NIPS|ICLR|ACL|EMNLP|AAAI|IJCAI|SIGCHI|CHI|KDD|SIGIR|ICSE)\b"
    r"|\b[A-Z]{3,8}\s?[’'](?:\d\d)\b",
    re.IGNORECASE,
)
"""Words of the titles of proceedings and of the meetings themselves."""

PUBLISHER = re.compile(
    r"\b(?:[Pp]ress|Publish\w*|Publications|Books?|Verlag|Springer|Wiley|Elsevier|Routledge"
    r"|Sage|SAGE"
    r"|Blackwell|Macmillan|Palgrave|Penguin|McGraw|Pearson|Prentice|Addison|Academic Press|Oxford"
    r"|Cambridge|Harvard|MIT|Brill|Gruyter|Karger|Thieme|Hogrefe|Beltz|Suhrkamp|Fischer|Reclam"
    r"|IEEE|ACM|ASME|ASCE|AIP|IOP|SPIE|AIAA|IGI|CRC|Taylor|Francis|Kluwer|Birkhäuser|Vieweg"
    r"|Teubner|Dover|Norton|Knopf|Doubleday|Harper\w*|Random House|Houghton|Guilford|Erlbaum"
    r"|Editions?|Éditions|Editorial|Editore|Ediciones|Editora|Uitgeverij|Förlag|Forlag|Inc|Ltd|LLC"
    r"|GmbH|Univ\.? Press|Universit\w+|Institut\w*|Bureau|Agency|Organi[sz]ation|Ministry|Office"
    r"|Foundation|Center|Centre|Association|Society|Council|Commission|Limited|Company|Corporation"
    r"|House|Department|Survey|Archives?|Laborator(?:y|ies)|Publishers|R Foundation"
    r"|Standards|Zenodo|Dryad|figshare|Mendeley Data|PsyArXiv)\b"
)
"""Words of publishers' names."""

NEWSPAPER = re.compile(
    r"\b(?:Times|Post|Guardian|Tribune|Herald|Zeitung|Independent|Telegraph|Observer|Le Monde"
    r"|El País"
    r"|Spiegel|Economist|New Yorker|Wall Street Journal|Washington Post|Daily)\b"
)
"""Words of newspapers' and magazines' names."""

REPORT = re.compile(
    r"\b(?:Technical Report|Tech\. ?Rep\b|Working Paper|Discussion Paper|White Paper|Report No"
    r"|Research Report|Policy Brief|Final Report|Rep\. No|Report)\b",
    re.IGNORECASE,
)
"""What calls itself a report."""

THESIS = re.compile(
    r"(?P<kind>\bThesis\s\([A-Z][\w.]{1,8}\)"
    r"|\b(?:Unpublished\s)?(?:Ph\.?\s?D\.?|(?:D|M)\.?\s?Phil\.?|(?:Ed|Psy|M)\.?\s?D\.?|Doctoral|Master[’']?s?"
    r"|M\.?Sc?\.?|M\.?A\.?|M\.?\s?Eng\.?|Bachelor[’']?s?|B\.?Sc?\.?|B\.?A\.?|Hono(?:u)?rs"
    r"|Diploma|Habilitation)\s?(?:thesis|dissertation|diss\.?)|\b(?:Unpublished\s)?(?:thesis"
    r"|dissertation)"
    r"|\b(?:Master|Doctor|Bachelor) of [A-Z]\w+(?: in [\w ]+)?(?: \([A-Z]+\))?"
    r"|\bDissertation|\bDiplomarbeit|\bMasterarbeit|\bThèse de doctorat|\bTesis doctoral"
    r"|\bHabilitationsschrift)",
    re.IGNORECASE,
)
"""What calls itself a thesis."""
