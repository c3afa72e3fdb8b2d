"""What the words of an article lack."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.portal.editing.lacking.model import Lack, Level, Subject, lacks

SHORT = 20  # characters: less says hardly more than the title
BLANK = re.compile(r"〔填写[^〕]*〕")
DOUBTFUL = re.compile(r"(?:[X×xｘ]{2,}|\*{3,})(?=[年月日县镇局]|$)|（此处[^）]{0,10}）|TODO|待补充", re.MULTILINE)
REPOSTED = re.compile(r"转载自|来源[：:]|摘自")
RULES_MADE = re.compile(r"(?:办法|规定|细则|规范性文件)(?:（试行）|\(试行\))?(?:的通知)?$")
EXPLAINED = re.compile("解读")


def _summary(subject: Subject) -> Iterator[str]:
    if not subject.page.summary.strip():
        yield _("没有摘要：列表和搜索结果只显示标题")


def _source(subject: Subject) -> Iterator[str]:
    if not subject.page.source.strip() and REPOSTED.search(subject.text):
        yield _("看来是转载，请填写来源")


def _short(subject: Subject) -> Iterator[str]:
    if len(subject.text.strip()) < SHORT and not subject.attachments:
        yield _("正文很短，又没有附件，读者得不到实质内容")


def _blanks(subject: Subject) -> Iterator[str]:
    for text in dict.fromkeys(BLANK.findall(subject.text + subject.page.title + subject.page.summary)):
        yield _("还有没填的地方：%s") % text


def _doubtful(subject: Subject) -> Iterator[str]:
    for found in dict.fromkeys(match[0] for match in DOUBTFUL.finditer(subject.text)):
        yield _("像是没写完的地方：%s") % found


def _tables(subject: Subject) -> Iterator[str]:
    for number, table in enumerate(subject.tree.css("table"), 1):
        if table.css_first("th") is None:
            yield _("第 %d 个表格没有表头，读屏软件读不出各列是什么") % number
        if table.css_first("caption") is None:
            yield _("第 %d 个表格没有表题") % number


def _interpretation(subject: Subject) -> Iterator[str]:
    if RULES_MADE.search(subject.page.title) and not EXPLAINED.search(subject.text):
        yield _("看来是政策文件，没有解读；有解读的请加上链接")


for _key, _label, _level, _look in (
    ("summary", gettext_lazy("摘要"), Level.HINT, _summary),
    ("source", gettext_lazy("来源"), Level.HINT, _source),
    ("short", gettext_lazy("内容过少"), Level.HINT, _short),
    ("blanks", gettext_lazy("模板空白"), Level.BLOCK, _blanks),
    ("doubtful", gettext_lazy("未写完"), Level.HINT, _doubtful),
    ("tables", gettext_lazy("表格"), Level.HINT, _tables),
    ("interpretation", gettext_lazy("政策解读"), Level.HINT, _interpretation),
):
    lacks.register(Lack(f"words.{_key}", _label, _level, _look))
