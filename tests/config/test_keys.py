"""Keys are made once, by whichever process comes first, and are nobody else's to read."""

import stat
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from gongkai.config.keys import kept


def test_a_key_is_made_once_and_kept(tmp_path):
    path = tmp_path / "keys" / "secret"
    first = kept(path, lambda: "one")
    assert kept(path, lambda: "two") == first == "one"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret"]


def test_many_starting_together_agree(tmp_path):
    made = count()
    with ThreadPoolExecutor(16) as pool:
        keys = list(pool.map(lambda _: kept(tmp_path / "secret", lambda: f"key-{next(made)}"), range(64)))
    assert len(set(keys)) == 1
