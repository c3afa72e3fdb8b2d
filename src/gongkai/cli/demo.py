"""`gongkai demo`: the example county, for trying out."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli import fail, setup_django

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "qinghe"


@click.command(help="建立示例县青禾县（可重复执行，已有的不动）。正式环境中不可用。")
@click.option("--list", "listing", is_flag=True, help="列出示例单位的代码和示例人员")
@click.option("--from", "folder", default=FOLDER, type=click.Path(path_type=Path), help="示例文件所在的目录")
def demo(listing: bool, folder: Path) -> None:
    setup_django()
    from gongkai.office.demo import BODY_PEOPLE, COUNTY_PEOPLE, PASSWORD, DemoRefused, make_demo

    try:
        made = make_demo(folder)
    except DemoRefused as refused:
        raise fail(str(refused)) from None
    state = "已建立" if made.new else "已有"
    click.echo(f"{state}示例县：{made.county.name}，台账：{made.plan or '无'}")
    click.echo(f"示例人员（密码均为 {PASSWORD}）：{'、'.join(COUNTY_PEOPLE)}，")
    click.echo(f"以及 {'、'.join(f'{role.value}.<单位代码>' for role in BODY_PEOPLE)}，如 clerk.qinghe.czj")
    if listing:
        from gongkai.bodies.models import Body

        for body in Body.objects.of_county(made.county).order_by("order", "id"):
            click.echo(f"{body.code}\t{body.get_kind_display()}\t{body.name}")
    else:
        click.echo("单位代码：gongkai demo --list")
