"""The quantities that a text itself promises: 不得低于50%, 达到100%, 至少开展1次, 16个重点领域, 1个月内, 0成本.

Numbers of dates, documents, telephones and of what stands in 《》 or quotes promise nothing.
"""

from __future__ import annotations

import re

from gongkai.core.notices.folding import fold
from gongkai.core.notices.model import Target

_NUMBER = r"(?P<value>\d+(?:\.\d+)?|[一二两三四五六七八九十](?=[次项件个期场条篇]))"
_COUNTERS = "人次 场次 件次 个 项 次 件 条 份 家 类 场 期 篇 批 套 部 名 人 户 所 处 天 日 周 年 倍 分 种 幅 张 轮 遍"
_UNIT = (
    r"(?P<unit>%|个?百分点|个?工作日|个自然日|个月|小时|分钟|[万亿]?元"
    rf"|[万亿]?(?:{_COUNTERS.replace(' ', '|')}))"
)
_AT_LEAST = r"不得?低于|不得?少于|不得?小于|至少|最少|大于等于|≥"
_AT_MOST = r"不得?超过|不得?高于|不得?多于|不得?大于|不得?突破|至多|最多|控制在|压缩至|压减至|缩短至|缩减至|≤"
_ABOVE, _BELOW = r"超过|高于|多于|大于|突破", r"低于|少于|小于"
_EXACT = r"达到|达|为|保持在?|实现"
_VERBS = r"(?:每[年月季周]度?)?(?:开展|组织|举办|发布|公布|公开|报送|完成|解读|制作|推送|更新|召开|进行|建成|形成)?"
_QUANTITY = re.compile(
    rf"(?P<cue>(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<above>{_ABOVE})|(?P<below>{_BELOW})|(?P<exact>{_EXACT}))?"
    rf"(?P<verb>{_VERBS}){_NUMBER}(?:{_UNIT}|(?=[成差投延失，。；、）]|$))(?P<tail>以上|及以上|以内|之内|以下|内)?"
)
_NO_PROMISE = re.compile(
    r"《[^》]*》|“[^”]*”|〔[^〕]*〕\d*号?|\d{4}年|\d+月份?|第\d+|\d{5,}|(?:近|前|过去|最近|已有|现有|原有)\d+"
)
_AFTER = re.compile(r"[^，。；：、（）“”《》\d]{1,12}")
_STOP = re.compile(r"信息|公开|的|等|内|实现|办结|进行|以上|并|及时")
_BEFORE = re.compile(r"[^，。；：、（）“”《》\d]{1,16}$")
_LEADING = re.compile(r"^.*?(?:底前|日前|年前|月前|以前|之前|且|并|和|使|将|把|实现|确保|力争|保证|推动|要求|做到)")
_TIME_UNITS = {"个工作日", "工作日", "个自然日", "个月", "小时", "分钟", "天", "日", "周", "年"}
_HAN_VALUES = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def read_targets(text: str) -> tuple[Target, ...]:
    """The targets in an item's text, in order."""
    folded = fold(text)
    masked = _NO_PROMISE.sub(lambda match: "　" * len(match.group()), folded)
    return tuple(target for match in _QUANTITY.finditer(masked) if (target := _target(match, text, folded)))


def _target(match: re.Match[str], text: str, folded: str) -> Target | None:
    value, unit, tail = match["value"], match["unit"] or "", match["tail"] or ""
    operator = _operator(match, value, unit, tail)
    preceded = folded[: match.start()][-1:]
    if operator is None or re.match(r"[0-9.\-—/]", preceded):
        return None
    number = _HAN_VALUES.get(value) or (float(value) if "." in value else int(value))
    start = match.start() if match["cue"] else match.start("value")
    printed = text[start : match.end()]
    subject = _subject(text, folded, match, bool(match["cue"]))
    return Target(printed, operator, number, unit, subject)


def _operator(match: re.Match[str], value: str, unit: str, tail: str) -> str | None:
    if match["least"] or tail in ("以上", "及以上"):
        return ">="
    if match["most"] or tail in ("以内", "之内", "以下", "内"):
        return "<="
    if match["above"]:
        return ">"
    if match["below"]:
        return "<"
    if match["exact"]:
        # A share that 达到 90% may be more; no share is more than 100%.
        return ">=" if match["exact"] in ("达到", "达") and (unit, value) != ("%", "100") else "="
    bare_number = not unit and not re.match(r"[成差投延失]", match.string[match.end() :])
    if bare_number or value in _HAN_VALUES or unit in ("年", "日", "周", "分", "名", "部", "处", "所", "倍"):
        return None  # 一次性, 5年规划, 26日: an amount only with a word of comparison
    return "="


def _subject(text: str, folded: str, match: re.Match[str], compared: bool) -> str:
    """What is counted: the noun before a comparison (解读比例不得低于50%), else what follows (16个重点领域)."""
    following = _AFTER.match(folded, match.end())
    after = _clip(text, following, match.end()) if following else ""
    counted = bool(match["verb"]) or (match["unit"] or "") not in ("%", *_TIME_UNITS) or not compared
    if (counted or match["tail"]) and after:
        return after
    if before := _BEFORE.search(folded, 0, match.start()):
        printed = text[before.start() : before.end()]
        while (lead := _LEADING.match(fold(printed))) and lead.end() < len(printed):
            printed = printed[lead.end() :]
        return printed.strip()
    return after


def _clip(text: str, following: re.Match[str], start: int) -> str:
    stop = _STOP.search(following.group(), 1)
    return text[start : start + stop.start()] if stop and stop.start() else text[start : following.end()]
