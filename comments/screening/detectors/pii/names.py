"""Names of private persons: a given name and a surname that the article does not make public.

Frequent names of several cultures are known from lists; words around a name (kinship, "juror",
"write to") make it surer and let an unlisted one count. Judges, public figures, organisations
and the people of the article are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ...types import FindingType, gettext_noop
from .lists import entries, words
from .reading import Clue, Rank, Reading


@cache
def _sure_words(name: str) -> frozenset[str]:
    return words(name) - words("common_words") - words("ambiguous_names")


@cache
def _public_figures() -> dict[str, list[frozenset[str]]]:
    return _by_surname(entries("public_figures"))


def _by_surname(names: Iterable[str]) -> dict[str, list[frozenset[str]]]:
    known: dict[str, list[frozenset[str]]] = {}
    for name in names:
        parts = re.findall(r"[\w'-]+", name.lower())
        for part in parts:
            known.setdefault(part, []).append(frozenset(parts))
    return known


_PART = r"[A-ZÀ-ÖØ-ÞŁŚŹŻČŠŽĐĆİÇŞĞ](?:[^\W\d_]|['-]){1,24}(?!\d)"
_PARTICLE = (
    r"(?:(?:de la|de las|de los|del|de|van der|van den|van de|van 't|van|von|ter|ten|der|den"
    r"|da|dos|do|di|le|la|bin|ibn|al|el|y|st\.?) )"
)
_SEQUENCE = re.compile(
    rf"(?<![\w@#/.-])(?:[A-Z]\. ?)?{_PART}(?: {{1,2}}(?:{_PARTICLE}?{_PART}|[A-Z]\.?(?= )"
    rf"|[\"'(][\w .-]{{2,20}}[\"')](?= [A-Z]))){{1,6}}"
)
_PIECE = re.compile(rf"{_PARTICLE}?{_PART}|[A-Z]\. ?|[A-Z](?= )|[\"'(][\w .-]{{2,20}}[\"')]")
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\b\.?")
_POSSESSIVE = re.compile(r"'s?$", re.IGNORECASE)
_SURNAME_FORM = re.compile(
    r"(?:^(?:mc|mac|o'|fitz|van|de|st\.)[a-z]{3,}|(?:sson|sen|son|ez|ski|sky|ska|wicz|czyk"
    r"|stein|berg|baum|burg|mann|feld|vich|vic|vić|ova|ova"
    r"|eva|enko|chuk|yan|ian|opoulos|idis|escu|stra|sma|elli|etti|ini|ucci|worth|field|ford"
    r"|well|ton|ley|wood|man|quez|guez|ero|illo|aga|eira))$"
)
_NAME_PARTS = frozenset(
    {"van", "de", "la", "del", "el", "los", "st", "ben", "bin", "al", "da", "do"}
)
_OFFICIAL = re.compile(
    r"\b(?:judge|justice|governor|gov\.|senator|sen\.|president|vice president"
    r"|attorney general|district attorney|d\.?a\.?|ag|congress(?:man|woman)"
    r"|representative|rep\.|mayor|secretary|director|author|actor|actress|filmmaker"
    r"|documentarian|producer|journalist|host|professor|prof\.|prosecutor"
    r"|juez|jueza|fiscal|presidente|ministro|ministra|rechter|minister|premier|president of"
    r"|lord|lady|chief justice|pope|king|queen|st\.|saint) (?:the )?$"
)
_KIN = (
    r"(?:son|daughter|brother|sister|mother|mom|mum|father|dad|husband|wife|fianc[ée]e?"
    r"|boyfriend|girlfriend|partner|cousin|uncle|aunt|nephew|niece|grandson"
    r"|granddaughter|grandmother|grandfather|grandma|grandpa|stepson|stepdaughter|stepfather"
    r"|stepmother|stepdad|friend|neighbou?r|cellmate|roommate|ex|ex-husband"
    r"|ex-wife|ex-boyfriend|coworker|co-worker|boss|landlord|teacher|baby|kid|child|boy|girl"
    r"|client|buddy|homie|twin|godson|in-law|hermano|hermana|hijo|hija|padre|madre|primo|prima"
    r"|t[íi]o|t[íi]a|esposo|esposa|marido|novio|novia|amigo|amiga|vecin[oa]|abuel[oa]"
    r"|sobrin[oa]|broer|zus|zoon|dochter|vader|moeder|man|vrouw|neef|nicht|oom|tante|vriend"
    r"|vriendin|buurman|buurvrouw|opa|oma)"
)
_STRONG_BEFORE = re.compile(
    rf"(?:\b{_KIN}(?: in law)?,?(?: is| was| named| called| llamad[oa]| heet| genaamd| es)?"
    r"|\b(?:named|called|name is|name was|name's|name:|names?|se llama|llamad[oa]|heet|genaamd"
    r"|nombre(?: es)?|naam(?: is)?|i am|i'm|this is|signed,?|soy|ik ben)"
    r"|\b(?:juror|witness|victim|accuser|informant|snitch|suspect|killer|perp\w*|defendant"
    r"|clerk|nurse|foreman|foreperson|bailiff|testigo|jurado|víctima|getuige|slachtoffer|dader"
    r"|verdachte"
    r"|inmate|prisoner|officer|detective|deputy|sergeant|sgt\.?|guard|co|investigator"
    r"|technician|analyst|pastor|coach|caller|patient|customer|employee)(?: number \d{1,2}"
    r"| no\. \d{1,2}| #\d{1,2})?,?(?: (?:was|is|with|named))?(?: an?)?"
    r"|\b(?:mr|mrs|ms|miss|mx|dr|señora?|sra?|don|doña|mevrouw|meneer|dhr|mevr|mw|messrs)\.?"
    r"|\b(?:write(?: to)?|writing to|contact|ask for|shame on|looking for|look up"
    r"|arrest(?:ed)?|killed|shot|framed|accused|blamed|coached|married|dated|executed"
    r"|people v\.?|state v\.?|commonwealth v\.?|states v\.?|texas v\.?|v\.|vs\.?|against"
    r"|escrib\w+ a|schrijf(?: naar)?|^ ?[-~]{1,2}|\n ?[-~]{1,2}|attn:?|c/o|dear|rip|r\.i\.p\.?"
    r"|identified as|known as|aka|a\.k\.a\.)"
    r")[ \n:,]{0,3}$"
)
_FREE = re.compile(
    r"\b(?:free|liberen a|libertad para|justice for|release|pardon"
    r"|justicia para)[ :]{1,2}$"
)
_STRONG_AFTER = re.compile(
    r"^,? (?:#?\d{5,8}\b|(?:tdcj|doc|cdcr|inmate|din|id|reg)\b|(?:who )?(?:lied|testified"
    r"|identified|accused|admitted|perjured|coached|confessed|recanted|snitched|killed|raped"
    r"|murdered|shot|did it|is innocent|was wrongly|is the (?:real )?killer|knows|lives|works"
    r"|still lives"
    r"|is in prison|got away|made (?:it|this) up|should be|owes|paid|robbed|framed|planted"
    r"|perjured|mintió|vive|mató|loog|woont|heeft)\b|['’]s (?:mother|father|sister|brother"
    r"|wife|family|son|daughter|house|address|number|phone|ssn|email)\b|is my\b|was my\b"
    r"|\(?(?:juror|witness|victim|my ))"
)
_WEAK = re.compile(
    rf"\b(?:{_KIN}|witness|juror|jury|victim|testified|lied|cellmate|neighbo[u]?r"
    rf"|prison|inmate|locked up|testimony|testif\w+)\b"
)

_INITIALS = re.compile(rf"(?<![\w.])(?:[A-Z]\. ?){{1,3}}{_PART}(?! [A-Z])")
_LOWER_WORD = re.compile(r"(?<![\w@.#/-])[^\W\d_][\w'-]{1,20}(?![\w@])")
_MID_SENTENCE = re.compile(r"[^\W\d_]['’]?[,:]? $")

_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_NAMED_AFTER = re.compile(
    r"'?s? (?:act|law|project|foundation|show|street|st|prison|unit|county|university|award)\b"
)

_WHY = gettext_noop("A given name and a surname that the article does not make public.")
_WHY_CONTEXT = gettext_noop("A name beside words about a private person.")


def private_names(reading: Reading) -> Iterator[Clue]:
    """Full names of people who are neither in the article nor publicly known."""
    public = _by_surname(reading.public)
    for name in (*_capitalised(reading), *_initialled(reading), *_uncapitalised(reading)):
        if not _is_public(name.keys, public) and not _is_public(name.keys, _public_figures()):
            score, why = _judged(reading, name)
            if score:
                yield Clue(FindingType.PERSON_PRIVATE, name.start, name.end, Rank.SHAPE, score, why)


class Name(NamedTuple):
    """Words that may be a name, and how much they look like one by themselves (0 to 4)."""

    keys: list[str]
    start: int
    end: int
    weight: int
    needs: int = 2
    """The weight that it takes, together with the context, to count."""
    at_most: float = 1.0


def _judged(reading: Reading, name: Name) -> tuple[float, str]:
    """The score that the words around a name give it; 0 when it is nobody's."""
    before, after = reading.before(name.start, 45), reading.after(name.end, 30)
    if _NAMED_AFTER.match(after):
        return 0, ""
    strong = bool(_STRONG_BEFORE.search(before) or _STRONG_AFTER.match(after))
    freed = bool(_FREE.search(before))
    listed = not name.weight or _is_given(name.keys[0])
    if not (listed or strong or _MID_SENTENCE.search(before)):
        return 0, ""  # an unlisted first word may just be the capital that begins a sentence
    if name.weight + (2 if strong else 1 if freed else 0) < name.needs:
        return 0, ""
    why = _WHY_CONTEXT if strong else _WHY
    if _OFFICIAL.search(before):
        return 0.45, why
    if strong:
        return min(0.85, name.at_most), why
    if freed or name.weight > 3 or _WEAK.search(reading.lower):
        return min(0.7, name.at_most), why
    return min(0.6, name.at_most), why


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
    run: list[_Piece] = []
    for piece in pieces:
        key = _key(piece[0])
        if key in words("organisation_words") and key not in words("surnames"):
            run = []  # "Jackson State Prison" is no person
            continue
        goes_on = run and (key in words("surnames") or key in _NAME_PARTS)
        if key in words("common_words") and not goes_on:
            yield run
            run = []
            continue
        run.append(piece)
        if piece[0].lower().endswith("'s"):
            yield run
            run = []
    yield run


