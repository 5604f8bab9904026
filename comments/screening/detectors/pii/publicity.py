"""What the words around say of a name, an address or a number: that it is known to everybody.

A judge, a reporter and whoever made a film act in public; the address and the line of an office are
there to be found; a decision of a court is cited by its docket. Words about a private person nearby
outweigh all of that.
"""

from __future__ import annotations

import re

from .lists import entries, words
from .reading import Reading


def _any_of(name: str) -> str:
    return f"(?:{'|'.join(entries(name))})"


_WORD = re.compile(r"[^\W\d_]+(?:'m)?")
_WORK, _OFFICE = _any_of("works"), _any_of("office_words")
_RANKS = (
    r"(?:(?:chief|deputy|vice|acting|former|ex|then|retired|late|lead|special|senior|state|federal"
    r"|district|circuit|county|city|presiding|trial|appellate|u\.?s\.?|film|documentary|podcast"
    r"|novel|law|crime|investigative|staff|freelance|legal|true-crime|award-winning|executive"
    r"|managing|founding|associate|assistant|news)[ -]){0,3}"
)
_ROLE = (
    rf"{_RANKS}{_any_of('public_roles')}"
    r"(?: (?:federal|estatal|general|jefe|jefa|superior|especial|ponente|instructora?|municipal))?"
)
_BEFORE_A_NAME = (
    r"(?:prof\.|gov\.|sen\.|rep\.|sir|dame|lord|lady|pope|king|queen|st\.|saint|fr\.|host"
    r"|president of)"
)
_SHORT = r"(?:d\.?a\.?|a\.?d\.?a\.?|ag|mp|mep)"
_NO_VERB = r"(?!(?:said|says|told|that|asked|who|was|is|had|has|claims?|knows?|knew|and|but)\b)"
_OF_SOMETHING = (
    r"(?: (?:of|for|at|with|from|de la|del|de|van de|van het|van)"
    rf"(?: {_NO_VERB}[\w'’.-]{{1,20}}){{1,4}})"
)
_TITLE = r"(?:(?:the|mr\.?|mrs\.?|ms\.?|dr\.?|don|doña|d\.|dña\.?|la|el|de heer|mevrouw) )?"
_HOLDS_OFFICE = re.compile(
    rf"\b(?:{_ROLE}|{_BEFORE_A_NAME}|{_SHORT}) {_TITLE}$"
    rf"|\b{_ROLE}{_OF_SOMETHING}? (?:and|y|en) {_TITLE}$"
    r"|\bexonerated (?:after|in|by) (?:[\w-]{1,12} ){0,3}[\w-]{1,12}, $"
)
_LINKED = re.compile(
    rf"\b{_ROLE}{_OF_SOMETHING}?(?: (?:is|was|es|era|fue|heet|named|called))? {_TITLE}$"
)
_APPOSITION = re.compile(rf"\b(?:{_ROLE}|{_SHORT}){_OF_SOMETHING}?, {_TITLE}$")
_APPOSITION_ENDS = re.compile(r"['’]s |[,.;:)!?]|\s*$")

_MAKES = (
    r"(?:wrote|writes|co-wrote|directed|directs|produced|narrate[sd]|published|hosts?|hosted|edited"
    r"|starred in|stars in|reported|made|broke)"
)
_MADE_BY = re.compile(
    rf"\b(?:starring|directed by|written by|played by|produced by|narrated by|edited by|hosted by"
    r"|photographed by|dirigid[oa] por|escrit[oa] por|geschreven door|geregisseerd door"
    rf"|{_WORK}s? (?:by|of|from|de|del|por|van|door)|quote by)"
    rf" (?:[\w.'’-]+ (?:[\w.'’-]+ ){{0,2}}(?:and|&|y|e|en) )?{_TITLE}$"
    r"|\bphoto(?:graph)?s?(?: credit)?(?: (?:is|should be))?:? $"
)
_OF_A_NEWSROOM = re.compile(
    r"\b(?:project|times|post|tribune|herald|news|magazine|review|chronicle|guardian|gazette|npr"
    r"|bbc|cnn|propublica|intercept|atlantic|new yorker|innocence|initiative|institute|university"
    r"|public radio|associated press|reuters|law school)['’]s? $"
)
_OWNS_A_WORK = re.compile(
    rf"^['’]s? (?:[\w'’-]{{1,20}} ){{0,3}}?"
    rf"(?:{_WORK}s?|administration|veto|clemency|bill|appointees?)\b"
)
_MAKES_A_WORK = re.compile(
    rf"^ (?:also |even |just )?{_MAKES} (?:[\w'’-]{{1,20}} ){{0,4}}?{_WORK}s?\b"
    r"|^ (?:directed|wrote|produced|narrated|filmed) (?:it|this|that)\b"
    r"|^ (?:deserve[sd]?|won|wins|should (?:win|get)|got) (?:an? |the |his |her )?(?:\w+ )?"
    r"(?:oscar|emmy|pulitzer|tony|grammy|peabody|nobel|goya|award|prize)\b"
    r"|^,? (?:who )?(?:was|were|has been|have been|got) (?:\w{1,20} )?"
    r"(?:exonerated|acquitted|pardoned)\b"
)


_PUBLIC_ROLE = re.compile(_any_of("public_roles"))


def is_public_role(word: str) -> bool:
    """Whether a word is no name but the office or calling before one: "Kamerlid Doe"."""
    return _PUBLIC_ROLE.fullmatch(word) is not None


