"""Where staff keep the list of help lines that somebody in distress sees first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .help_line_forms import HelpLineForm
from .models import HelpLine


@never_cache
@login_required
@permission_required("comments.view_helpline", raise_exception=True)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every line, those too that visitors do not see."""
    return render(request, "desk/comments/help_lines.html", {"lines": HelpLine.objects.all()})


@never_cache
@login_required
@permission_required("comments.add_helpline", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _edit(request, HelpLine())


@never_cache
@login_required
@permission_required("comments.change_helpline", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(HelpLine, pk=pk))


def _edit(request: HttpRequest, line: HelpLine) -> HttpResponse:
    form = HelpLineForm(request.POST if request.method == "POST" else None, instance=line)
    if not form.is_bound:
        return _page(request, {"form": form})
    if not form.is_valid():
        return _page(request, {"form": form}, status=422)
    if form.was_changed_meanwhile:
        newer = HelpLine.objects.get(pk=line.pk)
        return _page(request, {"form": form.with_version_of(newer), "newer": newer}, status=409)
    messages.success(request, _("Saved: %(line)s.") % {"line": form.save()})
    return redirect("comments:help-lines")


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, "desk/comments/help_line.html", context, status=status)
