"""Nightly care: nothing that a record claims is removed, damage is found, what is open gets its job."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.office.acts.models import StoredFile
from gongkai.office.acts.services import file_care
from gongkai.office.acts.services.attachments import store

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    """A store of the test's own."""
    settings.DATA = tmp_path


def kept(content: bytes, *, old: bool = True) -> str:
    sha256 = store().put([content], 1000).sha256
    if old:
        os.utime(store().path(sha256), (time.time() - 100_000,) * 2)
    return sha256


def recorded(content: bytes, **values: Any) -> StoredFile:
    sha256 = kept(content)
    return StoredFile.objects.create(sha256=sha256, size=len(content), kind_key="text", findings_json="[]", **values)


def test_only_what_no_record_of_any_app_claims_is_removed() -> None:
    from gongkai.office.analysis.models import Document

    mine = recorded(b"attached").sha256
    assert "sha256" in {field.name for field in Document._meta.fields}
    forgotten, new = kept(b"rolled back"), kept(b"on its way", old=False)
    assert file_care.claimed([mine, forgotten, new]) == {mine}
    file_care.sweep()
    assert set(store().hashes()) == {mine, new}


def test_what_was_never_looked_through_gets_a_job() -> None:
    recorded(b"done")
    file = recorded(b"open")
    StoredFile.objects.filter(pk=file.pk).update(findings_json=None)
    file_care.sweep()
    file_care.sweep()
    assert list(ProcrastinateJob.objects.values_list("args", flat=True)) == [{"file_id": file.pk}]


def test_damage_is_found_and_taken_back_when_it_is_healed() -> None:
    good, bad, gone = recorded(b"good"), recorded(b"bad"), recorded(b"gone")
    path = store().path(bad.sha256)
    path.chmod(0o640)
    path.write_bytes(b"bed")
    store().path(gone.sha256).unlink()
    assert set(file_care.verify()) == {bad.sha256, gone.sha256}
    assert set(StoredFile.objects.filter(damaged=True)) == {bad, gone}
    kept(b"bad")
    kept(b"gone")
    assert file_care.verify() == []
    assert not StoredFile.objects.filter(damaged=True).exists()
    assert good.sha256 in set(store().hashes())


def test_verification_goes_on_where_it_stopped() -> None:
    files = [recorded(bytes([65 + number]) * 10) for number in range(5)]
    for file in files:
        store().path(file.sha256).unlink()
    assert file_care.verify(20) == [files[0].sha256, files[1].sha256]
    assert file_care.verify(20) == [files[2].sha256, files[3].sha256]
    assert file_care.verify(20) == [files[4].sha256, files[0].sha256]
