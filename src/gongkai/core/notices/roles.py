"""The words that give a body its role (牵头, 配合, 负责, 指导): after names, between them, or as a label."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.core.notices.folding import depths, fold
from gongkai.core.notices.model import Role

_DUTY = r"(?:按(?:照)?|依|根据)?(?:各自|自身)?(?:工作)?职责(?:和?分工|权限)?"
_MANNER = rf"(?:{_DUTY}|分别|共同|联合|具体|分工|积极|密切|主动|组织|统筹|总|分级|抓好|做好|认真|协调|协同|协作|，)*"
_DO = r"(?:组织实施|组织|实施|负责|落实|抓落实|抓好落实|推进|推动|办理|完成|抓总|协调|统筹|做好|到位|工作)*"
_TAILS = (
    (Role.LEAD, re.compile(rf"{_MANNER}(?:为?牵头|主办|主要负责){_DO}$")),
    (Role.SUPPORT, re.compile(rf"{_MANNER}(?:配合|协助|协同|协办|参与|参加|支持){_DO}$")),
    (
        Role.SUPERVISE,
        re.compile(
            rf"{_MANNER}(?:负责|进行|加强|业务)*(?:指导|督促|监督|督导|督办|督查|考核)(?:、?(?:指导|督促|监督|检查|督导|考核))*{_DO}$"
        ),
    ),
    (Role.RESPONSIBLE, re.compile(rf"{_MANNER}(?:负责|承办|落实|组织实施|实施|办理|抓好落实|推进|完成){_DO}$")),
    (Role.RESPONSIBLE, re.compile(rf"{_DUTY}(?:分工)?$")),
)
_LONGEST_TAIL = 40  # characters of role words behind a name
_INFIX = re.compile(
    r"(?:牵头)?(?:会同|联合)(?![会国])|牵头(?!单位|部门)|负责|配合(?!单位|部门)|协助|指导(?!中心|站|办)|督促"
)
_INFIX_ROLES = {
    "负责": Role.RESPONSIBLE,
    "配合": Role.SUPPORT,
    "协助": Role.SUPPORT,
    "指导": Role.SUPERVISE,
    "督促": Role.SUPERVISE,
}
_LABEL = re.compile(
    r"(?P<word>牵头|主办|总牵头|主要责任|第一责任|责任|落实|承办|实施|配合|协办|参与|参加|协同|协助|支持|指导|督导|督促|监督|督办)"
    r"(?:[、和及/（]+(?P<also>牵头|责任|落实|配合|协办|参与|实施)）?)?"
    r"(?:单位|部门|科室|处室|股室|主体|机构|方)*）?\s*："
)
_LABEL_ROLES = {
    "牵头": Role.LEAD,
    "主办": Role.LEAD,
    "总牵头": Role.LEAD,
    "配合": Role.SUPPORT,
    "协办": Role.SUPPORT,
    "参与": Role.SUPPORT,
    "参加": Role.SUPPORT,
    "协同": Role.SUPPORT,
    "协助": Role.SUPPORT,
    "支持": Role.SUPPORT,
    "指导": Role.SUPERVISE,
    "督导": Role.SUPERVISE,
    "督促": Role.SUPERVISE,
    "监督": Role.SUPERVISE,
    "督办": Role.SUPERVISE,
}
_TIME_LABEL = re.compile(r"(?:完成|办结|时间|进度|工作)?(?:时限|时间|期限|进度)(?:要求|安排|节点)?\s*：")
# People are no bodies: what stands under their label is passed over.
_PERSON_LABEL = re.compile(
    r"(?:责任|牵头|分管|包保|联系|配合|主管|挂联|第一|直接|具体)*(?:[省市县区镇]级?)?(?:领导|责任人|联系人|负责人|负责同志)员?\s*："
)
_FIRST_LEADS = re.compile(
    r"[（〔]?(?:其中)?(?:责任单位|责任部门)?(?:中)?(?:排|列)(?:名|序|列|位)?在?(?:第一|首)位?(?:的|者)?(?:责任)?(?:单位|部门|科室)?"
    r"[为是]总?牵头(?:责任)?(?:单位|部门|科室)?(?:，下同)?[）〕]?"
)
_STARTS = re.compile(r"^(?:由|请|其中|并由|并请)(?=.)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A stretch under a label (牵头单位：…): `label` as printed, "" before the first; role None: it names no bodies."""

    label: str
    role: Role | None
    text: str
    start: int  # of the label, in the whole
    time: bool = False  # tells a time; otherwise, without a role, a person


