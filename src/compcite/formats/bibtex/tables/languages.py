"""Turn babel's names of languages into language tags (babel manual, section 1.2; BCP 47)."""

from __future__ import annotations

import re

from compcite.text.languages import ISO_639_2, joined_languages, split_languages

__all__ = ["language_name", "language_tag"]

_TAGS = {
    "english": "en-US",
    "american": "en-US",
    "usenglish": "en-US",
    "british": "en-GB",
    "ukenglish": "en-GB",
    "canadian": "en-CA",
    "australian": "en-AU",
    "newzealand": "en-NZ",
    "german": "de-DE",
    "ngerman": "de-DE",
    "germanb": "de-DE",
    "austrian": "de-AT",
    "naustrian": "de-AT",
    "swissgerman": "de-CH",
    "nswissgerman": "de-CH",
    "french": "fr-FR",
    "francais": "fr-FR",
    "frenchb": "fr-FR",
    "acadian": "fr-CA",
    "canadien": "fr-CA",
    "spanish": "es-ES",
    "castilian": "es-ES",
    "mexican": "es-MX",
    "catalan": "ca-AD",
    "galician": "gl-ES",
    "basque": "eu-ES",
    "italian": "it-IT",
    "portuguese": "pt-PT",
    "portuges": "pt-PT",
    "brazil": "pt-BR",
    "brazilian": "pt-BR",
    "dutch": "nl-NL",
    "flemish": "nl-BE",
    "afrikaans": "af-ZA",
    "danish": "da-DK",
    "swedish": "sv-SE",
    "norwegian": "nb-NO",
    "norsk": "nb-NO",
    "nynorsk": "nn-NO",
    "icelandic": "is-IS",
    "finnish": "fi-FI",
    "estonian": "et-EE",
    "latvian": "lv-LV",
    "lithuanian": "lt-LT",
    "russian": "ru-RU",
    "ukrainian": "uk-UA",
    "belarusian": "be-BY",
    "bulgarian": "bg-BG",
    "serbian": "sr-RS",
    "croatian": "hr-HR",
    "bosnian": "bs-BA",
    "slovene": "sl-SI",
    "slovenian": "sl-SI",
    "slovak": "sk-SK",
    "czech": "cs-CZ",
    "polish": "pl-PL",
    "hungarian": "hu-HU",
    "magyar": "hu-HU",
    "romanian": "ro-RO",
    "greek": "el-GR",
    "polutonikogreek": "el-GR",
    "latin": "la",
    "turkish": "tr-TR",
    "arabic": "ar",
    "hebrew": "he-IL",
    "persian": "fa-IR",
    "farsi": "fa-IR",
    "hindi": "hi-IN",
    "chinese": "zh-CN",
    "japanese": "ja-JP",
    "korean": "ko-KR",
    "vietnamese": "vi-VN",
    "thai": "th-TH",
    "indonesian": "id-ID",
    "malay": "ms-MY",
    "welsh": "cy-GB",
    "irish": "ga-IE",
    "breton": "br-FR",
    "esperanto": "eo",
    "macedonian": "mk-MK",
}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")
_NAMES = {tag: name for name, tag in reversed(_TAGS.items())}
_SEVERAL = re.compile(
    r"(?<!\s)\s++and\s+|(?:(?<!\s)\s++)?,\s*"
)  # biblatex manual, section 2.2.3: a list of languages


def language_tag(value: str) -> str:
    """Return the language tag for a name of babel, for a catalogue's code, or for a tag.

    Several languages (``german and french``) give several tags with commas; if one of them is not
    known, only the first is returned, as its tag if it is known. An unknown name is returned as it
    is.
    """
    names = [name for name in _SEVERAL.split(value.strip()) if name]
    tags = [_tag(name) for name in names]
    if None not in tags:
        return joined_languages(filter(None, tags))
    return tags[0] or names[0]


def language_name(tag: str) -> str:
    """Return babel's name for a language tag, or the tag if babel has none.

    Several tags give several names: ``german and french``.
    """
    return " and ".join(_NAMES.get(part, part) for part in split_languages(tag))


def _tag(name: str) -> str | None:
    """Return the tag of one language, or None if the name is unknown."""
    lower = name.lower().removeprefix("lang")
    known = _TAGS.get(lower) or ISO_639_2.get(lower)
    return known or (name.replace("_", "-") if _TAG.match(name) else None)
