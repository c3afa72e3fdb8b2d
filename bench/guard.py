"""What judging a request costs beside parsing it: a save of an article, as the editor sends it.

    python -m bench.guard

20 kB of Chinese text as Draftail sends it (JSON, escaped), words that speak of secrecy in it, among 60 small fields.
Parsed by Django alone, parsed and judged; median of five times 200.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("GONGKAI_DATA", tempfile.mkdtemp())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
RUNS, TIMES = 5, 200
NOTICE = Path(__file__).resolve().parent.parent / "examples" / "qinghe" / "notice.txt"


def fields() -> dict[str, str]:
    text = (NOTICE.read_text("utf-8") * 20)[:6500] + "依据保守国家秘密法，经保密审查，不涉及国家秘密。"
    body = {"blocks": [{"key": str(at), "text": line} for at, line in enumerate(text.splitlines())], "entityMap": {}}
    return {"body": json.dumps(body), **{f"attachments-{at}-title": "附件名称" for at in range(60)}}


def seconds(work: Callable[[], object]) -> float:
    """Of one run of `work`."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        for _ in range(TIMES):
            work()
        times.append((time.perf_counter() - begun) / TIMES)
    return statistics.median(times)


def main() -> None:
    import django

    django.setup()
    from django.test import RequestFactory

    from gongkai.review.guard.carried import in_address, in_content

    data = fields()
    factory = RequestFactory()

    def made():
        return factory.post("/admin/pages/1/edit/", data)

    making = seconds(made)
    parsed = seconds(lambda: made().POST) - making

    def judge() -> None:
        request = made()
        assert in_address(request) is None and in_content(request) is None

    judged = seconds(judge) - making
    print(f"parsed {parsed * 1e3:.2f} ms, parsed and judged {judged * 1e3:.2f} ms: {judged / parsed:.2f} ×")


if __name__ == "__main__":
    main()
