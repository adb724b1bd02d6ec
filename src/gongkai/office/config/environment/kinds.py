"""What some settings look like: host names, addresses, keys."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gongkai.office.config.environment.setting import listed

KEY_BYTES = 32
_HOST = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]", re.IGNORECASE)
_SHORTEST_SECRET = 50  # as `check --deploy` asks


def host_names(value: str) -> tuple[str, ...]:
    """Names by which the office is called; a leading dot takes in what lies below. ``*`` is refused."""
    names = listed(value)
    for name in names:
        if not _HOST.fullmatch(name):
            raise ValueError(f"“{name}”不是主机名；只写主机名，不写 https:// 和路径，几个之间用逗号分开")
    return names


def database(value: str) -> str:
    """A libpq address, or nothing for the embedded server."""
    if value:
        from gongkai.office.config.database.address import connection

        connection(value, Path("/nowhere"))
    return value


def https_address(value: str) -> str:
    """An address that begins with https (or, for trials on this machine, http://localhost)."""
    if not value:
        return ""
    parts = urlsplit(value)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme not in ("https", *(["http"] if local else [])) or not parts.hostname:
        raise ValueError("应为以 https:// 开头的地址")
    return value.rstrip("/")


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in, in Django's terms."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    ssl: bool


def mail(value: str) -> MailServer:
    """``smtp://``, ``smtp+starttls://`` or ``smtps://``, with user, password and port where they are needed."""
    parts = urlsplit(value)
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ValueError("应为 smtp://、smtp+starttls:// 或 smtps:// 开头的地址")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    try:
        port = parts.port or ports[parts.scheme]
    except ValueError:
        raise ValueError("端口应为数字") from None
    return MailServer(parts.hostname, port, user, password, parts.scheme == "smtp+starttls", parts.scheme == "smtps")


def file(value: str) -> Path | None:
    """A file that can be read."""
    if not value:
        return None
    path = Path(value).expanduser()
    if not path.is_file():
        raise ValueError("没有这个文件")
    return path.absolute()


def secret(value: str) -> str:
    """A secret that is long enough to be none of a dictionary."""
    if value and len(value) < _SHORTEST_SECRET:
        raise ValueError(f"太短，至少 {_SHORTEST_SECRET} 个字符")
    return value


def secrets(value: str) -> tuple[str, ...]:
    """Several of them."""
    return tuple(secret(word) for word in listed(value))


def data_keys(value: str) -> tuple[bytes, ...]:
    """Keys of 32 bytes in base64, the newest first."""
    keys = []
    for word in listed(value):
        try:
            keys.append(base64.b64decode(word.replace("-", "+").replace("_", "/"), validate=True))
        except binascii.Error:
            raise ValueError("不是 base64") from None
        if len(keys[-1]) != KEY_BYTES:
            raise ValueError(f"每个密钥应为 {KEY_BYTES} 字节（base64 写成 44 个字符）")
    return tuple(keys)
