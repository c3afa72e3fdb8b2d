"""The small forms by which one assignment is worked on. Services check again; here errors stand beside the field."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.bodies.models import Body
from gongkai.bodies.selectors import holders
from gongkai.foundation import clock
from gongkai.foundation.access import BODY_ROLES
from gongkai.foundation.accounts.models import User
from gongkai.ledger.models import Assignment
from gongkai.ledger.periods import owed

LONGEST = 5  # years by which a deadline may leave the plan's own


def words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    """A field for a few sentences."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=5000, widget=area)


class ActionForm(forms.Form):
    """A form about one assignment."""

    def __init__(self, assignment: Assignment, *args: Any, **kwargs: Any) -> None:
        self.assignment = assignment
        super().__init__(*args, **kwargs)


class AcceptForm(ActionForm):
    """签收 asks for nothing."""


class SubmitForm(ActionForm):
    note = words(_("办理说明"), _("有佐证材料的可不填；没有佐证材料的，写明原因"), required=False)


class CloseForm(ActionForm):
    note = words(_("审核意见"), required=False, rows=2)


class ReturnForm(ActionForm):
    reason = words(_("退回意见"), _("写明缺什么、怎样补，责任单位据此修改"))


class ReopenForm(ActionForm):
    reason = words(_("重新办理的理由"))


class ExtendForm(ActionForm):
    due = forms.DateField(label=_("新的到期日"), widget=forms.DateInput(attrs={"type": "date"}))
    rule = forms.CharField(
        label=_("延期依据"), max_length=200, help_text=_("依据的文件或者批示，如“县政府办公室 9月12日 批示”")
    )
    reason = words(_("延期理由"), rows=2)

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        last = self.assignment.plan.year + LONGEST
        if due.year > last:
            raise forms.ValidationError(_("到期日不能晚于 %d 年") % last)
        return due


class CheckInForm(ActionForm):
    period = forms.ChoiceField(label=_("填报期间"))
    progress = words(_("进展情况"), _("这一期做了什么、公开了什么"))
    note = words(_("存在问题"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begun = [period for period in owed(self.assignment) if period.start <= clock.today()]
        cast(forms.ChoiceField, self.fields["period"]).choices = [(period.key, period.label) for period in begun]


class DelegateForm(ActionForm):
    handler = forms.ModelChoiceField(label=_("承办人"), queryset=User.objects.none(), empty_label=_("请选择"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = holders(self.assignment.body, *BODY_ROLES, on=clock.today())
        cast("forms.ModelChoiceField[User]", self.fields["handler"]).queryset = people


class CommentForm(ActionForm):
    text = words(_("内容"), _("输入 @姓名 可提醒本单位或者政务公开办的人员"), rows=2)


class UrgeForm(ActionForm):
    note = words(_("附言"), required=False, rows=2)


class WithdrawForm(ActionForm):
    reason = words(_("撤销理由"), _("撤销后该单位不再承担本项任务，记录保留"), rows=2)


class LinkForm(ActionForm):
    url = forms.URLField(
        label=_("网页链接"), assume_scheme="https", max_length=500, help_text=_("粘贴已发布页面的网址，系统自动核验")
    )
    title = forms.CharField(label=_("标题"), required=False, max_length=200, help_text=_("不填时使用网页标题"))


class FileForm(ActionForm):
    file = forms.FileField(label=_("文件"), help_text=_("公开前只有本单位和政务公开办可以查看"))
    title = forms.CharField(label=_("标题"), required=False, max_length=200, help_text=_("不填时使用文件名"))


class NoteForm(ActionForm):
    title = forms.CharField(label=_("标题"), max_length=200)
    text = words(_("说明"))


class AddBodiesForm(forms.Form):
    """Further bodies for an item whose list is open-ended."""

    bodies = forms.ModelMultipleChoiceField(
        label=_("增加责任单位"), queryset=Body.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, choices: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField[Body]", self.fields["bodies"]).queryset = choices
