"""Files too large to be held in memory wait, until they are sealed, in a file without a name.

Nobody else can open such a file, and it is gone with its process, however that ends. Django's own has a name: that of a
killed process would lie about in the clear.
"""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class NamelessUploadHandler(FileUploadHandler):
    """In place of Django's ``TemporaryFileUploadHandler``."""

    file: UploadedFile[bytes] | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        waiting = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the request, as every uploaded file
        self.file = UploadedFile(waiting, self.file_name, self.content_type, 0, self.charset, self.content_type_extra)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._file().write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        file = self._file()
        file.seek(0)
        file.size = file_size
        return file

    def _file(self) -> UploadedFile[bytes]:
        assert self.file is not None
        return self.file
