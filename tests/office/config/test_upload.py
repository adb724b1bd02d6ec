"""What is uploaded waits where nobody can open it, and leaves nothing behind."""

from __future__ import annotations

import os

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

DATA = b"0123456789" * 400_000  # more than is held in memory


def posted() -> WSGIRequest:
    return RequestFactory().post("/", {"file": SimpleUploadedFile("报告 甲.pdf", DATA)})


def test_a_large_file_waits_without_a_name_and_is_whole() -> None:
    file = posted().FILES["file"]
    assert os.fstat(file.fileno()).st_nlink == 0
    assert (file.name, file.size) == ("报告 甲.pdf", len(DATA))
    assert b"".join(file.chunks()) == DATA
    assert b"".join(file.chunks()) == DATA, "it can be read again"
    file.close()
