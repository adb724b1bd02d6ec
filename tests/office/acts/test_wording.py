"""Details of acts in words: the cases of ``wording.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.office.acts.wording import detail_in_words

CASES = yaml.safe_load(Path(__file__).with_name("wording.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: "、".join(label for label, _ in case["words"]))
def test_a_detail_is_read_in_words(case: dict[str, Any]) -> None:
    assert [list(line) for line in detail_in_words(case["detail"])] == case["words"]


def test_a_very_long_value_is_cut_and_says_so() -> None:
    ((_, text),) = detail_in_words({"意见": "长" * 1000})
    assert text == "长" * 300 + "……（共1000字）"
