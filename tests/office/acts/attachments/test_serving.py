"""A download is the original and nothing a browser would run; infected and damaged ones are not given out."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from office.acts.attachments.kept import overwrite, place, store_in

from gongkai.office.acts.attachments.errors import DamagedError
from gongkai.office.acts.attachments.serving import InfectedError, download
from gongkai.office.acts.attachments.store import FileStore
from gongkai.office.acts.models import Attachment, StoredFile


def stored(store: FileStore, content: bytes, kind: str, **values: object) -> StoredFile:
    sha256 = store.put([content], 1000).sha256
    return StoredFile(sha256=sha256, size=len(content), kind_key=kind, **values)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return store_in(tmp_path)


def test_the_original_is_streamed_to_be_saved(store: FileStore) -> None:
    response = download(Attachment(file=stored(store, b"%PDF-1.7 x", "pdf"), name="报告 甲.pdf"), store)
    assert response.streaming
    assert response.getvalue() == b"%PDF-1.7 x"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == "10"
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert unquote(disposition.rpartition("''")[2]) == "报告 甲.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("kind", ["html", "svg", "xml", "mht"])
def test_what_a_browser_would_run_is_sent_as_plain_bytes(store: FileStore, kind: str) -> None:
    response = download(Attachment(file=stored(store, b"<script>alert(1)</script>", kind), name=f"页.{kind}"), store)
    assert response["Content-Type"] == "application/octet-stream"
    response.close()


def test_a_name_cannot_put_in_a_header(store: FileStore) -> None:
    name = 'a"; filename="b.exe'
    response = download(Attachment(file=stored(store, b"x", "text"), name=name), store)
    assert response["Content-Disposition"] == 'attachment; filename="a\\"; filename=\\"b.exe"'
    response.close()


def test_an_infected_file_is_not_given_out(store: FileStore) -> None:
    file = stored(store, b"x", "text", scan_verdict="infected", scan_detail="Eicar")
    with pytest.raises(InfectedError, match="发现病毒：Eicar，不能下载"):
        download(Attachment(file=file, name="a.txt"), store)


def test_a_damaged_file_is_not_given_out(store: FileStore) -> None:
    file = stored(store, b"good", "text")
    overwrite(place(store, file.sha256), b"evil")
    with pytest.raises(DamagedError, match="已损坏"):
        download(Attachment(file=file, name="a.txt"), store)
