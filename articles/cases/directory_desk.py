"""Where staff edit the list of other organisations, one by one or by a file, and undo it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..desk import render_desk, staff
from ..models import DirectoryChange, DirectoryLine, Organisation
from . import directory, spreadsheet
from .forms import ImportForm, OrganisationForm

PER_PAGE = 30
_form_page = require_http_methods(["GET", "HEAD", "POST"])


@staff("articles.write_articles")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    listed = Organisation.objects.with_places()
    if text:
        listed = listed.filter(name__icontains=text)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    return render_desk(
        request, "cases/organisations.html", {"page": page, "text": text, "organisations": page}
    )


@staff("articles.change_organisation")
@_form_page
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.with_places(), pk=pk) if pk else None
    posted = request.POST if request.method == "POST" else None
    form = OrganisationForm(posted, instance=organisation)
    if request.method == "POST" and form.is_valid():
        if pk and organisation:
            directory.change(organisation, form.content(), by=_user(request))
        else:
            directory.add(form.content(), by=_user(request))
        messages.success(request, _("“%(name)s” is saved.") % {"name": form.cleaned_data["name"]})
        return redirect("articles:desk-organisations")
    lines = DirectoryLine.objects.filter(number=pk or 0).select_related("change__by")
    context = {
        "form": form,
        "organisation": Organisation.objects.get(pk=pk) if pk else None,
        "changes": [_told(line) for line in lines.order_by("-pk")[:PER_PAGE]],
        "organisations": True,
    }
    status = 422 if form.errors else 200
    return render_desk(request, "cases/organisation.html", context, status=status)


@staff("articles.change_organisation")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    name = organisation.name
    directory.remove(organisation, by=_user(request))
    messages.success(
        request,
        _("“%(name)s” is off the list. You can put it back from the history.") % {"name": name},
    )
    return redirect("articles:desk-organisations-history")


@staff("articles.write_articles")
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    changes = DirectoryChange.objects.select_related("by", "undone_by", "undoes")
    changes = changes.prefetch_related("lines")
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("page"))
    entries = [(change, [_told(line) for line in change.lines.all()]) for change in page]
    context = {"page": page, "entries": entries, "organisations": True}
    return render_desk(request, "cases/organisations_history.html", context)


@staff("articles.change_organisation")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        directory.undo(get_object_or_404(DirectoryChange, pk=pk), by=_user(request))
        messages.success(request, _("Undone. This can be undone as well."))
    except directory.NotPossible as why:
        messages.error(request, str(why))
    return redirect("articles:desk-organisations-history")


@staff("articles.write_articles")
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    text = spreadsheet.write(Organisation.objects.with_places())
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="organizations.csv"'
    return response


@staff("articles.change_organisation")
@_form_page
def bring_in(request: HttpRequest) -> HttpResponse:
    """Import: choose a file, see what would be done, do it. All of it or nothing."""
    context: dict[str, Any] = {"organisations": True, "columns": spreadsheet.COLUMNS}
    if request.method != "POST":
        return render_desk(request, "cases/import.html", context | {"form": ImportForm()})
    if "text" in request.POST:
        return _bring_in(request, context)
    form = ImportForm(request.POST, request.FILES)
    status = 200 if form.is_valid() else 422
    context |= {"form": form, "plan": form.plan, "text": form.text}
    if form.plan and form.plan.wrong:
        status = 422
    return render_desk(request, "cases/import.html", context, status=status)


def _bring_in(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Do what was looked at, as long as it is still the same."""
    text = request.POST["text"]
    try:
        plan = spreadsheet.plan(text)
    except spreadsheet.Unreadable as why:
        messages.error(request, str(why))
        return redirect("articles:desk-organisations-import")
    context |= {"form": ImportForm(), "plan": plan, "text": text}
    if not plan.can_be_done or plan.digest != request.POST.get("digest"):
        context["has_changed"] = True
        return render_desk(request, "cases/import.html", context, status=409)
    rows = [(row.number, row.content) for row in (*plan.to_change, *plan.to_add)]
    directory.bring_in(rows, by=_user(request))
    messages.success(
        request,
        _("Imported: %(added)s added, %(changed)s changed. You can undo this in the history.")
        % {"added": len(plan.to_add), "changed": len(plan.to_change)},
    )
    return redirect("articles:desk-organisations")


def _told(line: DirectoryLine) -> dict[str, Any]:
    """One line of a change in words: what it is called, what stood there, what stands there."""
    before, after = line.before or {}, line.after or {}
    return {
        "line": line,
        "is_new": line.before is None,
        "is_gone": line.after is None,
        "differences": [
            (
                spreadsheet.field_label(name),
                spreadsheet.shown_value(name, before[name]),
                spreadsheet.shown_value(name, after[name]),
            )
            for name in after
            if name in before and before[name] != after[name]
        ],
    }


def _user(request: HttpRequest) -> User:
    # Every view here asks for a permission first, and an anonymous visitor has none.
    return cast("User", request.user)
