"""Published items that may already answer are offered, and never stand in the way."""

from __future__ import annotations

from office.portal.citizen import WANTED, Citizen, answers, text

HERE = "office.portal.little_publisher"


def _asked(citizen: Citizen, wanted: str = WANTED) -> str:
    citizen.begin()
    for slug in ("body", "kind"):
        citizen.post("step", slug, **answers(citizen.world)[slug])
    return str(citizen.post("step", "wanted", description=wanted).url)


def test_before_anything_is_published_nothing_is_offered(citizen: Citizen) -> None:
    assert _asked(citizen).endswith("/provide/")


def test_at_most_three_items_are_offered_and_going_on_is_one_press(citizen: Citizen, settings) -> None:
    settings.PORTAL_ANSWERS = (f"{HERE}.by_words",)
    assert _asked(citizen).endswith("/answers/")
    page = text(citizen.get("answers"))
    assert page.count("农村低保发放名单") == 3
    assert "2023年农村低保发放名单" in page
    assert "2024年1月15日公开" in page
    assert 'href="/open/apply/step/provide/"' in page


def test_where_nothing_fits_the_page_is_left_out(citizen: Citizen, settings) -> None:
    settings.PORTAL_ANSWERS = (f"{HERE}.by_words",)
    assert _asked(citizen, "柳河村道路硬化工程的合同").endswith("/provide/")


def test_a_provider_that_fails_is_left_out_and_its_words_stay_out_of_the_log(
    citizen: Citizen, settings, caplog
) -> None:
    settings.PORTAL_ANSWERS = (f"{HERE}.broken", f"{HERE}.by_words")
    assert _asked(citizen).endswith("/answers/")
    assert "broken offered nothing" in caplog.text
    assert WANTED not in caplog.text
