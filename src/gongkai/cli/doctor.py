"""`gongkai doctor`: what is installed, what is missing, and what is switched off for it."""

from __future__ import annotations

import ctypes.util
import importlib.metadata
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import click

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `needed`: nothing works without it; `off`: what is switched off while it is missing."""

    name: str
    found: str | None
    off: str
    needed: bool = False


def _version(*command: str) -> str | None:
    path = shutil.which(command[0])
    if path is None:
        return None
    try:
        output = subprocess.run([path, *command[1:]], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return path
    return (output.stdout or output.stderr).strip().splitlines()[0] if (output.stdout or output.stderr) else path


def _first(*candidates: Callable[[], str | None]) -> str | None:
    return next((found for candidate in candidates if (found := candidate())), None)


def _package(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _chinese_fonts() -> str | None:
    listed = _version("fc-list", ":lang=zh", "family")
    return listed.split(",")[0] if listed and "/" not in listed else None


def _sm3() -> str | None:
    import hashlib

    return "OpenSSL" if "sm3" in hashlib.algorithms_available else None


def _data() -> str | None:
    folder = Path(os.environ.get("GONGKAI_DATA", "var")).resolve()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free // 2**30
    return f"{folder}（剩余 {free} GB）" if os.access(existing, os.W_OK) else None


def examine() -> list[Finding]:
    """Everything this product uses from its surroundings."""
    return [
        Finding("Python", platform.python_version() if sys.version_info >= (3, 11) else None, "全部功能", needed=True),
        Finding("Django", _package("Django"), "全部功能", needed=True),
        Finding("Wagtail", _package("wagtail"), "全部功能", needed=True),
        Finding("SQLite", sqlite3.sqlite_version, "未设置 DATABASE_URL 时的数据库", needed=True),
        Finding("数据目录", _data(), "全部功能：目录不可写", needed=True),
        Finding("SM3", _sm3(), "发布内容的摘要值", needed=True),
        Finding("PostgreSQL 驱动", _package("psycopg"), "使用 PostgreSQL"),
        Finding("pg_dump", _version("pg_dump", "--version"), "备份和恢复 PostgreSQL 数据库（gongkai backup、restore）"),
        Finding("LibreOffice", _version("soffice", "--version"), "读取 doc、wps 文件"),
        Finding("Chromium", _first(*(lambda n=n: _version(n, "--version") for n in BROWSERS)), "浏览器测试"),
        Finding("中文字体", _chinese_fonts(), "PDF 与图片中的中文"),
        Finding("Pango", ctypes.util.find_library("pangoft2-1.0"), "输出 PDF"),
        Finding("tesseract", _version("tesseract", "--version"), "图片文字识别（扫描件列为“未检查”）"),
    ]


@click.command(help="检查运行环境：装了什么、缺什么、因此关闭了什么。缺少必需项时退出码为 2。")
@click.option("--format", "layout", type=click.Choice(["table", "json"]), default="table", help="输出格式")
def doctor(layout: str) -> None:
    findings = examine()
    if layout == "json":
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            state = finding.found or f"缺少 → 不可用：{finding.off}"
            click.echo(f"{'✓' if finding.found else '✗'} {finding.name}\t{state}")
    if any(finding.needed and not finding.found for finding in findings):
        raise click.exceptions.Exit(2)
