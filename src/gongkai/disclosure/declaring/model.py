"""The shape of a declaration. Names, labels and help are the words officials read; keys are what programs rely on."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import Field as Within

from gongkai.core.workdays import Term, Unit

KEY = Within(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)


class Declared(BaseModel):
    """A part of a declaration: what it does not know is a mistake in the file, and said so."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Type(StrEnum):
    """What a field holds.

    Money is yuan or what the unit says; a moment is local time; a table is rows of plain fields; a credit code is
    checked (统一社会信用代码).
    """

    TEXT = "text"
    LONG = "long"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"
    CHOICES = "choices"
    FLAG = "flag"
    URL = "url"
    CREDIT_CODE = "credit_code"
    TABLE = "table"


NUMBERS = frozenset({Type.INTEGER, Type.DECIMAL, Type.MONEY})


class Source(Declared):
    """依据: where a rule comes from.

    origin: V read in the official text, R recalled (a parameter, never called law). As text it says so itself.
    """

    text: str
    origin: Literal["V", "R"]

    def __str__(self) -> str:
        own = self.origin == "V" or self.text.startswith("本系统参数")
        return self.text if own else _("%s（本系统参数，待核对）") % self.text


class Column(Declared):
    """A field, or a column of a table. also: what the tables of departments call it."""

    key: str = KEY
    label: str
    also: tuple[str, ...] = ()
    type: Type = Type.TEXT
    required: bool = True
    options: tuple[str, ...] = ()
    unit: str = ""
    help: str = ""
    most: int = Within(default=500, gt=0)  # characters of a text
    least: int | None = None  # of a number, as greatest; an integer is a count, which is never below nothing
    greatest: int | None = None

    @model_validator(mode="after")
    def _options_belong_to_choices(self) -> Column:
        if bool(self.options) != (self.type in (Type.CHOICE, Type.CHOICES)):
            raise ValueError(f"{self.key}: options belong to choice and choices, which need them")
        return self

    @model_validator(mode="after")
    def _bounds_belong_to_numbers(self) -> Column:
        if (self.least, self.greatest) != (None, None) and self.type not in NUMBERS:
            raise ValueError(f"{self.key}: least and greatest belong to numbers")
        return self


class Field(Column):
    """字段. columns: of a table."""

    columns: tuple[Column, ...] = ()

    @model_validator(mode="after")
    def _columns_belong_to_tables(self) -> Field:
        if bool(self.columns) != (self.type is Type.TABLE):
            raise ValueError(f"{self.key}: columns belong to table, which needs them")
        if any(column.type is Type.TABLE for column in self.columns):
            raise ValueError(f"{self.key}: no table inside a table")
        return self


class Limit(Declared):
    """时限、公示期: so many days or working days after the day of formation, or of publication."""

    n: int = Within(gt=0)
    unit: Literal["working-days", "calendar-days", "calendar-months"]
    source: Source

    @property
    def term(self) -> Term:
        """The same as the clock of working days knows it."""
        return Term(Unit(self.unit), self.n)


class Follow(Declared):
    """承接: the earlier record that one of this kind goes on from, and what the link is called on either side."""

    label: str
    back: str
    kinds: tuple[str, ...]
    ends: dict[str, tuple[str, ...]] = {}  # field -> its values by which the earlier record is over


class Answered(Declared):
    """公布整改: every row of `table` must be answered by a row of a later record with the same `key`.

    by: the kind of those records, which go on from this one; theirs, result: their table, and its column that says what
    came of it; owner: the field that names the body that must answer; limit: in what time.
    """

    by: str
    table: str
    theirs: str
    key: str
    result: str
    owner: str
    limit: Limit


class Chart(Declared):
    """图表: the values of one column of a table over time, one line for each place and each name in another column."""

    table: str
    place: str
    name: str
    value: str
    title: str


class Held(Declared):
    """限值: the tables of `parameters/limits.yaml` that readings are held against; of several that which `by` says."""

    tables: tuple[str, ...]
    by: str = ""


class CheckUse(Declared):
    """A named check (`checks/`) with its arguments."""

    name: str
    args: dict[str, Any] = {}


ARTICLE_26 = Limit(n=20, unit="working-days", source=Source(text="《政府信息公开条例》第二十六条", origin="V"))


class Kind(Declared):
    """内容种类.

    formed: what the day of formation is called, formed_also: in the tables of departments; titled: the title of a row
    that has none, from its fields; lines: of the yearly notice that ask for it;
    points: of Articles 20 and 21 (`core.platform`) whose columns it belongs into; posting: after how long it
    is taken out of view; expedited: why it may be put forward as urgent, "" for never; people: the table that lists
    people, which is judged as a list; limits: the table of `parameters/` that readings are held against.
    """

    key: str = KEY
    name: str
    group: str
    lines: tuple[int, ...] = ()
    points: tuple[str, ...] = ()
    basis: tuple[Source, ...]
    formed: str
    formed_also: tuple[str, ...] = ()
    titled: str = ""
    limit: Limit = ARTICLE_26
    posting: Limit | None = None
    expedited: str = ""
    fields: tuple[Field, ...]
    checks: tuple[CheckUse, ...] = ()
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    follows: Follow | None = None
    answered: Answered | None = None
    stages: str = ""
    people: str = ""
    limits: Held | None = None
    chart: Chart | None = None
    order: int = 100

    @model_validator(mode="after")
    def _names_what_there_is(self) -> Kind:
        keys = [field.key for field in self.fields]
        if len(set(keys)) < len(keys):
            raise ValueError("fields: two have the same key")
        shown = {field.key for field in self.fields if field.type is not Type.TABLE}
        if strange := [key for key in (*self.columns, *self.filters) if key not in shown]:
            raise ValueError(f"columns or filters name no plain field: {', '.join(strange)}")
        if no_choice := [
            key for key in (*self.filters, *filter(None, [self.stages])) if self.field(key).type is not Type.CHOICE
        ]:
            raise ValueError(f"filters and stages are choices, these are not: {', '.join(no_choice)}")
        return self

    @property
    def law(self) -> list[Source]:
        """公开依据 as the public is told: what was read in the official text."""
        return [source for source in self.basis if source.origin == "V"]

    def field(self, key: str) -> Field:
        """The field called `key`; KeyError when there is none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)
