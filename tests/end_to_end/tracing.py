"""Killing a process at its Nth system call by ptrace(2), or after a delay if tracing is not permitted."""

import ctypes
import os
import signal
import sys
import time
from functools import cache

_TRACEME, _CONT, _SYSCALL, _SETOPTIONS = 0, 7, 24, 0x4200
_EXITKILL, _SYSGOOD = 0x100000, 1
_AT_CALL = signal.SIGTRAP | 0x80


def _ptrace(request: int, process: int, data: int = 0) -> bool:
    """Make a ptrace request; return whether it succeeded."""
    library = _library()
    return library is not None and library.ptrace(request, process, 0, data) == 0


@cache
def _library() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None, use_errno=True)
    library.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    library.ptrace.restype = ctypes.c_long
    return library


def be_traced() -> None:
    """Allow the parent to trace this process: it counts the system calls after the next `pause`."""
    _ptrace(_TRACEME, 0)


def pause() -> None:
    """Stop this process until the parent continues it."""
    os.kill(os.getpid(), signal.SIGSTOP)


@cache
def can_trace() -> bool:
    """Return whether the system permits tracing child processes."""
    child = os.fork()
    if child == 0:
        be_traced()
        pause()
        os._exit(0)
    _wait_for_pause(child)
    traced = _ptrace(_SETOPTIONS, child, _EXITKILL)
    kill(child)
    return traced


def _wait_for_pause(child: int) -> bool:
    """Wait until a child pauses; return False if it exits instead."""
    while True:
        _pid, status = os.waitpid(child, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            return False
        if os.WSTOPSIG(status) == signal.SIGSTOP:
            return True
        _ptrace(_CONT, child, os.WSTOPSIG(status))


def kill(child: int) -> None:
    """Kill a child process and wait for it."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def kill_at_call(child: int, number: int) -> int | None:
    """Kill a traced child at the `number`th entry or exit of a system call after its next pause.

    Entries and exits count separately. If the child pauses again first, it is killed there. Return the number of
    entries and exits before it was killed; None if it exited first.
    """
    if not _wait_for_pause(child):
        return None
    _ptrace(_SETOPTIONS, child, _EXITKILL | _SYSGOOD)
    pending = 0
    for count in range(number):
        if not _ptrace(_SYSCALL, child, pending):
            break
        pending = 0
        _pid, status = os.waitpid(child, 0)
        if not os.WIFSTOPPED(status):
            return None
        stopped_by = os.WSTOPSIG(status)
        if stopped_by == signal.SIGSTOP:
            kill(child)
            return count
        if stopped_by != _AT_CALL:
            pending = stopped_by
    kill(child)
    return number


def kill_after(child: int, seconds: float) -> bool:
    """Kill an untraced child `seconds` after its next pause; return False if it exited first."""
    if not _wait_for_pause(child):
        return False
    os.kill(child, signal.SIGCONT)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
