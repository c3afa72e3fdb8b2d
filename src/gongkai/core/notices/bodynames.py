"""What the name of a public body looks like, and which expressions stand for many bodies (各部门, 街道办事处)."""

from __future__ import annotations

import re

from gongkai.core.notices.folding import fold, squeeze

# Endings that close a name; the weak ones close other words too (城乡|建设局), so what follows must open a name.
_STRONG = (
    "政府|委员会|管委会|办公室|办公厅|研究室|办事处|街道办|局|厅|署|中心|公司|集团|银行|分行|支行|总行|法院|检察院|医院|学校|大学|学院"
    "|领导小组|指挥部|工作组|专班|开发区|园区|新区|部门|单位|机构|科室|处室|股室|企业|国企|妇联|残联|工商联|团县委|工委|纪委监委"
)
_WEAK = (
    "委|办|部|院|会|联|社|台|站|所|处|科|室|股|队|馆|校|中学|小学|幼儿园|街道|社区|居"
    "|村|乡|镇|县|区|市|省|州|旗|盟|人大|政协|协|组"
)
_STRONG_END = re.compile(rf"(?:{_STRONG})$")
_BODY_END = re.compile(rf"(?:{_STRONG}|{_WEAK})$")
_NO_BODY = re.compile(
    r"[。；：，、？！《》“”%…]|的|^(?:含|包括|不含|如|即|指|除|见|详见|以下简称|简称|试行|暂行|附|注|此件|第|按|在|对|把|和|及|与)"
    r"|社会$|协会商会$|^(?:全市|全县|全区|全省|本市|本县|本区|本省)$|机会$"
)
# A bare organ name that only says something after its owner: 县人民政府|办公室.
_GENERIC = re.compile(
    r"(?:人民)?政府|办公[室厅]|办|局|委|委员会|中心|办事处|部门|单位|科|处|室|机关|党委|党组|工委|管委会|指挥部|领导小组(?:办公室)?|专班|秘书[科处]"
)
# 县委 and 县政府 own the organs named after them: 县委|宣传部 is one name.
_OWNER = re.compile(r".{0,6}(?:省|市|县|区|州|旗|党|镇|乡|工)委|.{0,8}政府|.{0,6}(?:人大|政协)(?:常委会)?")
_SUBORDINATE = re.compile(r"(?:大队|支队|中队|分局|派出所|科|股|室|所|站|分中心)$")
_OWNED = re.compile(r"各(?:成员|内设|下属|所属)")  # 领导小组|各成员单位
_OFFICES = re.compile(r"(?:科|股|室|处)$")

_COLLECTIVE = "部门|单位|机构|科室|处室|股室|企业|国企|主体|地区|地方"
_SELECTOR = re.compile(
    rf".{{0,8}}各.*|.*(?:{_COLLECTIVE})|(?:全体|所有|其他|有关|相关).*"
    r"|(?:乡镇?|镇|街道|镇街|村|社区|园区|开发区|县区|县市区|区县)(?:人民)?(?:政府)?(?:（[^）]*）)?(?:办事处|管委会|街道|居委会|村委会)?(?:（[^）]*）)?"
)


def _stem(folded: str) -> str:
    """The name without what it says in brackets: 各县（市、区）政府 → 各县政府."""
    return re.sub(r"（[^（）]*）", "", folded)


def is_body(name: str) -> bool:
    """Whether a text reads as the name of a body or of a kind of bodies."""
    folded = squeeze(fold(name))
    stem = _stem(folded)
    if not 2 <= len(stem) <= 30 or _NO_BODY.search(stem):
        return False
    return bool(_BODY_END.search(stem)) or is_selector(folded)


def ends_strongly(name: str) -> bool:
    """Whether a name is closed by an ending that closes nothing else (局, 办公室, 办事处 …)."""
    return bool(_STRONG_END.search(_stem(squeeze(fold(name)))))


def ends_as_place(name: str) -> bool:
    """Whether a name may be that of a place, whose office the next words name: 城关镇|街道办事处."""
    return squeeze(name)[-1:] in tuple("乡镇村区县市省州旗街")


def ends_as_body(text: str) -> bool:
    """Whether a text stops as names do, whatever it begins with."""
    return bool(_BODY_END.search(_stem(squeeze(fold(text)))))


def is_selector(name: str) -> bool:
    """Whether an expression stands for many bodies, to be resolved against a register."""
    return bool(_SELECTOR.fullmatch(squeeze(fold(name))))


def opens_name(text: str, before: str) -> bool:
    """Whether a text begins a name of its own after the name `before`: 各…, or the same first character (县…县…)."""
    folded, left = squeeze(fold(text)), squeeze(fold(before))
    return folded.startswith("各") or (bool(left) and folded[:1] == left[:1])


def is_generic(name: str) -> bool:
    """Whether a name says something only behind an owner: 县直有关部门和|单位."""
    return bool(_GENERIC.fullmatch(squeeze(fold(name))))


def belongs(part: str, owner: str) -> bool:
    """Whether `part` after `owner` is one name with it: 县人民政府|办公室, 县委|宣传部, 县公安局|交警大队."""
    right, left = squeeze(fold(part)), squeeze(fold(owner))
    if is_generic(right) or _OWNED.match(right):
        return True
    if _OWNER.fullmatch(left) and "各" not in left:
        return not right.startswith("各") or bool(
            _SELECTOR.fullmatch(right) and re.match(r"各(?:部门|直属|内设|科|处)", right)
        )
    return bool(_SUBORDINATE.search(right)) and not opens_name(right, left) and not _OFFICES.search(left)
