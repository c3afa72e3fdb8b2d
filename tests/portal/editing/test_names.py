"""Names of files as a reader understands them."""

import pytest

from gongkai.portal.editing.names import plain_name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("关于公布救助名单的通知.docx", "关于公布救助名单的通知"),
        ("附件1：2026年度项目计划表.xlsx", "2026年度项目计划表"),
        ("项目计划表-终稿.xlsx", "项目计划表"),
        ("项目计划表(2)-副本.xlsx", "项目计划表"),
        ("项目计划表_最终版2.xlsx", "项目计划表"),
        ("项目计划表 20260930.pdf", "项目计划表"),
        ("%E9%80%9A%E7%9F%A5.pdf", "通知"),
        ("2026年部门预算.pdf", "2026年部门预算"),
        ("改革方案", "改革方案"),
        ("新建 Microsoft Word 文档.docx", ""),
        ("微信图片_20260101.pdf", ""),
        ("scan0001.pdf", ""),
        ("20260930.pdf", ""),
        ("a1b2c3d4e5f6.pdf", ""),
        ("附件1.docx", ""),
    ],
)
def test_plain_names(name, plain):
    assert plain_name(name) == plain
