"""Servers to measure: started on loopback, watched through /proc, stopped by their own id."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Server:
    """A granian WSGI server and its worker processes."""

    def __init__(
        self, environment: dict[str, str], workers: int, application: str, port: int | None = None
    ) -> None:
        self.port = port or free_port()
        self.process = subprocess.Popen(
            [
                str(Path(sys.executable).parent / "granian"),
                *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)),
                *("--workers", str(workers), "--blocking-threads", "1", "--no-ws", "--log-level", "error"),
                # a keep-alive connection must not hold up stopping
                *("--workers-kill-timeout", "2"),
                f"{application}:application",
            ],
            cwd=ROOT,
            env=environment,
        )

    def wait(self, path: str) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as probe:
                    probe.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
                    if b" 200 " in probe.recv(64):
                        return
            except OSError:
                pass
            time.sleep(0.1)
        raise RuntimeError(f"no answer on {path}")

    def processes(self) -> list[int]:
        return [self.process.pid, *descendants(self.process.pid)]

    def cpu_ms(self) -> float:
        """CPU time used so far by all its threads, in milliseconds."""
        return sum(cpu_ns(pid) for pid in self.processes()) / 1e6

    def memory_mb(self) -> list[float]:
        """Resident memory of each worker, in MB."""
        return [round(resident_kb(pid) / 1024, 1) for pid in self.processes()[1:]]

    def kill(self) -> None:
        """SIGKILL to the server and its workers, those this object started: as when the power fails."""
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        self.process.wait(timeout=20)

    def kill_worker(self) -> None:
        """SIGKILL to one worker, as when memory runs out."""
        os.kill(self.processes()[-1], signal.SIGKILL)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


@contextmanager
def running(
    environment: dict[str, str], *, workers: int, ready: str, application: str = "lms.wsgi"
) -> Iterator[Server]:
    server = Server(environment, workers, application)
    try:
        server.wait(ready)
        yield server
    finally:
        server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [found for child in map(int, children) for found in (child, *descendants(child))]


def cpu_ns(pid: int) -> int:
    """Nanoseconds on a processor, over all threads, those that have ended included.

    The process's own CPU clock, as clock_getcpuclockid(3) numbers it: finer than the 10 ms ticks of
    /proc/PID/stat, and unlike the sum over /proc/PID/task it keeps the threads of a finished Argon2.
    """
    return time.clock_gettime_ns((~pid << 3) | 2)


def postgres_cpu_ms() -> float:
    """CPU used so far by all PostgreSQL processes of this machine, in milliseconds; 0 if there are none."""
    total = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if (folder / "comm").read_text().strip() in {"postgres", "postmaster"}:
                total += cpu_ns(int(folder.name))
        except OSError:
            continue
    return total / 1e6


def resident_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def quick() -> bool:
    return bool(os.environ.get("BENCH_QUICK"))
