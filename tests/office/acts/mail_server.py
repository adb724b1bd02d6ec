"""A mail server on loopback, in a process of its own so that it can be killed: ``mail_server.py PORT FOLDER MODE``.

Modes: ``take``; ``busy`` (come back later); ``refuse`` (no such mailbox); ``hang up`` (before the text);
``die`` (takes the text, stores it, and is gone before it answers); ``think`` (a moment before it answers). Each mail
taken is a file in the folder.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiosmtpd.controller import Controller


class _Server:
    def __init__(self, folder: Path, mode: str) -> None:
        self.folder, self.mode = folder, mode

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - the name is the library's
        if self.mode == "refuse":
            return "550 no such mailbox"
        if self.mode == "hang up":
            os._exit(1)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the name is the library's
        if self.mode == "busy":
            return "451 come back later"
        (self.folder / uuid4().hex).write_bytes(envelope.original_content)
        if self.mode == "die":
            os._exit(1)
        if self.mode == "think":
            await asyncio.sleep(0.3)
        return "250 OK"


if __name__ == "__main__":
    port, folder, mode = sys.argv[1:]
    Controller(_Server(Path(folder), mode), hostname="127.0.0.1", port=int(port)).start()
    print("ready", flush=True)
    time.sleep(600)
