"""A labelled corpus of our own, made by a seeded generator: what must be found, and what looks like it and is right.

The sentences are written as clerks write them, the numbers by their standards (python-stdnum's check digits and its table
of counties, which the engine does not use). Nothing here reads the rules' patterns or words. ⟦…⟧ marks the stretch that
must be found.

    python -m tests.core.screening.corpus FOLDER      # then: gongkai screen-eval FOLDER/labels.jsonl
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import stdnum.luhn
from stdnum.cn import ric, uscc

ON = date(2024, 6, 1)
WHITELIST = ("0561-8120000", "8120012", "13805610000", "qhxzwgk@163.com", "qinghe-news.com")


@dataclass(frozen=True)
class Piece:
    """A sentence; `kind` is what is planted in it, "" for a hard negative."""

    marked: str
    kind: str = ""
    category: str = ""

    @property
    def text(self) -> str:
        return self.marked.replace("⟦", "").replace("⟧", "")

    @property
    def stretch(self) -> tuple[int, int]:
        start = self.marked.index("⟦")
        return start, self.marked.index("⟧") - 1


# ---------------------------------------------------------------- numbers


@cache
def counties() -> tuple[str, ...]:
    """Six digits of every county that python-stdnum knows."""
    import stdnum

    codes, province = [], ""
    for line in (Path(stdnum.__file__).parent / "cn" / "loc.dat").read_text("utf-8").splitlines():
        if match := re.match(r"(\d\d) province", line):
            province = match[1]
        elif (match := re.match(r"\s+(\d{4}) ", line)) and not match[1].endswith("00"):
            codes.append(province + match[1])
    return tuple(codes)


def a_day(rng: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def resident_id(
    rng: random.Random, first: date = date(1930, 1, 1), last: date = date(2009, 12, 31), place: str = ""
) -> str:
    start = f"{place or rng.choice(counties())}{a_day(rng, first, last):%Y%m%d}{rng.randrange(1, 1000):03}"
    return start + ric.calc_check_digit(start + "0")


def old_id(rng: random.Random) -> str:
    return f"{rng.choice(counties())}{a_day(rng, date(1925, 1, 1), date(1980, 1, 1)):%y%m%d}{rng.randrange(1, 1000):03}"


_BINS = (
    ("622848", 19),
    ("621700", 19),
    ("622202", 19),
    ("621661", 19),
    ("622588", 16),
    ("621226", 19),
    ("623059", 19),
    ("622908", 18),
    ("621098", 19),
    ("625900", 16),
    ("621412", 19),
)


def bank_card(rng: random.Random) -> str:
    start, length = rng.choice(_BINS)
    start += "".join(rng.choice("0123456789") for _ in range(length - len(start) - 1))
    return start + stdnum.luhn.calc_check_digit(start)


def foreign_card(rng: random.Random) -> str:
    start = rng.choice(("4392", "4563", "5187", "5240", "5528", "4270")) + "".join(
        rng.choice("0123456789") for _ in range(11)
    )
    return start + stdnum.luhn.calc_check_digit(start)


def mobile(rng: random.Random) -> str:
    return (
        rng.choice(
            (
                "130",
                "135",
                "136",
                "137",
                "138",
                "139",
                "147",
                "150",
                "152",
                "158",
                "159",
                "166",
                "173",
                "177",
                "181",
                "186",
                "187",
                "189",
                "191",
                "198",
                "199",
            )
        )
        + f"{rng.randrange(10**8):08}"
    )


def line_number(rng: random.Random, digits: int = 7) -> str:
    return rng.choice("2345678") + "".join(rng.choice("0123456789") for _ in range(digits - 1))


def credit_code(rng: random.Random, kind: str) -> str:
    start = kind + rng.choice(counties()) + "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(9))
    return start + uscc.calc_check_digit(start)


# ---------------------------------------------------------------- people and places

_NAMES = [
    "王建国",
    "李秀英",
    "张桂芳",
    "刘志强",
    "陈玉兰",
    "杨德明",
    "黄丽华",
    "赵永贵",
    "吴小燕",
    "周国栋",
    "徐凤英",
    "孙志刚",
    "马俊杰",
    "朱红梅",
    "胡金生",
    "郭爱民",
    "何玉珍",
    "林德福",
    "高秀兰",
    "罗文斌",
    "郑桂英",
    "梁永福",
    "谢春花",
    "宋大勇",
    "唐秀芝",
    "许志明",
    "韩春梅",
    "冯国强",
    "邓小红",
    "曹玉山",
    "彭桂香",
    "曾庆华",
    "肖玉莲",
    "田中玉",
    "董长海",
    "潘秀云",
    "袁世平",
    "蔡金花",
    "蒋文祥",
    "余德胜",
    "杜春兰",
    "叶青",
    "程志远",
    "魏淑芬",
    "苏明",
    "吕传家",
    "丁玉梅",
    "任永康",
    "沈家宝",
    "姚桂兰",
    "卢广平",
    "姜玉芳",
    "崔永生",
    "钟秀珍",
    "谭国富",
    "陆建军",
    "汪洋",
    "范春生",
    "金玉成",
    "石磊",
    "廖桂花",
    "贾宝山",
    "夏玉兰",
    "韦小妹",
    "付志华",
    "方世玉",
    "白秀英",
    "邹国平",
    "孟凡荣",
    "熊德才",
    "秦玉莲",
    "邱建明",
    "江海波",
    "尹秀芹",
    "薛志军",
    "闫玉山",
    "段永红",
    "雷建平",
    "侯玉芝",
    "龙小云",
    "史春林",
    "陶玉华",
    "黎国明",
    "贺志勇",
    "顾小兰",
    "毛玉萍",
    "郝建民",
    "龚德华",
    "邵玉珍",
    "万国平",
    "钱秀芳",
    "严志刚",
    "覃桂英",
    "欧阳建平",
    "司马文",
    "上官玉兰",
]
_CHILDREN = [
    "王子轩",
    "李欣怡",
    "张浩然",
    "刘雨桐",
    "陈梓涵",
    "杨一诺",
    "黄思远",
    "赵诗涵",
    "吴宇航",
    "周梦琪",
    "徐子墨",
    "孙艺馨",
    "马天佑",
    "朱雨萱",
    "胡俊熙",
    "郭子涵",
    "何佳怡",
    "林浩宇",
    "高梓萱",
    "罗思琪",
    "郑博文",
    "梁雨欣",
    "谢子豪",
    "宋佳琪",
    "唐浩轩",
]
_TOWNS = ("白云镇", "东河镇", "石门乡", "城关街道", "南坪镇", "柳树乡", "新城街道")
_VILLAGES = ("李家村", "大王庄村", "河西社区", "石桥村", "张寨村", "前进村", "桃园社区", "上湾村")
_ESTATES = (
    "阳光花园",
    "锦绣家园",
    "和谐小区",
    "金色家园",
    "清河新村",
    "幸福里小区",
    "碧水华庭",
    "书香名苑",
    "教师公寓",
    "化肥厂家属院",
)


def name(rng: random.Random) -> str:
    return rng.choice(_NAMES)


# ---------------------------------------------------------------- noise


def full_width(text: str) -> str:
    return "".join(
        chr(ord(character) + 0xFEE0) if character.isascii() and character.isalnum() else character for character in text
    )


def noisy(rng: random.Random, number: str, groups: tuple[int, ...]) -> str:
    """The number as it comes out of PDF files, forms and the hands of those who evade a filter."""
    kind = rng.randrange(10)
    if kind < 4:
        return number
    if kind == 4:
        return full_width(number)
    if kind == 5:
        at = sorted(rng.sample(range(1, len(number)), 2))
        mark = rng.choice("\u200b\u200d\ufeff\u2060\u00ad")
        return number[: at[0]] + mark + number[at[0] : at[1]] + mark + number[at[1] :]
    if kind == 6:
        return rng.choice((" ", "-", " ")).join(_cut(number, groups))
    if kind == 7:
        return rng.choice((" ", ".", "·", "\u3000")).join(number)
    if kind == 8:
        at = rng.randrange(4, len(number) - 3)
        return number[:at] + rng.choice(("\n", "\r\n", "\n  ", "\n\u3000")) + number[at:]
    return full_width(number[:-4]) + number[-4:]


def _cut(number: str, groups: tuple[int, ...]) -> list[str]:
    pieces, at = [], 0
    for length in groups:
        pieces.append(number[at : at + length])
        at += length
    return [*pieces, number[at:]] if at < len(number) else pieces


# ---------------------------------------------------------------- what must be found

Maker = Callable[[random.Random], str]


def _resident(rng: random.Random) -> str:
    number = resident_id(rng)
    if rng.random() < 0.3:
        number = number.lower()
    number = noisy(rng, number, rng.choice(((6, 8), (6, 4, 4), (3, 3, 4, 4), (6, 8, 3))))
    return rng.choice((
        f"申请人{name(rng)}，身份证号：⟦{number}⟧，现予公示。", f"{name(rng)}（公民身份号码⟦{number}⟧）", f"身份证号码 ⟦{number}⟧",
        f"经查，当事人{name(rng)}（身份证件号码：⟦{number}⟧）未取得许可。", f"{name(rng)} 女 ⟦{number}⟧ {rng.choice(_TOWNS)}",
        f"证件号：⟦{number}⟧；", f"附：{name(rng)}⟦{number}⟧", f"编号12，⟦{number}⟧，{name(rng)}", f"⟦{number}⟧",
    ))  # fmt: skip


def _minor_id(rng: random.Random) -> str:
    number = resident_id(rng, date(2011, 1, 1), date(2023, 12, 31))
    return rng.choice(
        (
            f"儿童身份证号⟦{number}⟧。",
            f"{rng.choice(_CHILDREN)} ⟦{number}⟧",
            f"学籍辅号 G⟦{number}⟧",
            f"户内成员：⟦{number}⟧",
        )
    )


def _old(rng: random.Random) -> str:
    number = old_id(rng)
    if rng.random() < 0.3:
        number = full_width(number)
    return rng.choice(
        (
            f"身份证号：⟦{number}⟧",
            f"{name(rng)}，⟦{number}⟧，退休职工。",
            f"一代身份证号码⟦{number}⟧。",
            f"户主{name(rng)} ⟦{number}⟧",
        )
    )


def _cut_id(rng: random.Random) -> str:
    """What a spreadsheet makes of a number that was typed without care."""
    number = resident_id(rng)[:15] + "000"
    return rng.choice(
        (
            f"{name(rng)}\t⟦{number}⟧\t{rng.randrange(100, 900)}",
            f"身份证号：⟦{number}⟧",
            f"{rng.randrange(1, 90)} {name(rng)} ⟦{number}⟧",
        )
    )


def _permit_id(rng: random.Random) -> str:
    number = resident_id(rng, place=rng.choice(("810000", "820000", "830000")))
    return rng.choice(
        (
            f"居住证号码：⟦{number}⟧",
            f"港澳居民{name(rng)}（⟦{number}⟧）",
            f"台湾居民居住证⟦{noisy(rng, number, (6, 8))}⟧。",
        )
    )


def _disability(rng: random.Random) -> str:
    number = resident_id(rng) + rng.choice("1234567") + rng.choice("1234")
    return rng.choice((f"残疾人证号：⟦{number}⟧", f"{name(rng)} ⟦{number}⟧ 城关街道", f"持证号码⟦{number}⟧，"))


def _card(rng: random.Random) -> str:
    number = noisy(rng, bank_card(rng), rng.choice(((4, 4, 4, 4), (6,))))
    return rng.choice((
        f"开户行：清和农商行，卡号：⟦{number}⟧", f"{name(rng)}一卡通账号⟦{number}⟧，", f"银行账户 ⟦{number}⟧。",
        f"补贴发放至社会保障卡（⟦{number}⟧）", f"收款人{name(rng)}，工商银行⟦{number}⟧", f"惠农卡号⟦{number}⟧",
    ))  # fmt: skip


def _foreign(rng: random.Random) -> str:
    number = foreign_card(rng)
    number = " ".join(_cut(number, (4, 4, 4))) if rng.random() < 0.4 else number
    return rng.choice((f"信用卡号⟦{number}⟧", f"请汇至银行卡⟦{number}⟧。", f"账号：⟦{number}⟧"))


def _mobile(rng: random.Random) -> str:
    number = noisy(rng, mobile(rng), rng.choice(((3, 4), (3, 4, 4), (4, 3))))
    return rng.choice((
        f"联系人：{name(rng)}，手机：⟦{number}⟧", f"{name(rng)}（电话⟦{number}⟧）", f"联系方式⟦{number}⟧，", f"户主电话：⟦{number}⟧",
        f"请与{name(rng)}联系，⟦{number}⟧。", f"tel:⟦{number}⟧", f"微信同手机号⟦{number}⟧", f"手机号码 ⟦{number}⟧ 备注",
    ))  # fmt: skip


def _plain_mobile(rng: random.Random) -> str:
    number = mobile(rng)
    number = rng.choice(
        (
            number,
            number,
            f"{number[:3]}-{number[3:7]}-{number[7:]}",
            f"{number[:3]} {number[3:7]} {number[7:]}",
            full_width(number),
        )
    )
    return rng.choice(
        (
            f"{name(rng)}\t⟦{number}⟧\t{rng.choice(_TOWNS)}",
            f"{name(rng)}，⟦{number}⟧。",
            f"{rng.choice(_VILLAGES)} {name(rng)} ⟦{number}⟧",
        )
    )


_AREAS = ("0561", "0571", "010", "021", "0591", "0376", "0831", "0471", "0991", "025")


def _landline(rng: random.Random) -> str:
    area = rng.choice(_AREAS)
    number = line_number(rng, 8 if len(area) == 3 else rng.choice((7, 8)))
    written = rng.choice(
        (
            f"{area}-{number}",
            f"{area}－{number}",
            f"（{area}）{number}",
            f"({area}){number}",
            f"{area} {number}",
            f"{area}—{number}",
            f"{area}{number}",
        )
    )
    return rng.choice(
        (
            f"住宅电话：⟦{written}⟧",
            f"{name(rng)}，电话⟦{written}⟧",
            f"户主{name(rng)}，联系电话 ⟦{written}⟧，",
            f"当事人{name(rng)}的电话是⟦{written}⟧。",
        )
    )


def _local(rng: random.Random) -> str:
    return rng.choice(("家庭电话：⟦{}⟧", "住宅座机⟦{}⟧，", "户主的联系电话：⟦{}⟧。")).format(
        line_number(rng, rng.choice((7, 8)))
    )


def _passport(rng: random.Random) -> str:
    number = rng.choice(
        (
            f"E{rng.randrange(10**8):08}",
            f"G{rng.randrange(10**8):08}",
            f"EA{rng.randrange(10**7):07}",
            f"EH{rng.randrange(10**7):07}",
            f"D{rng.randrange(10**8):08}",
        )
    )
    return rng.choice(
        (
            f"护照号：⟦{number}⟧",
            f"{name(rng)}持护照⟦{number}⟧出境",
            f"护照号码 ⟦{full_width(number)}⟧",
            f"因私护照（⟦{number}⟧）遗失",
            f"Passport No. ⟦{number}⟧",
        )
    )


def _travel(rng: random.Random) -> str:
    hk = f"{rng.choice('HM')}{rng.randrange(10**8):08}{rng.choice(('', '01', '02'))}"
    tw = f"{rng.randrange(10**8):08}"
    return rng.choice(
        (
            f"港澳居民来往内地通行证号码：⟦{hk}⟧",
            f"回乡证⟦{hk}⟧",
            f"台胞证号⟦{tw}⟧",
            f"往来港澳通行证⟦C{tw}⟧",
            f"台湾居民来往大陆通行证（⟦{tw}⟧）",
        )
    )


def _trader(rng: random.Random) -> str:
    return rng.choice(
        ("清和县{1}小吃店（统一社会信用代码⟦{0}⟧）", "信用代码：⟦{0}⟧，经营者{1}", "{1}百货店 ⟦{0}⟧")
    ).format(credit_code(rng, "92"), name(rng))


_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


def _plate(rng: random.Random) -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    serial = rng.choice((
        f"{rng.randrange(10**5):05}", f"{rng.choice(letters)}{rng.randrange(10**4):04}", f"{rng.choice(letters)}{rng.choice(letters)}{rng.randrange(1000):03}",
        f"{rng.randrange(100):02}{rng.choice(letters)}{rng.randrange(100):02}", f"D{rng.randrange(10**5):05}", f"F{rng.randrange(10**5):05}", f"{rng.randrange(10**4):04}挂", f"{rng.randrange(10**4):04}学",
    ))  # fmt: skip
    written = f"{rng.choice(_PROVINCES)}{rng.choice(letters)}{rng.choice(('', '', '·'))}{serial}"
    if rng.random() < 0.15:
        written = full_width(written)
    return rng.choice(
        (
            f"{name(rng)}驾驶⟦{written}⟧小型轿车",
            f"车牌号：⟦{written}⟧",
            f"号牌为⟦{written}⟧的货车",
            f"停放车辆（⟦{written}⟧）",
            f"⟦{written}⟧号车主",
        )
    )


def _plate_by_label(rng: random.Random) -> str:
    letters = "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(3))
    written = f"{rng.choice(_PROVINCES)}{rng.choice('ABCDEF')}{rng.choice(('', ' '))}{letters}{rng.randrange(10, 100)}"
    return rng.choice((f"车牌号⟦{written}⟧", f"驾驶⟦{written}⟧上路", f"乘坐⟦{written}⟧货车"))


def _email(rng: random.Random) -> str:
    user = rng.choice(
        ("zhangsan88", "li.xiaoming", "wjg_1975", "happy-life", "qinghe2008", "chen", f"{rng.randrange(10**8, 10**10)}")
    )
    host = rng.choice(
        ("qq.com", "163.com", "126.com", "sina.com.cn", "139.com", "foxmail.com", "gmail.com", "outlook.com")
    )
    written = f"{user}@{host}"
    if rng.random() < 0.15:
        written = full_width(user) + "＠" + host
    return rng.choice(
        (f"邮箱：⟦{written}⟧", f"意见请发至⟦{written}⟧，", f"E-mail:⟦{written}⟧", f"{name(rng)}（⟦{written}⟧）")
    )


def _weak(rng: random.Random) -> str:
    star = rng.choice("***＊×X●")
    if rng.random() < 0.7:
        number = resident_id(rng)
        written = rng.choice(
            (
                number[:14] + star * 4,
                number[:14] + star * 3 + number[17],
                number[:10] + star * 4 + number[14:],
                number[:12] + star * 2 + number[14:],
                number[:15] + star * 3,
                number[:6] + star * 2 + number[8:],
            )
        )
        return rng.choice((f"身份证号⟦{written}⟧", f"{name(rng)} ⟦{written}⟧", f"证件号码：⟦{written}⟧，"))
    number = mobile(rng)
    return rng.choice(
        (
            f"电话⟦{number[:9]}{star * 2}⟧",
            f"手机号：⟦{number[:5]}{star * 2}{number[7:]}⟧",
            f"{name(rng)} ⟦{number[:4]}{star * 3}{number[7:]}⟧",
        )
    )


def _address(rng: random.Random) -> str:
    n = rng.randrange
    town, village, estate = rng.choice(_TOWNS), rng.choice(_VILLAGES), rng.choice(_ESTATES)
    door = rng.choice(
        (
            f"{n(1, 40)}号楼{n(1, 6)}单元{n(101, 1902)}室",
            f"{n(1, 30)}栋{n(1, 5)}单元{n(101, 902)}",
            f"{n(1, 20)}幢{n(101, 603)}室",
            f"{n(1, 20)}号楼{n(101, 603)}",
        )
    )
    return rng.choice((
        f"{name(rng)}，住⟦{estate}{door}⟧", f"家住⟦清和县{town}{village}{n(1, 12)}组{n(1, 90)}号⟧", f"家庭住址：⟦{town}{village}{n(1, 12)}组⟧", f"现住址：⟦清和县清河路{n(1, 300)}号{estate}{door}⟧",
        f"户籍地址为⟦清和县{town}{village}{rng.choice('一二三四五六')}组{n(1, 60)}号⟧", f"送达地址：⟦{estate}{door}⟧", f"户籍所在地：⟦清和县{town}{village}{n(1, 90)}号⟧",
    ))  # fmt: skip


def _group(rng: random.Random) -> str:
    where = f"{rng.choice(_TOWNS)}{rng.choice(_VILLAGES)}{rng.randrange(1, 12)}{rng.choice('组社')}"
    return rng.choice(
        (f"{name(rng)}\t女\t⟦{where}⟧\t已核实", f"{name(rng)} ⟦{where}⟧ 3.2亩", f"村民{name(rng)}，男，⟦{where}⟧村民")
    )


def _birth(rng: random.Random) -> str:
    day = a_day(rng, date(1940, 1, 1), date(2015, 12, 31))
    written = rng.choice(
        (
            f"{day.year}年{day.month}月{day.day}日",
            f"{day:%Y-%m-%d}",
            f"{day:%Y.%m.%d}",
            f"{day:%Y%m%d}",
            f"{day:%Y}/{day.month}/{day.day}",
        )
    )
    chinese = f"{day.year}年{day.month}月{day.day}日"
    return rng.choice(
        (
            f"{name(rng)}，出生日期：⟦{written}⟧，",
            f"出生年月日 ⟦{written}⟧",
            f"男，⟦{chinese}⟧出生，汉族",
            f"{name(rng)}生于⟦{written}⟧。",
            f"女，⟦{chinese}⟧生，",
        )
    )


def _personal_number(rng: random.Random) -> str:
    digits = f"{rng.randrange(10**9, 10**10)}"
    return rng.choice(
        (
            f"住院号：⟦{digits}⟧",
            f"病历号⟦{digits[:8]}⟧",
            f"社会保障卡号：⟦{chr(65 + rng.randrange(26))}{digits[:8]}⟧",
            f"医保卡号 ⟦{digits}⟧",
            f"门诊号：⟦M{digits[:7]}⟧",
            f"低保证号：⟦清低保字{digits[:6]}⟧",
        )
    )


_DISEASES = (
    "肺癌",
    "尿毒症",
    "精神分裂症",
    "肢体残疾二级",
    "乳腺癌晚期",
    "白血病",
    "糖尿病并发症",
    "脑梗后遗症",
    "智力残疾一级",
    "艾滋病",
    "肺结核",
    "重度抑郁症",
)


def _health(rng: random.Random) -> str:
    who, what = name(rng), rng.choice(_DISEASES)
    return rng.choice(
        (
            f"患者⟦{who}，诊断为{what}⟧。",
            f"村民⟦{who}因患{what}⟧，家庭困难。",
            f"⟦{who}，男，58岁，患{what}⟧，长期卧床。",
            f"低保对象⟦{who}（女）身患{what}⟧",
            f"申请人⟦{who}，{what}⟧，无劳动能力",
            f"姓名：⟦{who} 病情：{what}⟧",
        )
    )


def _aid(rng: random.Random) -> str:
    who, sum_ = (
        name(rng),
        rng.choice(
            (f"{rng.randrange(100, 2000)}元", f"{rng.randrange(1000, 9000):,}元", f"{rng.randrange(100, 900)}.50元")
        ),
    )
    return rng.choice((
        f"低保户⟦{who}，每月领取低保金{sum_}⟧。", f"特困人员⟦{who}，供养标准每月{sum_}⟧", f"给予村民⟦{who}临时救助{sum_}⟧。", f"⟦{who}\t残疾人护理补贴\t{sum_}⟧",
        f"户主：⟦{who}，本次发放耕地地力保护补贴{sum_}⟧", f"困难职工⟦{who}获慰问金{sum_}⟧", f"⟦{who}，女，高龄津贴{sum_}⟧",
    ))  # fmt: skip


def _minor(rng: random.Random) -> str:
    who, age = rng.choice(_CHILDREN), rng.randrange(3, 14)
    return rng.choice(
        (
            f"学生⟦{who}，{age}岁⟧，城关小学三年级。",
            f"⟦{who}（男，{age}岁）⟧，留守儿童，",
            f"患儿⟦{who}，现年{age}周岁⟧",
            f"资助儿童：⟦{who}，女，{age}岁⟧。",
        )
    )


def _minor_list(rng: random.Random) -> str:
    who = rng.choice(_CHILDREN)
    return rng.choice(
        (
            f"学生姓名：⟦{who}⟧，班级：三（2）班",
            f"幼儿姓名：⟦{who}⟧",
            f"儿童姓名 ⟦{who}⟧ 监护人",
            f"孤儿⟦{who}⟧，由祖父母抚养。",
        )
    )


def _minor_named(rng: random.Random) -> str:
    who = rng.choice(_CHILDREN)
    return rng.choice(
        (
            f"五年级⟦{who}⟧获一等奖",
            f"7岁的⟦{who}⟧不慎落水",
            f"女童⟦{who}⟧走失",
            f"县实验小学⟦{who}⟧同学获奖",
            f"大班：⟦{who}⟧",
        )
    )


def _aid_status(rng: random.Random) -> str:
    who = name(rng)
    return rng.choice(
        (f"新增低保：⟦{who}⟧", f"同意⟦{who}⟧户享受最低生活保障", f"救助对象名单：⟦{who}⟧", f"⟦{who}⟧已取消低保待遇")
    )


def _spread(rng: random.Random, word: str) -> str:
    return rng.choice((word, word, word, " ".join(word), "\u3000".join(word), "  ".join(word)))


def _secret(rng: random.Random) -> str:
    level = _spread(rng, rng.choice(("机密", "秘密", "绝密")))
    if rng.random() < 0.1:
        level = level[0] + "\u200b" + level[1:]
    term = rng.choice(
        ("5年", "10年", "1年", "长期", "6个月", "三年", "启用前", "会议开始前", "2030年12月31日", "20 年", "公布前")
    )
    return rng.choice((
        f"⟦{level}★{term}⟧\n关于某项工作的通知", f"⟦{level} ★ {term}⟧\n", f"⟦{level}☆{term}⟧\n", f"件头标注⟦{level}★⟧", f"⟦{level}*{term}⟧\n文件", f"\n⟦{level}⟧\n清和县文件\n", f"（⟦{level}⟧）关于报送情况的函",
        f"密级：⟦{level}⟧", f"\n⟦{level} 5年⟧\n", f"【⟦{level}⟧】情况报告", f"⟦{level}⟧  特急\n清和县人民政府办公室\n", f"⟦★{level}⟧", f"密级：⟦{level}⟧  保密期限：5年", f"⟦{level}（3年）⟧\n", f"⟦{level}＊{term}⟧\n",
    ))  # fmt: skip


def _secret_number(rng: random.Random) -> str:
    return rng.choice(("根据⟦清密发〔2023〕{}号⟧文件", "（⟦县机发[2022]{}号⟧）", "⟦清密电〔2024〕{} 号⟧要求")).format(
        rng.randrange(1, 90)
    )


def _work(rng: random.Random) -> str:
    word = _spread(rng, "工作秘密")
    return rng.choice(
        (
            f"⟦{word}⟧\n关于行动安排的通知",
            f"（⟦{word}⟧）",
            f"⟦{word}★2年⟧\n方案",
            f"【⟦{word}⟧】",
            f"文件袋\n⟦{word}⟧\n",
        )
    )


def _internal(rng: random.Random) -> str:
    s = lambda word: _spread(rng, word)  # noqa: E731
    return rng.choice((
        f"⟦{s('内部资料')} 注意保存⟧\n", f"（⟦{s('此件不公开')}⟧）", f"⟦{s('内部文件')}⟧\n会议材料", f"材料⟦{s('不得外传')}⟧。", f"请⟦{s('阅后即焚')}⟧，勿留存", f"本材料⟦{s('仅供领导参阅')}⟧", f"（⟦{s('此件依申请公开')}⟧）",
        f"（⟦{s('此件发至县团级')}⟧）", f"⟦{s('送审稿')}⟧\n", f"（⟦{s('过程稿')}⟧）", f"⟦{s('内部资料')}，注意保存⟧\n", f"⟦{s('阅后收回')}⟧", "《方案》（⟦征求意见稿（内部）⟧）", "材料⟦严禁外传⟧。",
        f"⟦000{rng.randrange(100, 999)}⟧\n清和县文件", f"⟦{s('内部明电')}⟧\n等级 特提", f"⟦{s('机要')}⟧\n清和县", "⟦清和县人民政府常务会议纪要⟧\n〔2024〕3号",
    ))  # fmt: skip


_SLIPS = (
    "进一步⟦布署⟧春耕工作", "⟦按排⟧专人负责", "⟦做为⟧牵头单位要履职", "⟦既使⟧遇到困难也要完成", "⟦一如继往⟧支持基层", "⟦再接再励⟧再创佳绩", "群众⟦迫不急待⟧", "⟦截止目前⟧已完成80%", "双方⟦签定⟧协议", "建立工作⟦台帐⟧", "与考核⟦挂勾⟧", "工程⟦座落⟧于城北",
    "推荐⟦侯选⟧人名单", "做好⟦气侯⟧监测", "推动良性⟦竟争⟧", "⟦因地治宜⟧发展产业", "⟦全力以付⟧抗旱", "整治⟦贪脏枉法⟧行为", "认真⟦惯彻⟧会议精神", "⟦权利清单⟧动态调整", "⟦等侯⟧审批", "⟦复盖⟧全部村庄", "⟦以身作责⟧",
)  # fmt: skip
_OUTDATED = (
    "由县⟦国土资源局⟧牵头", "报县⟦卫计委⟧备案", "县⟦工商局⟧、公安局配合", "市⟦环保局⟧答复", "县⟦食药监局⟧开展检查", "县⟦安监局⟧负责", "抄送县⟦质监局⟧", "⟦国家税务局⟧清和县分局", "县⟦扶贫办⟧统计", "县⟦物价局⟧定价", "县⟦粮食局⟧职工", "咨询⟦银保监局⟧",
    "深入学习⟦习近平新时代特色社会主义思想⟧", "依据《中华人民共和国⟦政府信息公开条列⟧》", "坚持⟦全面从严制党⟧", "帮扶⟦残废人⟧就业",
)  # fmt: skip

MAKERS: dict[str, tuple[str, int, Maker]] = {
    "resident-id": ("personal", 420, _resident),
    "resident-id-minor": ("personal", 60, _minor_id),
    "resident-id-old": ("personal", 60, _old),
    "residence-permit": ("personal", 40, _permit_id),
    "disability-card": ("personal", 40, _disability),
    "bank-card": ("personal", 200, _card),
    "bank-card-foreign": ("personal", 40, _foreign),
    "mobile": ("personal", 300, _mobile),
    "mobile-plain": ("personal", 80, _plain_mobile),
    "landline": ("personal", 120, _landline),
    "local-line": ("personal", 40, _local),
    "passport": ("personal", 60, _passport),
    "travel-permit": ("personal", 60, _travel),
    "sole-trader-code": ("personal", 40, _trader),
    "plate": ("personal", 100, _plate),
    "plate-labelled": ("personal", 30, _plate_by_label),
    "private-email": ("personal", 80, _email),
    "weak-mask": ("personal", 100, _weak),
    "home-address": ("personal", 90, _address),
    "home-group": ("personal", 40, _group),
    "birth-date": ("personal", 80, _birth),
    "personal-number": ("personal", 50, _personal_number),
    "health": ("personal", 80, _health),
    "aid-recipient": ("personal", 90, _aid),
    "minor": ("personal", 50, _minor),
    "minor-list": ("personal", 40, _minor_list),
    "minor-named": ("personal", 40, _minor_named),
    "aid-status": ("personal", 40, _aid_status),
    "secret": ("state-secret", 160, _secret),
    "secret-number": ("state-secret", 20, _secret_number),
    "work-secret": ("work-secret", 40, _work),
    "internal": ("internal", 120, _internal),
    "typo": ("typo", 92, lambda rng: rng.choice(_SLIPS)),
    "lexicon": ("lexicon", 64, lambda rng: rng.choice(_OUTDATED)),
    "resident-id-cut": ("personal", 40, _cut_id),
}
# Numbers with a form or a check digit of their own; the others are judged by words around them.
NUMBERED = frozenset(list(MAKERS)[: list(MAKERS).index("home-address")])


def positives(rng: random.Random) -> Iterator[Piece]:
    for kind, (category, number, make) in MAKERS.items():
        for _ in range(number):
            yield Piece(make(rng), kind, category)


# ---------------------------------------------------------------- what looks like it and is right


def _digits(rng: random.Random, length: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(length))


def _wrong_check(rng: random.Random) -> str:
    """A resident ID with one digit of its serial number changed: it belongs to nobody."""
    number = resident_id(rng)
    return number[:17] + rng.choice([sign for sign in "0123456789X" if sign != number[17]])


def _number_negative(rng: random.Random) -> str:
    n, year = rng.randrange, rng.randrange(2015, 2025)
    organisation = credit_code(rng, rng.choice(("11", "12", "51", "91", "93")))
    return rng.choice((
        lambda: f"索引号：{organisation}/{year}{n(1, 13):02}-{n(10**5):05}",
        lambda: f"索 引 号 {rng.choice(counties())}{_digits(rng, 11)}/{year}-{n(10**5):05}",
        lambda: f"清政办发〔{year}〕{n(1, 200)}号",
        lambda: f"清发改审批〔{year}〕{n(1, 200)}号，项目代码：{year}-{rng.choice(counties())}-48-01-{n(10**6):06}",
        lambda: f"网站标识码：{rng.choice(counties())}{n(10**4):04}",
        lambda: f"皖公网安备 {rng.choice(counties())}{n(10**8):08}号",
        lambda: f"公安机关备案号 {rng.choice(counties())}{n(10**5):05}-{n(10**5):05}",
        lambda: f"皖ICP备{n(10**8):08}号-{n(1, 9)}",
        lambda: f"合同金额{n(10**9, 10**11)}元",
        lambda: f"总投资{n(10**7, 10**9):,}.{n(100):02}元",
        lambda: f"预算 1{_digits(rng, 10)}.{n(100):02} 元",
        lambda: f"国内生产总值1{rng.choice('3456789')}{_digits(rng, 9)}元",
        lambda: f"统一社会信用代码：{organisation}",
        lambda: f"清和县建设投资有限公司（{organisation}）",
        lambda: f"受理号：1{rng.choice('3456789')}{_digits(rng, 9)}",
        lambda: f"订单编号 {rng.choice('45')}{_digits(rng, 15)}",
        lambda: f"发票号码：{_digits(rng, 8)}，发票代码：{_digits(rng, 12)}",
        lambda: f"流水号{year}{n(1, 13):02}{n(1, 29):02}{_digits(rng, 10)}",
        lambda: f"案号：（{year}）皖05{n(10**2):02}民初{n(10**4)}号",
        lambda: f"不动产权证号：皖（{year}）清和县不动产权第{n(10**7):07}号",
        lambda: f"宗地编号 {rng.choice(counties())}{_digits(rng, 13)}",
        lambda: f"许可证编号：JY1{_digits(rng, 13)}",
        lambda: f"食品生产许可证SC1{_digits(rng, 13)}",
        lambda: f"ISBN 978-7-{_digits(rng, 3)}-{_digits(rng, 5)}-{n(10)}",
        lambda: f"登记号{_wrong_check(rng)}",
        lambda: f"{_wrong_check(rng)}",
        lambda: f"咨询电话：{rng.choice(WHITELIST[:1])}，值班电话：{WHITELIST[1]}，手机{WHITELIST[2]}",
        lambda: "政务服务热线12345，纳税服务热线12366，物价举报12315，火警119",
        lambda: f"服务热线 400-{_digits(rng, 3)}-{_digits(rng, 4)}，95588，955{_digits(rng, 2)}",
        lambda: f"{year}年{n(1, 13)}月{n(1, 29)}日至{year + 1}年{n(1, 13)}月{n(1, 29)}日",
        lambda: f"公示期：{year}.{n(1, 13):02}.{n(1, 29):02}-{year}.{n(1, 13):02}.{n(1, 29):02}",
        lambda: f"时间 {year}-{n(1, 13):02}-{n(1, 29):02} {n(24):02}:{n(60):02}:{n(60):02}",
        lambda: f"{n(100, 999)} {n(1000, 9999)} {n(10, 99)} {n(100, 999)} {n(1000, 9999)}",
        lambda: f"{n(10**4, 10**6)}\t{n(10**3, 10**5)}\t{n(10, 99)}.{n(10)}\t{n(10**3, 10**5)}",
        lambda: f"1{n(3, 10)}{n(10)}\t{n(1000, 9999)}\t{n(1000, 9999)}\t{n(1000, 9999)}",
        lambda: f"占比{n(1, 100)}.{n(10)}%，增长1{n(3, 10)}.{_digits(rng, 4)}个百分点",
        lambda: f"网址 http://www.qinghe.gov.cn/art/{year}/{n(1, 13)}/{n(1, 29)}/art_{_digits(rng, 5)}_{_digits(rng, 7)}.html",
        lambda: f"服务器地址 10.{n(256)}.{n(256)}.{n(256)}，172.{n(16, 32)}.{n(256)}.{n(256)}",
        lambda: f"邮编：{_digits(rng, 6)}",
        lambda: f"版本号 {n(10)}.{n(20)}.{n(20)}.{_digits(rng, 4)}",
        lambda: f"条形码69{_digits(rng, 11)}",
        lambda: f"招标编号：QHZB-{year}-{n(1000):03}，分包号{n(10):02}",
        lambda: f"经度11{n(10)}.{_digits(rng, 6)}，纬度3{n(10)}.{_digits(rng, 6)}",
        lambda: f"信箱：{rng.choice(('xxgk', 'qhxzf', 'office', 'zfb'))}@{rng.choice(('qinghe.gov.cn', 'mail.qh.gov.cn', 'qhyz.edu.cn'))}",
        lambda: f"联系邮箱{WHITELIST[3]}，news@{WHITELIST[4]}",
        lambda: f"准考证号：{_digits(rng, 11)}，成绩{n(40, 99)}.{n(10)}",
        lambda: f"档号：{_digits(rng, 3)}-WS·{year}-D10-BGS-{n(10**4):04}",
        lambda: f"设备型号 E{_digits(rng, 8)}，序列号 G{_digits(rng, 8)}",
        lambda: f"批准文号：国药准字H{_digits(rng, 8)}",
        lambda: f"监管码 {_digits(rng, 20)}",
        lambda: f"共{n(10**3, 10**6)}户{n(10**4, 10**7)}人，{n(10**3, 10**6)}亩",
        lambda: f"京B2-{_digits(rng, 8)}，沪A{_digits(rng, 5)}号",
        lambda: f"{year}13{_digits(rng, 6)}号批次，批号{_digits(rng, 11)}",
    ))()  # fmt: skip


def _masked_negative(rng: random.Random) -> str:
    number, phone, card = resident_id(rng), mobile(rng), bank_card(rng)
    star = rng.choice("**＊×●")
    return rng.choice((
        f"身份证号：{number[:2]}{star * 13}{number[15:]}", f"{name(rng)[0]}** {number[:6]}{star * 8}{number[14:]}", f"手机{phone[:3]}{star * 4}{phone[7:]}", f"证件号 {number[:3]}{star * 11}{number[14:]}",
        f"卡号尾号{card[-4:]}", f"银行卡 {star * 12}{card[-4:]}", f"{number[:4]}{star * 10}{number[14:]}", f"联系电话：{star * 7}{phone[7:]}", f"账号{card[:4]}{star * (len(card) - 8)}{card[-4:]}", f"{number[:6]}{star * 12}",
    ))  # fmt: skip


_SENTENCES = (
    "认真贯彻保守国家秘密法，落实保密工作责任制。", "不得公开国家秘密、商业秘密、个人隐私。", "涉及商业秘密5年以上的，按约定处理。", "《中华人民共和国保守国家秘密法实施条例》", "注意信息的机密性、完整性和可用性。", "绝密级国家秘密的保密期限不超过三十年，机密级不超过二十年，秘密级不超过十年。",
    "国家秘密的密级分为绝密、机密、秘密三级。", "开展保密宣传教育，提高保守秘密的意识。", "工作秘密的管理办法另行规定。", "加强工作秘密管理，防止泄露工作秘密。", "不得泄露在工作中知悉的秘密。", "确定密级：由定密责任人按权限办理。", "密级：无", "密级：公开", "密级和保密期限的标注应当规范。",
    "做好内部资料性出版物管理工作。", "健全内部控制制度，加强内部审计。", "单位内部文件管理规定已修订。", "此件公开发布", "（此件主动公开）", "公开属性：主动公开", "关于征求意见稿的说明", "《清和县养犬管理办法（征求意见稿）》公开征求意见", "会议纪要印发后三日内落实。", "常务会议审议通过了实施方案。", "妥善保存会计凭证三十年。", "注意保存好购物小票。",
    "机要保密岗位人员实行持证上岗。", "认真落实密码法，推进商用密码应用。", "秘密竞买、暗标评审的项目除外。", "招标文件不得外传的规定见附件。", "内部机构设置：办公室、业务股、法规股。", "特急件应当随到随办。", "依申请公开的办理程序如下。",
    "患有精神障碍的人员由监护人申请。", "普及糖尿病、高血压防治知识。", "艾滋病、肺结核等传染病报告制度。", "确诊病例均已治愈出院。", "残疾等级为一级、二级的，每月补贴110元。", "符合条件的低保对象每人每月补助560元。", "高龄津贴标准：80至89周岁每月50元。", "特困人员供养标准提高到每月1200元。", "临时救助金不超过3000元。", "安置补助费按每人2万元计算。",
    "全县共发放低保金1234567元，惠及2345户。", "对困难学生资助1500元。", "小学生近视率下降，儿童免疫规划接种率98%。", "年满6周岁的儿童应当入学。", "学生姓名、学籍信息不得公开。", "关爱留守儿童和困境儿童。", "孤儿基本生活保障标准每月1400元。", "幼儿园保教费每月300元。", "适龄儿童5岁，可以就近入园。", "14周岁以下未成年人优先。",
    "1990年1月1日以后出生的人员可以报名。", "报名人员须在1985年6月1日及以后出生。", "开展出生医学证明管理检查。", "张建国，男，汉族，1975年3月出生，大学学历。", "新中国1949年10月1日成立。", "出生缺陷干预项目实施方案。", "出生人口登记数下降。",
    "办公地址：清和县人民路18号政务服务中心3楼302室", "地址：清和县城关街道清河路1号", "注册地址：清和县工业园区创业大道6号2栋", "老旧小区改造涉及5栋楼12个单元。", "现场会设在东河镇前进村。", "领导小组下设3组，分别负责综合、宣传、督查。", "李家村3组路灯安装工程", "白云镇李家村村民委员会", "会议地点：县行政中心2号楼401会议室", "住址变更登记办理指南", "家庭住址信息不得公开。",
    "已部署春耕工作，安排专人负责。", "作为牵头单位，要一如既往。", "严格执行成本核算制度。", "完善分布式光伏备案。", "环境保护局部地区治理", "农业部门、环保部门联合检查。", "启动应急反应情况良好。", "监督检察院依法履职", "县市场监督管理局、自然资源局、卫生健康委员会。", "文化和旅游局开展培训。", "登录账号后转账结账。", "履行成员单位职责，发行成果显著。", "按排名先后公布，按排放标准监测。",
    "学习习近平新时代中国特色社会主义思想。", "推进依法治国、全面从严治党。", "反应问题的化学方程式", "该处份额由县财政承担。", "座谈会在县一座落成的会堂举行。", "不良反应强烈的应当就医。", "每立方米防碍物清除。".replace("防碍", "障碍"), "申请注册商标、注销登记、撤销许可。", "党组织即要求立即整改。", "自己经营的小店", "企业以诚信为本，行业以规范为先。",
    "患者可在清和县人民医院就诊，医保卡号和社保卡号一致。", "残疾人证办理指南：凭身份证、病历申请。", "病历号由医院编制，住院号由系统生成。", "护照号码变更的，应当备案。", "持港澳居民来往内地通行证的人员可以参加。", "银行卡号应当填写本人账户。", "车牌号应当与行驶证一致。", "身份证号码为18位数字。", "请携带身份证、户口簿原件。", "手机号码应当实名登记。", "王某某，男，58岁，患肺癌，低保金560元。", "张**获临时救助2000元。", "学生李某，9岁。",
    "万元以下项目补助由乡镇审核。", "高校毕业生就业补贴1000元", "金额：补贴560元", "方案、补助标准3000元", "白云镇，救助金额5000元", "水费、电费补贴20元", "马上就办，补贴直达，每亩80元", "文化惠民工程补助10万元", "黄河流域生态补偿500万元",
)  # fmt: skip


def negatives(rng: random.Random, number: int = 5200) -> Iterator[Piece]:
    for index in range(number):
        make = (
            _number_negative,
            _number_negative,
            _number_negative,
            _masked_negative,
            lambda rng: rng.choice(_SENTENCES),
        )[index % 5]
        yield Piece(make(rng))


# ---------------------------------------------------------------- texts and files

_FILLER = (
    "各乡镇人民政府、街道办事处，县直有关单位：",
    "现将有关事项通知如下，请认真贯彻执行。",
    "一、提高认识，加强领导。",
    "特此公告。",
    "清和县人民政府办公室",
    "（联系股室：政务公开股）",
    "附件：有关情况一览表",
)


@dataclass(frozen=True)
class Text:
    """A text of several pieces, and where what must be found stands in it."""

    text: str
    spans: tuple[tuple[int, int, str, str], ...]  # start, end, kind, category


def texts(seed: int = 20240601) -> Iterator[Text]:
    """Every positive and every negative once, some to a text, sentences of their own between them."""
    rng = random.Random(seed)
    pieces = [*positives(rng), *negatives(rng)]
    rng.shuffle(pieces)
    # A mark belongs at the head of a paper: such pieces begin a text of their own.
    heads = [piece for piece in pieces if piece.category in ("state-secret", "work-secret", "internal")]
    others = [piece for piece in pieces if piece not in set(heads)]
    while others or heads:
        chosen = [heads.pop()] if heads else []
        chosen += [others.pop() for _ in range(min(len(others), rng.randrange(2, 5)))]
        yield _joined(rng, chosen)


def _joined(rng: random.Random, pieces: list[Piece]) -> Text:
    text, spans = "", []
    for piece in pieces:
        if piece.kind:
            start, end = piece.stretch
            spans.append((len(text) + start, len(text) + end, piece.kind, piece.category))
        text += piece.text + "\n" + rng.choice(_FILLER) + "\n"
    return Text(text, tuple(spans))


def write(folder: Path) -> Path:
    """The corpus as files and labels for `gongkai screen-eval`."""
    from tests.core.screening.files import write_files

    folder.mkdir(parents=True, exist_ok=True)
    labels = folder / "labels.jsonl"
    with labels.open("w", encoding="utf-8") as out:
        for text in texts():
            spans = [{"start": s, "end": e, "category": category, "group": kind} for s, e, kind, category in text.spans]
            out.write(json.dumps({"text": text.text, "spans": spans}, ensure_ascii=False) + "\n")
        for path, found in write_files(folder, random.Random(7)):
            spans = [{"start": s, "end": e, "category": category, "group": kind} for s, e, kind, category in found]
            out.write(json.dumps({"path": path.name, "spans": spans}, ensure_ascii=False) + "\n")
    (folder / "whitelist.txt").write_text("\n".join(WHITELIST) + "\n", "utf-8")
    return labels


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))  # noqa: T201
