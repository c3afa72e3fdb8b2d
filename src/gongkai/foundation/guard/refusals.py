"""What is raised instead of writing, and the procedure that people read. None of it ever holds the text."""

from __future__ import annotations

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext as _

from gongkai.core.screening.secrets import secret_rules


class SecretSuspected(Exception):
    """A suspected state secret was about to be written. place: where to, in words; rule: id of the rule that spoke.

    Not a ValidationError: no form may take it for a slip and go on.
    """

    def __init__(self, place: str, rule: str) -> None:
        self.place, self.rule = place, rule
        self.reported = False  # whether the register knows
        super().__init__(_("%(place)s：%(kind)s，未写入本系统") % {"place": place, "kind": kind_of(rule)})


class Unexamined(Exception):
    """A file was about to be kept whose content cannot be examined. name: the file; why: in words, with what to do."""

    def __init__(self, name: str, why: str) -> None:
        self.name, self.why = name, why
        super().__init__(_("“%(name)s”无法检查是否涉密，没有收下：%(why)s") % {"name": name, "why": why})


class UploadTooLarge(SuspiciousOperation):
    """A file of a request is larger than anything this installation takes."""


def kind_of(rule: str) -> str:
    """What was found, in words: the kind of mark, never the text."""
    return next((one.message for one in secret_rules() if one.id == rule), "") or _("疑似国家秘密标志")


def procedure() -> list[str]:
    """What to do, step by step (保守国家秘密法第三十一条、实施条例第六十一条)."""
    return [
        _("立即停止：不要在本系统或其他非涉密网络上保存、上传、发送、打印或截图。"),
        _("报告本单位保密工作机构，由其核实密级；确属国家秘密的，同时报告县保密行政管理部门。"),
        _("确属国家秘密的，在涉密信息系统中处理，并按保密工作机构的要求清理本机上的文件。"),
    ]


def false_alarm() -> list[str]:
    """What to do when it is none."""
    return [
        _("只是谈到保密工作的，写全称即可，例如“国家秘密”“保守国家秘密法”，不要单独使用密级加★、密级加期限的写法。"),
        _("括号里单独写密级的，改为文字叙述，例如“涉及国家秘密的内容”。"),
        _(
            "确认不涉密仍无法提交的，请本单位保密审查人员核对原文后联系县保密行政管理部门，不要用改字、加空格的办法绕过。"
        ),
    ]
