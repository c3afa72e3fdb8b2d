"""`gongkai restore FILE`: back to a backup; a broken one is refused, and what was there is set aside."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli import fail, progress, setup_django


@click.command(help="从备份文件恢复数据库、上传的文件和密钥。请先停止网站和后台任务。")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="替换现有数据（现有数据改名保留，不删除）")
def restore(file: Path, replace: bool) -> None:
    setup_django()
    from gongkai.foundation.backup import BackupError
    from gongkai.foundation.backup.services import restore as put_back

    try:
        with progress() as tell:
            done = put_back(file.absolute(), replace=replace, tell=tell)
    except BackupError as error:
        raise fail(str(error)) from None
    click.echo(f"已恢复 {done.made} 的备份：数据库、{done.files} 个文件和密钥")
    for kept in done.kept:
        click.echo(f"原有数据保留在 {kept}", err=True)
    if done.unmigrated:
        click.echo("备份早于本系统的版本，请接着执行 gongkai manage migrate", err=True)
    click.echo("请重新启动网站和后台任务。", err=True)
