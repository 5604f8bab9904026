"""The page on which a reader reports a comment, and what they are told after it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article

from . import reports
from .languages import in_language, language_of
from .models import Comment
from .report_forms import ReportForm
from .reports import Outcome
from .throttle import Throttle
from .where_help_is import shown_to_visitors

AN_HOUR = 3600
REPORTS = Throttle("report", limit=6, seconds=AN_HOUR)
HIDINGS = Throttle("report-about-me", limit=3, seconds=24 * AN_HOUR)
"""From one address. Whoever has more to hide waits for a moderator like everybody else."""


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    comment = _published(slug, pk)
    if request.method != "POST":
        return _page(request, comment, ReportForm())
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, comment, form, status=422)
    address = request.META["REMOTE_ADDR"]
    if not REPORTS.count(address):
        return _too_many(request, comment, form)
    may_hide = not form.cleaned_data["about_me"] or HIDINGS.count(address)
    taken = reports.take(comment, may_hide=may_hide, **form.cleaned_data)
    said = {"became": taken.outcome.value}
    if taken.is_urgent:
        said["help"] = language_of(form.cleaned_data["words"])
    return redirect(f"{reverse('comments:reported', args=[slug, pk])}?{urlencode(said)}")


@require_safe
def reported(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What became of a report. It tells nothing of the comment, which may be gone by now."""
    article = get_object_or_404(Article.objects.published().entries(), slug=slug)
    became, language = request.GET.get("became", ""), request.GET.get("help", "")
    if became not in list(Outcome):
        raise Http404
    with in_language(language):
        context = {
            "article": article,
            "pk": pk,
            "became": became,
            "where_help_is": shown_to_visitors() if language else None,
        }
        return render(request, "comments/reported.html", context)


def _published(slug: str, pk: int) -> Comment:
    """A comment that stands on the site for everybody."""
    articles = Article.objects.published().entries()
    article = get_object_or_404(articles, slug=slug)
    comments = Comment.objects.published().filter(article=article)
    comment = get_object_or_404(comments, pk=pk)
    comment.article = article
    return comment


def _too_many(request: HttpRequest, comment: Comment, form: ReportForm) -> HttpResponse:
    said = _(
        "Many reports came from your connection in a short time, so this one was not sent yet. "
        "What you wrote is still here: please wait an hour, then press the button once more."
    )
    response = _page(request, comment, form, said=said, status=429)
    response["Retry-After"] = str(AN_HOUR)
    return response


def _page(
    request: HttpRequest, comment: Comment, form: ReportForm, *, said: str = "", status: int = 200
) -> HttpResponse:
    context = {"article": comment.article, "comment": comment, "form": form, "said": said}
    return render(request, "comments/report.html", context, status=status)
