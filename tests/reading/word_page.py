"""Pages as an office's editor makes them when a table is pasted from Word: every cell in four elements of dressing."""

from __future__ import annotations

_CELL = (
    '<td width="{width}" valign="top" '
    'style="width:{width}pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">'
    '<p class="MsoNormal" align="center" style="text-align:center;line-height:20.0pt"><span lang="EN-US" '
    'style="font-size:10.0pt;font-family:仿宋_GB2312"><font face="仿宋_GB2312">{text}</font></span><o:p></o:p></p></td>'
)


def word_page(rows: int = 36, columns: int = 8, title: str = "某镇2023年政府信息公开工作年度报告") -> str:
    """A page of about 95 kB for 36 rows: a title, a paragraph, one table of ``rows`` × ``columns`` cells."""
    lines = []
    for row in range(rows):
        texts = [f"第{row}行标签", *(str(row * columns + column) for column in range(1, columns))]
        cells = "\n".join(_CELL.format(width=40 + column, text=text) for column, text in enumerate(texts))
        lines.append(f'<tr style="mso-yfti-irow:{row}">\n{cells}\n</tr>')
    return (
        f'<html><head><title>{title}</title><meta name="ArticleTitle" content="{title}"></head><body><div class="main">'
        f'<p class="MsoNormal"><span style="font-size:22.0pt">{title}</span></p>\n'
        '<p class="MsoNormal" style="text-indent:2em"><span lang="EN-US">2023</span><span>年共收到申请'
        "<font>5</font>件。<o:p></o:p></span></p>\n"
        f'<table class="MsoNormalTable" border="1">\n<tbody>{"".join(lines)}</tbody></table></div></body></html>'
    )
