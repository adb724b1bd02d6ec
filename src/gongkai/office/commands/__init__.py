"""The commands of the office, beside those of the core: light to load; Django comes when one of them is run."""

from __future__ import annotations

import typer

from gongkai.cli.wording import ChineseCommand
from gongkai.office.commands.audit import audit
from gongkai.office.commands.serving import office, serve


def add_to(app: typer.Typer) -> None:
    """Put the office's commands beside those of the core."""
    app.command(cls=ChineseCommand)(serve)
    app.command(
        cls=ChineseCommand,
        # Everything behind `office` is Django's, its --help too.
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    )(office)
    app.add_typer(audit, name="audit")
