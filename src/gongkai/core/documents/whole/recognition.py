"""Text in pictures through tesseract, when it is installed with its Chinese data."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

TIMEOUT = 60  # seconds for one picture
LANGUAGE = "chi_sim"
_LAYOUT = "1"  # its own judgement of the page, turned ones too when its data for that are there
_ALONE = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # its threads wait for each other three times as long as they work
# It knows no star. What it takes for one in marks of secrets (秘密★5年): some characters, and any in a line of its own.
_TERM = r"(?:\d{1,2} ?(?:年|个?月)|长[期其])"
_STAR = re.compile(rf"(?m)(?<=[绝机秘]密) ?[女妇友大太文六广码] ?(?={_TERM})|(?<=^[绝机秘]密) ?\S ?(?={_TERM}$)")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\u3000-\u9fff\uff00-\uffef])")


def missing() -> str:
    """Why no text can be recognised on this machine, in words; "" when it can."""
    program = shutil.which("tesseract")
    if program is None:
        return "未安装文字识别程序 tesseract"
    return "" if LANGUAGE in _languages(program) else f"tesseract 缺少中文数据 {LANGUAGE}"


def recognise(image: Image) -> str | None:
    """The text in the picture; None when it could not be recognised."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    out = io.BytesIO()
    image.convert("L").save(out, "png")
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", _LAYOUT]
    try:
        done = subprocess.run(  # noqa: S603 - a program found by its name, and no word of the picture's
            command, input=out.getvalue(), capture_output=True, timeout=TIMEOUT, check=False, env=_ALONE
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    # It puts spaces between Chinese characters, which nobody wrote.
    return _STAR.sub("★", _BETWEEN_CHINESE.sub("", done.stdout.decode("utf-8", "replace"))).strip()


@cache
def _languages(program: str) -> frozenset[str]:
    try:
        done = subprocess.run([program, "--list-langs"], capture_output=True, timeout=TIMEOUT, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(done.stdout.decode("utf-8", "replace").split())
