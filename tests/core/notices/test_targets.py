"""The quantities that a text promises, and the figures that promise nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.notices.targets import read_targets


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("多元化解读比例不得低于50%", [("不得低于50%", ">=", 50, "%", "多元化解读比例")]),
        ("2023年底前实现一级标准率达到100%。", [("达到100%", "=", 100, "%", "一级标准率")]),
        ("解读率达到90%以上", [("达到90%以上", ">=", 90, "%", "解读率")]),
        ("办结率达到95%", [("达到95%", ">=", 95, "%", "办结率")]),
        ("每年至少开展1次专项检查", [("至少开展1次", ">=", 1, "次", "专项检查")]),
        ("举办不少于三次政府开放日活动", [("不少于三次", ">=", 3, "次", "政府开放日活动")]),
        ("社会救助等16个重点领域信息公开", [("16个", "=", 16, "个", "重点领域")]),
        ("意见征集结束后，1个月内发布采纳情况", [("1个月内", "<=", 1, "个月", "发布采纳情况")]),
        ("回应时限不超过5个工作日", [("不超过5个工作日", "<=", 5, "个工作日", "回应时限")]),
        ("办理时限压缩至3天以内", [("压缩至3天以内", "<=", 3, "天", "办理时限")]),
        ("满意度超过95%", [("超过95%", ">", 95, "%", "满意度")]),
        ("投诉率低于1.5%", [("低于1.5%", "<", 1.5, "%", "投诉率")]),
        ("且分值权重不低于4%的要求", [("不低于4%", ">=", 4, "%", "分值权重")]),
        ("差错率为0", [("为0", "=", 0, "", "差错率")]),
        (
            "全流程1个环节、0成本、1天办结",
            [("1个", "=", 1, "个", "环节"), ("0", "=", 0, "", "成本"), ("1天", "=", 1, "天", "办结")],
        ),
        ("完善滿意率不低於98%的機制", [("不低於98%", ">=", 98, "%", "完善滿意率")]),
    ],
)
def test_promises(text: str, found: list[tuple[str, str, float, str, str]]) -> None:
    assert [(each.text, each.operator, each.value, each.unit, each.subject) for each in read_targets(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "在12345政务服务便民热线知识库公开",
        "《四川省人民政府办公厅关于加强管理的通知》（川办函〔2022〕89号）要求",
        "（DB35/T 1792-2018）标准",
        "域名改造（互联网协议第6版）",
        "近3年出台的文件",
        "“一老一小”服务、“双随机、一公开”监管、“第一解读人”",
        "2023年8月31日前完成",
        "一次性告知",
        "",
    ],
)
def test_figures_that_promise_nothing(text: str) -> None:
    assert read_targets(text) == ()


@given(
    st.sampled_from([("不低于", ">="), ("不少于", ">="), ("不超过", "<="), ("超过", ">"), ("少于", "<")]),
    st.integers(0, 999),
    st.sampled_from(["%", "次", "件", "个工作日", "篇"]),
)
def test_comparisons_of_any_amount(cue: tuple[str, str], value: int, unit: str) -> None:
    (target,) = read_targets(f"公开数量{cue[0]}{value}{unit}")
    assert (target.operator, target.value, target.unit) == (cue[1], value, unit)
    assert target.text == f"{cue[0]}{value}{unit}"


@given(st.text("0123456789%.不低于超过达到至少个次月年内以，。《》“”第", max_size=40))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for target in read_targets(text):
        assert target.text in text
        assert target.operator in (">=", "<=", "=", ">", "<")
