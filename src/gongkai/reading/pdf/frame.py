"""The page's frame: from pdfium's page space (origin anywhere, y upwards, before /Rotate) to what a person sees."""

from __future__ import annotations

import ctypes
from array import array
from itertools import repeat
from math import isfinite
from operator import sub
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw


class Frame(NamedTuple):
    """``left, bottom, right, top`` bound what is shown (CropBox within MediaBox); ``turn`` counts clockwise quarters.

    ``width`` and ``height`` are those of the page as displayed, in points.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int
    width: float
    height: float

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> Frame:
        box = raw.FS_RECTF()
        found = raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(box))
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if not found or not all(map(isfinite, (left, bottom, right, top))) or right <= left or top <= bottom:
            left, bottom, right, top = 0.0, 0.0, 612.0, 792.0
        turn = page.get_rotation() // 90 % 4
        size = (right - left, top - bottom)
        return cls(left, bottom, right, top, turn, *(size if turn % 2 == 0 else size[::-1]))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of page space as (from the left, from the top)."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def boxes(self, flat: array[float]) -> tuple[array[float], array[float], array[float], array[float]]:
        """left, top, right, bottom of many boxes, from pdfium's flat left, top, right, bottom."""
        left, top, right, bottom = flat[0::4], flat[1::4], flat[2::4], flat[3::4]
        if self.turn == 0:
            return (
                _minus(left, self.left),
                _from(self.top, top),
                _minus(right, self.left),
                _from(self.top, bottom),
            )
        if self.turn == 1:
            return (
                _minus(bottom, self.bottom),
                _minus(left, self.left),
                _minus(top, self.bottom),
                _minus(right, self.left),
            )
        if self.turn == 2:
            return (
                _from(self.right, right),
                _minus(bottom, self.bottom),
                _from(self.right, left),
                _minus(top, self.bottom),
            )
        return _from(self.top, top), _from(self.right, right), _from(self.top, bottom), _from(self.right, left)


def _minus(numbers: array[float], origin: float) -> array[float]:
    return array("f", map(sub, numbers, repeat(origin))) if origin else numbers


def _from(origin: float, numbers: array[float]) -> array[float]:
    return array("f", map(sub, repeat(origin), numbers))
