"""The process that reads one calendar: a request on standard input, a reply on output.

It limits itself in memory, processor time and wall time, so that a feed that is wrong in a
new way costs this process and nothing else. What fails is told without any of the feed.
"""

from __future__ import annotations

import resource
import signal
import sys
from typing import Final

import msgspec

from collector.calendars.fetch import fetch
from collector.calendars.protocol import FeedError, Reply, Request

MEMORY_BYTES: Final = 2**30
PROCESSOR_S: Final = 30
WALL_S: Final = 60


def answer(request: Request) -> Reply:
    """Fetch, and read what came; never raises ``FeedError``."""
    try:
        fetched = fetch(request.url, request.etag, request.modified)
        if fetched.text is None:
            return Reply(unchanged=True)
        # late: it takes longer to load than most answers, which are "not modified"
        from collector.calendars.reader import read_feed

        reply = read_feed(fetched.text, request)
    except FeedError as error:
        return Reply(error=error.key, values=error.values)
    except MemoryError:
        return Reply(error="too_heavy")
    reply.etag, reply.modified = fetched.etag, fetched.modified
    return reply


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(WALL_S)  # also when nobody is left to kill it
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    sys.stdout.buffer.write(msgspec.json.encode(answer(request)))


if __name__ == "__main__":
    main()
