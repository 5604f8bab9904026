"""Where staff edit how we consider cases, part by part, publish it, and look back."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..desk import render_desk, staff
from ..models import (
    Article,
    GuidePoint,
    GuideRevision,
)
from . import guide, wording
from .addresses import LANGUAGES, address_of, own_language, slug_of
from .forms import BasePointFormSet, PartForm, PointFormSet
from .reading import read

PER_PAGE = 30
_form_page = require_http_methods(["GET", "HEAD", "POST"])


@staff("articles.write_articles")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The parts, what of them is not published yet, and what to look at again."""
    newest, current = guide.newest(), guide.current()
    shown = {part: guide.content(current, part) for part in guide.Part} if current else {}
    parts = [
        {
            "part": part,
            "is_new": newest is not None and guide.content(newest, part) != shown.get(part),
            "said": _summary(newest, part),
            "doubtful": _doubtful(newest, part),
            "untranslated": _untranslated(newest, part),
        }
        for part in guide.Part
    ]
    pages = {article.slug: article for article in Article.objects.pages().filter(slug__in=_slugs())}
    context = {
        "newest": newest,
        "current": current,
        "parts": parts,
        "introductions": [(one, pages.get(slug_of(one))) for one in LANGUAGES],
        "has_changes": newest is not None and not newest.is_published,
        "cases_desk": True,
    }
    return render_desk(request, "cases/overview.html", context)


@staff("articles.write_articles")
@_form_page
def edit(request: HttpRequest, part: str) -> HttpResponse:
    if part not in guide.Part.values:
        raise Http404
    newest = guide.newest()
    base = _base_of(request, newest)
    posted = request.POST if request.method == "POST" else None
    fields = PartForm(posted, part=part, instance=_copy(base))
    points: BasePointFormSet | None = None
    if part in GuidePoint.Section.values:
        initial = guide.content(base, part)["points"] if base else []
        points = cast(
            "BasePointFormSet", PointFormSet(posted, initial=initial, form_kwargs={"part": part})
        )
    newer = None
    status = 200
    if request.method == "POST":
        if fields.is_valid() and (points is None or points.is_valid()):
            content = fields.content() | ({"points": points.content()} if points else {})
            try:
                saved = guide.save({part: content}, by=_user(request), base=base)
            except guide.Outdated as outdated:
                newer, status = outdated.newest, 409
            else:
                return _saved(request, saved, part)
        else:
            status = 422
    context = {
        "part": guide.Part(part),
        "form": fields,
        "points": points,
        "base": newer or base,
        "newer": newer,
        "cases_desk": True,
    }
    return render_desk(request, "cases/edit.html", context, status=status)


@staff("articles.write_articles")
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    revisions = GuideRevision.objects.select_related("saved_by", "published_by")
    page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "newest": guide.newest(), "cases_desk": True}
    return render_desk(request, "cases/history.html", context)


@staff("articles.write_articles")
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One saved state, in a language: what readers see, or would see."""
    revision = _revision(pk)
    language = request.GET.get("language", own_language())
    if language not in LANGUAGES:
        raise Http404
    before = GuideRevision.objects.with_points().filter(pk__lt=pk).first()
    with translation.override(language):
        said = read(revision, language)
    context = {
        "revision": revision,
        "guide": said,
        "said_in": language,
        "languages": LANGUAGES,
        "is_newest": guide.newest() == revision,
        "changes": guide.compare(before, revision) if before else [],
        "cases_desk": True,
    }
    return render_desk(request, "cases/show.html", context)


@staff("articles.publish_articles")
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        guide.publish(_revision(pk), by=_user(request))
    except guide.NotPossible as why:
        messages.error(request, str(why))
    else:
        link = format_html(
            '<a href="{}">{}</a>', address_of("cases", own_language()), _("See it on the site")
        )
        messages.success(request, format_html("{} {}", _("Published."), link))
    return redirect("articles:desk-cases")


@staff("articles.write_articles")
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    guide.bring_back(_revision(pk), by=_user(request))
    messages.success(
        request,
        _("The older text is the newest draft now. Readers do not see it before you publish."),
    )
    return redirect("articles:desk-cases")


def _saved(request: HttpRequest, saved: GuideRevision, part: str) -> HttpResponse:
    if saved.is_published:
        messages.success(request, _("There was nothing to change."))
    else:
        messages.success(request, _("Saved. Readers do not see it before you publish."))
    if doubtful := _doubtful(guide.newest(), part):
        messages.warning(
            request,
            _("These words read like a promise or like legal advice: %(words)s.")
            % {"words": ", ".join(f"“{words}”" for words in doubtful)},
        )
    return redirect("articles:desk-cases")


def _base_of(request: HttpRequest, newest: GuideRevision | None) -> GuideRevision | None:
    """The state that the writer had before them."""
    number = request.POST.get("base", "")
    if newest is None or not (number.isascii() and number.isdecimal()):
        return newest
    if int(number[:18]) == newest.pk:
        return newest
    return GuideRevision.objects.with_points().filter(pk=int(number[:18])).first() or newest


def _copy(revision: GuideRevision | None) -> GuideRevision:
    """A form writes into its instance; the saved state stays as it is."""
    names = [name for listed in guide.FIELDS.values() for name in listed]
    return GuideRevision(**{name: getattr(revision, name) for name in names} if revision else {})


def _words(revision: GuideRevision | None, part: str) -> list[str]:
    if revision is None:
        return []
    said = guide.content(revision, part)
    points = said.pop("points", [])
    texts = [value for point in points for value in point.values()]
    return [text for text in (*said.values(), *texts) if isinstance(text, str)]


def _doubtful(revision: GuideRevision | None, part: str) -> list[str]:
    found = [phrase for text in _words(revision, part) for phrase in wording.doubtful(text)]
    return list(dict.fromkeys(found))


def _untranslated(revision: GuideRevision | None, part: str) -> bool:
    """Whether the other language lacks something that the site's own one says."""
    if revision is None:
        return False
    return any(
        _is_one_sided(said)
        for said in (
            guide.content(revision, part),
            *guide.content(revision, part).get("points", []),
        )
    )


def _is_one_sided(said: dict[str, Any]) -> bool:
    names = [name.removesuffix("_en") for name in said if name.endswith("_en")]
    return any(bool(said[f"{name}_en"]) != bool(said[f"{name}_es"]) for name in names)


def _summary(revision: GuideRevision | None, part: str) -> str:
    """A line that says what a part holds."""
    if revision is None:
        return ""
    said = read(revision, own_language())
    if part == guide.Part.PLACES:
        return ", ".join(map(str, said.places))
    if part == guide.Part.WHERE:
        return ", ".join(said.address)
    if part == guide.Part.CHECK:
        asked = guide.FIELDS[guide.Part.CHECK]
        labels = PartForm(part=part, instance=_copy(revision)).fields
        return "; ".join(str(labels[name].label) for name in asked if getattr(revision, name))
    points = getattr(said, part.replace("-", "_"))
    return "; ".join(point.title for point in points)


def _slugs() -> list[str]:
    return [slug_of(language) for language in LANGUAGES]


def _revision(pk: int) -> GuideRevision:
    revisions = GuideRevision.objects.with_points().select_related("saved_by", "published_by")
    return get_object_or_404(revisions, pk=pk)


def _user(request: HttpRequest) -> User:
    # Every view here asks for a permission first, and an anonymous visitor has none.
    return cast("User", request.user)
