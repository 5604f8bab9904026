"""From what a model puts out to a score that means something."""

from __future__ import annotations

import json
import math
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


def parsed(content: bytes) -> Scale:
    """The scale that a file holds; :class:`~.sealed.DataError` if it holds none."""
    try:
        stored = json.loads(content)
        scale = Scale(float(stored["threshold"]), float(stored["temperature"]))
    except (KeyError, TypeError, ValueError) as error:
        raise DataError("a scale has a form that this version cannot read") from error
    if not (math.isfinite(scale.threshold) and 0 < scale.temperature < math.inf):
        raise DataError("a scale that nothing can be measured with")
    return scale
