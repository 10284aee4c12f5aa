"""Nicknames that are not the beginning of the name for which they stand: Bob is Robert.

A nickname that begins or resembles its name (Chris, Danny) needs no table. The others follow no
rule, and are few: those in common use in English, German, Dutch, Spanish, Italian and Russian.
"""

from __future__ import annotations

__all__ = ["is_nickname_of", "nickname_initials"]

_TABLE = """
alexander: sasha sacha xander sandy lex
alexandra: sasha sacha sandra
anthony: tony
ann: nancy
antonio: tonio toni tono
catherine: kate kathy katie kitty kay
cornelis: kees
dmitry: dima mitya
dorothy: dot dolly
edward: ned ted teddy
elizabeth: liz lizzie beth betty bess libby lisa elsie
evgeny: zhenya gene
eugene: gene
florence: flo
francisco: paco pancho curro
franz: ferenc
friedrich: fritz
gerhard: gerd
giuseppe: beppe peppe
guillermo: memo
heinrich: heinz heiko
helen: nell
henry: hank harry hal
ignacio: nacho
ivan: vanya
jacob: jaap jake koos
james: jim jimmy jamie
jesus: chuy
johann: hans
johannes: hans jan
john: jack johnny
jose: pepe
josef: sepp jupp
joseph: sepp
katherine: kate kathy katie kitty kay
konstantin: kostya
lawrence: larry lars
leonard: lenny
louis: lou
margaret: peggy peg maggie meg greta rita daisy
maria: mia mimi
martha: patty
mary: polly molly mae
matilda: tilly
mikhail: misha
nikolai: kolya klaus
patricia: trish patsy tricia
pavel: pasha
pieter: piet
richard: dick rick
robert: bob bobby rob bert
sarah: sally sadie
sergei: seryozha
stephen: steve
susan: sue suzy
theodore: ted teddy
theresa: tess terry
thomas: tom tommy
ulrich: uli utz
vladimir: volodya vova
walter: wally wat
wilhelm: willi helmut
willem: wim pim
william: bill billy liam willy
"""
_ROWS = [row.partition(": ") for row in _TABLE.strip().splitlines()]
_PAIRS = frozenset((short, name) for name, _, all_short in _ROWS for short in all_short.split())
_INITIALS = {name: {short[0] for short in all_short.split()} for name, _, all_short in _ROWS}


def nickname_initials(name: str) -> set[str]:
    """Return the first letters of the nicknames of a given name: ``b`` and ``r`` of *robert*."""
    return _INITIALS.get(name, set())


def is_nickname_of(short: str, name: str) -> bool:
    """Return whether a given name is a nickname of another; both are in small letters."""
    return (short, name) in _PAIRS
