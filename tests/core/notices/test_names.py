"""What a name looks like, the register, and names that run together."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.notices import Lexicon, RegisterError
from gongkai.core.notices.bodynames import is_body, is_selector

STEMS = [
    "财政",
    "教育",
    "民政",
    "审计",
    "司法",
    "公安",
    "水务",
    "交通运输",
    "自然资源和规划",
    "文化广播电视和旅游",
    "住房和城乡建设",
    "市场监督管理",
]
NAMES = [f"县{stem}局" for stem in STEMS] + ["县政府办公室", "县委办公室", "县乡村振兴局", "县人力资源和社会保障局"]


@pytest.mark.parametrize(
    "name",
    [
        "县财政局",
        "乐至生态环境局",
        "人民银行潍坊市中心支行",
        "省政府办公厅",
        "城关街道办事处",
        "青龙镇人民政府",
        "县发改局（县优化办）",
        "市行政審批局",
    ],
)
def test_names_of_bodies(name: str) -> None:
    assert is_body(name)
    assert not is_selector(name)


@pytest.mark.parametrize(
    "expression",
    [
        "各乡镇人民政府", "街道办事处", "各部门", "各单位", "县级政务新媒体主办单位", "各科室", "区直各有关单位", "各街道(功能区)", "各縣(市、區)政府",
        "省政府各部门", "乡镇（街道）", "保密行政管理部门", "各乡镇人民政府（街道办事处）", "相关被审计单位",
    ],
)  # fmt: skip
def test_expressions_for_many_bodies(expression: str) -> None:
    assert is_selector(expression)
    assert is_body(expression)


@pytest.mark.parametrize(
    "text", ["试行", "含乡镇", "提高解读质量", "社会", "此件公开发布", "国办发〔2019〕14号", "局", "", "主动公开的单位"]
)
def test_what_names_nothing(text: str) -> None:
    assert not is_body(text)


@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=6))
def test_known_names_that_run_together_are_split(names: list[str]) -> None:
    assert Lexicon().teach(NAMES).split("".join(names)) == names


@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5))
def test_unknown_names_that_run_together_are_split_where_each_begins(names: list[str]) -> None:
    assert Lexicon().split("".join(names)) == names


@pytest.mark.parametrize(
    "name",
    [
        "县政府办公室",
        "县委组织部",
        "县委县政府督查室",
        "县委县直机关工委",
        "市市场监督管理局",
        "县公安局交警大队",
        "省政府各部门",
        "县教育局办公室",
        "各区属事业单位",
    ],
)
def test_one_name_stays_one(name: str) -> None:
    lexicon = Lexicon().teach(
        ["县政府", "办公室", "县委", "组织部", "县公安局", "交警大队", "县教育局", "省政府", "各部门", "县政府督查室"]
    )
    assert lexicon.split(name) == [name]


def test_offices_of_one_department_run_together() -> None:
    assert Lexicon().teach(["办公室", "财务科"]).split("办公室财务科") == ["办公室", "财务科"]


def test_the_register_wins(tmp_path: Path) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text(
        "name,short_names,former_names,kind,groups\n"
        "示例县财政局,县财政局;财政局,示例县财政和金融局,department,县级部门\n"
        "县教育局县招生办公室,,,institution,\n",
        "utf-8-sig",
    )
    lexicon = Lexicon.from_csv(path)
    assert lexicon.resolve("财政局") == (lexicon.bodies[0], False)
    assert lexicon.resolve("示例县财政和金融局") == (lexicon.bodies[0], True)
    assert lexicon.resolve("县审计局") is None
    assert lexicon.groups == {"县级部门"}
    assert lexicon.split("县教育局县招生办公室") == ["县教育局县招生办公室"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_registers_of_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text("name,short_names,former_names,kind,groups\n县财政局,,,,\n", encoding)
    assert Lexicon.from_csv(path).resolve("县财政局")


@pytest.mark.parametrize("content", [b"", b"\xff\xff\xff", "机构,简称\n县财政局,财政局\n".encode(), b"name\n"])
def test_a_bad_register_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bodies.csv"
    path.write_bytes(content)
    with pytest.raises(RegisterError, match=r"bodies\.csv") as caught:
        Lexicon.from_csv(path)
    assert "\n" not in str(caught.value)


def test_a_missing_register_is_told(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"none\.csv"):
        Lexicon.from_csv(tmp_path / "none.csv")


@given(st.text("县市区财政局办公室各乡镇委部（）、", max_size=60))
def test_splitting_loses_nothing(text: str) -> None:
    assert "".join(Lexicon().teach(NAMES).split(text)) == text
