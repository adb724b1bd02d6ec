"""Static files into the data folder, under names with the hash of their content; quick when nothing changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.test.utils import override_settings

from gongkai.office.config.database.locks import exclusive

_STORAGE = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}


def collect() -> bool:
    """Collect if any file changed since the last time; returns whether it did. Several may call at once."""
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with exclusive(root.with_name("static.lock"), 120):
        stamp, wanted = root / ".stamp", _stamp()
        if stamp.exists() and stamp.read_text(encoding="ascii") == wanted and (root / "staticfiles.json").exists():
            return False
        # Old files stay: pages that somebody has open still ask for them.
        with override_settings(STORAGES=settings.STORAGES | _STORAGE):
            call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted, encoding="ascii")
    return True


def _stamp() -> str:
    """A hash over name, size and time of every source file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
