"""Names of private persons: a given name and a surname that the article does not make public.

Frequent names of many cultures are known from lists, others by their form; words around a name
(kinship, "juror", "write to") make it surer and let an unlisted one count. Judges, public
figures, organisations and the people of the article are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...types import FindingType, gettext_noop
from .contexts import Surroundings
from .lists import words
from .name_words import (
    PARTICLES,
    POSSESSIVE,
    by_part,
    has_surname_form,
    is_east_asian,
    is_given,
    is_ordinary,
    is_public,
    is_stop,
    may_be_surname,
    public_figures,
    sure,
    weight,
)
from .publicity import is_public_role
from .reading import Clue, Rank, Reading

_CAPITALS = "".join(
    chr(point)
    for point in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if unicodedata.category(chr(point)) == "Lu"
)
_FIRST = rf"(?:(?:[Aa][ldnrstz]|[Ee][ls]|[Uu]l|[Aa]bd|[Aa]sh)-|[dlDLtT]['])?[A-Z{_CAPITALS}]"
_PART = rf"{_FIRST}(?:[^\W\d_]|['-]){{1,24}}(?!\d)"
_PARTICLE = (
    r"(?:(?:de la|de las|de los|dela|del|de|van der|van den|van de|van het|van 't|van|von der|von"
    r"|vom|zu|zum|zur|ter|ten|te|der|den|op de|op den|in 't|da|das|dos|do|di|du|des|le|la|lo|bin"
    r"|bint|ibn|ben|bat|abu|abd|ould|al|el|y|e|af|av|ní|nic|mac|ap|ab|st\.?) )"
)
_SEQUENCE = re.compile(
    rf"(?<![\w@#/.-])(?:[A-Z]\. ?){{0,2}}{_PART}(?: {{1,2}}(?:{_PARTICLE}?{_PART}|[A-Z]\.?(?= )"
    rf"|[\"'(][\w .-]{{2,20}}[\"')](?= [A-Z]))){{1,6}}"
)
_PIECE = re.compile(rf"{_PARTICLE}?{_PART}|[A-Z]\. ?|[A-Z](?= )|[\"'(][\w .-]{{2,20}}[\"')]")
_INVERTED = re.compile(
    rf"(?<![\w@#/.,-])(?<!, )({_PART}), ({_PART})(?: [A-Z]\b\.?)?(?!,|\w| and\b| y\b)"
)
TITLE = re.compile(
    r"(?<!\w)(?:mr|mrs|ms|miss|mx|dr|sr|sra|srta|señora?|don|doña|d|dña|mevrouw|meneer|dhr|mevr|mw"
    r"|messrs)\.? $"
)
_TITLED = re.compile(
    r"(?<!\w)(?:[Mm]r|[Mm]rs|[Mm]s|[Mm]iss|[Mm]x|[Dd]r|[Ss]r|[Ss]ra|[Ss]eñora?|[Dd]on|[Dd]oña"
    r"|[Mm]evrouw|[Mm]eneer|[Dd]e heer|[Dd]hr|[Mm]evr)\.? "
    rf"({_PARTICLE}?(?:(?:Van|Von|De|Del|Den|Der|La|Las|Los|El|Di|Da|Ter|Ten|St\.?) ){{0,3}}"
    rf"{_PART})"
    r"(?![^\W\d_])(?! [A-Z])"
)
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV|MD|PhD|DDS|Esq)\b\.?")
_NAME_PARTS = frozenset(
    {"van", "de", "la", "del", "el", "los", "st", "ben", "bin", "al", "da", "do", "ní", "nic"}
)
_LOWER_WORD = re.compile(r"(?<![\w@.#/-])[^\W\d_][\w'-]{0,20}(?![\w@])")
_MID_SENTENCE = re.compile(r"[^\W\d_]['’]?[,:]? [\"'(]?$")
_INITIALS = re.compile(rf"(?<![\w.])(?:[A-Z]\. ?){{1,3}}{_PART}(?! [A-Z])")

_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})

_WHY = gettext_noop("A given name and a surname that the article does not make public.")
_WHY_CONTEXT = gettext_noop("A name beside words about a private person.")


def private_names(reading: Reading) -> Iterator[Clue]:
    """Full names of people who are neither in the article nor publicly known."""
    public = by_part(reading.public)
    for name in _names(reading):
        judged = _judged_by_title if name.is_titled else _judged
        if not is_public(name.keys, public):
            score, why = judged(reading, name)
            if score:
                start = name.start - _title_length(reading, name.start)
                yield Clue(FindingType.PERSON_PRIVATE, start, name.end, Rank.SHAPE, score, why)


def _names(reading: Reading) -> Iterator[Name]:
    yield from _capitalised(reading)
    yield from _initialled(reading)
    yield from _inverted(reading)
    yield from _titled(reading)
    yield from _uncapitalised(reading)


class Name(NamedTuple):
    """Words that may be a name, and how much they look like one by themselves (0 to 4)."""

    keys: list[str]
    start: int
    end: int
    weight: int
    needs: int = 2
    """The weight that it takes, together with the context, to count."""
    at_most: float = 1.0
    is_titled: bool = False
    """A surname with no more than a "Mrs" before it, which is part of the span."""


def _judged_by_title(reading: Reading, name: Name) -> tuple[float, str]:
    """Anybody may be called "Mr.", so the words around must speak of a private person.

    They do so too of somebody who shares a surname with a public figure.
    """
    is_private = Surroundings(reading, name.start, name.end).private
    return (0.6, _WHY_CONTEXT) if is_private else (0, "")


def _judged(reading: Reading, name: Name) -> tuple[float, str]:
    """The score that the words around a name give it; 0 when it is nobody's."""
    if is_public(name.keys, public_figures()):
        return 0, ""
    around = Surroundings(reading, name.start, name.end)
    if around.something_named_after or (around.somewhere and not around.strong):
        return 0, ""
    strong, freed = around.strong, around.freed
    known = not name.weight or is_given(name.keys[0]) or not is_ordinary(name.keys[0])
    if not (known or strong or _MID_SENTENCE.search(reading.before(name.start, 45))):
        return 0, ""  # an ordinary first word may just have the capital that begins a sentence
    context = 2 if strong else 1 if freed else 0
    if name.weight + context < name.needs:
        return 0, ""
    why = _WHY_CONTEXT if strong else _WHY
    if around.public:
        return 0.45, why
    if strong:
        return min(0.85, name.at_most), why
    if freed or name.weight > 3 or around.weak:
        return min(0.7, name.at_most), why
    return min(0.6, name.at_most), why


