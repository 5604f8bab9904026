"""How we consider cases, the five questions, and the letter guide: each in its language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from .. import places, seo
from ..models import Article, Organisation, OrganisationPlace
from ..places import Place
from . import directory, faq, guide
from .addresses import LANGUAGES, address_of, other_language, slug_of
from .check import judge
from .forms import CheckForm
from .reading import Guide, read
from .recipients import recipients_of

READ_HERE = {"en": "Read this in English", "es": "Leer esto en español"}
"""What a link to the other language says, in that language, whatever the page speaks."""

View = Callable[[HttpRequest, str], HttpResponse]


@dataclass(frozen=True)
class Elsewhere:
    """A place where we do not look at cases, and who does."""

    place: Place
    organisations: list[Organisation]


def in_language(view: View) -> View:
    """The page in the language of its address: the frame around it, its forms and its dates."""

    @wraps(view)
    def spoken(request: HttpRequest, language: str) -> HttpResponse:
        with translation.override(language):
            response = view(request, language)
        response["Content-Language"] = language
        return response

    return spoken


@require_safe
@in_language
def page(request: HttpRequest, language: str) -> HttpResponse:
    """The introduction that staff wrote as an article, and all that the guide says."""
    article = _introduction(language)
    revision = guide.current()
    if revision is None:
        return render(request, "articles/page.html", {"article": article})
    said = read(revision, language)
    organisations = list(Organisation.objects.shown())
    context = _context(language, "cases") | {
        "article": article,
        "article_lang": _lang_of(article, language),
        "guide": said,
        "is_translated": said.is_translated and not _lang_of(article, language),
        "elsewhere": _elsewhere(said, organisations),
        "organisations": organisations,
        "faq": seo.as_script_text(faq.structured_data(said)),
    }
    return render(request, "articles/cases/page.html", context)


# A form of ours that changes nothing and is sent by nobody who is logged in: it needs no token,
# and so no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@in_language
def check(request: HttpRequest, language: str) -> HttpResponse:
    """Five questions. The answers come in the body of a POST, so no log and no history has them,
    and the page that answers them is kept by nobody.
    """
    said = _guide(language)
    countries = _countries(said)
    if request.method != "POST":
        form = CheckForm(countries=countries)
        return _checked(request, language, {"form": form, "guide": said})
    form = CheckForm(request.POST, countries=countries)
    if not form.is_valid():
        return _checked(request, language, {"form": form, "guide": said}, status=422)
    answers = form.answers()
    context = {
        "form": form,
        "guide": said,
        "answers": answers,
        "outcome": judge(answers, said.revision),
        "recipients": recipients_of(said, answers.place),
    }
    return _checked(request, language, context)


@require_safe
@in_language
def letter(request: HttpRequest, language: str) -> HttpResponse:
    """What belongs into a letter, with lines to write on, to be printed."""
    context = _context(language, "cases-letter") | {"guide": _guide(language)}
    return render(request, "articles/cases/letter.html", context)


def _checked(
    request: HttpRequest, language: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context |= _context(language, "cases-check")
    return render(request, "articles/cases/check.html", context, status=status)


def _context(language: str, name: str) -> dict[str, Any]:
    """The addresses of the page in each language, and of the pages beside it."""
    other = other_language(language)
    return {
        "other_language": other,
        "read_in_other": READ_HERE[other],
        "addresses": [(one, address_of(name, one)) for one in LANGUAGES],
        "own_address": address_of(name, language),
        "other_address": address_of(name, other),
        "page_address": address_of("cases", language),
        "check_address": address_of("cases-check", language),
        "letter_address": address_of("cases-letter", language),
    }


def _introduction(language: str) -> Article:
    """The article of this language; where there is none, that of the other one."""
    slugs = [slug_of(language), slug_of(other_language(language))]
    pages = Article.objects.published().pages().select_related("picture").filter(slug__in=slugs)
    found = sorted(pages, key=lambda article: slugs.index(article.slug))
    if not found:
        raise Http404
    return found[0]


def _lang_of(article: Article, language: str) -> str:
    """The language of the introduction where it is not that of the page."""
    return "" if article.slug == slug_of(language) else other_language(language)


def _guide(language: str) -> Guide:
    """Pages beside the page are there as long as it is."""
    _introduction(language)
    revision = guide.current()
    if revision is None:
        raise Http404
    return read(revision, language)


def _elsewhere(said: Guide, organisations: list[Organisation]) -> list[Elsewhere]:
    """Every state where we do not look at cases, and every country that somebody serves."""
    if not said.places:
        return []
    served = {code for one in organisations for code in one.codes} | set(said.revision.places)
    speaks_of_states = any(code.startswith("US") for code in served)
    asked = places.states() if speaks_of_states else []
    asked += [place for place in places.by_name(served) if place.is_country and place.code != "US"]
    return [
        Elsewhere(place, directory.nearest(organisations, place))
        for place in asked
        if not said.revision.serves(place)
    ]


def _countries(said: Guide) -> list[Place]:
    """Those that we or somebody in the list serves; the United States are asked for by state."""
    listed = OrganisationPlace.objects.filter(organisation__is_shown=True)
    codes = {*listed.values_list("place", flat=True).distinct(), *said.revision.places}
    return [
        place
        for place in places.by_name(codes)
        if place.is_country and place.code != places.UNITED_STATES
    ]
