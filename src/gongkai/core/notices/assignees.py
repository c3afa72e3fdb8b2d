"""The expressions that name bodies, as a cell or a bracket holds them.

    expression := labelled stretches, sentences by ；, clauses by ，, names by 、 / line breaks / 和 及
    clause     := names [role words] | names 会同 names | names 牵头 duty
    name       := body [（role）] [等 [collective]]

Brackets never split. A name is kept as printed; what was repaired or is doubtful is told by remarks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.core.notices import enumerators, roles
from gongkai.core.notices.bodynames import (
    belongs,
    ends_as_place,
    ends_strongly,
    is_body,
    is_generic,
    is_selector,
    opens_name,
)
from gongkai.core.notices.deadlines import is_deadline
from gongkai.core.notices.enumerators import Style
from gongkai.core.notices.folding import depths, fold, squeeze
from gongkai.core.notices.model import Assignee, Role
from gongkai.core.notices.names import Lexicon
from gongkai.core.notices.splitting import search_top, split_top, top_spaces, unwrapped

_STRENGTH = (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT, Role.SUPERVISE)
ETC = re.compile(r"(?<![高中初平同均上下])等(?!学校|院校|职业|教育|专业|级)")
_COLLECTIVE = re.compile(
    r"(?:\d+[个家]|[一二三四五六七八九十]+[个家]|各|其他|其它|有关|相关|[省市县区州]?[级直属]|涉及|成员|责任|职能|业务|主管|行业|政府|省|市|县|区"
    r"|直属|配合|牵头|及其?所属|（[^）]*）)*(?:部门|单位|机构|科室|处室|股室|企业|地区|地方|委办局|乡镇|街道)?(?:（[^）]*）)?"
)
_CONJUNCTION = re.compile(r"以及|及(?!时|其)|和(?!平|谐)|与(?!会)|并|/")
_PEOPLE = re.compile(r"[（(][^（）()]*(?:责任人|负责人|联系人|电话)[^（）()]*[）)]")
_NUMBERED = (Style.ARABIC, Style.ARABIC_BRACKET, Style.CIRCLED)  # 1.县财政局；2.县审计局
_NOTHING = re.compile(r"[—－\-/／\\无\s。.]*")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something repaired or doubtful in an expression; `suggestion` is how it would read put right."""

    code: str
    excerpt: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """What an expression says. `joint` is the separator before the first selector that follows a named body."""

    assignees: tuple[Assignee, ...] = ()
    selectors: tuple[str, ...] = ()
    open_ended: bool = False
    remarks: tuple[Remark, ...] = ()
    joint: str = ""


