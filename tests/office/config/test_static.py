"""Static files: collected once, quickly found unchanged, cached for ever under the name of their content."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings

from gongkai.office.config.serve import static_files


def test_the_second_collecting_does_nothing_and_a_change_is_seen(tmp_path: Path) -> None:
    source, root = tmp_path / "source", tmp_path / "data" / "static"
    source.mkdir()
    (source / "page.css").write_text("main { margin: 0 }")
    with override_settings(STATIC_ROOT=root, STATICFILES_DIRS=[source]):
        assert static_files.collect()
        begin = time.perf_counter()
        assert not static_files.collect()
        assert time.perf_counter() - begin < 0.5
        first = json.loads((root / "staticfiles.json").read_text())["paths"]["page.css"]
        (source / "page.css").write_text("main { margin: 1em }")
        assert static_files.collect()
        second = json.loads((root / "staticfiles.json").read_text())["paths"]["page.css"]
    assert first != second
    assert (root / first).exists(), "pages that are open still ask for it"


@pytest.mark.django_db
def test_a_file_under_the_name_of_its_content_is_cached_for_ever(tmp_path: Path) -> None:
    storages = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}} | static_files._STORAGE
    with override_settings(STATIC_ROOT=tmp_path / "static"):
        static_files.collect()
        name = json.loads((tmp_path / "static" / "staticfiles.json").read_text())["paths"]["look/look.css"]
        with override_settings(STORAGES=storages, WHITENOISE_USE_FINDERS=False):
            hashed, plain = (Client().get(f"/static/{path}") for path in (name, "look/look.css"))
    assert hashed.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert "immutable" not in plain.headers["Cache-Control"]
    assert hashed.headers["X-Content-Type-Options"] == "nosniff"
