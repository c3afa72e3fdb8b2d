"""Files that commands write."""

import os
import stat
import threading

import pytest

from gongkai.cli.files import is_same, write_whole


def test_a_file_is_replaced_whole(tmp_path):
    target = tmp_path / "copy.txt"
    target.write_text("old and longer")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_is_left_of_what_broke_off(tmp_path, monkeypatch):
    def broken_off(self, target):
        raise KeyboardInterrupt

    monkeypatch.setattr("pathlib.Path.replace", broken_off)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "copy.txt", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_stays_one(tmp_path):
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"new")
    reader.join(10)
    assert read == [b"new"] and pipe.is_fifo()


def test_a_link_is_the_file_it_leads_to(tmp_path):
    source, link = tmp_path / "a", tmp_path / "b"
    source.write_text("x")
    link.symlink_to(source)
    assert is_same(link, source) and not is_same(tmp_path / "c", source)
