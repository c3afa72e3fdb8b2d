"""Each rule by its article: what it must find, what only looks like it, and the ground that is shown for it."""

from datetime import date
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.core.screening import Screener, load_rules

SCREENER = Screener.standard(on=date(2024, 6, 1))
RULES = {rule.id: rule for rule in load_rules()}


class Example(NamedTuple):
    """`article` stands in the rule's basis; each of `hits` is found by this very rule, none of `misses` is."""

    article: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]


PRIVACY = "个人信息保护法第三十四条"
SENSITIVE = "个人信息保护法第二十八条"
MARK = "保守国家秘密法第二十二条"

EXAMPLES = {
    # 个人信息: numbers by their standards
    "resident-id-minor": Example(
        SENSITIVE,
        ("学生身份证号110101201503078677",),
        (
            "身份证号110101199003078670",  # grown up
            "身份证号110101201503078678",  # wrong check digit
            "办件编号：110101201503078677",  # the county and the day of a record
        ),
    ),
    "resident-id": Example(
        "GB 11643-1999",
        ("身份证号110101199003078670", "证件１１０１０１１９９００３０７８６７０", "11010519491231002x"),
        ("身份证号110101199003078671", "身份证号110101199002308674", "索引号110101199003078670123456"),
    ),
    "resident-id-cut": Example(
        "GB 11643-1999",
        (
            "110101199003078000",
            "132437197707087000",
            "身份证号\t110101199003078000\t备注",
            "身份证号110101199003078600",
        ),
        (
            "110101199003078600",
            "110101199003078671",
            "合同编号：110101199003078000",
            "110101199013078000",
            "金额110101199003078000元",
        ),
    ),
    "resident-id-old": Example(
        "GB 11643-1989",
        (
            "身份证号110105491231002",
            "身份证号：110105491231002／132437770708700。",
            "身份证号：\n110105\t491231\t002",
        ),
        ("身份证号110105491331002", "订单编号：110105491231002", "110105\t491231\t002"),
    ),
    "residence-permit": Example("居民居住证", ("居住证号810000199003071237",), ("居住证号810000199003071238",)),
    "disability-card": Example("残疾人证", ("残疾证11010119900307867042",), ("残疾证11010119900307867082",)),
    "bank-card": Example(
        "ISO/IEC 7812-1",
        ("银行卡号6217001234567890122", "王建国,6217 0012 3456 7890 122,221346.09", "卡号5107222023449920"),
        (
            "银行卡号6217001234567890123",
            "流水1217001234567890122",
            "合同5107222023449920",
            "标书5107202413957930",
        ),  # a county and a year
    ),
    "mobile": Example(
        PRIVACY,
        (
            "联系人手机13812345678",
            "电话138-1234-5678",
            "王建国133－0595－9324",
            "手机：+86-138-1234-5678",
            "电话008613812345678",
            "王建国,男,13812345678,6217001234567890122",
            "王建国/110101199003078670/13812345678/片警",
            "13812345678/张建军",
            "王建国/13812345678",
            "电话：0561-3012345/13812345678",
            "手机138．1234．5678",
            "手机138\t1234\t5678",
            "电话+86138 1234 5678",
            "微信同号：13812345678",
        ),
        (
            "手机138****5678",
            "手机12812345678",
            "13812345678.00元",
            "设备8613812345678",
            "案卷00845/13812345678",
            "13812345678/2023",
            "水表号13812345678",
            "金额（元） 13812345678",
            "138\t1234\t5678",
            "art_1381_2345678.html",
        ),
    ),
    "landline": Example(
        "政府信息公开条例第二十条",
        (
            "电话0561-3012345",
            "家庭电话0561-3012345",
            "王建国，民政办干部，宅电0561-3012345",
            "住宅电话：0561-3012345/0561-3012346",
            "县民政局王建国家庭电话0561-3012345",
        ),
        (
            "电话0561-301234",
            "邮编235000-3012345",
            "监督电话：0561-3012345",
            "举报电话：12380，0561-3012345",
            "镇民政办（0561）3012345",
            "致电流通部：0561-3012345",
            "镇卫生院公卫科，0561-3012345",
            "监督电话：0561-3012345 0561-3012346",
            "采购人：县第一中学 地址：桐荫路 联系方式：0561-3012345",
            "联系单位：县民政局\n地址：桐荫路1号\n联系电话：0561-3012345",
            "如有疑问请拨打0561-3012345",
            "0561-3012345（执法大队）",
            "电话：0561-3012345，邮箱：mz@qinghe.gov.cn",
            "水表号：056130123456",
        ),
    ),
    "local-line": Example(
        "政府信息公开条例第二十条",
        ("联系电话：3012345",),
        ("编号：3012345", "联系电话：1012345", "咨询电话：3012345", "联系电话400-3012345"),
    ),
    "passport": Example(
        PRIVACY, ("护照号码E12345678", "护照：\nE12345678", "护照号E 12345678"), ("型号E12345678", "护照号码E1234")
    ),
    "travel-permit": Example(
        PRIVACY,
        ("港澳居民来往内地通行证H12345678", "外国人永久居留身份证USA123456789012"),
        ("规格H12345678", "规格USA123456789012"),
    ),
    "sole-trader-code": Example(
        "GB 32100-2015",
        ("统一社会信用代码92110105MA01ABCD23",),
        ("统一社会信用代码91110105MA01ABCD26", "统一社会信用代码92110105MA01ABCD24"),
    ),
    "plate": Example(
        "GA 36-2018", ("车牌皖F12345", "皖F·D12345", "皖F·AB1C2"), ("皖F123", "豫A2023-001号", "皖FAB1C2")
    ),
    "plate-labelled": Example(
        "GA 36-2018", ("车牌号为皖FAB1C2", "驾驶皖F AB1C2", "装备车皖FAB1C2"), ("型号皖FAB1C2", "车辆皖FABCDE")
    ),
    "private-email": Example(PRIVACY, ("邮箱zhangsan@qq.com",), ("邮箱zwgk@qinghe.gov.cn", "zhangsan@@qq")),
    "weak-mask": Example(
        "个人信息保护法第七十三条",
        ("证件号110101199003****70", "手机1381234**78"),
        ("11*************670", "138****5678"),
    ),
    # 个人信息: in context
    "home-address": Example(
        SENSITIVE,
        (
            "家住清和县柳溪镇桐荫村3组12号",
            "住柳溪镇桐荫村7社。",
            "清河路122号附8号7楼6号",
            "监护人住所：清和县柳溪镇桐荫村7社12号",
            "现居清和县柳溪镇桐荫村9组",
            "从清和县清河路218号1栋2单元1602号迁入",
            "被告王建国，男，住所地：清和县清河路18号",
        ),
        (
            "办公地址：清和县政务服务中心3号楼201室",
            "住在柳溪镇",
            "被申请人清和县民政局，住所地：清和县清河路18号",
            "清和县人民医院（住所地：清和县清河路18号）",
            "清河花园共15栋，942户",
            "经营场所：清河路122号附8号",
        ),
    ),
    "home-group": Example(
        PRIVACY,
        (
            "王建国 柳溪镇桐荫村3组 320.00元",
            "村民王建国，女，清和县柳溪镇桐荫村三组",
            "代表：王建国（13812345678，柳溪镇桐荫村3组）",
        ),
        ("桐荫村3组路灯工程，联系人：王建国", "负责人王建国，建设地点柳溪镇桐荫村3组", "桐荫村3组王建国反映"),
    ),
    "birth-date": Example(
        PRIVACY,
        ("出生日期：1990年3月7日", "1990年3月7日出生", "男，1990/03/07出生", "19900307出生", "1990年3月7日生的王建国"),
        ("1990年3月7日以后出生的人员",),
    ),
    "personal-number": Example(SENSITIVE, ("住院号：ZY20230456",), ("住院号另行通知", "文号20230456")),
    "health": Example(
        SENSITIVE,
        (
            "患者王建国，确诊为肺结核。",
            "桐荫村王建国，肺癌，已住院。",
            "困难职工名单：王建国（抑郁症）",
            "劳动者王建国，诊断为尘肺病。",
            "王建国 乙型病毒性肝炎 三年",
            "健康检查：王建国，抗体阳性",
            "1　王建国　肺结核",
            "王建国因确诊肺癌致困",
            "萧建国罹患肺癌",
            "精神障碍患者王建国实行管控",
            "孕妇王小红，检测阳性",
            "救助对象甲、王建国（肺癌）",
        ),
        (
            "我县肺结核防治工作取得进展。",
            "农村石榴树，癌变。",
            "全村高血压，重病。",
            "病种：白血病，按大病报销",
            "名医：王建国，主任医师，擅长肺癌",
        ),
    ),
    "aid-recipient": Example(
        "社会救助暂行办法第十一条",
        ("低保户王建国，每月领取低保金530元。", "王建国家庭每月享受低保金530元"),
        ("全县发放低保金530万元。", "作物：马铃薯，每亩补贴60元", "来源：万源市，补助500元"),
    ),
    "minor": Example(
        "第三十一条",
        (
            "学生王小明，12岁，就读于县实验小学。",
            "王小明，三年级，视力0.3",
            "二（1）班王小明发热",
            "中班王小明小朋友获奖",
        ),
        (
            "学生王小明，15岁，就读于县一中。",
            "王建国，三年级语文教师",
            "王小明，高三年级学生",
            "王建国同志与小朋友共度六一",
        ),
    ),
    "minor-list": Example(
        "第三十一条",
        (
            "留守儿童：王小明，女，已结对。",
            "大一班幼儿名单公示\n王小明、李小红、张小刚",
            "以下儿童补种：王小明（2020年5月生）",
            "下列学生获奖：王小明（二年级）、李小红（四年级）",
        ),
        ("关爱留守儿童工作方案", "关爱留守儿童工作方案\n高度重视，周密部署", "学生名单公示\n马上公布、请等待"),
    ),
    # 国家秘密
    "secret-mark": Example(
        MARK,
        ("机密★5年", "国家机密★5年", "绝 密 ★ 长期", "秘密☆会议开始前"),
        ("保守国家秘密，人人有责★", "商业秘密★5年"),
    ),
    "secret-mark-asterisk": Example(
        MARK,
        ("机密*5年", "秘密※1年", "机密＊\n关于会议的通知"),
        ("商业秘密*5年", "密码*5年", "绝密* 注", "所谓*机密*\n不过如此"),
    ),
    "secret-term": Example(MARK, ("机密 5年\n关于会议的通知", "（秘密·长期）"), ("保守秘密，5年内不得泄露",)),
    "secret-label": Example(MARK, ("密级：机密",), ("密级：机密、秘密和绝密三级", "密级：无")),
    "secret-bracketed": Example(
        MARK,
        ("关于会议的通知（机密）", "【绝 密】"),
        ("（机密性要求）", "（商业秘密）", "信息确定为国家秘密（机密级）"),
    ),
    "secret-head": Example("GB/T 9704-2012", ("000012\n机密\n特急\n关于会议的通知",), ("关于做好机密文件管理的通知",)),
    "secret-number": Example(
        "实施条例第四十二条", ("根据清密发〔2023〕5号",), ("根据清保密发〔2023〕5号", "清政发〔2023〕5号")
    ),
    # 工作秘密和内部
    "work-secret": Example(
        "保守国家秘密法第六十四条",
        ("工作秘密★3年\n关于会议的通知", "工作秘密★\n2024年安排", "密级：工作秘密\n名单"),
        ("加强国家秘密和工作秘密管理工作",),
    ),
    "copy-number": Example(
        "GB/T 9704-2012 7.2.1", ("000012\n关于会议的通知",), ("2023年\n000012", "00012\n关于会议的通知")
    ),
    "urgency-wire": Example(
        "经验判断",
        ("内部明电\n关于会议的通知", "特 急\n清和县人民政府", "等级：加急"),
        ("收到明电后办理。", "特急件随到随办"),
    ),
    "not-public": Example("政府信息公开条例第十七条", ("（此件不公开）", "此 件 不 公 开"), ("属于不宜公开的信息",)),
    "on-application": Example(
        "政府信息公开条例第十七条", ("（此件依申请公开）",), ("依申请公开目录", "（此件公开发布）")
    ),
    "do-not-pass-on": Example("经验判断", ("阅后即焚", "发至县团级"), ("不得外传的内容包括", "传阅学习材料")),
    "internal-paper": Example(
        "政府信息公开条例第十六条",
        ("内部资料\n\n工作通报", "【送审稿】", "内部参考\n第3期"),
        ("加强内部资料管理", "内部管理制度", "审议了《规划（送审稿）》。"),
    ),
    "minutes": Example(
        "政府信息公开条例第十六条", ("清和县人民政府常务会议纪要\n2023年5月",), ("认真落实会议纪要精神。",)
    ),
}


def found(text):
    return {finding.rule for finding in SCREENER.screen(text)}


def test_every_rule_has_an_example():
    assert EXAMPLES.keys() == RULES.keys()
    assert all(example.hits and example.misses for example in EXAMPLES.values())


@pytest.mark.parametrize("rule", sorted(RULES))
def test_it_finds_what_its_article_means_and_not_what_looks_like_it(rule):
    example = EXAMPLES[rule]
    assert [text for text in example.hits if rule not in found(text)] == []
    assert [text for text in example.misses if rule in found(text)] == []


@pytest.mark.parametrize("rule", sorted(RULES))
def test_its_ground_is_shown(rule):
    """A rule that is only recalled or our own says so; nothing is shown as law that was not read."""
    assert EXAMPLES[rule].article in RULES[rule].basis
    (line,) = [line for line in LISTED.splitlines() if line.split()[0] == rule]
    assert RULES[rule].basis in line
    assert {"recalled": "依据未经核对原文", "own": "判断方法为本系统自定"}.get(RULES[rule].origin, "") in line


LISTED = CliRunner().invoke(main, ["screen", "--list-rules"]).stdout
