"""The rules of the site on the desk: read by all moderators, written by those who may."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from . import desk, site_rules
from .models import SiteRule, SiteRuleVersion
from .rule_forms import SiteRuleForm

_EDITOR = ("comments.moderate", "comments.edit_site_rules")


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every rule, those that are switched off below the others."""
    return _page(request, "overview", {"rules": SiteRule.objects.all()})


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule, and everything that it ever was."""
    rule = get_object_or_404(SiteRule, pk=pk)
    return _page(request, "show", {"rule": rule, "versions": rule.versions.select_related("by")})


@never_cache
@login_required
@permission_required(_EDITOR, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a rule or change one: what is switched on was tried before it is saved."""
    rule = get_object_or_404(SiteRule, pk=pk) if pk else None
    if request.method != "POST":
        return _editor(request, SiteRuleForm(rule=rule), rule)
    form = SiteRuleForm(request.POST, rule=rule)
    if not form.is_valid():
        return _editor(request, form, rule, status=422)
    content = form.cleaned_data
    is_to_be_tried = content["is_on"] and not form.is_tried
    if request.POST.get("action") == "try" or is_to_be_tried:
        form.tell_tried()
        trial = site_rules.tried(content["kind"], content["lines"])
        return _editor(request, form, rule, trial=trial)
    try:
        saved = _save(rule, content, cast("User", request.user))
    except site_rules.Outdated as outdated:
        form.begin_with(outdated.rule.number)
        return _editor(request, form, outdated.rule, newer=_newest(outdated.rule), status=409)
    messages.success(request, _("Rule no. %(number)d is saved.") % {"number": saved.pk})
    return redirect("comments:rule", saved.pk)


def _save(rule: SiteRule | None, content: dict[str, Any], by: User) -> SiteRule:
    values = {name: content[name] for name in ("kind", "lines", "note", "is_on")}
    if rule is None:
        return site_rules.create(by=by, **values)
    return site_rules.save(rule, by=by, number=content["number"] or 0, **values)


def _newest(rule: SiteRule) -> SiteRuleVersion:
    return rule.versions.select_related("by").get(number=rule.number)


def _editor(
    request: HttpRequest,
    form: SiteRuleForm,
    rule: SiteRule | None,
    *,
    trial: site_rules.Trial | None = None,
    newer: SiteRuleVersion | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "rule": rule, "trial": trial, "newer": newer}
    return _page(request, "write", context, status=status)


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = desk.frame(request) | {"queue": "rules"} | context
    return render(request, f"desk/rules/{name}.html", context, status=status)
