"""Names of invented people. Common surnames and given names, drawn by number: whoever bears one bears it by chance."""

from __future__ import annotations

import random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "伟芳敏静丽强磊军洋勇艳杰娟涛明超霞平刚英华玲桂辉鹏飞燕红梅鑫波斌莉宇浩凯健俊帆雪"
    "荣琳晨阳岩峰颖慧建国志文晓春海秋立新玉庆林云志远子涵天成思齐家和"
)


class Namer:
    """Gives names, none twice; the same ones for the same ``seed``."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self._given: set[str] = set()

    def __call__(self) -> str:
        """The next name: a surname and one or two characters."""
        while True:
            length = self._draw.choice((1, 2, 2))
            name = self._draw.choice(SURNAMES) + "".join(self._draw.sample(GIVEN, length))
            if name not in self._given:
                self._given.add(name)
                return name
