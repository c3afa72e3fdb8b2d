"""`gongkai screen-eval`: the engine held against a labelled corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.cli import fail
from gongkai.cli.screen import make_screener

if TYPE_CHECKING:
    from gongkai.core.screening.evaluation import Evaluation, Score

_FILE = click.Path(path_type=Path)


@click.command(
    name="screen-eval",
    help="按标注语料检验筛查，按类别输出召回率和精确率。"
    "LABELS.jsonl 每行一个样本：{“text” 或 “path”, “spans”: [{“start”, “end”, “category”}]}。",
)
@click.argument("labels", metavar="LABELS.jsonl", type=_FILE)
@click.option("--lexicon", "lexicons", metavar="FILE", multiple=True, type=_FILE, help="词库（CSV），可写多次")
@click.option("--rules", metavar="FILE", type=_FILE, help="补充规则（YAML）")
@click.option("--whitelist", metavar="FILE", type=_FILE, help="可以公开的办公电话、邮箱，每行一个")
@click.option("--show", metavar="N", type=int, default=0, help="列出前 N 处漏报和误报")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="输出格式"
)
def screen_eval(
    labels: Path, lexicons: tuple[Path, ...], rules: Path | None, whitelist: Path | None, show: int, form: str
) -> None:
    from gongkai.core.documents import DocumentError, read
    from gongkai.core.screening import Finding, screen_document, screen_text
    from gongkai.core.screening.evaluation import LabelError, Sample, evaluate, read_labels

    screener = make_screener(lexicons, rules, whitelist)

    def find(sample: Sample) -> list[Finding]:
        if sample.path is None:
            return screen_text(screener, sample.text or "")
        return list(screen_document(screener, read(sample.path, whole=True)).findings)

    try:
        evaluation = evaluate(read_labels(labels), find)
    except (LabelError, DocumentError) as error:
        raise fail(str(error)) from error
    if not evaluation.samples:
        raise fail(f"{labels}：没有样本，每行应为一个 JSON 对象")
    click.echo(_as_json(evaluation, screener.version) if form == "json" else _table(evaluation))
    for title, places in (("漏报", evaluation.missed), ("误报", evaluation.wrong)):
        for place in places[: max(show, 0)]:
            click.echo(f"{title} {place}", err=True)


def _rows(evaluation: Evaluation) -> list[tuple[str, Score]]:
    return [*sorted(evaluation.scores.items()), ("total", evaluation.total)]


def _as_json(evaluation: Evaluation, version: str) -> str:
    def row(score: Score) -> dict[str, Any]:
        return {
            "labels": score.labels,
            "found": score.found,
            "recall": score.recall,
            "findings": score.findings,
            "right": score.right,
            "precision": score.precision,
        }

    rows = {name: row(score) for name, score in _rows(evaluation)}
    answer = {"samples": evaluation.samples, "version": version, "total": rows.pop("total"), "categories": rows}
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _table(evaluation: Evaluation) -> str:
    lines = [f"{'category':<16}{'labels':>8}{'found':>8}{'recall':>9}{'findings':>10}{'right':>8}{'precision':>11}"]
    for name, score in _rows(evaluation):
        lines.append(
            f"{name:<16}{score.labels:>8}{score.found:>8}{_share(score.recall):>9}"
            f"{score.findings:>10}{score.right:>8}{_share(score.precision):>11}"
        )
    return "\n".join([*lines, f"{evaluation.samples} samples"])


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2%}"
