"""Where the navigation leads."""

from gongkai.office.look.navigation import Entry

ENTRIES = [
    Entry("上传报告", "analysis:upload", "analysis", "upload", 10),
    Entry("报告分析", "analysis:batches", "analysis", "report-analytics", 20),
    Entry("全部文件", "analysis:documents", "analysis", "file-text", 30),
    Entry("核对规则", "analysis:rules", "analysis", "checkbox", 40),
]
