"""What single words tell about a name: the lists, and the forms that names have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from .lists import entries, words

PARTICLES = frozenset(
    {"van", "der", "den", "de", "la", "del", "los", "las", "von", "ter", "ten", "da", "dos"}
    | {"el", "al", "bin"}
)
POSSESSIVE = re.compile(r"'s?$", re.IGNORECASE)


@cache
def sure(name: str) -> frozenset[str]:
    return words(name) - words("common_words") - words("ambiguous_names") - words("places")


@cache
def public_figures() -> dict[str, list[frozenset[str]]]:
    return by_part(entries("public_figures"))


def by_part(names: Iterable[str]) -> dict[str, list[frozenset[str]]]:
    known: dict[str, list[frozenset[str]]] = {}
    for name in names:
        parts = re.findall(r"[\w'-]+", name.lower())
        for part in parts:
            known.setdefault(part, []).append(frozenset(parts))
    return known


_SURNAME_FORM = re.compile(
    r"(?:^(?:mc|mac|o'|fitz|van|de|st\.|al-|el-|ben-)[a-z]{3,}|(?:sson|sen|son|ez|ski|sky|ska|wicz"
    r"|czyk|cki|cka|ák|ová|ov|ev|eff|off|owa|iak|uk|stein|berg|baum|burg|mann|feld|vich|vic|vić"
    r"|ova|eva|enko|chuk|yan|ian|oğlu|oglu|lı|dze|shvili|opoulos|poulos|akis|idis|escu|eanu|stra"
    r"|sma|inga|huis|veld|elli|etti|ini|ucci|ella|worth|field|ford|well|ton|ley|wood|man|bottom"
    r"|quez|guez|ero|illo|aga|eira|dóttir|nen|inen|ainen|qvist|kvist|strom|ström|gaard|wala|wani"
    r"|swamy|murthy|nathan|aswamy|kumar|singh|deep|preet|inder|unwo|chukwu|ngozi|kwu|oye|ade))$"
)

_SYLLABLE = (
    r"(?:(?:[bpmfdtnlgkhjqxrzcsywv]|zh|ch|sh|kh|kw|ky|hw|ts|ph|th|tr|gi|ng|nh)?(?:iao|uai|iang|uang"
    r"|iong|ieu|uye|uoi|oai|uay|ae|ai|ao|au|ay|an|ang|ei|en|eng|eo|eong|eu|eul|eun|eum|eung|er|ia"
    r"|ian|ie|in|ing|iu|ong|oo|oa|oi|ook|oon|ou|ua|uan|ue|ui|un|uk|uo|uu|uy|uh|yeo|yeon|yeong|yo|yu"
    r"|ye|ah|ee|a|e|i|o|u|y)(?:ng|nh|ch|n|k|l|m|c|p|t)?)"
)
_EAST_ASIAN = re.compile(rf"{_SYLLABLE}[- ]?{_SYLLABLE}$")


def has_surname_form(word: str) -> bool:
    """Whether it ends or begins as surnames do: "-ović", "Mc-"."""
    return bool(_SURNAME_FORM.search(word))


def may_be_surname(word: str) -> bool:
    word = POSSESSIVE.sub("", word)
    if len(word) < 2 or not word.islower() or is_stop(word) or word in PARTICLES:
        return False
    return word in sure("surnames") or not is_ordinary(word)


def is_stop(word: str) -> bool:
    return (
        word in words("common_words")
        or word in words("organisation_words")
        or word in words("places")
    )


def is_given(key: str) -> bool:
    return not words("given_names").isdisjoint((key, key.split("-")[0]))


def is_ordinary(key: str) -> bool:
    return key in words("ordinary_words") or key in words("common_words")


def weight(keys: list[str], *, initialled: bool) -> int:
    """How much the words themselves look like a name."""
    first, last = keys[0], keys[-1]
    given = is_given(first)
    surname = not words("surnames").isdisjoint((last, last.split("-")[-1], last.split("-")[0]))
    weight = 0
    if given:
        weight += (1 if first in words("ambiguous_names") else 2) + int(initialled)
    if surname and (given or last not in words("ambiguous_names")):
        weight += 2
    elif surname or has_surname_form(last):
        weight += 1
    elif is_ordinary(last):
        weight -= 1
    if weight < 2 and is_east_asian(keys):
        weight += 2
    strange = not any(is_ordinary(key) or key in words("places") for key in keys)
    return weight + int(strange or any(not key.isascii() for key in keys))


def is_east_asian(keys: Sequence[str]) -> bool:
    """A family name of China, Korea or Viet Nam with one or two syllables beside it."""
    if len(keys) > 3:
        return False
    keys = [_without_accents(key) for key in keys]
    for family, rest in ((keys[0], keys[1:]), (keys[-1], keys[:-1])):
        if family in words("east_asian_families") and not any(map(is_ordinary, rest)):
            return bool(_EAST_ASIAN.match(" ".join(rest)))
    return False


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_public(keys: Sequence[str], known: dict[str, list[frozenset[str]]]) -> bool:
    """Whether all these words are parts of one public name; "Jeff" is a part of "Jeffrey ..."."""
    candidates = known.get(keys[-1], ())
    first = _forms().get(keys[0], frozenset()) | {keys[0]}
    return any(
        set(keys) <= parts or (keys[-1] in parts and not first.isdisjoint(parts - {keys[-1]}))
        for parts in candidates
    )


@cache
def _forms() -> dict[str, frozenset[str]]:
    """Each given name with the others that people call the same person by."""
    forms: dict[str, frozenset[str]] = {}
    for line in entries("nicknames"):
        names = frozenset(line.split())
        for name in names:
            forms[name] = forms.get(name, frozenset()) | names
    return forms
