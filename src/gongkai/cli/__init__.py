"""The command line: ``gongkai read | check | render | rollup | new | explain``.

``main`` is the door; everything else is imported when used."""

from __future__ import annotations


def main() -> None:
    """Run the command line of this process and leave with its exit code (0, 1, 2, or 130 after Ctrl-C)."""
    import sys

    try:
        from gongkai.cli.app import run
        from gongkai.cli.bounds import MAIN, bound_memory

        bound_memory(MAIN)
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
