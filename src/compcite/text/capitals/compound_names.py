"""Names of several words, and of species, that none of their words gives away by itself."""

from __future__ import annotations

__all__ = ["COMPOUND_NAMES", "COMPOUND_WORDS", "LONGEST_COMPOUND", "SPECIES"]

_COMPOUND_NAMES = """
    united states, united kingdom, united nations, united arab emirates, new york, new zealand,
    new guinea, new mexico, new jersey, new hampshire, new orleans, new england, new delhi,
    new caledonia, new south wales, middle east, near east, far east, hong kong, sri lanka,
    costa rica, puerto rico, sierra leone, burkina faso, el salvador, cape town, cape verde,
    los angeles, tel aviv, buenos aires, rio de janeiro, kuala lumpur, the hague, nova scotia,
    new brunswick, ivory coast, west bank, gaza strip, black sea, red sea, yellow sea,
    dead sea, north sea, south sea, east sea, white sea, great lakes, great plains, great britain,
    great barrier reef, rocky mountains, ural mountains, gulf stream, rift valley, silicon valley,
    wall street, north island, south island, northern ireland, northern territory,
    latin america, central america, central asia, southeast asia, southern africa, world war,
    first world war, second world war, cold war, great depression, french revolution,
    industrial revolution, soviet union, european union, african union, european commission,
    roman empire, ottoman empire, british empire, holy roman empire, supreme court, nobel prize,
    middle ages, catholic church, roman catholic, old testament,
    new testament, monte carlo, milky way
"""
COMPOUND_NAMES = frozenset(" ".join(name.split()) for name in _COMPOUND_NAMES.split(","))
"""The names, in small letters: each of their words is capital, but for a particle."""

_PARTICLES = frozenset({"de"})

LONGEST_COMPOUND = max(len(name.split()) for name in COMPOUND_NAMES)
"""How many words the longest has."""

COMPOUND_WORDS = frozenset(word for name in COMPOUND_NAMES for word in name.split()) - _PARTICLES
"""Their capital words."""

_SPECIES = """
    homo sapiens, homo erectus, homo neanderthalensis, homo floresiensis, homo naledi,
    pan troglodytes, pan paniscus, danio rerio, zea mays, mus musculus, gallus gallus, bos taurus,
    sus scrofa, canis lupus, felis catus, ovis aries, mycobacterium tuberculosis,
    mycobacterium bovis, cannabis sativa, oryza sativa, vitis vinifera, gadus morhua, salmo salar,
    salmo trutta, apis mellifera, bombyx mori, arabidopsis thaliana, yersinia pestis, bubo bubo,
    cyprinus carpio
"""
SPECIES = frozenset(tuple(name.split()) for name in _SPECIES.split(","))
"""Genus and epithet, in small letters, of species often written about."""
