"""The forms of an import: the notice itself, and one row changed by hand."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body
from gongkai.ledger.importing.decisions import TEXT_LIMIT, ItemEdit, Named
from gongkai.ledger.importing.entries import Entry
from gongkai.ledger.importing.reading import FIRST_YEAR, LAST_YEAR
from gongkai.ledger.models import Recurrence, Role

_SEPARATORS = re.compile(r"[、，,；;\s]+")
PASTED = "粘贴的通知.txt"


class UploadForm(forms.Form):
    """A file or a pasted text; the year where the notice does not say it."""

    file = forms.FileField(
        label=gettext_lazy("通知文件"),
        required=False,
        allow_empty_file=True,  # what is wrong with a file is said by its reader
        help_text=gettext_lazy("Word、WPS、PDF、Excel、网页或文本文件"),
    )
    text = forms.CharField(
        label=gettext_lazy("或者粘贴通知全文"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("从网页或文档中全选复制，连同表格一起粘贴"),
    )
    year = forms.IntegerField(
        label=gettext_lazy("年度"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=gettext_lazy("通知写明年份的不必填写"),
    )

    def __init__(self, counties: QuerySet[Body], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only = counties[0].pk if len(counties) == 1 else None
        self.fields["county"] = forms.ModelChoiceField(
            counties,
            label=_("所属县"),
            empty_label=None,
            initial=only,
            widget=forms.HiddenInput() if only else forms.Select(),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        file, text = data.get("file"), (data.get("text") or "").strip()
        if bool(file) == bool(text):
            raise ValidationError(
                _("文件和粘贴的文字只能选用一种，请去掉其中之一") if file else _("请选择通知文件，或者粘贴通知全文")
            )
        if file and file.size > settings.GONGKAI_UPLOAD_BYTES:
            limit = settings.GONGKAI_UPLOAD_BYTES // 2**20
            raise ValidationError({"file": _("文件超过 %(limit)d MB，请拆分或压缩其中的图片") % {"limit": limit}})
        data["notice"] = file or ContentFile(text.encode(), name=PASTED)
        return data


class RowForm(forms.Form):
    """One row of the draft. Bodies are written as in a notice, one line for each role."""

    text = forms.CharField(
        label=gettext_lazy("具体内容"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 4})
    )
    assignees = forms.CharField(
        label=gettext_lazy("责任单位"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("单位之间用顿号；分牵头、配合的，每类一行，如“牵头：县财政局”"),
    )
    selectors = forms.CharField(
        label=gettext_lazy("概括性责任单位"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("如“各乡镇人民政府”，每行一个；按单位名册展开"),
    )
    due = forms.DateField(
        label=gettext_lazy("到期日"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("通知没有规定时限的留空"),
    )
    recurrence = forms.ChoiceField(label=gettext_lazy("频次"), required=False, choices=Recurrence.choices)
    parts = forms.CharField(
        label=gettext_lazy("拆分为具体义务"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("一行一项，分别办理、分别办结；不拆分的留空"),
    )
    settles = forms.BooleanField(label=gettext_lazy("本项的提示记为已处理"), required=False, initial=True)

    def __init__(self, row: Entry, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "text": row.text,
            "assignees": written(row.assignees),
            "selectors": "\n".join(row.selectors),
            "due": row.due,
            "recurrence": row.recurrence,
            "parts": "\n".join(row.parts),
            "settles": True,
        }
        super().__init__(*args, **kwargs)

    def clean_assignees(self) -> list[Named]:
        return read_names(self.cleaned_data["assignees"])

    def edit(self) -> ItemEdit:
        """What differs from the row as it was."""
        data, edit = self.cleaned_data, ItemEdit()
        changed = set(self.changed_data)
        if "text" in changed:
            edit["text"] = data["text"]
        if "assignees" in changed:
            edit["assignees"] = data["assignees"]
        if "selectors" in changed:
            edit["selectors"] = [line.strip() for line in data["selectors"].splitlines() if line.strip()]
        if "due" in changed:
            edit["due"] = data["due"].isoformat() if data["due"] else None
        if "recurrence" in changed:
            edit["recurrence"] = data["recurrence"]
        if "parts" in changed:
            edit["parts"] = [line.strip() for line in data["parts"].splitlines() if line.strip()]
        return edit


def written(assignees: list[tuple[str, str]]) -> str:
    """Bodies as a notice writes them: 牵头：县财政局 / 配合：县教育局、县水务局."""
    lines = []
    for role in Role:
        if names := [name for name, given in assignees if given == role]:
            lines.append(f"{role.label}：{'、'.join(names)}")
    return "\n".join(lines)


def read_names(text: str) -> list[Named]:
    """What `written` writes, typed by hand; a line without a role names responsible bodies."""
    labels = {str(role.label): role for role in Role}
    named: dict[str, Named] = {}
    for line in text.splitlines():
        head, colon, rest = line.replace(":", "：").partition("：")
        if colon and head.strip() not in labels:
            raise ValidationError(
                _("“%(head)s”不是责任类型，可用：%(known)s") % {"head": head.strip(), "known": "、".join(labels)}
            )
        role = labels[head.strip()] if colon else Role.RESPONSIBLE
        for name in _SEPARATORS.split(rest if colon else line):
            if name:
                named.setdefault(name, Named(name=name, role=role.value))
    return list(named.values())
