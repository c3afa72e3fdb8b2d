"""Fields, channels and grounds."""

import pytest

from gongkai.core.catalogues import field_in, fields
from gongkai.core.catalogues.bases import read_basis
from gongkai.core.catalogues.channels import read_channels
from gongkai.core.catalogues.words import choice_of, mark


def test_the_26_fields_of_the_state_council():
    """国办发〔2019〕54号."""
    assert len(fields()) == 26
    assert len({one.key for one in fields()}) == len({one.name for one in fields()}) == 26
    assert sorted(one.name for one in fields() if one.origin == "R") == sorted(
        ["国有土地上房屋征收与补偿", "城市综合执法", "市政服务", "税收管理"]
    )
    assert all(one.origin in "VR" and one.ministry for one in fields())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("青禾县城乡规划领域基层政务公开标准目录", "国土空间规划"),
        ("环境保护", "生态环境"),
        ("2.保障性住房", "保障性住房"),
        ("乡村振兴领域", "扶贫"),
        ("国有土地上房屋征收与补偿", "国有土地上房屋征收与补偿"),
        ("Sheet1", None),
    ],
)
def test_fields_by_their_names(text, name):
    assert (field_in(text).name if field_in(text) else None) == name


@pytest.mark.parametrize(
    ("text", "keys", "others"),
    [
        ("■政府网站 □政府公报\n■两微一端 □发布会/听证会", ("website", "weixin-weibo"), ()),
        ("■政府网站 口政府公报 t两微一端", ("website", "weixin-weibo"), ()),
        ("■社区/企事业单位/村公示栏（电子屏）□精准推送", ("notice-board",), ()),
        ("■入户/现场■其他：乡村大喇叭", ("visit", "other"), ("乡村大喇叭",)),
        ("政府网站、公开查阅点", ("website", "reading-point"), ()),
        ("政府网站\n便民服务站", ("website", "service-station"), ()),
        ("√政府网站 √政务服务中心窗口", ("website", "service-centre"), ("窗口",)),
        ("投资项目在线审批监管平台", ("project-platform",), ()),
        ("村务微信群", (), ("村务微信群",)),
        ("【√】政府网站 【 】政府公报", ("website",), ()),
        ("[√]政府网站 []政府公报", ("website",), ()),
        ("政府网站√\n政府公报□", ("website",), ()),
        ("√□政府网站 □政府公报", ("website",), ()),
        ("□√政府网站\n□政府公报", ("website",), ()),
        ("\uf052政府网站 \uf0a3政府公报", ("website",), ()),
        ("◼政府网站 ◻政府公报", ("website",), ()),
        ("网站、公示栏", ("website", "notice-board"), ()),
        ("R政府网站 £政府公报", ("website",), ()),
        ("þ政府网站 o政府公报", ("website",), ()),
        ("▉政府网站 ▢政府公报", ("website",), ()),
        ("√政府网站 政府公报", ("website",), ()),
        ("■社区/企事业单位/\n村公示栏（电子屏） 政府公报", ("notice-board",), ()),
        ("■其他 微信公众号", ("weixin-weibo", "other"), ()),
        ("政府网站、其他（ ）", ("website", "other"), ()),
        ("政务服务中心窗口口政府公报", ("service-centre", "gazette"), ("窗口口",)),
        ("□政府网站", (), ()),
        ("", (), ()),
    ],
)
def test_channels(text, keys, others):
    assert read_channels(text) == (keys, others)


@pytest.mark.parametrize(("text", "chosen"), [("√", True), (" ■ ", True), ("", False), ("□", False), ("口", False), ("—", False), ("项目单位", None), ("☒", True), ("þ", True), ("N", False), ("0", False)])  # fmt: skip
def test_marks(text, chosen):
    assert mark(text) is chosen


@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("《政府信息公开条例》、《社会救助暂行办法》第九条", ("《政府信息公开条例》", "《社会救助暂行办法》第九条")),
        ("《条例》（国务院令第711号）\n《意见》（国办发〔2017〕94号）", ("《条例》（国务院令第711号）", "《意见》（国办发〔2017〕94号）")),
        ("《关于印发〈办法〉的通知》；相关政策文件", ("《关于印发〈办法〉的通知》", "相关政策文件")),
        ("相关政策文件", ("相关政策文件",)),
        ("《甲》（国发〔2012〕45号）、各地相关政策文件", ("《甲》（国发〔2012〕45号）", "各地相关政策文件")),
        ("《甲》第九条、第十条，《乙》和《丙》", ("《甲》第九条、第十条", "《乙》", "《丙》")),
        ("【法律】《甲》\n【规章】《乙》第三条", ("《甲》", "《乙》第三条")),
        ("《甲》，省、市有关文件", ("《甲》", "省、市有关文件")),
        ("", ()),
    ],
)  # fmt: skip
def test_grounds(text, grounds):
    assert read_basis(text) == grounds


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("县区级", ("county",)),
        ("乡、村级", ("township", "village")),
        ("县/乡级", ("county", "township")),
        ("县乡级", ("county", "township")),
        ("县级及乡镇（街道）", ("county", "township")),
        ("市、县、乡三级", ("city", "county", "township")),
        ("县直部门", ()),
    ],
)
def test_levels_in_one_word(text, levels):
    assert choice_of("level", text) == levels
