"""Invented data for the pattern book: no county, no person of these names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gongkai.office.look.badges import Badge, clock_badge
from gongkai.office.look.cards import Card, CardItem
from gongkai.office.look.components import Cell, Fact, FigureTable, FileItem, Masked, Progress, TimelineEntry

_SURNAMES, _NAMES = "赵钱孙李周吴郑王", ("敏", "建国", "晓燕", "立新")
_SUBJECTS = ("=SUM(A1:A9) 财政预算执行情况", "征地补偿安置方案及相关附件", "东山镇卫生院改建工程的招标文件和中标结果")
_BODIES = ("清河县人民政府办公室", "清河县财政局", "清河县民政局", "东山镇人民政府", "西桥街道办事处")


@dataclass(frozen=True)
class Row:
    """A made-up application."""

    number: str
    applicant: str
    body: str
    subject: str
    received: date
    left: int
    paper: bool

    @property
    def state(self) -> str:
        return "closed" if self.number.endswith("7") else "open"


def rows(count: int = 137) -> list[Row]:
    """The same rows every time."""
    return [
        Row(
            number=f"清公申〔2024〕{n}号",
            applicant=_SURNAMES[n % 8] + _NAMES[n * 3 % 4],
            body=_BODIES[n % 5],
            subject=f"{_SUBJECTS[n % 3]}（第{n}件）",
            received=date(2024, 1, 2) + timedelta(n % 90),
            left=n % 21 - 4,
            paper=n % 4 == 0,
        )
        for n in range(1, count + 1)
    ]


def badges() -> list[Badge]:
    return [
        Badge("未开始", "neutral"),
        Badge("办理中", "info"),
        Badge("已答复", "good"),
        *(clock_badge(days) for days in (6, 3, 1, 0, -2)),
    ]


def timeline() -> list[TimelineEntry]:
    at = datetime(2024, 1, 26, 7, 4, tzinfo=UTC)
    return [
        TimelineEntry(at, "登记申请", "张敏", "县财政局　登记人", "当面提交，开具接收回执。", tone="info"),
        TimelineEntry(
            at + timedelta(2), "要求补正", "李立新", "县财政局　承办人", why="申请内容不明确", tone="caution"
        ),
        TimelineEntry(
            at + timedelta(9), "作出答复", "王晓燕", "县财政局　签发人", "予以公开。", tone="good", files=files()[:1]
        ),
        TimelineEntry(date(2024, 3, 1), "逾期未送达", tone="bad"),
    ]


def facts() -> list[Fact]:
    return [
        Fact("机构全称", "清河县财政局", href="#facts"),
        Fact("状态", Badge("在用", "good")),
        Fact("成立日期", date(2019, 3, 18)),
        Fact("是否公开", True),
        Fact("证件号码", Masked("4301**********1234", "#facts", "证件号码")),
        Fact("手机号码", Masked("138****5678"), note="您无权查看完整内容"),
        Fact("传真", None),
    ]


def cards() -> list[Card]:
    items = [
        CardItem("清公申〔2024〕12号　征地补偿方案", "#cards", badge=clock_badge(1), day=date(2024, 2, 27)),
        CardItem("清公申〔2024〕15号　财政预算执行情况", "#cards", badge=clock_badge(4), note="东山镇"),
    ]
    return [
        Card("待我审核", 2, "#cards", items, "info"),
        Card(
            "已经逾期",
            1,
            "#cards",
            [CardItem("清公申〔2024〕3号", "#cards", badge=clock_badge(-2))],
            "bad",
            group="late",
        ),
        Card("待我签发", 0, "#cards", empty="没有等您签发的文书"),
        Card("全县受理申请", 1286, "#cards", tone="neutral", group="overview"),
    ]


def files() -> list[FileItem]:
    when = datetime(2024, 1, 26, 7, 4, tzinfo=UTC)
    return [
        FileItem("答复书.pdf", "#files", 182_340, "PDF 文档", when=when, who="张敏"),
        FileItem(
            "补偿明细表.xlsx",
            "#files",
            2_400_000,
            "Excel 工作簿",
            ["隐藏的工作表：“身份证号”", "批注 3 条", "作者：zhangmin"],
            when,
            "张敏",
            remove="#files",
        ),
        FileItem("现场照片.jpg", "", 820, "图片", ["照片含拍摄地点的坐标"]),
    ]


def figures() -> FigureTable:
    head = [
        [Cell("", rowspan=2, colspan=2), Cell("申请人情况", colspan=3)],
        [Cell("自然人"), Cell("商业企业"), Cell("总计")],
    ]
    body = [
        [
            Cell("一、本年新收政府信息公开申请数量", head=True, colspan=2),
            Cell(12, mark="cell-a"),
            Cell(3),
            Cell(16, tone="bad", note="应为 15"),
        ],
        [
            Cell("三、本年度办理结果", head=True, rowspan=2),
            Cell("（一）予以公开", head=True),
            Cell(8, href="#figures"),
            Cell(0),
            Cell(8),
        ],
        [Cell("（二）部分公开", head=True), Cell(None), Cell("未读出", tone="caution"), Cell(2)],
    ]
    return FigureTable("三、收到和处理政府信息公开申请情况", head, body, "空白表示未填写，与 0 不同。")


def jobs() -> list[Progress]:
    return [
        Progress("读取年度报告", "waiting", refresh="#progress", text="前面还有 2 项任务。"),
        Progress("读取年度报告", "running", 3, 10, "正在读取：东山镇2023年报告.docx", refresh="#progress"),
        Progress("读取年度报告", "done", 10, 10, "10 份读取完成。", result="#progress"),
        Progress("读取年度报告", "failed", 4, 10, "文件损坏，无法打开：西桥街道.doc。请重新保存后再上传。"),
    ]
