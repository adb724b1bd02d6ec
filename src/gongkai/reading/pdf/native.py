"""Second pointers to pdfium's functions, which take plain addresses.

pypdfium2 checks and converts each argument; at a call for every character that is most of the time. These pointers
take integers as they are, so that ``map`` drives them from C.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import PYFUNCTYPE, c_void_p
from typing import Any


def function(original: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The pdfium function ``original`` (from ``pypdfium2.raw``) with the given C types."""
    return PYFUNCTYPE(result, *arguments)(ctypes.cast(original, c_void_p).value or 0)