def role_of_heading(label: str) -> Role:
    """The role that a label or a column heading gives: 牵头单位 → lead, 配合责任单位 → support.

    配合/责任单位 makes no distinction.
    """
    label = _FIRST_LEADS.sub("", fold(label)).replace("配合责任", "配合")
    words = re.findall(
        "牵头|主办|总牵头|责任|落实|承办|实施|配合|协办|参与|参加|协同|协助|支持|指导|督导|督促|监督|督办", label
    )
    roles = {_LABEL_ROLES.get(word, Role.RESPONSIBLE) for word in words}
    if Role.LEAD in roles and Role.SUPPORT not in roles:
        return Role.LEAD
    return roles.pop() if len(roles) == 1 else Role.RESPONSIBLE


def first_leads(text: str) -> bool:
    """Whether a heading, a cell or a note says that the body named first leads (列第一位的为牵头单位)."""
    return _FIRST_LEADS.search(fold(text)) is not None


def without_first_leads(text: str) -> str:
    """A list of names without the words that the first one leads."""
    match = _FIRST_LEADS.search(fold(text))
    return text[: match.start()].rstrip("，；,; ") + text[match.end() :] if match else text


def labelled(text: str) -> list[Labelled]:
    """The labelled stretches of a text; what stands before the first label comes with an empty label."""
    folded = fold(text)
    depth = depths(folded)
    found: list[tuple[int, int, Role | None]] = []
    for match in _LABEL.finditer(folded):
        if depth[match.start()] == 0:
            found.append((match.start(), match.end(), role_of_heading(match.group())))
    for pattern in (_TIME_LABEL, _PERSON_LABEL):
        for match in pattern.finditer(folded):
            if depth[match.start()] == 0 and not any(start <= match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), None))
    found.sort()
    bounds = [start for start, _, _ in found[1:]] + [len(text)]
    result = [Labelled("", Role.RESPONSIBLE, text[: found[0][0] if found else len(text)], 0)]
    for (start, end, role), stop in zip(found, bounds, strict=False):
        label, content = text[start:end], text[end:stop].strip().strip("；;，,。 ")
        result.append(Labelled(label, role, content, start, bool(_TIME_LABEL.fullmatch(fold(label)))))
    return [each for each in result if each.label or each.text.strip()]


def trailing_role(clause: str) -> tuple[str, Role | None]:
    """A clause without the words of its role, and the role: 县财政局配合 → 县财政局, support."""
    skipped = max(len(clause) - _LONGEST_TAIL, 0)
    folded = fold(clause[skipped:])
    for role, pattern in _TAILS:
        if (match := pattern.search(folded)) and match.group():
            return clause[: skipped + match.start()].rstrip(), role
    return clause, None


def infix(clause: str) -> tuple[str, str, str] | None:
    """What stands before, the word, and what stands after a word between names or between a name and its duty."""
    folded = fold(clause)
    depth = depths(folded)
    for match in _INFIX.finditer(folded):
        if depth[match.start()] == 0 and match.start() > 1 and match.end() < len(clause):
            return clause[: match.start()], match.group().removeprefix("牵头") or match.group(), clause[match.end() :]
    return None


def infix_role(word: str) -> Role:
    """The role of the body before the word: A会同B and A牵头… lead, A负责… is responsible."""
    return _INFIX_ROLES.get(word, Role.LEAD)


def without_start(clause: str) -> str:
    """A clause without the preposition that introduces a body: 由县教育局 → 县教育局."""
    match = _STARTS.match(fold(clause))
    return clause[match.end() :] if match else clause
