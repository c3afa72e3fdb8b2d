"""A form with all of it, as the portal's views use it."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict
from tests.foundation.dummy_room.models import Parcel

from gongkai.foundation.publicforms.challenge import DIGITS
from gongkai.foundation.publicforms.forms import PublicFormMixin
from gongkai.foundation.publicforms.models import SpentChallenge
from gongkai.foundation.publicforms.uploads import UploadRule

pytestmark = pytest.mark.django_db


class Feedback(PublicFormMixin, forms.Form):
    form_key = "feedback"
    limit = 5
    uploads = UploadRule(kinds=("pdf", "txt"), count=2)

    text = forms.CharField(label="意见", max_length=50)


class ParcelForm(PublicFormMixin, forms.ModelForm):
    form_key = "parcel"

    class Meta:
        model = Parcel
        fields = ["title"]


def request(address="192.0.2.1"):
    return RequestFactory().post("/", REMOTE_ADDR=address)


def answer_of(form) -> str:
    question = form.fields["answer"].label.removeprefix("验证问题：")
    sign = 1 if question[1] == "加" else -1
    return str(DIGITS.index(question[0]) + sign * DIGITS.index(question[2]))


def fill(form, **fields) -> QueryDict:
    """What a browser sends for a form as it is shown."""
    data = QueryDict(mutable=True)
    sent = {"challenge": form["challenge"].value(), "answer": answer_of(form), "website": "", "text": "写得清楚"}
    data.update(sent | fields)
    data._mutable = False
    return data


@pytest.fixture
def blank(watch):
    form = Feedback(request=request())
    watch.pass_seconds(20)
    return form


def test_a_person_gets_through(blank):
    form = Feedback(fill(blank), request=request())
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == "写得清楚"
    assert form.cleaned_data["files"] == []


def test_the_form_as_it_is_shown(blank):
    page = blank.as_div()
    assert page.count("请勿填写") == 0, "the trap has no label that anybody could read"
    assert 'name="website"' in page
    assert 'aria-hidden="true"' in page
    assert "验证问题：" in page
    assert "每个不超过 20 MB" in page
    assert "<img" not in page
    assert "<script" not in page


def test_the_same_submission_again_is_refused_with_a_new_question(blank):
    data = fill(blank)
    assert Feedback(data, request=request()).is_valid()
    again = Feedback(data, request=request())
    assert not again.is_valid()
    assert "已使用过" in str(again.errors["answer"])
    assert again["challenge"].value() != data["challenge"]
    assert again["text"].value() == "写得清楚"


def test_a_mistake_elsewhere_keeps_question_and_answer(blank, watch):
    data = fill(blank, text="长" * 51)
    form = Feedback(data, request=request())
    assert not form.is_valid()
    assert list(form.errors) == ["text"]
    assert (form["challenge"].value(), form["answer"].value()) == (data["challenge"], data["answer"])
    assert not SpentChallenge.objects.exists()
    watch.pass_seconds(20)
    assert Feedback(fill(form, answer=data["answer"]), request=request()).is_valid()


def test_a_wrong_answer_gets_a_new_question_and_loses_nothing(blank, watch):
    form = Feedback(fill(blank, answer="98"), request=request())
    assert not form.is_valid()
    assert "答案不对" in str(form.errors["answer"])
    assert form["text"].value() == "写得清楚"
    assert form["answer"].value() == ""
    watch.pass_seconds(20)
    assert Feedback(fill(form), request=request()).is_valid()


def test_an_empty_answer(blank):
    form = Feedback(fill(blank, answer=""), request=request())
    assert not form.is_valid()
    assert form.errors["answer"] == ["请回答验证问题"]


@pytest.mark.parametrize("token", ["", "made-up"])
def test_without_our_token(blank, token):
    form = Feedback(fill(blank, challenge=token), request=request())
    assert not form.is_valid()
    assert "answer" in form.errors


def test_who_falls_into_the_trap(blank):
    form = Feedback(fill(blank, website="http://spam.example"), request=request())
    assert not form.is_valid()
    assert "未通过验证" in str(form.non_field_errors())


def test_too_often(watch):
    for number in range(6):
        shown = Feedback(request=request())
        watch.pass_seconds(5)
        form = Feedback(fill(shown), request=request())
        assert form.is_valid() == (number < 5)
    assert "提交过于频繁" in str(form.non_field_errors())
    shown = Feedback(request=request())
    watch.pass_seconds(5)
    assert Feedback(fill(shown), request=request("192.0.2.2")).is_valid()


def test_files(blank, watch):
    files = MultiValueDict({"files": [SimpleUploadedFile("一.pdf", b"%PDF-1.7"), SimpleUploadedFile("二.txt", b"abc")]})
    form = Feedback(fill(blank), files, request=request())
    assert form.is_valid(), form.errors
    assert [(taken.name, taken.kind) for taken in form.cleaned_data["files"]] == [("一.pdf", "pdf"), ("二.txt", "txt")]


def test_files_that_are_not_taken_are_named(blank):
    files = MultiValueDict({"files": [SimpleUploadedFile("病毒.pdf", b"MZ\x90\x00\x03" + bytes(60))]})
    form = Feedback(fill(blank), files, request=request())
    assert not form.is_valid()
    assert "病毒.pdf：不是可接收的文件类型" in str(form.errors["files"])
    assert not SpentChallenge.objects.exists()


def test_a_form_of_a_model(watch):
    shown = ParcelForm(request=request())
    assert "files" not in shown.fields
    watch.pass_seconds(5)
    form = ParcelForm(fill(shown, title="一号"), request=request())
    assert form.is_valid(), form.errors
    assert form.save().title == "一号"


def test_a_form_with_a_prefix(watch):
    shown = Feedback(request=request(), prefix="left")
    watch.pass_seconds(5)
    data = {f"left-{name}": value for name, value in fill(shown).items()}
    assert Feedback(data, request=request(), prefix="left").is_valid()
