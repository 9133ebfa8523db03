"""Two hundred takers in one process: each a keep-alive connection, a cookie, and answers to save."""

import asyncio
import json
import time
from typing import Any
from uuid import uuid4

TOKEN = "a" * 32  # the cookie and the header must say the same
LONGEST = 30.0  # seconds a taker waits for an answer before she asks again
PAUSE = 0.2  # before she does


class Taker:
    """Saves answers one after the other; each is repeated with its UUID until it is acknowledged."""

    def __init__(self, facts: dict[str, Any], port: int, *, is_floor: bool) -> None:
        self.attempt: int = facts["attempt"]
        self.questions: list[list[Any]] = facts["questions"]
        self.port, self.is_floor = port, is_floor
        cookies = f"Cookie: sessionid={facts['session']}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"
        self.head = f"Host: 127.0.0.1:{port}\r\n{'' if is_floor else cookies}"
        self.connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.seq = self.number = self.repeated = 0
        self.acknowledged: list[list[Any]] = []
        self.seconds: list[float] = []
        self.refused: list[str] = []
        self.is_submitted = False

    async def save(self, *, due: float | None = None) -> None:
        """The next answer, another than the one before it. `due`: when it should have been sent."""
        position, slot, names = self.questions[self.number % len(self.questions)]
        chosen = [names[self.number // len(self.questions) % 2]]
        self.number += 1
        uuid = str(uuid4())
        sent = {"uuid": uuid, "base_seq": self.seq, "slot": position, "answer": {"chosen": chosen}}
        if self.is_floor:
            sent |= {"attempt": self.attempt, "position": position, "slot": slot}
        path = "/save" if self.is_floor else f"/attempts/{self.attempt}/save/"
        begin = time.perf_counter() if due is None else due
        reply = await self._until(200, path, json.dumps(sent), "application/json")
        self.seconds.append(time.perf_counter() - begin)
        self.seq = json.loads(reply)["seq"]
        self.acknowledged.append([uuid, position, chosen, self.seq])

    async def submit(self) -> None:
        """Hand in."""
        begin = time.perf_counter()
        await self._until(302, f"/attempts/{self.attempt}/submit/", "", "application/x-www-form-urlencoded")
        self.seconds.append(time.perf_counter() - begin)
        self.is_submitted = True

    async def _until(self, wanted: int, path: str, body: str, kind: str) -> str:
        while True:
            try:
                status, reply = await asyncio.wait_for(self._post(path, body, kind), LONGEST)
            except (OSError, EOFError, TimeoutError, asyncio.IncompleteReadError, ValueError):
                self._drop()
                self.repeated += 1
                await asyncio.sleep(PAUSE)
                continue
            if status == wanted:
                return reply
            self.refused.append(f"{status} {reply[:80]}")
            self._drop()
            if len(self.refused) > 50:
                raise RuntimeError(f"no way through: {self.refused[-1]}")
            await asyncio.sleep(PAUSE)

    async def _post(self, path: str, body: str, kind: str) -> tuple[int, str]:
        if self.connection is None:
            self.connection = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.connection
        sent = body.encode()
        head = (
            f"POST {path} HTTP/1.1\r\n{self.head}Content-Type: {kind}\r\nContent-Length: {len(sent)}\r\n\r\n"
        )
        writer.write(head.encode() + sent)
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        status = int(lines[0].split(" ")[1])
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
        if headers.get("transfer-encoding") == "chunked":
            return status, (await _chunks(reader)).decode()
        return status, (await reader.readexactly(int(headers.get("content-length", "0")))).decode()

    def _drop(self) -> None:
        if self.connection is not None:
            self.connection[1].close()
            self.connection = None

    def take_seconds(self) -> list[float]:
        """The times since the last call."""
        taken, self.seconds = self.seconds, []
        return taken


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    found = b""
    while length := int(await reader.readline(), 16):
        found += await reader.readexactly(length)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return found


async def saturated(takers: list[Taker], saves: int) -> float:
    """Everybody saves `saves` answers without a pause; seconds until the last is acknowledged."""

    async def work(taker: Taker) -> None:
        for _save in range(saves):
            await taker.save()

    begin = time.perf_counter()
    await asyncio.gather(*map(work, takers))
    return time.perf_counter() - begin


async def paced(takers: list[Taker], seconds: float, every: float) -> None:
    """Each saves once in `every` seconds; a late answer delays the next one, not its clock."""

    async def work(place: int, taker: Taker) -> None:
        due = begin + every * place / len(takers)
        while due < begin + seconds:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await taker.save(due=due)
            due += every

    begin = time.perf_counter()
    await asyncio.gather(*(work(place, taker) for place, taker in enumerate(takers)))


async def submitted_twice(takers: list[Taker], seconds: float) -> None:
    """Everybody hands in within `seconds`, each of them twice at once, as when a button is clicked twice."""

    async def work(place: int, taker: Taker) -> None:
        await asyncio.sleep(seconds * place / len(takers))
        again = Taker({"attempt": taker.attempt, "questions": [], "session": ""}, taker.port, is_floor=False)
        again.head = taker.head
        await asyncio.gather(taker.submit(), again.submit())
        again._drop()

    await asyncio.gather(*(work(place, taker) for place, taker in enumerate(takers)))
