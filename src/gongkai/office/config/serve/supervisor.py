"""Database, web and worker as one: started in order, looked after, stopped in the opposite order."""

from __future__ import annotations

import http.client
import logging
import os
import signal
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from gongkai.office.config.database import DatabaseUnavailableError, ensure_running, locks, server
from gongkai.office.config.database.address import embedded_folder
from gongkai.office.config.environment import catalogue as env
from gongkai.office.config.serve.address import is_free, next_free, shown
from gongkai.office.config.serve.child import Child
from gongkai.office.config.serve.parent import expect

_TICK = 0.25  # seconds between two looks at the children
_DATABASE_TICK = 2.0  # and at the database
_OPEN = 60.0  # seconds for the web to answer for the first time
_MODULES = "gongkai.office.config.serve"
_log = logging.getLogger("gongkai.serve")


class ServeError(Exception):
    """The office cannot be opened; ``str(error)`` is the Chinese line that says why."""


class Supervisor:
    """One run of ``gongkai serve``. ``demo``: with the invented county, and at another port when this one is taken."""

    def __init__(self, host: str, port: int, *, demo: bool = False) -> None:
        self.host, self.port, self.demo = host, port, demo
        self._stop = threading.Event()
        self._begun = False  # whether there is anything to stop
        self._web = Child("web", f"{_MODULES}.web", patience=15.0)
        self._worker = Child("worker", f"{_MODULES}.worker", patience=25.0)
        self._embedded = None if env.DATABASE_URL.value() else embedded_folder(env.DATA.value())

    def run(self) -> None:
        """Serve until SIGTERM, SIGINT or SIGHUP. Raises ``ServeError``, ``DatabaseUnavailableError``."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        data = env.DATA.value()
        _make(data)
        held = locks.held_by_nobody(data / "serve.lock")
        if held is None:
            raise ServeError(f"另一个 gongkai serve 正在使用数据文件夹 {data}；请先停止它，或用 GONGKAI_DATA 另指一处")
        try:
            self._open()
            self._look_after()
        finally:
            self._close()
            os.close(held)

    def _open(self) -> None:
        self._choose_port()
        self._begun = True
        if self._embedded:
            _say(f"正在启动数据库，数据在 {self._embedded}")
            self._ensure_database()
        told = self._prepare()
        if self._stop.is_set():
            return
        self._web.arguments = (self.host, str(self.port))
        self._web.start()
        self._worker.start()
        self._wait_until_open()
        if self._stop.is_set():
            return
        _say(f"公开办公系统已启动：{self._address()}")
        sys.stdout.write(told)
        _say("停止：按 Ctrl+C")

    def _choose_port(self) -> None:
        try:
            if is_free(self.host, self.port):
                return
            free = next_free(self.host, self.port) if self.demo else None
        except OSError as error:
            raise ServeError(f"不能监听 {self.host} 的 {self.port} 端口：{error.strerror}；请检查地址和权限") from None
        if free is None:
            raise ServeError(f"端口 {self.port} 已被占用；请用 --port 换一个，或停止占用它的程序")
        _say(f"端口 {self.port} 已被占用，改用 {free}")
        self.port = free

    def _prepare(self) -> str:
        """Tables, static files, demonstration; what is to be told at the terminal."""
        _say("正在准备（首次约需一分钟）……" if self.demo else "正在准备……")
        program = subprocess.Popen(
            [sys.executable, "-m", f"{_MODULES}.prepare", *(["--demo"] if self.demo else [])],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            env=expect(dict(os.environ)),
            start_new_session=True,
        )
        told: list[str] = []
        # Read beside the waiting: a full pipe would hold the program up for ever.
        reader = threading.Thread(target=lambda: told.append(program.stdout.read() if program.stdout else ""))
        reader.start()
        while program.poll() is None and not self._stop.wait(0.05):
            pass
        if program.poll() is None:
            program.terminate()
        code = program.wait()
        reader.join()
        if code and not self._stop.is_set():
            raise ServeError("未能准备好系统，没有启动")
        return "".join(told)

    def _wait_until_open(self) -> None:
        until = time.monotonic() + _OPEN
        while not self._stop.wait(0.05):
            if self._answers():
                return
            if not self._web.running():
                raise ServeError("网页服务没有启动起来，原因见上面的日志")
            if time.monotonic() > until:
                raise ServeError(f"网页服务 {_OPEN:.0f} 秒没有应答，原因见上面的日志")

    def _answers(self) -> bool:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        headers = {"Host": "localhost"}
        connection: http.client.HTTPConnection
        if env.TLS_CERTIFICATE.value():
            # To itself, only to see whether anybody is there: the certificate bears another name than 127.0.0.1.
            context = ssl._create_unverified_context()
            connection = http.client.HTTPSConnection(host, self.port, timeout=5, context=context)
        else:
            connection = http.client.HTTPConnection(host, self.port, timeout=5)
        try:
            connection.request("GET", "/healthz", headers=headers)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _look_after(self) -> None:
        next_look = 0.0
        while not self._stop.wait(_TICK):
            self._web.look_after()
            self._worker.look_after()
            if self._embedded and time.monotonic() >= next_look:
                try:
                    self._ensure_database()
                except DatabaseUnavailableError as error:
                    _log.error("database does not start", extra={"facts": {"why": str(error)}})
                next_look = time.monotonic() + _DATABASE_TICK

    def _ensure_database(self) -> None:
        assert self._embedded
        ensure_running(self._embedded, durable=env.DATABASE_DURABLE.value())

    def _close(self) -> None:
        if not self._begun:
            return
        _say("正在停止……")
        self._web.stop()
        self._worker.stop()
        if self._embedded and not server.leave(self._embedded):
            _log.warning("database left running: another program uses it")
        _say("已停止")

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()

    def _address(self) -> str:
        hosts = env.HOSTS.value()
        if env.PROXY.value() and hosts:
            return f"https://{hosts[0].lstrip('.')}/（由反向代理转到 {shown(self.host, self.port, https=False)}）"
        return shown(self.host, self.port, https=bool(env.TLS_CERTIFICATE.value()))


def _make(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ServeError(f"不能建立数据文件夹 {data}：{error.strerror}；请用 GONGKAI_DATA 另指一处") from None


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def serve(host: str, port: int, *, demo: bool) -> int:
    """Run the office; the exit code: 0, or 2 after one Chinese line on stderr."""
    import logging.config

    from gongkai.office.config import logs

    logging.config.dictConfig(logs.configuration(env.LOG_FORMAT.value(), env.LOG_LEVEL.value()))
    try:
        Supervisor(host, port, demo=demo).run()
    except (ServeError, DatabaseUnavailableError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0
