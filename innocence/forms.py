"""The one form that belongs to no app: the door for staff and moderators."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """Says what to check, and leaves the focus to the errors when there are some."""

    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": _(
            "That name and password do not belong together. Check both, and mind capital letters."
        )
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.fields["username"].widget.attrs.pop("autofocus", None)
