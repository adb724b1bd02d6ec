"""What the store says when it cannot: each error is one sentence for the person at the screen."""

from __future__ import annotations

_MEGABYTE = 1024 * 1024


class StoreError(Exception):
    """What the store cannot do; ``str(error)`` is one sentence for the person at the screen."""


class TooLargeError(StoreError):
    """More came than is taken. ``limit`` in bytes."""

    def __init__(self, limit: int, size: int | None = None) -> None:
        self.limit, self.size = limit, size
        found = f"文件有 {_megabytes(size)} MB，" if size else "文件"
        super().__init__(f"{found}超过上限 {_megabytes(limit)} MB，没有保存；请压缩、拆分后再上传")


class DamagedError(StoreError):
    """The file under a hash is not there, was changed on the disk, or no longer has that hash."""

    def __init__(self, sha256: str, reason: str) -> None:
        self.sha256 = sha256
        super().__init__(f"存储的文件{reason}（编号 {sha256[:12]}），无法提供；请联系系统管理员从备份恢复")


class LockedError(StoreError):
    """The file is there, but not the data key with which it was sealed. Nothing is wrong with the file."""

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        super().__init__(
            f"存储的文件缺少当时的数据密钥，无法解密（编号 {sha256[:12]}）；"
            "请联系系统管理员找回密钥，加在密钥列表 GONGKAI_DATA_KEYS 的后面"
        )


def _megabytes(size: int | None) -> str:
    return f"{(size or 0) / _MEGABYTE:.1f}".removesuffix(".0")
