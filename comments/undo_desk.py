"""Undo on the desk for one press that changed more than one comment."""

from __future__ import annotations

import re
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from . import desk, elsewhere, moderation, public_names
from .models import Comment, Finding

_ID = re.compile(r"[0-9]{1,18}")


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_POST
def take_back_public(request: HttpRequest, pk: int) -> HttpResponse:
    """A name is not public after all, and what its being public let out waits again."""
    comment = get_object_or_404(Comment, pk=pk)
    finding = _finding(request, comment)
    along = {int(sent) for sent in request.POST.getlist("along") if _ID.fullmatch(sent)}
    if finding is None:
        messages.error(request, _("The marks have changed since the page was opened. Look again."))
        return redirect("comments:show", pk=pk)
    try:
        by = cast("User", request.user)
        taken_back = public_names.take_back(finding, by=by, along=along)
    except moderation.Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("comments:show", pk=pk)
    said = [_("The name is not public in this article any more.")]
    if count := len(taken_back.undone):
        text = ngettext(
            "%(count)d comment that it had let out is back where it was.",
            "%(count)d comments that it had let out are back where they were.",
            count,
        )
        said.append(text % {"count": count})
    if left := taken_back.left:
        text = ngettext(
            "%(count)d stays: somebody has decided on it since.",
            "%(count)d stay: somebody has decided on them since.",
            left,
        )
        said.append(text % {"count": left})
    messages.success(request, " ".join(said))
    return redirect("comments:show", pk=pk)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_POST
def undo_elsewhere(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back all that one press cut in other places; the decision before it can be undone next.

    Only whoever pressed it, and as long as nothing else was cut so.
    """
    show = reverse("comments:show", args=[pk])
    step = request.session.pop(desk.CUT_ELSEWHERE, None)
    if step is None:
        messages.error(request, _("That was undone already, or something else was cut since."))
        return redirect(show)
    after = step.pop("after")
    left = elsewhere.undo(elsewhere.Done(**step), by=cast("User", request.user))
    messages.success(request, _("What was cut in other places is back."))
    if left:
        text = ngettext(
            "%(count)d stays: somebody has decided on it since.",
            "%(count)d stay: somebody has decided on them since.",
            left,
        )
        messages.warning(request, text % {"count": left})
    return redirect(f"{show}?{urlencode({'decided': after})}")


def _finding(request: HttpRequest, comment: Comment) -> Finding | None:
    sent = request.POST.get("finding", "")
    return comment.findings.filter(pk=sent).first() if _ID.fullmatch(sent) else None
