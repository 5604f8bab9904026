"""Every address of the site. Public ones last: a standing page may have any free first part."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.views import LogoutView, PasswordChangeView
from django.urls import include, path, reverse_lazy

from . import views

handler500 = "innocence.views.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("media/<path:path>", views.media, name="media"),
    path("accounts/login/", views.StaffLogin.as_view(), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path(
        "accounts/password/",
        PasswordChangeView.as_view(success_url=reverse_lazy("staff-home")),
        name="password_change",
    ),
    path("accounts/", views.staff_home, name="staff-home"),
    path("admin/login/", views.admin_login),
    path("admin/", admin.site.urls),
    path("", include("comments.urls")),
    path("", include("articles.urls")),
]
