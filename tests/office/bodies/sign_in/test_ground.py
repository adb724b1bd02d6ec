"""Settings, marks for the gate, and what the tables must not forget."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.urls import URLPattern, get_resolver

from gongkai.office.acts.verbs import VERBS
from gongkai.office.bodies.gate import opens_to
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.sign_in import services, urls
from gongkai.office.bodies.sign_in.policy import RULES, policy
from gongkai.office.config.environment import SettingError, sign_in


def _patterns(listed) -> list[URLPattern]:
    return [
        one for entry in listed for one in ([entry] if isinstance(entry, URLPattern) else _patterns(entry.url_patterns))
    ]


def test_every_page_says_to_whom_it_opens():
    get_resolver().check()
    pages = _patterns(urls.urlpatterns)
    assert len(pages) > 30
    assert [page.name for page in pages if opens_to(page.callback) is None] == []


def test_open_to_everybody_are_only_the_ways_in_and_out():
    assert {page.name for page in _patterns(urls.urlpatterns) if opens_to(page.callback) == "all"} == {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "outside",
        "outside_back",
        "socialaccount_login_cancelled",
    }


def test_every_verb_of_signing_in_has_its_rule_and_every_rule_its_verb():
    for module in iter_modules(services.__path__):  # some are imported with the first request only
        import_module(f"{services.__name__}.{module.name}")
    here = {code for code, verb in VERBS.items() if verb.policy is policy and code in RULES}
    assert here == set(RULES)


def test_the_names_of_roles_in_the_settings_are_those_of_the_office():
    assert set(sign_in.ROLES) == set(Role.values)


def test_by_default_administrators_and_those_who_sign_must_have_a_second_factor(monkeypatch):
    monkeypatch.delenv("GONGKAI_MFA_ROLES", raising=False)
    assert set(sign_in.MFA_ROLES.value()) == {
        Role.SYSTEM_ADMINISTRATOR,
        Role.SECURITY_ADMINISTRATOR,
        Role.AUDITOR,
        Role.SIGNATORY,
        Role.FINAL_DISCLOSURE_REVIEWER,
    }


@pytest.mark.parametrize(("value", "roles"), [("", ()), (" ", ()), ("auditor，signatory", ("auditor", "signatory"))])
def test_an_empty_list_of_roles_asks_nobody(monkeypatch, value, roles):
    monkeypatch.setenv("GONGKAI_MFA_ROLES", value)
    assert sign_in.MFA_ROLES.value() == roles


def test_a_role_that_there_is_not_is_told(monkeypatch):
    monkeypatch.setenv("GONGKAI_MFA_ROLES", "boss")
    with pytest.raises(SettingError, match="没有角色“boss”"):
        sign_in.MFA_ROLES.value()
