"""``gongkai`` and ``python -m gongkai``: the commands of the core and, above them, those of the office."""

from __future__ import annotations


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    from gongkai import cli
    from gongkai.cli.app import app
    from gongkai.office.commands import add_to

    add_to(app)
    cli.main()


if __name__ == "__main__":
    main()
