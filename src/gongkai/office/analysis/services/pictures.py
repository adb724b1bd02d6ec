"""Pictures of pages, made when first asked for and kept beside the files: they can always be made again."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

from gongkai.office.analysis.models import Document
from gongkai.office.analysis.services import originals
from gongkai.office.analysis.services.making import made

_SECONDS = 15.0


def picture(document: Document, number: int) -> bytes:
    """Page ``number`` (from 1) as PNG. Raises ApartError, OSError."""
    # The member of an archive is part of what a picture shows; names of members are no names for files.
    key = hashlib.sha256(f"{document.sha256}/{document.source.get('member') or ''}".encode()).hexdigest()
    kept = Path(settings.DATA) / "pictures" / key[:2] / f"{key}-{number}.png"
    if kept.is_file():
        return kept.read_bytes()
    question = {"path": str(originals.path_of(document)), "member": document.source.get("member"), "page": number}
    data = made("picture", question, _SECONDS)
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_name(f".{secrets.token_hex(8)}")
    part.write_bytes(data)
    os.replace(part, kept)
    return data
