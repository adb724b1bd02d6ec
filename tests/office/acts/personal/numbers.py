"""Identity numbers and bank cards that pass their arithmetic and belong to nobody: made, not copied."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from gongkai.office.acts.personal.identity import check_character

REGIONS = ("110105", "430121", "650102", "810000", "440304")


def identity_number(region: str = "430121", birthday: str = "19900101", serial: int = 123) -> str:
    """A number of 18 characters with the right check character."""
    digits = f"{region}{birthday}{serial:03d}"
    return digits + check_character(digits)


def bank_card(prefix: str = "62220", length: int = 19) -> str:
    """A card number with the right check digit (Luhn, written anew from the standard's words)."""
    digits = prefix.ljust(length - 1, "7")
    doubled = [int(d) * 2 if at % 2 == 0 else int(d) for at, d in enumerate(reversed(digits))]
    return digits + str(-sum(sum(divmod(value, 10)) for value in doubled) % 10)


identity_numbers = st.builds(
    identity_number,
    st.sampled_from(REGIONS),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2024, 12, 31)).map(lambda day: day.strftime("%Y%m%d")),
    st.integers(0, 999),
)
mobiles = st.builds("{}{:09d}".format, st.integers(13, 19), st.integers(0, 999_999_999))
