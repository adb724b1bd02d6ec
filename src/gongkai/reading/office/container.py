"""Zip containers (DOCX, XLSX, OFD, archives) opened without believing what they say of their own sizes.

The central directory is read by ``zipfile``; the members are inflated here, in one call each, with a bound on what
may come out. What is counted is what came out, so that bombs, overlapping members and false headers all end alike.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from gongkai.reading.errors import UnreadableError
from gongkai.reading.limits import MAX_BYTES, MAX_UNZIPPED

MAX_MEMBERS = 20_000  # an archive of a county's reports for ten years stays below
DAMAGED = "文件已损坏或不完整，无法打开；请重新下载，或在 Word、WPS、Excel 中打开后另存一份再试"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENTRY = b"PK\x01\x02"
_STORED, _DEFLATED = 0, 8


class Container:
    """The members of a zip file, inflated on request, all together within ``budget`` bytes.

    Raises UnreadableError: when opened, for what is no whole zip file or is too large; by ``read``, for a member that
    is missing, encrypted, damaged, or takes more room than is left.
    """

    def __init__(self, data: bytes, budget: int = MAX_UNZIPPED) -> None:
        if len(data) > MAX_BYTES:
            raise UnreadableError(f"文件超过 {MAX_BYTES // 1024**2} MB，不予读取")
        # Counted before zipfile makes an object of each entry. Archives inside may count too: the bound is generous.
        if data.count(_ENTRY) > MAX_MEMBERS:
            raise UnreadableError(f"压缩包内的文件超过 {MAX_MEMBERS} 个，不予读取")
        try:
            with ZipFile(BytesIO(data)) as archive:
                members = archive.infolist()
        except (
            BadZipFile,
            OSError,
            ValueError,
            NotImplementedError,
            struct.error,
            OverflowError,
        ) as error:
            raise UnreadableError(DAMAGED) from error
        self._data = data
        self._left = budget
        self._members = {_name(member): member for member in members if not member.filename.endswith("/")}

    @property
    def names(self) -> list[str]:
        """The members in the order of the directory, "/" between folders; folders themselves are left out."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of the member ``name``, checked against its checksum."""
        member = self._members.get(name)
        if member is None:
            raise UnreadableError(f"文件内缺少“{name}”，可能已损坏；请在 Word、WPS、Excel 中打开后另存一份再试")
        if member.flag_bits & 0x1:
            raise UnreadableError("压缩包设有密码，无法读取；请解除密码后再试")
        content = self._inflate(member)
        if zlib.crc32(content) != member.CRC:
            raise UnreadableError(DAMAGED)
        self._left -= len(content)
        return content

    def get(self, name: str) -> bytes | None:
        """As ``read``, but ``None`` for a member that is not there."""
        return self.read(name) if name in self._members else None

    def _inflate(self, member: ZipInfo) -> bytes:
        start = member.header_offset
        if start < 0 or start + _LOCAL_HEADER.size > len(self._data):
            raise UnreadableError(DAMAGED)
        signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(self._data, start)
        start += _LOCAL_HEADER.size + name_length + extra_length
        end = start + member.compress_size
        if signature != b"PK\x03\x04" or end > len(self._data):
            raise UnreadableError(DAMAGED)
        packed = memoryview(self._data)[start:end]
        if member.compress_type == _STORED:
            self._afford(len(packed))
            return bytes(packed)
        if member.compress_type != _DEFLATED:
            raise UnreadableError("文件采用了不支持的压缩方式；请解压后重新打包，或另存一份再试")
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(packed, self._left + 1)
        except zlib.error as error:
            raise UnreadableError(DAMAGED) from error
        self._afford(len(content))
        if not inflater.eof:
            raise UnreadableError(DAMAGED)
        return content

    def _afford(self, size: int) -> None:
        if size > self._left:
            raise UnreadableError("文件解压后过大，可能是压缩炸弹，不予读取")


def _name(member: ZipInfo) -> str:
    """The member's name. Without the UTF-8 flag it is, in China, UTF-8 (macOS) or GBK (Windows), not code page 437."""
    name = member.filename
    if not member.flag_bits & 0x800 and not name.isascii():
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name.replace("\\", "/")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    return name.replace("\\", "/")
