"""`gongkai aggregate` on lists of 100,000 people, beside reading the same workbook with python-calamine alone.

python -m bench.aggregation [ROWS]

Two lists of the same people: masked ID, village and amount; village, birth date and disease. Reading by calamine alone
(no places, no offsets, no judgement) is the floor for whatever opens the files.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from gongkai.core.documents import read
from gongkai.core.screening.aggregation import Source, aggregate

RUNS = 5
DAY = date(2023, 9, 1)


def write(folder: Path, rows: int) -> tuple[Path, Path]:
    """The two lists, always the same."""
    chance = random.Random(1)
    people = []
    for _ in range(rows):
        name = chance.choice("王李张刘陈杨黄赵吴周") + "".join(
            chance.choices("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平", k=2)
        )
        born = date(1940 + chance.randrange(65), 1 + chance.randrange(12), 1 + chance.randrange(28))
        village = chance.choice("柳桐松梅") + chance.choice("溪荫坪林") + "村"
        people.append((name, f"511402********{chance.randrange(10_000):04}", village, born, chance.choice("甲乙丙丁")))
    first, second = folder / "first.xlsx", folder / "second.xlsx"
    save(
        first,
        ("姓名", "身份证号", "村", "救助金额"),
        [(p[0], p[1], p[2], 100 + 10 * (at % 40)) for at, p in enumerate(people)],
    )
    chance.shuffle(people)
    save(second, ("姓名", "村", "出生日期", "病种"), [(p[0], p[2], p[3].isoformat(), p[4]) for p in people])
    return first, second


def save(path: Path, heading: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (heading, *rows):
        sheet.append(row)
    book.save(path)


def seconds(work) -> float:
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        paths = write(Path(name), rows)
        floor = seconds(lambda: [CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() for path in paths])
        reading = seconds(lambda: [read(path, whole=True) for path in paths])
        documents = [read(path, whole=True) for path in paths]
        alone = seconds(lambda: aggregate([Source("first", documents[0])], as_of=DAY))
        both = seconds(lambda: aggregate([Source(str(p), d) for p, d in zip(paths, documents, strict=True)], as_of=DAY))
    print(f"two lists of {rows} rows, median of {RUNS}, seconds")
    for what, taken in (
        ("floor: both read by calamine alone", floor),
        ("both read whole, with places", reading),
        ("the first judged alone", alone),
        ("both judged, and against each other", both),
    ):
        print(f"{what:<42} {taken:8.2f}  {taken / floor:6.1f} x floor")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