def _name(text: str, run: list[_Piece]) -> Name | None:
    while run and (_is_aside(run[-1][0]) or _key(run[-1][0]) in _GENERATIONS):
        run = run[:-1]
    solid = [piece[0] for piece in run if not _is_aside(piece[0])]
    if len(solid) < 2 or len(run) > 5:
        return None
    keys = [_key(word) for word in solid]
    weight = _weight(keys, initialled=len(solid) < len(run))
    if all(word.isupper() for word in solid) and not _is_shouted_name(keys):
        return None
    last, _, end = run[-1]
    end -= len(last) - len(_POSSESSIVE.sub("", last))
    suffix = _SUFFIX.match(text, end)
    return Name(keys, run[0][1], suffix.end() if suffix else end, weight)


def _is_shouted_name(keys: list[str]) -> bool:
    """In a text of capitals every word looks like a name: ask for two that are known."""
    last = keys[-1]
    known = last in words("surnames") or bool(_SURNAME_FORM.search(last))
    return _is_given(keys[0]) and known and last not in words("ambiguous_names")


def _initialled(reading: Reading) -> Iterator[Name]:
    """ "J. Doe": a name only where the words around it speak of a person."""
    for match in _INITIALS.finditer(reading.text):
        surname = _key(match.group().rpartition(".")[2].strip())
        end = match.start() + len(_POSSESSIVE.sub("", match.group()))
        yield Name([surname], match.start(), end, weight=0, at_most=0.6)


