"""Pictures of pages, made when first asked for and kept beside the files, sealed like them.

They need no old key: one that does not open under the present ones is made again.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from gongkai.office.acts.attachments import sealing
from gongkai.office.acts.attachments.errors import DamagedError, LockedError
from gongkai.office.acts.personal.keys import keyring
from gongkai.office.analysis.models import Document
from gongkai.office.analysis.services import originals
from gongkai.office.analysis.services.making import made

_SECONDS = 15.0


def picture(document: Document, number: int) -> bytes:
    """Page ``number`` (from 1) as PNG. Raises ApartError, StoreError, OSError, RefusedFileError."""
    # The member of an archive is part of what a picture shows; names of members are no names for files.
    key = hashlib.sha256(f"{document.sha256}/{document.source.get('member') or ''}".encode()).hexdigest()
    kept = Path(settings.DATA) / "page_pictures" / key[:2] / f"{key}-{number}"
    unusable = suppress(FileNotFoundError, DamagedError, LockedError)
    with unusable, sealing.opened(io.FileIO(kept), keyring(), kept.name) as file:
        return file.read()
    with originals.Lending() as lending:
        question = {
            "path": str(lending.path_of(document)),
            "member": document.source.get("member"),
            "page": number,
        }
        data = made("picture", question, _SECONDS)
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_name(f".{secrets.token_hex(8)}")
    part.write_bytes(sealing.sealed(data, keyring(), kept.name))
    os.replace(part, kept)
    return data
