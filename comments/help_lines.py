"""Where staff keep the help lines and emergency numbers that somebody in distress sees first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from . import desk
from .help_line_forms import EmergencyNumberForm, HelpLineForm
from .models import EmergencyNumber, HelpLine
from .where_help_is import all_of_it


@never_cache
@login_required
@permission_required("comments.view_helpline", raise_exception=True)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything by country, also what visitors do not see."""
    may_moderate = request.user.has_perm("comments.moderate")
    around = desk.frame(request) | {"queue": "help-lines"} if may_moderate else {}
    context = {**around, "where_help_is": all_of_it()}
    return render(request, "desk/comments/help_lines.html", context)


@never_cache
@login_required
@permission_required("comments.add_helpline", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _edit(request, HelpLineForm, HelpLine())


@never_cache
@login_required
@permission_required("comments.change_helpline", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, HelpLineForm, get_object_or_404(HelpLine, pk=pk))


@never_cache
@login_required
@permission_required("comments.add_helpline", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new_emergency_number(request: HttpRequest) -> HttpResponse:
    """``?country=`` is that of a help line which has no emergency number beside it yet."""
    number = EmergencyNumber(country=request.GET.get("country", "")[:80])
    return _edit(request, EmergencyNumberForm, number)


@never_cache
@login_required
@permission_required("comments.change_helpline", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def change_emergency_number(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, EmergencyNumberForm, get_object_or_404(EmergencyNumber, pk=pk))


def _edit(
    request: HttpRequest,
    form_class: type[HelpLineForm] | type[EmergencyNumberForm],
    entry: HelpLine | EmergencyNumber,
) -> HttpResponse:
    form = form_class(request.POST if request.method == "POST" else None, instance=entry)
    if not form.is_bound:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    if form.was_changed_meanwhile:
        newer = type(entry).objects.get(pk=entry.pk)
        return _page(request, form.with_version_of(newer), newer=newer, status=409)
    messages.success(request, _("Saved: %(line)s.") % {"line": form.save()})
    return redirect("comments:help-lines")


def _page(
    request: HttpRequest,
    form: HelpLineForm | EmergencyNumberForm,
    *,
    newer: Any = None,
    status: int = 200,
) -> HttpResponse:
    name = "emergency_number" if isinstance(form, EmergencyNumberForm) else "help_line"
    context = {"form": form, "newer": newer}
    return render(request, f"desk/comments/{name}.html", context, status=status)
