"""Two bodies with a clerk each, the department in charge, a process apart. What needs models is imported late:
this file is loaded before Django is set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _files_of_this_test(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def clerk(db: None) -> Any:
    from office.analysis.uploads import Role, body, person

    return person("clerk", body("青禾县水务局"), Role.HANDLER)


@pytest.fixture
def stranger(db: None) -> Any:
    from office.analysis.uploads import Role, body, person

    return person("stranger", body("青禾县教育局"), Role.HANDLER)


@pytest.fixture
def supervisor(db: None) -> Any:
    from office.analysis.uploads import Role, body, person

    return person("supervisor", body("青禾县人民政府办公室", "government_office"), Role.SUPERVISOR)


@pytest.fixture
def as_person() -> Callable[[Any], Any]:
    from django.test import Client

    from gongkai.office.bodies.sign_in.state import FACTOR

    def client(who: Any) -> Client:
        one = Client()
        one.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = one.session
        session[FACTOR] = True  # as after the second factor, which some roles must give
        session.save()
        return one

    return client


@pytest.fixture(scope="session")
def apart() -> Iterator[Any]:
    from gongkai.office.analysis.apart.reader import Apart

    with Apart() as one:
        yield one


@pytest.fixture(scope="session")
def pdf_fonts() -> None:
    """Skips where the machine has no fonts for PDF; never in CI."""
    from shared_files import IN_CI

    from gongkai.rendering import RenderingError
    from gongkai.rendering.fonts import families

    try:
        families()
    except RenderingError as error:
        if IN_CI:
            raise
        pytest.skip(str(error))
