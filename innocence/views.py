"""What belongs to the whole site: log-in, errors, health, robots, uploaded files."""

from __future__ import annotations

import sys
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template import loader
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve

from articles.models import Article
from comments import views as comment_views
from comments.throttle import Throttle

from .context import site
from .forms import LoginForm

LOGIN_ATTEMPTS = Throttle("login", limit=20, seconds=600)


class StaffLogin(LoginView):
    """Log-in for staff and moderators; twenty failed tries in ten minutes from one address."""

    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Django puts a "site" of its own there, which only knows the host.
        return super().get_context_data(**kwargs) | site()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if LOGIN_ATTEMPTS.is_exhausted(request.META["REMOTE_ADDR"]):
            response = render(request, "registration/too_many_attempts.html", status=429)
            response["Retry-After"] = str(LOGIN_ATTEMPTS.seconds)
            return response
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        LOGIN_ATTEMPTS.count(self.request.META["REMOTE_ADDR"])
        response = super().form_invalid(form)
        response.status_code = 422
        return response


@never_cache
@login_required
def staff_home(request: HttpRequest) -> HttpResponse:
    """Where somebody's work is: the moderation desk, the writing desk, or the admin."""
    if request.user.has_perm("articles.write_articles"):
        return redirect("articles:desk")
    if request.user.has_perm("comments.moderate"):
        return redirect("comments:overview")
    if request.user.is_staff:
        return redirect("admin:index")
    return render(request, "registration/no_permission.html", status=403)


def admin_login(request: HttpRequest) -> HttpResponse:
    """The admin has no log-in of its own: one door, with one limit on attempts.

    Whoever is logged in and still comes here may not enter; our log-in would send them back.
    """
    if request.user.is_authenticated and not admin.site.has_permission(request):
        raise PermissionDenied
    target = request.GET.get("next") or reverse("admin:index")
    return redirect(f"{reverse('login')}?{urlencode({'next': target})}")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503."""
    try:
        # A table of ours: SQLite would answer from an empty file when its own is gone.
        Article.objects.exists()
    except (DatabaseError, InterfaceError):
        return HttpResponse("database away", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /moderation/",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /search/",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('articles:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell about a weakness. Without an e-mail set, the privacy page says it."""
    contact = (
        f"mailto:{settings.SITE_EMAIL}" if settings.SITE_EMAIL else f"{settings.SITE_URL}/privacy/"
    )
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {settings.SITE_URL}{reverse('security-txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Uploaded pictures; their names change with their content, so browsers may keep them."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A stale page: nothing was done, and nothing that was typed is lost.

    The comment form comes back as it was. Any other form of ours gets its fields back, to be
    sent by one more press.
    """
    match = resolve(request.path_info)
    if match.view_name == "comments:submit":
        return comment_views.submit_stale(request, match.kwargs["slug"])
    return handed_back(request, "stale", status=HTTPStatus.FORBIDDEN)


HANDED_BACK = {
    "note": _("Note for the log"),
    "answer": _("Your answer to the author"),
    "body": _("Text"),
    "text": _("Text"),
    "standfirst": _("Standfirst"),
}
"""What a field is called when it comes back by itself; others are what somebody wrote."""


def handed_back(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    """A page with everything that was sent, ready to be sent again. Asks the database nothing.

    Only refused is what another site sent here, and what cannot stand in a page: a password.
    """
    is_ours = request.headers.get("Origin") in {None, f"{request.scheme}://{request.get_host()}"}
    can_be_resent = is_ours and not any("password" in name for name in request.POST)
    fields = [
        (name, HANDED_BACK.get(name, _("What you wrote")), value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    context = {
        "why": why,
        "fields": fields if can_be_resent else [],
        "can_be_resent": can_be_resent,
        "had_files": bool(request.FILES),
        "csrf_token": get_token(request),
    }
    page = loader.render_to_string("handed_back.html", context | site())
    return HttpResponse(page, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Renders without the request: whatever broke, this page must not ask it anything.

    A database that is away says so in the status, so that no search engine drops the page.
    """
    page = loader.render_to_string("500.html", site())
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return HttpResponse(page, status=500)
    headers = {"Retry-After": str(comment_views.TRY_AGAIN_AFTER)}
    return HttpResponse(page, status=503, headers=headers)
