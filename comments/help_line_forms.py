"""What staff may write into the list of help lines and emergency numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .models import EmergencyNumber, HelpLine


class _EntryForm(forms.ModelForm):  # type: ignore[type-arg]
    """One entry of the list. It knows which state of the entry its writer saw."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    rows: tuple[str | Div, ...]

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        instance: HelpLine | EmergencyNumber,
    ) -> None:
        super().__init__(data, instance=instance)
        self.fields["seen"].initial = self.stored = _state_of(instance)

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(*self.rows, "seen")
        return helper

    @property
    def was_changed_meanwhile(self) -> bool:
        return bool(self.cleaned_data["seen"] != self.stored)

    def with_version_of(self, newer: HelpLine | EmergencyNumber) -> Self:
        """The same form with what was typed, to be saved over the newer state."""
        again = type(self)(self.data, instance=newer)
        again.data = {name: self.data.get(name) for name in self.data} | {"seen": _state_of(newer)}
        return again

    def save(self, commit: bool = True) -> Any:
        self.instance.changed_at = timezone.now()
        return super().save(commit)


class HelpLineForm(_EntryForm):
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    rows = (
        Div("country", "name", css_class="two"),
        "how",
        Div("phone", "website", css_class="two"),
        Div("position", "is_shown", css_class="two"),
    )

    class Meta:
        model = HelpLine
        fields = ["country", "name", "how", "phone", "website", "position", "is_shown"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = [self.cleaned_data.get(name) for name in ("phone", "website")]
        if not any(given) and "website" not in self.errors:
            self.add_error("phone", _("Give a number to call or a website, or both."))
        return self.cleaned_data


class EmergencyNumberForm(_EntryForm):
    rows = (
        Div("country", "number", css_class="two"),
        Div("position", "is_shown", css_class="two"),
    )

    class Meta:
        model = EmergencyNumber
        fields = ["country", "number", "position", "is_shown"]


def _state_of(entry: HelpLine | EmergencyNumber) -> str:
    return entry.changed_at.isoformat() if entry.pk else ""
