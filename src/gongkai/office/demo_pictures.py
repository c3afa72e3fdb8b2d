"""图解 for the example county: a chart that the product draws itself, kept and named as one that a clerk brings."""

from __future__ import annotations

from random import Random
from typing import cast

from gongkai.bodies.models import Body
from gongkai.foundation.accounts.models import User
from gongkai.foundation.charts import Bar, Segment, bars
from gongkai.foundation.charts.pixels import png
from gongkai.portal.pictures.keeping import keep, reference_to

KINDS = ("政策文件", "财政信息", "重大项目", "民生政策", "人事信息")
BLUE = "#0b4a8f"
COUNT = "{}条"
TITLE = "{name}{year}年主动公开信息数量"
ALT = "条形图：{name}{year}年主动公开信息共{total}条，其中{parts}"


def chart(body: Body, year: int, clerk: User) -> str:
    """What a body made public in a year, by kind, as its text holds it; the same each time."""
    chance = Random(f"{body.code} {year}")  # noqa: S311 - an example, no secret
    numbers = {kind: chance.randint(8, 60) for kind in KINDS}
    title = TITLE.format(name=body.name, year=year)
    rows = [Bar(kind, [Segment(number, kind, BLUE)], COUNT.format(number)) for kind, number in numbers.items()]
    file = keep(png(bars(title, rows)), f"{title}.png", cast(int, body.section_page.collection_id), clerk)
    parts = "、".join(kind + COUNT.format(number) for kind, number in numbers.items())
    alt = ALT.format(name=body.name, year=year, total=sum(numbers.values()), parts=parts)
    return reference_to(file, alt, title).stored()
