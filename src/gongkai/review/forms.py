"""The forms of the review: the sheet, the decision, what is done about a finding, questions to others, closing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.review.models import Asked, Attribute, Carrier, Disposal, OtherWay, Release, Verdict
from gongkai.review.questions import NO, YES, questions

ANSWERS = [(NO, _("否")), (YES, _("是"))]


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SheetForm(forms.Form):
    """保密审查表: attribute, ground, the answers to Articles 14-16, and what the customary form asks besides."""

    attribute = forms.ChoiceField(
        label=_("公开属性"), choices=Attribute.choices, widget=forms.RadioSelect, initial=Attribute.PROACTIVE
    )
    ground = forms.CharField(
        label=_("公开依据"),
        widget=_lines(2),
        help_text=_("写明法律、法规、规章或者文件的条款，例如“《政府信息公开条例》第二十条第（七）项”"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in questions():
            self.fields[one.key] = forms.ChoiceField(
                label=f"{one.article}：{one.text}", choices=ANSWERS, widget=forms.RadioSelect
            )
            if one.note:
                self.fields[f"{one.key}-note"] = forms.CharField(
                    label=_("答“是”的说明"), required=False, widget=_lines(1), help_text=one.note
                )
        self.fields["carrier"] = forms.ChoiceField(
            label=_("载体形式（选填）"), choices=Carrier.choices, required=False, widget=forms.RadioSelect
        )
        self.fields["other_ways"] = forms.MultipleChoiceField(
            label=_("其他公开方式（选填）"),
            choices=OtherWay.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("主动公开的，签发后由系统在政府网站公开；还要用其他方式公开的在此勾选，由本单位办理"),
        )

    @classmethod
    def initial_of(cls, release: Release) -> dict[str, Any]:
        """What the sheet of the release says already."""
        initial: dict[str, Any] = {
            name: getattr(release, name) for name in ("attribute", "ground", "carrier", "other_ways")
        }
        for key, given in release.answers.items():
            initial |= {key: given["answer"], f"{key}-note": given["note"]}
        return initial

    def sheet(self) -> dict[str, Any]:
        """What was filled in, as the verbs take it."""
        return self.sheet_of(self.cleaned_data)

    @staticmethod
    def sheet_of(data: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments of `review.describe`, from the cleaned data of such a form."""
        answers = {one.key: {"answer": data[one.key], "note": data.get(f"{one.key}-note", "")} for one in questions()}
        return {
            "attribute": Attribute(data["attribute"]),
            "ground": data["ground"],
            "answers": answers,
            "carrier": Carrier(data["carrier"]) if data["carrier"] else None,
            "other_ways": [OtherWay(one) for one in data["other_ways"]],
        }


class PutForwardForm(SheetForm):
    show_until = forms.DateField(
        label=_("公示截止日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("有公示期的填写，期满自动停止公开；长期公开的不填"),
    )
    urgent = forms.BooleanField(
        label=_("加急办理"),
        required=False,
        help_text=_("仅限预警信息和突发事件回应：各环节同时审查，按分钟计时，公开后再复看"),
    )
    urgent_reason = forms.CharField(label=_("加急事由"), required=False, widget=_lines(1))
    note = forms.CharField(label=_("报送说明"), required=False, widget=_lines(2))

    def __init__(self, *args: Any, asks_until: bool = True, **kwargs: Any) -> None:
        """asks_until: False for what says itself until when it is shown."""
        super().__init__(*args, **kwargs)
        if not asks_until:
            del self.fields["show_until"]

    def request(self) -> dict[str, Any]:
        """The arguments of `review.request`."""
        rest = ("show_until", "urgent", "urgent_reason", "note")
        return self.sheet() | {name: self.cleaned_data.get(name) for name in rest}


class DecisionForm(forms.Form):
    note = forms.CharField(
        label=_("意见"), required=False, widget=_lines(3), help_text=_("退回时必填，写明需要修改的内容；通过时选填")
    )


class DisposeForm(forms.Form):
    disposal = forms.ChoiceField(
        label=_("处置"),
        choices=[(one.value, one.label) for one in Disposal if one != Disposal.MASK],
    )
    reason = forms.CharField(
        label=_("理由"), required=False, widget=_lines(1), help_text=_("保留或者不适用的，必须写明理由")
    )


class AskForm(forms.Form):
    asked = forms.ChoiceField(label=_("征求对象"), choices=Asked.choices)
    asked_name = forms.CharField(
        label=_("对象名称"), required=False, help_text=_("转报保密行政管理部门的不填"), max_length=200
    )
    question = forms.CharField(label=_("征求的问题"), widget=_lines(2), help_text=_("不要抄录涉密内容本身"))


class AnswerForm(forms.Form):
    verdict = forms.ChoiceField(label=_("答复结论"), choices=Verdict.choices)
    answer = forms.CharField(label=_("答复"), widget=_lines(2), help_text=_("来文答复的，写明文号和要点"))


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("撤稿理由"), widget=_lines(2), help_text=_("载入登记，例如“信息有误，更正后重新发布”")
    )
    notice = forms.CharField(
        label=_("对外说明"),
        required=False,
        widget=_lines(2),
        help_text=_("原址上公众将看到的说明；不填则显示“该信息已撤下”"),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), widget=_lines(2))


class ArchiveForm(forms.Form):
    archive_number = forms.CharField(
        label=_("归档号"), max_length=60, help_text=_("本单位档案中审查材料的编号，载入登记簿和保密审查表")
    )


class LookAgainForm(forms.Form):
    sound = forms.ChoiceField(
        label=_("复看结论"),
        choices=[("yes", _("没有问题，继续公开")), ("no", _("有问题，暂停公开"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("复看意见"), widget=_lines(2))
