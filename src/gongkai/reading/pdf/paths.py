"""The ruling lines of a page, from its path objects: strokes, thin filled rectangles, the edges of stroked boxes."""

from __future__ import annotations

import ctypes
from array import array
from ctypes import c_int, c_void_p
from itertools import compress, repeat
from math import isfinite
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from gongkai.reading.pdf.frame import Frame
from gongkai.reading.pdf.native import function

THIN = 3.0  # points: a shape thinner than this is a line
SHORT = 4.0  # points: a line shorter than this is a dot or the corner of a border
EMPTY = 0.01  # points: pdfium's own bound for a text without width
MAX_OBJECTS = 150_000  # of one page
MAX_SEGMENTS = 60_000  # path segments looked at on one page
MAX_RULES = 20_000  # of one page: a drawing, not a table
RECTANGLE = 5  # path segments of a rectangle
MAX_NESTING = 6  # forms inside forms

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5  # FPDF_PAGEOBJ_…
_LINE, _BEZIER, _MOVE = 0, 1, 2  # FPDF_SEGMENT_…

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Rule(NamedTuple):
    """A line of the page: at ``at`` (y when horizontal, x when vertical), from ``start`` to ``end``."""

    horizontal: bool
    at: float
    start: float
    end: float


class Handle(NamedTuple):
    """A path object and the matrix of the forms it stands in (None at the top level)."""

    address: int
    matrix: Matrix | None


