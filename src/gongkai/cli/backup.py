"""`gongkai backup FILE`: the database, the uploads and the keys in one file."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli import fail, progress, setup_django


@click.command(help="把数据库、上传的文件和密钥备份到一个文件，可在使用中进行。")
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    setup_django()
    from gongkai.foundation.backup import BackupError
    from gongkai.foundation.backup.services import make

    try:
        with progress() as tell:
            made = make(file.absolute(), tell)
    except BackupError as error:
        raise fail(str(error)) from None
    click.echo(f"已备份到 {file}：数据库、{made.files} 个文件和密钥，共 {made.size / 2**20:.1f} MB")
    click.echo("备份含有全部密钥，得到它就能读到全部数据，请妥善保管。", err=True)
