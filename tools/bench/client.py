"""A small HTTP/1.1 client on raw asyncio streams: one keep-alive connection per instance, no parsing beyond what is needed."""

import asyncio
import time
from dataclasses import dataclass, field


class Lost(ConnectionError):
    """The connection broke before a whole answer came back: the server may or may not have done what was asked."""


@dataclass
class Connection:
    """One keep-alive connection of one person."""

    host: str
    port: int
    headers: dict[str, str] = field(default_factory=dict)
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.reader is None or self.writer is None or self.writer.is_closing():
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        return self.reader, self.writer

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None

    async def ask(
        self, method: str, path: str, body: bytes = b"", more: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request and read the whole answer: status, headers (lower case), body."""
        head = {"Host": f"{self.host}:{self.port}", **self.headers, **(more or {})}
        if method == "POST":
            head["Content-Length"] = str(len(body))
        lines = [f"{method} {path} HTTP/1.1", *(f"{k}: {v}" for k, v in head.items()), "", ""]
        try:
            reader, writer = await self._open()
            writer.write("\r\n".join(lines).encode() + body)
            await writer.drain()
            status_line = await reader.readline()
            if not status_line:
                raise Lost("closed")
            status = int(status_line.split()[1])
            found: dict[str, str] = {}
            while (line := await reader.readline()) not in {b"\r\n", b""}:
                name, _, value = line.decode("latin-1").partition(":")
                found[name.strip().lower()] = value.strip()
            if found.get("transfer-encoding") == "chunked":
                content = await self._chunks(reader)
            else:
                content = await reader.readexactly(int(found.get("content-length", "0")))
        except (OSError, asyncio.IncompleteReadError, IndexError, ValueError) as error:
            self.close()
            raise Lost(str(error)) from error
        return status, found, content

    @staticmethod
    async def _chunks(reader: asyncio.StreamReader) -> bytes:
        parts = []
        while size := int((await reader.readline()).strip() or b"0", 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)


@dataclass
class Times:
    """Seconds that requests took, with their statuses."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def add(self, began: float, status: int) -> None:
        self.seconds.append(time.perf_counter() - began)
        self.statuses[status] = self.statuses.get(status, 0) + 1

    def percentile(self, share: float) -> float:
        """Milliseconds below which this share of requests stayed."""
        if not self.seconds:
            return float("nan")
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]
