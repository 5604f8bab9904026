"""What screening says, in the language of the site.

Screening is pure Python and speaks English, and its English is what the database keeps. The
words are translated where they are shown.
"""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop

from . import screening
from .screening import FindingType

_FILLED_IN = re.compile(r"(?<=“)[^”]*(?=”)|\b\d+(?:\.\d+)?\b|\b[A-Z]\w+(?:Error|Exception)\b")
"""What a detector puts into the places of a sentence: a name, a number, a kind of error."""
_SIGNS = re.compile(r"Signs of it: (.+)\.")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

CUES = (
    # What the groups of the cue files stand for, as far as they speak for a finding.
    gettext_noop("a relative of the writer"),
    gettext_noop("for whom it is asked"),
    gettext_noop("somebody the writer knows"),
    gettext_noop("the writer's own conviction"),
    gettext_noop("prison or a conviction"),
    gettext_noop("a claim of innocence"),
    gettext_noop("a number of years"),
    gettext_noop("something that went wrong with the trial"),
    "it goes on today",
    gettext_noop("a request for help with a case"),
    gettext_noop("a question to us"),
    gettext_noop("nobody else would listen"),
    gettext_noop("a plea or a question what to do"),
    gettext_noop("a question how to bring us a case"),
    gettext_noop("a way to reach the writer or the prisoner"),
    gettext_noop("the form of a letter"),
    gettext_noop("a wish to die or to be gone"),
    gettext_noop("a means at hand"),
    gettext_noop("a farewell"),
    gettext_noop("words that say it is near"),
    gettext_noop("not being able to go on"),
    gettext_noop("no wish to live"),
    gettext_noop("harm to one's own body"),
    gettext_noop("how it would be done"),
    gettext_noop("an attempt not long ago"),
    gettext_noop("a life put in order"),
    gettext_noop("a day that is the last"),
    gettext_noop("a burden to others"),
    gettext_noop("a dark place"),
    gettext_noop("despair"),
    gettext_noop("somebody to be helped now"),
    gettext_noop("a call for help now"),
    gettext_noop("a miracle cure or a spell"),
    gettext_noop("a promise of money"),
    gettext_noop("a hired hacker or a recovery agent"),
    gettext_noop("goods or services on offer"),
    gettext_noop("the tone of an advertisement"),
    gettext_noop("words of trade"),
    gettext_noop("an invitation to get in touch or to click"),
    gettext_noop("a chain message"),
    gettext_noop("a greeting that could stand anywhere"),
)
_CLEARER = {"it goes on today": gettext_noop("a punishment that goes on today")}
"""What we say for a name that cannot change: a trained model knows the group by it."""


def label(kind: FindingType) -> str:
    """What a reader would call it: "phone number"."""
    return gettext(kind.label)


def mark(kind: FindingType, person: int = 0) -> str:
    """What stands in the place of a cut: ``[phone number removed]``.

    ``[name 2]`` where the names of several people were cut, and this is the second one's.
    """
    return _mark(kind, str(person) if person else "")


def _mark(kind: FindingType, number: str) -> str:
    if number:
        return gettext("[%(label)s %(number)s]") % {"label": label(kind), "number": number}
    return gettext("[%(label)s removed]") % {"label": label(kind)}


def hidden() -> str:
    """What stands in the place of a whole text that nobody could look through."""
    return gettext("[hidden until a moderator has looked]")


@cache
def marks() -> tuple[str, ...]:
    """Every mark in every language: a site may have changed its own since a redaction.

    Where a mark has a number, ``#`` stands for it.
    """
    name = FindingType.PERSON_PRIVATE
    found = [screening.mark(kind) for kind in FindingType]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found += [*map(mark, FindingType), _mark(name, "#"), hidden()]
    return tuple(dict.fromkeys(found))


def explanation(because: str) -> str:
    """A sentence of screening, translated; one that we do not know stays as it is."""
    sentence = _FILLED_IN.sub("{}", because)
    translated = gettext(sentence) if sentence else ""
    if translated != sentence:
        return translated.format(*map(_shown, _FILLED_IN.findall(because)))
    return _list_of_cues(because) or because


def _shown(filled_in: str) -> str:
    return number_format(filled_in) if _NUMBER.fullmatch(filled_in) else filled_in


def _list_of_cues(because: str) -> str:
    """ "Signs of it: a relative of the writer, a farewell." is made of the names of cues."""
    listed = _SIGNS.fullmatch(because)
    cues = listed[1].split(", ") if listed else []
    if not cues or not set(cues) <= set(CUES):
        return ""
    signs = ", ".join(gettext(_CLEARER.get(cue, cue)) for cue in cues)
    return gettext("Signs of it: {}.").format(signs)
