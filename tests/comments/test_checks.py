"""Wrong settings are named at the start."""

from __future__ import annotations

import pytest

from comments import screening
from comments.checks import comment_settings, screening_data


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
