r"""Print numbers and units as the package siunitx does: ``\SI{5}{\nano\metre}`` is 5 nm.

Source: the siunitx manual, sections 3.3 (units), 3.4 (prefixes) and 3.5 (powers).
"""

from __future__ import annotations

import re

from compcite.text.unicode import superscript

__all__ = ["read_number", "read_unit"]

_UNITS = {
    "metre": "m",
    "meter": "m",
    "gram": "g",
    "second": "s",
    "ampere": "A",
    "kelvin": "K",
    "mole": "mol",
    "candela": "cd",
    "hertz": "Hz",
    "newton": "N",
    "pascal": "Pa",
    "joule": "J",
    "watt": "W",
    "coulomb": "C",
    "volt": "V",
    "farad": "F",
    "ohm": "Ω",
    "siemens": "S",
    "weber": "Wb",
    "tesla": "T",
    "henry": "H",
    "lumen": "lm",
    "lux": "lx",
    "becquerel": "Bq",
    "gray": "Gy",
    "sievert": "Sv",
    "katal": "kat",
    "radian": "rad",
    "steradian": "sr",
    "celsius": "°C",
    "degreeCelsius": "°C",
    "minute": "min",
    "hour": "h",
    "day": "d",
    "degree": "°",
    "arcminute": "′",
    "arcsecond": "″",
    "litre": "l",
    "liter": "L",
    "tonne": "t",
    "hectare": "ha",
    "electronvolt": "eV",
    "dalton": "Da",
    "atomicmassunit": "u",
    "astronomicalunit": "au",
    "angstrom": "Å",
    "percent": "%",
    "bel": "B",
    "neper": "Np",
    "byte": "B",
    "degC": "°C",
    "um": "µm",
    "us": "µs",
    "ul": "µl",
    "ug": "µg",
    "uV": "µV",
    "uA": "µA",
    "uW": "µW",
    "uM": "µM",
}
# A unit that nobody knows prints its name, which mostly is the unit: \km, \bit, \parsec.
_PREFIXES = {
    "quecto": "q",
    "ronto": "r",
    "yocto": "y",
    "zepto": "z",
    "atto": "a",
    "femto": "f",
    "pico": "p",
    "nano": "n",
    "micro": "µ",
    "milli": "m",
    "centi": "c",
    "deci": "d",
    "deca": "da",
    "deka": "da",
    "hecto": "h",
    "kilo": "k",
    "mega": "M",
    "giga": "G",
    "tera": "T",
    "peta": "P",
    "exa": "E",
    "zetta": "Z",
    "yotta": "Y",
    "kibi": "Ki",
    "mebi": "Mi",
    "gibi": "Gi",
    "tebi": "Ti",
}
_POWERS_BEHIND = {"squared": "²", "cubed": "³"}
_POWERS_BEFORE = {"square": "²", "cubic": "³"}
_PIECE = re.compile(
    r"\\(?P<power>tothe|raiseto)\s*\{(?P<exponent>[^{}]*)\}|\\of\s*\{(?P<of>[^{}]*)\}"
    r"|\\(?P<word>[A-Za-z]+)|\^\{?(?P<raised>-?\d+)\}?|(?P<text>[^\\\s.~^]+)|."
)
_POWER_OF_TEN = re.compile(r"(?<=\d)\s*[eEdD]\s*([+-]?\d+)")


def read_number(written: str) -> str:
    """Return a number as siunitx prints it: ``1.2e-3`` gives 1.2 × 10⁻³."""
    number = written.replace("\\pm", "±").replace("+-", " ± ").replace("\\times", "×")
    number = _POWER_OF_TEN.sub(lambda found: f" × 10{superscript(found[1]) or found[1]}", number)
    return " ".join(number.replace("\\", "").replace("{", "").replace("}", "").split())


def read_unit(written: str) -> str:
    r"""Return a unit as siunitx prints it: ``\metre\per\second\squared`` gives m/s².

    ``\per`` holds for the next unit only. A name that is not known is printed as it is.
    """
    printed = ""
    prefix = power = ""
    divided = False
    for piece in _PIECE.finditer(written):
        word = piece["word"]
        if exponent := piece["exponent"] or piece["raised"]:
            if piece["power"] == "raiseto":
                power = superscript(exponent) or exponent
            else:
                printed += superscript(exponent) or exponent
        elif word in _POWERS_BEHIND:
            printed += _POWERS_BEHIND[word]
        elif word in _POWERS_BEFORE:
            power = _POWERS_BEFORE[word]
        elif word in _PREFIXES:
            prefix = _PREFIXES[word]
        elif word == "per":
            divided = True
        elif piece["of"] is not None:
            printed += f" {piece['of']}"
        elif unit := piece["text"] or (_UNITS.get(word, word) if word else ""):
            joint = "/" if divided else " " if printed else ""
            printed += joint + prefix + unit + power
            prefix = power = ""
            divided = False
    return printed