_get_object = function(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
_get_inner = function(raw.FPDFFormObj_GetObject, c_void_p, c_void_p, c_int)
_get_type = function(raw.FPDFPageObj_GetType, c_int, c_void_p)
_count_inner = function(raw.FPDFFormObj_CountObjects, c_int, c_void_p)
_get_bounds = function(raw.FPDFPageObj_GetBounds, c_int, *[c_void_p] * 5)
_get_matrix = function(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
_count_segments = function(raw.FPDFPath_CountSegments, c_int, c_void_p)
_get_segment = function(raw.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
_get_point = function(raw.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
_segment_type = function(raw.FPDFPathSegment_GetType, c_int, c_void_p)
_segment_closes = function(raw.FPDFPathSegment_GetClose, c_int, c_void_p)
_draw_mode = function(raw.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)


class Objects(NamedTuple):
    """The objects of a page and of the forms in it.

    ``top`` and ``kinds``: those of the page itself, each with its type. ``paths``: all path objects, ``types``: the
    types met, ``texts``: how many text objects. ``crowded``: there were too many, not all were looked at.
    """

    top: list[int]
    kinds: list[int]
    paths: list[Handle]
    types: set[int]
    texts: int
    crowded: bool


def page_objects(page: pypdfium2.PdfPage) -> Objects:
    """Looks through the page and, level by level, the forms in it."""
    handle = ctypes.cast(page.raw, c_void_p).value or 0
    count = max(raw.FPDFPage_CountObjects(page.raw), 0)
    left_over = MAX_OBJECTS - count
    top = list(map(_get_object, repeat(handle), range(min(count, MAX_OBJECTS))))
    waiting: list[tuple[list[int], Matrix | None]] = [(top, None)]
    paths: list[Handle] = []
    kinds: list[int] = []
    texts = 0
    met: set[int] = set()
    for _ in range(MAX_NESTING):
        inner: list[tuple[list[int], Matrix | None]] = []
        for handles, matrix in waiting:
            types = list(map(_get_type, handles))
            met.update(types)
            texts += types.count(TEXT)
            paths += [Handle(at, matrix) for at in compress(handles, map(PATH.__eq__, types))]
            kinds = kinds or types
            if FORM not in types:
                continue
            for form in compress(handles, map(FORM.__eq__, types)):
                size = max(_count_inner(form), 0)
                left_over -= size
                if left_over < 0:
                    return Objects(top, kinds, paths, met, texts, True)
                members = list(map(_get_inner, repeat(form), range(size)))
                inner.append((members, _times(_matrix(form), matrix or _IDENTITY)))
        waiting = inner
    return Objects(top, kinds, paths, met, texts, left_over < 0)


def rules_of(paths: list[Handle], frame: Frame) -> tuple[list[Rule], bool]:
    """The horizontal and vertical lines of the page as displayed; True when there were too many to be tables."""
    if not paths:
        return [], False
    flat, got = _bounds([path.address for path in paths])
    rules: list[Rule] = []
    left_over = MAX_SEGMENTS
    boxes = zip(flat[0::4], flat[1::4], flat[2::4], flat[3::4], strict=True)
    for path, bounded, (left, bottom, right, top) in zip(paths, got, boxes, strict=True):
        if not bounded:
            continue
        if path.matrix is None and (right - left <= THIN or top - bottom <= THIN):
            _add(rules, frame, (left, bottom, right, top))
            continue
        segments = _count_segments(path.address)
        stroked = _stroked(path.address)
        if segments <= RECTANGLE and not stroked and path.matrix is None:
            continue  # the colour behind a cell
        left_over -= segments
        if left_over < 0:
            return [], True
        _walk(rules, frame, path, stroked)
        if len(rules) > MAX_RULES:
            return [], True
    return ([], True) if len(rules) > MAX_RULES else (rules, False)


def count_empty(objects: Objects) -> int:
    """How many text objects have no width: pdfium draws nothing for them and leaves them out of the text."""
    flat, _ = _bounds(list(compress(objects.top, map(TEXT.__eq__, objects.kinds))))
    return sum(right - left < EMPTY for left, right in zip(flat[0::4], flat[2::4], strict=True))


def _bounds(handles: list[int]) -> tuple[array[float], list[int]]:
    """left, bottom, right, top of each object one after the other; and for each whether pdfium knows them."""
    flat = array("f", bytes(16 * len(handles)))
    address, _ = flat.buffer_info()
    sides = [range(address + 4 * k, address + 4 * k + 16 * len(handles), 16) for k in range(4)]
    return flat, list(map(_get_bounds, handles, *sides))


def _stroked(path: int) -> bool:
    mode, stroke = c_int(), c_int()
    _draw_mode(path, ctypes.addressof(mode), ctypes.addressof(stroke))
    return bool(stroke.value)


def _walk(rules: list[Rule], frame: Frame, path: Handle, stroked: bool) -> None:
    """The lines within one path object: each thin subpath, and each upright or level edge when it is stroked."""
    matrix = _times(_matrix(path.address), path.matrix or _IDENTITY)
    for points, straight in _subpaths(path.address, matrix):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
        if right - left <= THIN or top - bottom <= THIN:
            _add(rules, frame, (left, bottom, right, top))
        elif stroked:
            for (x0, y0), (x1, y1), line in zip(points, points[1:], straight[1:], strict=False):
                if line and (abs(x0 - x1) <= 0.5 or abs(y0 - y1) <= 0.5):
                    _add(rules, frame, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _subpaths(path: int, matrix: Matrix) -> list[tuple[list[tuple[float, float]], list[bool]]]:
    """The points of each subpath in page space, and for each point whether a straight line leads to it."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    at_x, at_y = ctypes.addressof(x), ctypes.addressof(y)
    found: list[tuple[list[tuple[float, float]], list[bool]]] = []
    for index in range(_count_segments(path)):
        segment = _get_segment(path, index)
        if not segment or not _get_point(segment, at_x, at_y):
            continue
        kind = _segment_type(segment)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if not (isfinite(point[0]) and isfinite(point[1])):
            continue
        if kind == _MOVE or not found:
            found.append(([point], [False]))
        else:
            found[-1][0].append(point)
            found[-1][1].append(kind == _LINE)
        if _segment_closes(segment):
            found[-1][0].append(found[-1][0][0])
            found[-1][1].append(True)
    return found


def _add(rules: list[Rule], frame: Frame, box: tuple[float, float, float, float]) -> None:
    left, bottom, right, top = box
    if not isfinite(sum(box)):
        return
    x0, y0 = frame.point(left, bottom)
    x1, y1 = frame.point(right, top)
    width, height = abs(x1 - x0), abs(y1 - y0)
    if width >= SHORT and width >= height:
        rules.append(Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif height >= SHORT:
        rules.append(Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _matrix(handle: int) -> Matrix:
    found = raw.FS_MATRIX()
    if not _get_matrix(handle, ctypes.addressof(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies ``first``, then ``then``."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
