"""`gongkai serve`: the web server and one worker, together; Ctrl-C or the end of either stops both."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

import click

from gongkai.cli import fail, setup_django

HOST = "127.0.0.1"


@click.command(help="同时启动网站和后台任务，Ctrl-C 停止。")
@click.option("--port", default=8000, envvar="PORT", show_default=True, type=click.IntRange(1, 65535), help="端口")
@click.option("--host", default=HOST, show_default=True, help="监听地址")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="网站进程数")
def serve(port: int, host: str, processes: int) -> None:
    _demand_free(host, port)
    if host == HOST:  # what is served for this machine alone is found where it listens
        os.environ.setdefault("GONGKAI_BASE_URL", f"http://{host}:{port}")
    setup_django()
    from django.conf import settings
    from django.core.management import call_command

    if settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    web += ["--workers", str(processes), "--blocking-threads", "4", "--no-ws", "gongkai.config.wsgi:application"]
    worker = [sys.executable, "-m", "gongkai.cli", "manage", "work"]
    click.echo(f"网站 http://{host}:{port}/  后台 http://{host}:{port}/admin/  按 Ctrl-C 停止", err=True)
    raise SystemExit(run_together(web, worker))


def _demand_free(host: str, port: int) -> None:
    """Two servers can share a port: then each visitor would meet now the one, now the other."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise fail(f"{host}:{port} 不能使用（{why}），请换一个端口（--port）") from None


def run_together(*commands: list[str]) -> int:
    """Run the commands until one ends or a signal comes, then stop all; the status of the first that failed."""
    children = [subprocess.Popen(command, env=os.environ, start_new_session=True) for command in commands]  # noqa: S603
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, frame: stopping.append(received))
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    failed = next((child.returncode for child in children if child.poll() not in (None, 0)), 0)
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if stopping else failed
