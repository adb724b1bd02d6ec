"""Bounds that a process sets itself before it opens a stranger's file: the machine's, so they hold inside of C, too."""

from __future__ import annotations


def bound_process(memory: int, seconds: int) -> None:
    """End this process beyond ``memory`` bytes of address space or ``seconds`` + 1 of processor time, for good.

    Where the system has no such bounds the parent's clock alone stops it.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, amount in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds + 1)):
        try:
            resource.setrlimit(kind, (amount, amount))
        except (ValueError, OSError):  # macOS refuses some
            continue