def holds_office(before: str, after: str) -> bool:
    """Whether the words right before a name give it an office, or a calling of that kind."""
    if _HOLDS_OFFICE.search(before) or _OF_A_NEWSROOM.search(before):
        return True
    return bool(_APPOSITION.search(before) and _APPOSITION_ENDS.match(after))


def acts_in_public(before: str, after: str) -> bool:
    """The same from further off, or a book, a film or a prize: it may be a private person's too."""
    if _LINKED.search(before) or _MADE_BY.search(before):
        return True
    return bool(_OWNS_A_WORK.match(after) or _MAKES_A_WORK.match(after))


def is_in_the_news(around: str) -> bool:
    """Whether words of the press, the arts or politics stand around, and none of private life."""
    said = set(_WORD.findall(around))
    return not said.isdisjoint(words("public_life_words")) and said.isdisjoint(
        words("private_words")
    )


_DISCUSSED_BEFORE = re.compile(
    r"\b(?:thanks?(?: you)?(?: so much)?(?: to)?|thx|kudos(?: to)?|agree(?:d|s)? with|disagree with"
    r"|reply(?:ing)? to|responding to|well said|bravo|gracias(?: a)?|de acuerdo con|bien dicho"
    r"|dank(?: u| je)?(?: wel)?|bedankt|eens met)[ ,]{1,2}(?:[a-z]{2,8}\.? )?$"
)
_DISCUSSED_AFTER = re.compile(
    r"^,? (?:above|below|writes|argues|hierboven|más arriba|escribe|schrijft)\b"
    r"|^['’]s? (?:[\w-]+ ){0,2}?(?:comment|point|post|question|argument|reply|remark|analysis)\b"
)


def is_discussed(before: str, after: str) -> bool:
    """Whether somebody who writes here, or wrote the article, is answered or thanked."""
    return bool(_DISCUSSED_BEFORE.search(before) or _DISCUSSED_AFTER.match(after))


_NAMED = (
    r"(?:of|for|the|and|de|del|la|las|los|el|a|y|van|het|voor|en|is|are|es|está|queda"
    r"|located|building|main|public|general|[A-ZÁÉÍÓÚ][\w'’.-]{1,20}|[A-Z]\.?)"
)
"""A word of the name that an office has, or one that goes between it and where it is."""
_OFFICE_BEFORE = re.compile(
    rf"\b(?i:{_OFFICE})(?:['’]s?)?(?:,? {_NAMED}){{0,7}}(?:,? (?:at|in|on|op|aan|te))?[,:(–-]? ?\Z"
)
_TELEPHONE = (
    r"(?:phone|telephone|number|tel\.?|line|switchboard|on|at|is|call|dial|reach|tel[ée]fono"
    r"|n[úu]mero|nummer|telefoon\w{0,8}|bel|op|al|fax)"
)
_OFFICES_LINE = re.compile(
    rf"\b(?:(?i:{_OFFICE})|[A-Z]{{3,6}}(?=(?:['’]s)? ))(?:['’]s?)?(?:,? {_NAMED}){{0,7}}"
    rf"(?:,? {_TELEPHONE}(?: {_NAMED}){{0,2}}){{0,3}}[,:(–-]? ?\Z"
)
_UNIT_OF_A_HOME = re.compile(r"\b(?:apt|apartment|trailer|lot|unit|apto|piso|bus)\b", re.IGNORECASE)
_NEAR = 80


def _is_private(text: str) -> bool:
    return not words("private_words").isdisjoint(_WORD.findall(text.lower()))


def is_office_address(reading: Reading, start: int, end: int) -> bool:
    """Whether an address follows the name of an office or of a place that anybody may enter."""
    before = reading.text[max(0, start - _NEAR) : start]
    if not _OFFICE_BEFORE.search(before) or _UNIT_OF_A_HOME.search(reading.text, start, end):
        return False
    return not _is_private(reading.before(start, _NEAR) + reading.lower[start:end])


def is_office_line(reading: Reading, start: int) -> bool:
    """Whether a telephone number is told as that of an office."""
    before = reading.text[max(0, start - _NEAR) : start]
    if not _OFFICES_LINE.search(before):
        return False
    return not _is_private(reading.before(start, _NEAR))


_COURT = (
    r"(?:circuit|supreme court|scotus|court of (?:criminal )?appeals?|appellate court|pacer"
    r"|(?:northern|southern|eastern|western|central|middle) district|settled for|class action"
    r"|courtlistener|certiorari|cert|opinion|ruling|dissent|concurrence|oral arguments?|slip op"
    r"|amicus|sentencia|tribunal (?:supremo|constitucional)|hoge raad|raad van state|ecli)"
)
_CITED_BEFORE = re.compile(rf"\b(?:v|vs)\.? [^!?;\n]{{2,50}}\Z|\b{_COURT}\b[^!?\n]{{0,60}}\Z")
_CITED_AFTER = re.compile(rf"[^!?\n]{{0,60}}\b{_COURT}\b|,? \([a-z. ]{{2,14}}[\d)]")


def is_cited(reading: Reading, start: int, end: int) -> bool:
    """Whether a docket is cited for what a court decided, and not told as somebody's own."""
    before = reading.lower[max(0, start - _NEAR) : start]
    after = reading.lower[end : end + _NEAR]
    if not _CITED_BEFORE.search(before) and not _CITED_AFTER.match(after):
        return False
    return not (_is_private(before) or _is_private(after))
