"""The kinds of files an office meets: what each is called, how it is served, which suffixes it goes by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """``suffixes``: lower case, without dot, the usual one first. ``refused``: why it is not taken, else ``None``."""

    key: str
    name: str
    media_type: str
    suffixes: tuple[str, ...]
    refused: str | None = None

    @property
    def suffix(self) -> str:
        return self.suffixes[0] if self.suffixes else ""


_OOXML = "application/vnd.openxmlformats-officedocument."
_PROGRAM = "为防止病毒和误操作，不接收程序和脚本"

_ALL = (
    Kind("pdf", "PDF 文件（.pdf）", "application/pdf", ("pdf",)),
    Kind("ofd", "OFD 版式文件（.ofd）", "application/ofd", ("ofd",)),
    Kind("docx", "Word 文档（.docx）", _OOXML + "wordprocessingml.document", ("docx", "dotx")),
    Kind("docm", "含宏的 Word 文档（.docm）", "application/vnd.ms-word.document.macroenabled.12", ("docm", "dotm")),
    Kind("xlsx", "Excel 工作簿（.xlsx）", _OOXML + "spreadsheetml.sheet", ("xlsx", "xltx")),
    Kind("xlsm", "含宏的 Excel 工作簿（.xlsm）", "application/vnd.ms-excel.sheet.macroenabled.12", ("xlsm", "xltm")),
    Kind("xlsb", "二进制 Excel 工作簿（.xlsb）", "application/vnd.ms-excel.sheet.binary.macroenabled.12", ("xlsb",)),
    Kind("pptx", "演示文稿（.pptx）", _OOXML + "presentationml.presentation", ("pptx", "ppsx", "potx")),
    Kind(
        "pptm",
        "含宏的演示文稿（.pptm）",
        "application/vnd.ms-powerpoint.presentation.macroenabled.12",
        ("pptm", "ppsm", "potm"),
    ),
    # WPS saves its own suffixes and Microsoft's with the same content: either suffix is right for either.
    Kind("doc", "旧版 Word 文档（.doc）", "application/msword", ("doc", "dot", "wps", "wpt")),
    Kind("xls", "旧版 Excel 工作簿（.xls）", "application/vnd.ms-excel", ("xls", "xlt", "et", "ett")),
    Kind("ppt", "旧版演示文稿（.ppt）", "application/vnd.ms-powerpoint", ("ppt", "pps", "pot", "dps", "dpt")),
    Kind("wps", "WPS 文字文档（.wps）", "application/wps-office.wps", ("wps", "wpt", "doc", "dot")),
    Kind("et", "WPS 表格（.et）", "application/wps-office.et", ("et", "ett", "xls", "xlt")),
    Kind("dps", "WPS 演示（.dps）", "application/wps-office.dps", ("dps", "dpt", "ppt", "pps", "pot")),
    Kind("compound", "其他复合文档（旧版 Office、WPS 等）", "application/x-ole-storage", ()),
    Kind(
        "encrypted",
        "设有密码的 Office 文件",
        "application/octet-stream",
        ("docx", "xlsx", "pptx", "doc", "xls", "ppt", "docm", "xlsm", "pptm", "wps", "et", "dps"),
    ),
    Kind("rtf", "RTF 文档（.rtf）", "application/rtf", ("rtf", "doc")),
    Kind("odt", "ODF 文本文档（.odt）", "application/vnd.oasis.opendocument.text", ("odt",)),
    Kind("ods", "ODF 电子表格（.ods）", "application/vnd.oasis.opendocument.spreadsheet", ("ods",)),
    Kind("odp", "ODF 演示文稿（.odp）", "application/vnd.oasis.opendocument.presentation", ("odp",)),
    Kind("jpeg", "JPEG 图片（.jpg）", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
    Kind("png", "PNG 图片（.png）", "image/png", ("png",)),
    Kind("gif", "GIF 图片（.gif）", "image/gif", ("gif",)),
    Kind("bmp", "BMP 图片（.bmp）", "image/bmp", ("bmp", "dib")),
    Kind("tiff", "TIFF 图片（.tif）", "image/tiff", ("tif", "tiff")),
    Kind("webp", "WebP 图片（.webp）", "image/webp", ("webp",)),
    Kind("svg", "SVG 图片（.svg）", "image/svg+xml", ("svg",)),
    Kind("text", "文本文件（.txt）", "text/plain", ("txt", "md", "csv", "log", "text")),
    Kind("csv", "CSV 数据文件（.csv）", "text/csv", ("csv", "txt", "tsv")),
    Kind("html", "网页文件（.html）", "text/html", ("html", "htm", "shtml", "xhtml")),
    Kind("json", "JSON 数据文件（.json）", "application/json", ("json", "jsonl", "geojson")),
    Kind("xml", "XML 文件（.xml）", "application/xml", ("xml",)),
    Kind("mht", "单文件网页（.mht）", "multipart/related", ("mht", "mhtml", "eml")),
    Kind("zip", "ZIP 压缩包（.zip）", "application/zip", ("zip",)),
    Kind("rar", "RAR 压缩包（.rar）", "application/vnd.rar", ("rar",)),
    Kind("7z", "7z 压缩包（.7z）", "application/x-7z-compressed", ("7z",)),
    Kind("gz", "GZ 压缩包（.gz）", "application/gzip", ("gz", "tgz")),
    Kind("executable", "可执行程序", "application/octet-stream", ("exe", "dll", "com", "scr", "msi"), _PROGRAM),
    Kind("script", "脚本文件", "application/octet-stream", ("bat", "cmd", "ps1", "vbs", "js", "sh", "php"), _PROGRAM),
    Kind("binary", "无法识别的二进制文件", "application/octet-stream", ()),
    Kind("empty", "空文件", "application/octet-stream", (), "文件是空的，没有任何内容；请检查是否保存完整"),
)

KINDS: dict[str, Kind] = {kind.key: kind for kind in _ALL}

# A file with such a suffix is run by the machine of whoever opens it, whatever its content.
RUN_BY_SUFFIX = frozenset(
    """
    exe com scr pif dll sys cpl msi msp msix appx bat cmd ps1 psm1 vbs vbe js jse ws wsf wsh hta lnk url reg jar apk
    ipa deb rpm dmg app sh bash csh py pyc pyw pl rb php phtml jsp jspx asp aspx cgi chm scf inf gadget xll
    """.split()  # noqa: SIM905
)
