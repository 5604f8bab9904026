"""Wrong settings are named at the start."""

from __future__ import annotations

import pytest
from django.core import checks

from comments import notices, screening
from comments.checks import comment_settings, mail, screening_data


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({}, []),
        ({"COMMENT_MODE": "nobody"}, ["comments.E001"]),
        ({"SCREENER": "comments.screening.no_such_thing"}, ["comments.E002"]),
        ({"SCREENER": "comments.models.comment.THREADS_PER_PAGE"}, ["comments.E003"]),
    ],
)
def test_a_wrong_setting_is_named(settings, values, problems):
    for name, value in values.items():
        setattr(settings, name, value)
    assert [problem.id for problem in comment_settings()] == problems


def test_a_damaged_model_is_reported_at_the_start(monkeypatch):
    assert screening_data() == []
    monkeypatch.setattr(screening, "damages", lambda: ["encoder.onnx is not the file"])
    assert [problem.id for problem in screening_data()] == ["comments.W001"]


def test_a_console_for_letters_is_reported_before_a_site_goes_public_only(settings):
    assert mail() == []
    settings.EMAIL_BACKEND = notices.CONSOLE
    [problem] = mail()
    assert problem.id == "comments.W002"
    assert "EMAIL_URL" in problem.msg
    assert mail not in checks.registry.registry.get_checks()
    assert mail in checks.registry.registry.get_checks(include_deployment_checks=True)
