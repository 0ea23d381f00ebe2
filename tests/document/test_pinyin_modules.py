"""Modules of pypinyin are imported by one thread at a time."""

import subprocess
import sys

import pytest

pytest.importorskip("pypinyin")

_PROGRAM = """
import sys
from threading import Barrier, Thread
from reader.document.pinyin_modules import pinyin_module

names = ["", "contrib.tone_convert", "converter", "seg.mmseg", "style", "contrib.tone_sandhi"]
start, failed = Barrier(len(names)), []

def load(name):
    start.wait()
    try:
        assert pinyin_module(name) is not None
    except BaseException as error:
        failed.append(error)

sys.setswitchinterval(1e-6)
threads = [Thread(target=load, args=(name,)) for name in names]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert not failed, failed
"""


def test_threads_that_begin_with_different_modules_do_not_wait_for_each_other() -> None:
    for _ in range(3):
        subprocess.run([sys.executable, "-c", _PROGRAM], check=True, timeout=60)
