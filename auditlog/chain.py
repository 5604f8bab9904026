"""What one row of the log says, in one spelling, and the digest that ties it to the row before."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256

from django.db.models import Model


def content(entry: Model) -> str:
    """Every column of the row as JSON. What is empty is left out, so that a column which comes
    later, and is empty in the rows before it, changes no digest.
    """
    values = {
        field.attname: value
        for field in entry._meta.concrete_fields
        if (value := field.value_from_object(entry))
    }
    return json.dumps(
        values, default=_moment, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def digest(entry: Model, *, previous: str) -> str:
    """Of this row and, through the digest of the one before, of all that was logged before."""
    text = f"{previous}\n{entry._meta.label_lower}\n{content(entry)}"
    return sha256(text.encode()).hexdigest()


def _moment(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"The log has no spelling for {type(value).__name__}.")
    return value.astimezone(UTC).isoformat(timespec="microseconds")
