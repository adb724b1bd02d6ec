"""How long a document may take and how much memory: a hostile file ends in one line, not in a machine that stalls."""

from __future__ import annotations

SECONDS = 30.0  # for one document
DIED, HUNG = "died", "hung"  # what became of a document whose process ended, or that took longer
WORKER = 2 * 1024**3  # bytes of address space of one of several processes
MAIN = 4 * 1024**3  # of the process that was started


def bound_memory(size: int) -> None:
    """Bound the address space of this process to ``size`` bytes, where the system can; it may be raised again."""
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
    except (ImportError, ValueError, OSError):
        pass
