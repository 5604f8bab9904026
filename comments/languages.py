"""Which of our languages a comment is written in, told by its small words."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.utils import translation

# Words that stand in nearly every sentence of one language and are no words of the other: "he",
# "me", "no", "a" and "son" are words of both and tell nothing.
_ENGLISH = """
    the and of to in is was are were be been it this that these those with for from on at by my his
    her their our your they them she you i'm i've it's don't can't didn't not but if who what when
    how where why have has had do does did would could should can will about because please help
    there an as or so im dont cant i we him us
"""
_SPANISH = """
    el la los las un una de del que en y es era está esta están por para con sin su sus mi mis tu se
    lo le les al pero si como cómo qué quién cuando cuándo donde dónde hay ha han fue ser muy más
    mas ya yo nos nosotros ustedes usted él ella ellos porque ayuda ayúdenme favor hijo hermano
    esposo años también tengo tiene soy estoy nada todo ni o preso cárcel caso abogado
"""
_SMALL_WORDS = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ONLY_SPANISH = re.compile(r"[ñ¿¡]", re.IGNORECASE)


def language_of(text: str) -> str:
    """The code of the language with more of its small words; the site's own where none has."""
    words = [word.replace("’", "'") for word in _WORD.findall(text.casefold())]
    counts = {code: sum(word in small for word in words) for code, small in _SMALL_WORDS.items()}
    counts["es"] += 2 * len(_ONLY_SPANISH.findall(text))
    own = settings.LANGUAGE_CODE[:2]
    return max(counts, key=lambda code: (counts[code], code == own))


def locale_of(code: str) -> str:
    """What to activate for somebody of this language: the site's own as it is set, or another."""
    is_another = code in _SMALL_WORDS and code != settings.LANGUAGE_CODE[:2]
    return code if is_another else settings.LANGUAGE_CODE


def in_language_of(text: str) -> AbstractContextManager[object]:
    """Inside it, pages speak to the writer of the text in the language of the text."""
    return in_language(language_of(text))


def in_language(code: str) -> AbstractContextManager[object]:
    """Inside it, pages speak this language, where it is one of ours; else the site's own."""
    locale = locale_of(code)
    return nullcontext() if locale == settings.LANGUAGE_CODE else translation.override(locale)
