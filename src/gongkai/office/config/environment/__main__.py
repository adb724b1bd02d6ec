"""``python -m gongkai.office.config.environment`` prints ``docs/settings.md``: one table, in Chinese."""

from __future__ import annotations

from gongkai.office.config.environment.catalogue import TOPICS


def page() -> str:
    """The whole of ``docs/settings.md``."""
    lines = [
        "# 设置",
        "",
        "本页由 `python -m gongkai.office.config.environment` 生成，请勿手改。所有设置都来自环境变量；值写错时，"
        "`gongkai serve` 用一行字说明错在哪里，不启动。不设置任何变量就是正式使用的状态：必须写明域名并经 HTTPS；"
        "只在本机试用，设置 `GONGKAI_PLAIN_HTTP=1` 即可。",
        "",
        "| 类别 | 名称 | 含义 | 默认 | 例 | 正式使用 |",
        "|---|---|---|---|---|---|",
    ]
    for topic, settings in TOPICS.items():
        for setting in settings:
            default = f"`{setting.default}`" if setting.default else "（无）"
            example = f"`{setting.example}`" if setting.example else ""
            cells = (topic, f"`{setting.name}`", setting.meaning, default, example, setting.needed or "可选")
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
