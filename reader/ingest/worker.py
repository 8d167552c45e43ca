"""The parsing child: reads jobs from its standard input, answers on its standard output, and may be killed at any time.

A frame is four bytes of length, big-endian, and that many bytes. A job is a frame of JSON and a frame of data; an answer is a frame
of JSON. Each job has its own CPU limit; memory is limited for the child's life; it opens no socket, starts no program, writes no file.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import struct
import sys
from typing import IO, Any

MEMORY = 288 << 20
"""Bytes of address space, of which a fresh child takes 36 million; R-XML-2 allows more, but the whole program is to stay small."""

CPU_SECONDS = 5
"""CPU of one job (R-XML-2)."""

KEPT = "not read; its articles are kept, and it is asked again later"
"""What becomes of a document that costs too much to read."""

_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "os.remove",
    "os.rename",
    "os.truncate",
)


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """The next frame's bytes; null at the end of the pipe."""
    head = pipe.read(4)
    if len(head) < 4:
        return None
    size = struct.unpack(">I", head)[0]
    data = pipe.read(size)
    return data if len(data) == size else None


def write_frame(pipe: IO[bytes], data: bytes) -> None:
    """Write one frame and flush it."""
    pipe.write(struct.pack(">I", len(data)))
    pipe.write(data)
    pipe.flush()


def main(cpu_seconds: int = CPU_SECONDS) -> None:
    """Answer jobs until the parent closes the pipe."""
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from reader.ingest import jobs as table

    table.warm()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # a document makes few circles: looking for them took a twentieth of the time
    sys.dont_write_bytecode = True
    _limit()
    sys.addaudithook(_audit)
    while (head := read_frame(jobs)) is not None and (data := read_frame(jobs)) is not None:
        limit_cpu(cpu_seconds)
        write_frame(answers, json.dumps(_answer(table.JOBS, json.loads(head), data)).encode("utf-8", "surrogatepass"))


def _answer(table: dict[str, Any], job: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What a job gives; memory that ran out is an answer too."""
    try:
        answer: dict[str, Any] = table[job.pop("job")](data, **job)
    except MemoryError:
        return {"refused": f"needs too much memory to read: {KEPT}"}
    except RecursionError:
        return {"refused": f"is nested too deeply to read: {KEPT}"}
    return answer


def _limit() -> None:
    """The limits of the child's whole life; a system that knows one of them not leaves it out."""
    for name, value in (("RLIMIT_AS", MEMORY), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
        _set(getattr(resource, name), value)


def limit_cpu(seconds: int) -> None:
    """Die when the process has used that much more CPU than by now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)


def _set(limit: int, value: int) -> None:
    hard = resource.getrlimit(limit)[1]
    try:
        resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
    except (ValueError, OSError):
        return


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what parsing never needs."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} is not for the parser")
    if event == "open" and isinstance(arguments[1], str) and arguments[1].strip("rbtU"):
        raise PermissionError("the parser writes no file")


if __name__ == "__main__":
    main()
