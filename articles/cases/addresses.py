"""Where the page stands in each language. The language is in the address: no cookie is needed."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

PAGE = "how-we-consider-cases"
"""In the site's own language. Other programs and people's bookmarks rely on it."""
TRANSLATIONS = {"en": "how-we-consider-cases-in-english", "es": "como-consideramos-casos"}
"""In another language than the site's own."""
LANGUAGES = tuple(TRANSLATIONS)


def own_language() -> str:
    """That of the site."""
    return _known(settings.LANGUAGE_CODE)


def page_language() -> str:
    """That in which the page at hand is being written."""
    return _known(get_language() or settings.LANGUAGE_CODE)


def other_language(language: str) -> str:
    return next(one for one in LANGUAGES if one != language)


def slug_of(language: str) -> str:
    return PAGE if language == own_language() else TRANSLATIONS[language]


def address_of(name: str, language: str | None = None) -> str:
    """Of the page, the check or the letter guide; in the language of the page at hand."""
    return reverse(f"articles:{name}", args=[language or page_language()])


class LanguageConverter:
    """The first part of an address, which tells the language, and matches nothing else."""

    regex = "|".join([PAGE, *TRANSLATIONS.values()])

    def to_python(self, slug: str) -> str:
        for language in LANGUAGES:
            if slug_of(language) == slug:
                return language
        raise ValueError(slug)

    def to_url(self, language: str) -> str:
        return slug_of(language)


def _known(code: str) -> str:
    return code[:2] if code[:2] in LANGUAGES else LANGUAGES[0]
