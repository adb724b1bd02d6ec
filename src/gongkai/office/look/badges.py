"""Badges: a state in a word and a colour, never in a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# neutral: nothing to do; info: goes its way; good: done or in time; caution: soon; urgent: very soon; bad: late,
# refused.
Tone = Literal["neutral", "info", "good", "caution", "urgent", "bad"]
TONES: tuple[Tone, ...] = ("neutral", "info", "good", "caution", "urgent", "bad")


@dataclass(frozen=True)
class Badge:
    """``{% badge it %}``, or the value of a list's column; an export shows the text."""

    text: str
    tone: Tone = "neutral"

    def __str__(self) -> str:
        return self.text


def clock_tone(working_days_left: int) -> Tone:
    """The colour of a statutory clock: 6 or more days left, 3 to 5, 2 to 0, overdue (a choice of the product)."""
    if working_days_left < 0:
        return "bad"
    if working_days_left <= 2:
        return "urgent"
    return "caution" if working_days_left <= 5 else "good"


def clock_badge(working_days_left: int) -> Badge:
    """「还剩6个工作日」「今日到期」「逾期2个工作日」; negative: working days past the due date."""
    if working_days_left < 0:
        text = f"逾期{-working_days_left}个工作日"
    else:
        text = f"还剩{working_days_left}个工作日" if working_days_left else "今日到期"
    return Badge(text, clock_tone(working_days_left))
