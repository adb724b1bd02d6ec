"""Heads that the chain is known to have had. One whose end is cut off still is a chain: only these show the cut.

They are kept in two places: in the log itself, as acts, and in a file of the data folder, outside the database. Whoever
wants to be surer still notes one down elsewhere (``gongkai audit verify --head``).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.conf import settings

from gongkai.office.acts.models import Act
from gongkai.office.look.words import datetime_cn

RECORDING = "audit.record_verification"


def file() -> Path:
    """Where they are kept outside the database: one JSON object a line, the newest last."""
    return Path(settings.DATA) / "log-heads.jsonl"


def known() -> dict[str, str]:
    """Known heads, and in Chinese where each is known from."""
    found = {}
    for at, detail in Act.objects.filter(verb=RECORDING, detail__intact=True).values_list("at", "detail"):
        found[str(detail.get("hash"))] = f"{datetime_cn(at)}记入日志"
    for values in _kept():
        found[values["hash"]] = f"{values['at']}记入文件{file().name}"
    return found


def keep(sequence: int, hash: str, at: str) -> None:
    """Add a head to the file. Written through to the disk: it is for the day on which all else is in doubt."""
    line = json.dumps({"sequence": sequence, "hash": hash, "at": at}, ensure_ascii=False) + "\n"
    with file().open("a", encoding="utf-8") as kept:
        kept.write(line)
        kept.flush()
        os.fsync(kept.fileno())


def _kept() -> list[dict[str, str]]:
    try:
        lines = file().read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            values = json.loads(line)
            found.append({"hash": str(values["hash"]), "at": str(values["at"])})
        except (ValueError, KeyError, TypeError):
            continue  # a line torn by a power cut says nothing
    return found