@dataclass(slots=True)
class _Reader:
    lexicon: Lexicon
    named: list[tuple[str, Role]] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    open_ended: bool = False
    remarks: list[Remark] = field(default_factory=list)
    joint: str = ""

    def stretch(self, text: str, role: Role) -> None:
        for _, sentence in split_top(text, "；。"):
            for separator, clause in split_top(sentence, "，"):
                self.clause(clause, separator or "；")
            self.settle(role)

    def settle(self, role: Role) -> None:
        """Give the names read so far their role."""
        self.named += [(name, role) for name in self.pending]
        self.pending.clear()

    def clause(self, clause: str, separator: str) -> None:
        clause, role = roles.trailing_role(roles.without_start(clause.strip()))
        if parts := self._infix(clause):
            before, word, after = parts
            self.names(before, separator)
            if after.startswith("、"):  # A牵头、B配合: the mark of a list between two roles
                self.settle(roles.infix_role(word))
                self.clause(after[1:], "、")
                if role:
                    self.settle(role)
                return
            both = word in ("会同", "联合") and role is Role.LEAD
            if not both:
                self.settle(roles.infix_role(word))
            if word in ("会同", "联合", "指导", "督促") and self._are_names(after):
                self.names(after, separator)
                role = role if both else Role.SUPPORT if word in ("会同", "联合") else role or Role.RESPONSIBLE
            else:
                self.remarks.append(Remark("unread-words", squeeze(after)))
        else:
            self.names(clause, separator)
        if role:
            self.settle(role)

    def _infix(self, clause: str) -> tuple[str, str, str] | None:
        parts = roles.infix(clause)
        return parts if parts and self._are_names(parts[0]) and not self.lexicon.registered(clause) else None

    def _are_names(self, text: str) -> bool:
        return all(self._is_name(ETC.split(part)[0]) for _, part in split_top(text, "、，\n") if part.strip())

    def _is_name(self, text: str) -> bool:
        return self.lexicon.knows(text) or is_body(re.sub(r"（[^（）]*）$", "", fold(text)))

    def names(self, text: str, separator: str) -> None:
        """The names of a clause; `separator` is what stood before it."""
        before = ""
        for mark, fragment in split_top(text, "、"):
            mark = mark or separator
            for piece in self._lines(fragment):
                self._fragment(piece, mark, before)
                before = squeeze(piece)
                mark = "\n"
            if not fragment.strip() and mark == "、" and text.strip():
                excerpt = squeeze(text)
                self.remarks.append(Remark("stray-separator", excerpt, re.sub("、{2,}", "、", excerpt).strip("、")))

    def _lines(self, fragment: str) -> list[str]:
        """The names that white space or line breaks keep apart; a name broken over two lines is joined again."""
        pieces: list[str] = []
        for piece in top_spaces(fragment):
            if pieces and not self.apart(pieces[-1], piece):
                pieces[-1] += piece
            else:
                pieces.append(piece)
        return pieces

    def apart(self, left: str, right: str) -> bool:
        """Whether two names stand on two lines, and not one broken over them."""
        if self.lexicon.knows(left + right):
            return False
        if not self._is_name(left) or not (self._is_name(ETC.split(right)[0]) or self.lexicon.split(right) != [right]):
            return False
        if self.lexicon.knows(right):
            return not belongs(right, left)
        return not belongs(right, left) and (
            opens_name(right, left) or ends_strongly(left) or (is_selector(right) and not ends_as_place(left))
        )

    def _fragment(self, fragment: str, separator: str, before: str) -> None:
        fragment = squeeze(fragment).strip("。.；;：:")
        if (number := enumerators.parse(fragment)) and number.style in _NUMBERED:
            fragment = fragment[number.length :]
        for part in self._conjoined(fragment):
            self._one(part, separator, before)

    def _conjoined(self, fragment: str) -> list[str]:
        """Names joined by 和 及 与: only where both sides are names, since names hold 和 themselves."""
        if self.lexicon.registered(fragment):
            return [fragment]
        folded = fold(fragment)
        depth = depths(folded)
        for match in _CONJUNCTION.finditer(folded):
            left, right = fragment[: match.start()], fragment[match.end() :]
            if (
                depth[match.start()]
                or not self._is_name(ETC.split(left)[0])
                or not self._is_name(ETC.split(right)[0])
                or is_generic(right)
            ):
                continue
            if opens_name(right, left) or self.lexicon.knows(right) or ends_strongly(left) or match.group() == "/":
                return [left, *self._conjoined(right)]
        return [fragment]

    def _one(self, fragment: str, separator: str, before: str) -> None:
        """One name, or several run together, with 等 and a role in brackets if there are."""
        if etc := search_top(ETC, fragment):
            self._etc(fragment[: etc.start()], fragment[etc.start() :], separator, before)
            return
        if not fragment or _NOTHING.fullmatch(fragment) or is_deadline(fragment):
            return
        bracketed = re.search(r"（([^（）]*)）$", fold(fragment))
        if bracketed and (role := roles.trailing_role(bracketed[1])) and role[1] and not role[0]:
            self.names(fragment[: bracketed.start()], separator)
            shared = re.search("分工|分别|共同|职责", bracketed[1])
            self._settle_last(role[1]) if not shared else self.settle(role[1])
            return
        if bracketed and role and role[1] in (Role.LEAD, Role.SUPPORT) and self._are_names(role[0]):
            self.names(fragment[: bracketed.start()], separator)
            beside = _Reader(self.lexicon)
            beside.clause(bracketed[1], "、")
            self.named += beside.named
            self.remarks += beside.remarks
            return
        parts = self.lexicon.split(fragment)
        if len(parts) > 1:
            self.remarks.append(Remark("missing-separator", fragment, "、".join(parts)))
        for part in parts:
            self._name(part, separator)

    def _settle_last(self, role: Role) -> None:
        if self.pending:
            self.named.append((self.pending.pop(), role))

    def _etc(self, name: str, tail: str, separator: str, before: str) -> None:
        self.open_ended = True
        if name:
            self._one(name, separator, before)
        elif separator == "、":
            self.remarks.append(Remark("stray-separator", f"{before}、{tail}", f"{before}{tail}"))
        collective = _COLLECTIVE.match(fold(tail), 1)
        rest = tail[collective.end() if collective else 1 :]
        if rest:
            self.remarks.append(Remark("missing-separator", name + tail, f"{(name + tail)[: -len(rest)]}；{rest}"))
            self._fragment(rest, "", "")

    def _name(self, name: str, separator: str) -> None:
        if not self.lexicon.registered(name) and is_selector(name):
            if not self.joint and any(
                not is_selector(each) for each in (*self.pending, *(name for name, _ in self.named))
            ):
                self.joint = separator or " "
        elif not self._is_name(name):
            self.remarks.append(Remark("doubtful-body", name))
        self.pending.append(name)


