"""清单: what stands for all articles of a batch in the text that is signed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from gongkai.portal.importing.models import Batch, Outcome
from gongkai.review.digests import as_text, sm3

T = TypeVar("T")

# The labels of the signed text. They belong to the digest, so they are never translated.
NAME, FILE, FILE_DIGEST, BODY = "批次名称", "来源文件", "来源文件摘要值（SHA-256）", "单位"
COUNT, COUNTED, MANIFEST = "报送篇数", "{} 篇", "清单摘要值（SM3）"


SLICE = 200  # articles that are opened together

Slices = list[list[Any]]


def slices_of(batch: Batch) -> tuple[int, Slices]:
    """Number of articles to be put forward, and for each slice of them its last number and its digest."""
    rows = batch.rows.filter(outcome=Outcome.READY).order_by("number").values_list("number", "url", "digest")
    count, slices = 0, Slices()
    for part in batched(rows.iterator(chunk_size=2000), SLICE):
        slices.append([part[-1][0], digest_of(part)])
        count += len(part)
    return count, slices


def digest_of(rows: Iterable[tuple[int, str, str]]) -> str:
    """SM3 over one line for each: number, address it had, digest of the draft. The report lists the same."""
    return sm3("".join(f"{number}\t{url}\t{digest}\n" for number, url, digest in rows))


def manifest_of(slices: Slices) -> str:
    return sm3(json.dumps(slices, separators=(",", ":")))


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size` rows."""
    left = iter(rows)
    while part := list(islice(left, size)):
        yield part


def batch_text(batch: Batch) -> str:
    """All that is signed."""
    return as_text(batch_words(batch))


def batch_words(batch: Batch) -> list[tuple[str, str]]:
    return [
        (NAME, batch.name),
        (BODY, f"{batch.body} {batch.body.code}"),
        (FILE, batch.file_name),
        (FILE_DIGEST, batch.fingerprint),
        (COUNT, COUNTED.format(batch.included)),  # six bare digits would be taken for 份号
        (MANIFEST, batch.manifest),
    ]