def _title_length(reading: Reading, start: int) -> int:
    """How much before a name is its "Mrs": it goes where the name goes."""
    title = TITLE.search(reading.lower, max(0, start - 9), start)
    return start - title.start() if title else 0


_Piece = tuple[str, int, int]


def _capitalised(reading: Reading) -> Iterator[Name]:
    for sequence in _SEQUENCE.finditer(reading.text):
        pieces = [
            (piece.group(), sequence.start() + piece.start(), sequence.start() + piece.end())
            for piece in _PIECE.finditer(sequence.group())
        ]
        for run in _runs(pieces):
            name = _name(reading.text, run)
            if name:
                yield name


def _runs(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Stretches that could be a name, cut at words that cannot belong to one."""
    shouted = all(piece[0].isupper() for piece in pieces)
    run: list[_Piece] = []
    for piece in pieces:
        key = _key(piece[0])
        surname = key in words("surnames")
        if key in words("organisation_words") and not surname:
            run = []  # "Jackson State Prison" is no person
            continue
        goes_on = run and (surname or key in _NAME_PARTS)
        if shouted:
            goes_on = goes_on and not (is_ordinary(key) and key in words("ambiguous_names"))
        ends = key in words("common_words") or (key in words("places") and not is_given(key))
        ordinary = is_ordinary(key) or (not run and is_public_role(key))
        ordinary = ordinary and not surname and not is_given(key)
        if (ends and not goes_on) or (ordinary and (shouted or not run)):
            yield run
            run = []
            continue
        if not run and piece[0][0].islower() and " " in piece[0]:
            continue  # what is left of "Ministerio de Asuntos"
        if run and piece[0].isupper() != run[-1][0].isupper() and _is_loud(piece[0], run[-1][0]):
            yield run
            run = []
        run.append(piece)
        if piece[0].lower().endswith("'s"):
            yield run
            run = []
    yield run


def _is_loud(one: str, other: str) -> bool:
    """Whether one of two neighbours is shouted and no surname: "Jane Doe WINS"."""
    loud = one if one.isupper() else other
    return len(_key(loud)) > 1 and _key(loud) not in words("surnames")


def _name(text: str, run: list[_Piece]) -> Name | None:
    while run and _ends_no_name(run):
        run = run[:-1]
    solid = [piece[0] for piece in run if not _is_aside(piece[0])]
    if len(solid) < 2 or len(run) > 6:
        return None
    keys = [_key(word) for word in solid]
    looks = weight(keys, initialled=len(solid) < len(run))
    if all(word.isupper() for word in solid) and not _is_shouted_name(keys):
        return None
    last, _, end = run[-1]
    end -= len(last) - len(POSSESSIVE.sub("", last))
    suffix = _SUFFIX.match(text, end)
    return Name(keys, run[0][1], suffix.end() if suffix else end, looks)


def _ends_no_name(run: Sequence[_Piece]) -> bool:
    key = _key(run[-1][0])
    if _is_aside(run[-1][0]) or key in _GENERATIONS:
        return True
    return len(run) > 2 and is_ordinary(key) and key not in words("surnames")


def _is_shouted_name(keys: list[str]) -> bool:
    """In a text of capitals every word looks like a name: ask for two that can be one."""
    last = keys[-1]
    known = last in words("surnames") or has_surname_form(last)
    if is_given(keys[0]) and known and last not in words("ambiguous_names"):
        return True
    listed = keys[0] in sure("given_names") or last in sure("surnames")
    return listed and not any(is_ordinary(key) or key in words("places") for key in keys)


def _initialled(reading: Reading) -> Iterator[Name]:
    """ "J. Doe": a name only where the words around it speak of a person."""
    for match in _INITIALS.finditer(reading.text):
        surname = _key(match.group().rpartition(".")[2].strip())
        end = match.start() + len(POSSESSIVE.sub("", match.group()))
        if surname not in words("organisation_words"):
            yield Name([surname], match.start(), end, weight=0, at_most=0.6)


def _inverted(reading: Reading) -> Iterator[Name]:
    """ "DOE, Jane": both must be known, and the surname stand out or the context be strong."""
    for match in _INVERTED.finditer(reading.text):
        surname, given = _key(match[1]), _key(match[2])
        if given in sure("given_names") and surname in sure("surnames"):
            shouted = match[1].isupper() and not match[2].isupper()
            looks = 2 if shouted else 0
            yield Name([given, surname], match.start(), match.end(), looks, at_most=0.7)


def _titled(reading: Reading) -> Iterator[Name]:
    """ "Mrs. Doe", where more than the title speaks of a private person."""
    for match in _TITLED.finditer(reading.text):
        surname = _key(match[1])
        if is_ordinary(surname) and surname not in words("surnames"):
            continue
        if surname in words("common_words") or surname in words("organisation_words"):
            continue
        if surname in words("places"):  # "St. Louis", "Sra. España"
            continue
        end = match.end() - len(match[1]) + len(POSSESSIVE.sub("", match[1]))
        yield Name([surname], match.start(), end, weight=0, is_titled=True)


def _uncapitalised(reading: Reading) -> Iterator[Name]:
    """Names typed in small letters: two that are known, or what naming words announce."""
    tokens = list(_LOWER_WORD.finditer(reading.text))
    place = 0
    while place < len(tokens):
        name, used = _lower_name(reading, tokens, place)
        if name:
            yield name
        place += used


def _lower_name(
    reading: Reading, tokens: Sequence[re.Match[str]], place: int
) -> tuple[Name | None, int]:
    """The name that begins with this word, if any, and how many words it takes."""
    first = tokens[place].group()
    if len(first) < 2 or not first.islower() or is_stop(first):
        return None, 1
    if not is_given(first) and is_ordinary(first):
        return None, 1
    start, end, keys = tokens[place].start(), tokens[place].end(), [first]
    reached, at, used = end, place + 1, 1
    while at < len(tokens) and at - place < 6 and reading.text[reached : tokens[at].start()] == " ":
        word = POSSESSIVE.sub("", tokens[at].group())
        reached, at = tokens[at].end(), at + 1
        if word in PARTICLES or len(word) == 1:
            continue  # it belongs to the name when a surname follows
        if not may_be_surname(word):
            break
        keys.append(word)
        end, used = tokens[at - 1].start() + len(word), at - place
        if end != reached:
            break
    if len(keys) < 2:
        return None, 1
    return _lower_weighed(reading, keys, start, end), used


def _lower_weighed(reading: Reading, keys: list[str], start: int, end: int) -> Name | None:
    sure_given = keys[0] in sure("given_names") and not is_ordinary(keys[0])
    sure_surname = any(key in sure("surnames") and not is_ordinary(key) for key in keys[1:])
    listed = keys[0] in sure("given_names") and keys[-1] in sure("surnames")
    formed = len(keys[-1]) > 4 and has_surname_form(keys[-1])
    eastern = is_east_asian(keys) and not words("ambiguous_names").issuperset(keys)
    if sure_given and (sure_surname or listed or formed):
        return Name(keys, start, end, weight=2, at_most=0.7)
    around = Surroundings(reading, start, end)
    known = sure_given or eastern or (is_given(keys[0]) and sure_surname)
    if (around.naming and (known or sure_surname)) or (around.strong and known):
        return Name(keys, start, end, weight=0, at_most=0.6)
    return None


def _key(word: str) -> str:
    """How the lists spell it."""
    last = word.split()[-1] if " " in word.strip() else word
    return POSSESSIVE.sub("", last.strip().lower()).strip(".\"'()")


def _is_aside(piece: str) -> bool:
    return piece[0] in "\"'(" or len(piece.strip(". ")) == 1
