"""Title, number, issuer and year, from paragraphs as they come."""

import pytest

from gongkai.core.notices.frame import Frame, read_frame

NUMBER = "云溪政办发〔2024〕7号"
OFFICE = "云溪县人民政府办公室"
TITLE = f"{OFFICE}关于印发2024年政务公开工作要点任务分解表的通知"


@pytest.mark.parametrize(
    ("lines", "frame"),
    [
        ([NUMBER, OFFICE, "关于印发2024年政务公开工作要点", "任务分解表的通知", "各乡镇："], Frame(TITLE, NUMBER, OFFICE, 2024)),
        ([TITLE, "各乡镇："], Frame(TITLE, None, OFFICE, 2024)),
        ([f"当前位置：首页 {TITLE} 来源：云溪县", "各乡镇："], Frame(TITLE, None, OFFICE, 2024)),
        ([f"{NUMBER}{TITLE}各乡镇："], Frame(TITLE, None, OFFICE, 2024)),
        ([f"{OFFICE} 关于印发2024年政务公开工作要点任务分解表的通知 各乡镇"], Frame(TITLE, None, OFFICE, 2024)),
        (["各乡镇：", "根据《省政府办公厅关于印发要点的通知》精神", OFFICE, "2023年5月6日", "云溪县政务公开重点任务"],
         Frame("云溪县政务公开重点任务", None, OFFICE, 2023)),
        (["方案.docx", "云溪县2022年政务公开实施方案"], Frame("云溪县2022年政务公开实施方案", None, None, 2022)),
        (["云溪县2024年政务公开重点任务表"], Frame("云溪县2024年政务公开重点任务表", None, None, 2024)),
        (["二〇二四年政务公开工作要点"], Frame("二〇二四年政务公开工作要点", None, None, 2024)),
        (["云溪政办发[2024]7号", "云溪县政务公开工作要点"], Frame("云溪县政务公开工作要点", "云溪政办发[2024]7号", None, 2024)),
        (["随便一句话"], Frame("", None, None, None)),
        ([], Frame("", None, None, None)),
    ],
)  # fmt: skip
def test_frames(lines: list[str], frame: Frame) -> None:
    found = read_frame(lines)
    assert (found.title, found.issuer, found.year) == (frame.title, frame.issuer, frame.year)
    if frame.document_number:
        assert found.document_number == frame.document_number


def test_a_cited_number_is_not_the_notices_own() -> None:
    assert read_frame([TITLE, "根据《通知》（川办发〔2023〕10号）精神"]).document_number is None
    assert read_frame(["川办发〔2023〕10号"]).document_number == "川办发〔2023〕10号"


def test_the_title_tells_the_year_before_the_number_does() -> None:
    assert read_frame(["云溪政办发〔2023〕90号", TITLE]).year == 2024
    assert read_frame(["云溪政办发〔2023〕90号", "云溪县政务公开工作要点"]).year == 2023