def read_assignees(text: str, lexicon: Lexicon, role: Role = Role.RESPONSIBLE, *, first_leads: bool = False) -> Naming:
    """Read an expression; `role` is what the column or the label says of names that carry no role word.

    `first_leads`: the notice says that the body named first leads; the text may say so itself.
    """
    if _NOTHING.fullmatch(text):
        return Naming()
    first_leads = first_leads or roles.first_leads(text)
    text = _PEOPLE.sub("", roles.without_first_leads(text))
    reader = _Reader(lexicon)
    for stretch in roles.labelled(unwrapped(text)):
        if not stretch.label:
            reader.stretch(stretch.text, role)
        elif stretch.role:
            reader.stretch(stretch.text, stretch.role)
    if first_leads and len(reader.named) > 1 and {role for _, role in reader.named} == {Role.RESPONSIBLE}:
        reader.named[0] = (reader.named[0][0], Role.LEAD)
    return _naming(reader)


def unbroken(text: str, lexicon: Lexicon) -> str:
    """The text as printed, without the line breaks that only the width of a cell made."""
    reader = _Reader(lexicon)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    result = "".join(lines[:1])
    for line in lines[1:]:
        left = split_top(result, "、，；：\n")[-1][1]
        right = split_top(line, "、，；：")[0][1]
        opens = bool(roles.labelled(line)[:1] and roles.labelled(line)[0].label)
        apart = opens or (bool(left) and bool(right) and reader.apart(left, right))
        result += ("\n" if apart else "") + line
    return result


def _naming(reader: _Reader) -> Naming:
    """Each body once, with its strongest role, in the order of the text."""
    chosen: dict[str, Role] = {}
    selectors: dict[str, None] = {}
    for name, role in reader.named:
        if is_selector(name) and not reader.lexicon.registered(name):
            selectors[name] = None
        elif name in chosen:
            reader.remarks.append(Remark("duplicate-body", name))
            chosen[name] = min(chosen[name], role, key=_STRENGTH.index)
        else:
            chosen[name] = role
    assignees = tuple(Assignee(name, role) for name, role in chosen.items())
    return Naming(assignees, tuple(selectors), reader.open_ended, tuple(dict.fromkeys(reader.remarks)), reader.joint)