def _uncapitalised(reading: Reading) -> Iterator[Name]:
    """Names typed in small letters: only a frequent given name before a frequent surname."""
    given, surnames = _sure_words("given_names"), _sure_words("surnames")
    previous: re.Match[str] | None = None
    for word in _LOWER_WORD.finditer(reading.text):
        first, previous = previous, word
        surname = _POSSESSIVE.sub("", word.group())
        if first is None or first.group() not in given or surname not in surnames:
            continue
        if reading.text[first.end() : word.start()] == " ":
            end = word.start() + len(surname)
            yield Name([first.group(), surname], first.start(), end, weight=2, at_most=0.7)


def _key(word: str) -> str:
    """How the lists spell it."""
    last = word.split()[-1] if " " in word.strip() else word
    return _POSSESSIVE.sub("", last.strip().lower()).strip(".\"'()")


def _is_aside(piece: str) -> bool:
    return piece[0] in "\"'(" or len(piece.strip(". ")) == 1


def _is_given(key: str) -> bool:
    return not words("given_names").isdisjoint((key, key.split("-")[0]))


def _weight(keys: list[str], *, initialled: bool) -> int:
    """How much the words themselves look like a name."""
    first, last = keys[0], keys[-1]
    given = _is_given(first)
    surname = not words("surnames").isdisjoint((last, last.split("-")[-1]))
    weight = 0
    if given:
        weight += (1 if first in words("ambiguous_names") else 2) + int(initialled)
    if surname and (given or last not in words("ambiguous_names")):
        weight += 2
    elif surname or _SURNAME_FORM.search(last):
        weight += 1
    return weight + int(any(not key.isascii() for key in keys))


def _is_public(keys: Sequence[str], known: dict[str, list[frozenset[str]]]) -> bool:
    """Whether all these words are parts of one public name."""
    candidates = known.get(keys[-1], ())
    return any(
        set(keys) <= parts or (keys[0] in parts and keys[-1] in parts) for parts in candidates
    )
