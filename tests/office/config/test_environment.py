"""Settings from the environment: what may stand there, what is told when it may not."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from office.config.serving import environment
from shared_files import ROOT

from gongkai.office.config import keys
from gongkai.office.config.environment import SettingError, catalogue
from gongkai.office.config.environment.__main__ import page

SETTINGS = [setting for topic in catalogue.TOPICS.values() for setting in topic]
PRODUCTION = {"GONGKAI_PLAIN_HTTP": "", "GONGKAI_HOSTS": "xxgk.example.gov.cn", "GONGKAI_PROXY": "1"}
KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting given."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_default_and_example_can_be_taken(
    setting: catalogue.Setting[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    setting.value()
    if (
        setting.example
        and "PEM" not in setting.meaning
        and "私钥" not in setting.meaning
        and "openssl" not in setting.example
    ):
        monkeypatch.setenv(setting.name, setting.example)
        setting.value()


def test_every_setting_stands_in_the_table_once_and_in_chinese() -> None:
    names = [setting.name for setting in SETTINGS]
    assert len(names) == len(set(names))
    declared = {one.name for one in vars(catalogue).values() if isinstance(one, catalogue.Setting)}
    assert declared <= set(names), "declared but in no topic"
    table = page()
    for setting in SETTINGS:
        assert table.count(f"| `{setting.name}` |") == 1
        assert any("一" <= sign <= "鿿" for sign in setting.meaning)


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        (
            "GONGKAI_PORT",
            "70000",
            "环境变量 GONGKAI_PORT 的值“70000”不对：应为 1 至 65535 的整数，例如 GONGKAI_PORT=8443",
        ),
        ("GONGKAI_PORT", "８０", "应为 1 至 65535 的整数"),
        ("GONGKAI_PLAIN_HTTP", "maybe", "应为 1（是）或 0（否）"),
        ("GONGKAI_HOSTS", "https://a.example/", "只写主机名"),
        ("GONGKAI_HOSTS", "*", "不是主机名"),
        ("GONGKAI_TLS_KEY", "/nowhere/key.pem", "没有这个文件"),
        ("GONGKAI_OIDC_SERVER", "http://sso.example.gov.cn", "以 https:// 开头"),
        ("GONGKAI_LOG_FORMAT", "xml", "应为 auto、json、text 之一"),
        ("GONGKAI_DATA_KEYS", "not base64!", "不是 base64"),
        ("GONGKAI_DATA_KEYS", "c2hvcnQ=", "应为 32 字节"),
        ("GONGKAI_MAIL_URL", "mail.example.gov.cn", "开头的地址"),
        ("GONGKAI_MAIL_URL", "smtp://host:port", "端口应为数字"),
    ],
)
def test_a_wrong_value_is_told_in_one_line(name: str, value: str, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    [problem] = catalogue.problems()
    assert problem.startswith(f"环境变量 {name} 的值")
    assert line in problem
    assert "\n" not in problem


@pytest.mark.parametrize(
    ("name", "value"), [("GONGKAI_SECRET_KEY", "hunter2"), ("DATABASE_URL", "mysql://u:hunter2@h/d")]
)
def test_a_wrong_secret_is_not_repeated(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    [problem] = catalogue.problems()
    assert "hunter2" not in problem


def test_without_any_setting_the_office_is_in_production_and_asks_for_what_it_lacks() -> None:
    assert [line[:12] for line in catalogue.problems()] == ["正式使用须用 GONGK", "正式使用须经 HTTPS"]


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"GONGKAI_OIDC_SERVER": "https://sso.example.gov.cn"}, "还须设置 GONGKAI_OIDC_CLIENT 和 GONGKAI_OIDC_SECRET"),
        ({"GONGKAI_TLS_KEY": __file__}, "GONGKAI_TLS_CERTIFICATE 和 GONGKAI_TLS_KEY 须同时设置"),
    ],
)
def test_what_belongs_together_is_asked_for_together(
    given: dict[str, str], line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (PRODUCTION | given).items():
        monkeypatch.setenv(name, value)
    assert line in "".join(catalogue.problems())


def test_plain_http_listens_on_this_machine_alone_unless_told() -> None:
    assert catalogue.HOST.value() == "127.0.0.1"


def run(data: Path, code: str, **settings: str) -> subprocess.CompletedProcess[str]:
    given = environment(data, **settings) | {"DJANGO_SETTINGS_MODULE": "gongkai.office.config.settings"}
    return subprocess.run(
        [sys.executable, *code.split(" ")], capture_output=True, text=True, check=False, env=given, cwd=ROOT, timeout=60
    )


def test_production_settings_pass_djangos_own_examination(tmp_path: Path) -> None:
    done = run(tmp_path, "-W ignore -m django check --deploy --fail-level WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


def test_settings_loaded_with_a_wrong_value_give_a_line_and_no_traceback(tmp_path: Path) -> None:
    done = run(tmp_path, "-m django check", GONGKAI_PORT="x")
    assert done.returncode != 0
    assert done.stderr.startswith("环境变量 GONGKAI_PORT 的值“x”不对")
    assert "Traceback" not in done.stderr


def test_keys_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    first, data_key = keys.kept_secret(tmp_path), keys.kept_data_keys(tmp_path)
    assert len(first) >= 50
    assert [len(key) for key in data_key] == [32]
    assert (keys.kept_secret(tmp_path), keys.kept_data_keys(tmp_path)) == (first, data_key)
    for path in (tmp_path / "keys").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["data_keys", "secret_key"]


def test_several_that_make_the_key_at_once_agree(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from gongkai.office.config import keys\n"
        f"print(keys.kept_secret(Path({str(tmp_path)!r})))"
    )
    programs = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment(tmp_path))
        for _ in range(4)
    ]
    assert len({program.communicate(timeout=60)[0] for program in programs}) == 1


def test_a_new_key_on_top_keeps_the_old_one(tmp_path: Path) -> None:
    [old] = keys.kept_data_keys(tmp_path)
    path = tmp_path / "keys" / "data_keys"
    path.write_text(f"{KEY}\n{path.read_text()}")
    assert keys.kept_data_keys(tmp_path) == (bytes(range(32)), old)


@pytest.mark.parametrize(("content", "why"), [("", "是空的"), ("damaged", "不对")])
def test_a_damaged_key_file_is_never_replaced(content: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "keys" / "data_keys"
    path.parent.mkdir()
    path.write_text(content)
    with pytest.raises(SettingError, match=why):
        keys.kept_data_keys(tmp_path)
    assert path.read_text() == content
