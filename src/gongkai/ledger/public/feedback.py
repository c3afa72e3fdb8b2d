"""The form below a released item, by which a visitor says what is not right."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.publicforms.forms import PublicFormMixin
from gongkai.ledger.services.feedback import LONGEST


class FeedbackForm(PublicFormMixin, forms.Form):
    form_key = "ledger.feedback"

    text = forms.CharField(
        label=_("意见内容"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("请说明情况，不超过 1000 字。请不要填写姓名、身份证号、手机号等个人信息。"),
        error_messages={"required": _("请填写意见内容"), "max_length": _("意见内容不能超过 1000 字")},
    )
