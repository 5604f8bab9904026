"""Bars for a chart that the server draws, in whole numbers: every language writes them alike.

Whatever a chart shows stands in a table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1200, 240
_GAP = 16


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """One value for each week; None where there is none."""

    title: str
    values: Sequence[float | None]

    @property
    def most(self) -> float:
        return max((value or 0 for value in self.values), default=0)

    @property
    def last(self) -> float | None:
        return self.values[-1]

    @property
    def bars(self) -> list[Bar]:
        """From the left; the highest is as high as the chart."""
        step = WIDTH // len(self.values)
        heights = [round(HEIGHT * (value or 0) / (self.most or 1)) for value in self.values]
        return [
            Bar(x=at * step, y=HEIGHT - height, width=step - _GAP, height=height)
            for at, height in enumerate(heights)
        ]
