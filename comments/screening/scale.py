"""From what a model puts out to a score that means something."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from .sealed import DataError


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a margin counts, and how fast it grows sure."""

    threshold: float
    temperature: float

    def score(self, margin: float) -> float:
        """0 to 1; 0.5 is the threshold, the point from which comments are held."""
        steepness = (margin - self.threshold) / self.temperature
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, steepness))))


def parsed(content: bytes, names: Sequence[str]) -> dict[str, Scale]:
    """The scales of these names in a file; :class:`~.sealed.DataError` if they are not sound."""
    try:
        stored = json.loads(content)
        scales = {
            name: Scale(float(stored[name]["threshold"]), float(stored[name]["temperature"]))
            for name in names
        }
    except (KeyError, TypeError, ValueError) as error:
        raise DataError("the scales have a form that this version cannot read") from error
    for one in scales.values():
        if not (math.isfinite(one.threshold) and 0 < one.temperature < math.inf):
            raise DataError("a scale that nothing can be measured with")
    return scales
