"""`gongkai notice read` as a whole process, from typing to the last line, beside an interpreter that does nothing.

python -m bench.reading [FILE …]     # default: the example notice
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "qinghe" / "notice.docx"
RUNS = 7


def seconds(*command: str) -> list[float]:
    """Wall-clock seconds of each run, after one that is not counted."""
    times = []
    for _ in range(RUNS + 1):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - begun)
    return times[1:]


def main(files: list[str]) -> None:
    rows = {"floor: an interpreter that does nothing": seconds("-c", "pass")}
    rows["gongkai --help"] = seconds("-m", "gongkai.cli", "--help")
    for file in files or [str(EXAMPLE)]:
        rows[f"notice read {Path(file).name}"] = seconds(
            "-m", "gongkai.cli", "notice", "read", file, "--format", "json"
        )
    print(f"{'':<44} {'median s':>9} {'max s':>7}")
    for name, times in rows.items():
        print(f"{name:<44} {statistics.median(times):9.2f} {max(times):7.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
