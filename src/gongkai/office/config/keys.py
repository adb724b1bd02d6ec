"""Keys that the environment does not give are made once and kept in the data folder, for its owner alone."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from gongkai.office.config.environment.kinds import KEY_BYTES, data_keys
from gongkai.office.config.environment.setting import SettingError


def kept_secret(data: Path) -> str:
    """The signing key of this data folder."""
    return _kept(data / "keys" / "secret_key", lambda: secrets.token_urlsafe(64))


def kept_data_keys(data: Path) -> tuple[bytes, ...]:
    """The keys for personal data (32 bytes each), the newest first; a line each in the file, in base64.

    A new line on top makes a new key; the older ones stay for what they encrypted. Raises ``SettingError``.
    """
    path = data / "keys" / "data_keys"
    lines = _kept(path, lambda: base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())
    try:
        return data_keys(",".join(lines.split()))
    except ValueError as error:
        raise SettingError(f"密钥文件 {path} 不对：{error}") from None


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The content of ``path``. It appears whole or not at all, and once: of several that make it one wins."""
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(make() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(new, path)
        except FileExistsError:
            pass
        finally:
            new.unlink()
        return _read(path)
    except OSError as error:
        raise SettingError(f"不能写入密钥文件 {path}：{error.strerror}；请检查数据文件夹的权限") from None


def _read(path: Path) -> str:
    try:
        content = path.read_text(encoding="ascii").strip()
    except PermissionError:
        raise SettingError(f"不能读取密钥文件 {path}；请用建立数据文件夹的用户运行") from None
    if not content:
        raise SettingError(f"密钥文件 {path} 是空的；请从备份恢复")
    return content
