"""The way to the store and back: what is asked once, what may be asked again, and what no answer means."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from redis.asyncio import Redis, RedisCluster
from redis.exceptions import NoScriptError, ReadOnlyError, RedisError, ResponseError

from server.journal import JournalDown, Unsure
from server.journal.redis.reach import Reach
from server.journal.redis.scripts import Script

Client = Redis | RedisCluster
Word = str | bytes | int
Command = Sequence[Word]

ANSWER = 2.0
"""Seconds within which an answer must come, all tries together."""
AT_ONCE = 32
"""Connections of a process; who comes when all are busy waits."""
AGAIN = 0.1


class Wire:
    """Asks the store. After `close`, everything raises JournalDown."""

    def __init__(self, client: Client, reach: Reach) -> None:
        self.client = client
        self.reach = reach
        self._places = asyncio.Semaphore(AT_ONCE)
        self._closed = False

    async def ask(self, *command: Word, within: float = ANSWER) -> Any:
        """Something that only reads, or that does no harm when it is done twice. Raises JournalDown."""
        return await self._try(lambda: self.client.execute_command(*command), within=within, again=True)

    async def ask_all(self, commands: Sequence[Command]) -> list[Any]:
        """The same for many at once, in one round trip; an answer may be an error of that command alone."""
        if not commands:
            return []
        answers: list[Any] = await self._try(lambda: self._pipe(commands), again=True)
        return answers

    async def read(self, script: Script, keys: Sequence[str], args: Command) -> Any:
        """A step that does no harm when it is done twice."""
        return await self._try(lambda: self._run(script, keys, args), again=True)

    async def change(self, script: Script, keys: Sequence[str], args: Command) -> Any:
        """A step that is asked for once. Raises Unsure if it may have been done; JournalDown if it surely was not."""
        return await self._try(lambda: self._run(script, keys, args), again=False)

    async def time(self, within: float) -> tuple[int, int]:
        """The store's time in seconds and microseconds. Asked for once."""
        told = await self._try(lambda: self.client.execute_command("TIME"), within=within, again=False)
        seconds, micros = next(iter(told.values())) if isinstance(told, dict) else told
        return int(seconds), int(micros)

    async def close(self) -> None:
        """Waits for the answers to what was asked."""
        if self._closed:
            return
        self._closed = True
        try:
            async with asyncio.timeout(ANSWER):
                for _ in range(AT_ONCE):
                    await self._places.acquire()
        except TimeoutError:
            pass
        await self.client.aclose()

    async def _try(self, work: Callable[[], Awaitable[Any]], *, again: bool, within: float = ANSWER) -> Any:
        if self._closed:
            raise JournalDown("the journal is closed")
        fault: Exception | None = None
        try:
            async with asyncio.timeout(within), self._places:
                while True:
                    try:
                        answer = await work()
                    except ResponseError:
                        raise
                    except (RedisError, OSError) as error:
                        fault = error
                        self.reach.failed()
                        if not again:
                            raise
                    else:
                        self.reach.answered()
                        return answer
                    await asyncio.sleep(AGAIN)
        except ResponseError as error:
            await self._refused(error)
            raise JournalDown(str(error)) from error
        except (RedisError, OSError) as error:
            self.reach.failed()
            kind = JournalDown if again else Unsure
            raise kind(str(fault or "no answer from the store in time")) from error

    async def _refused(self, error: ResponseError) -> None:
        """It answered, but would not. One that takes no writes any more has become a copy: look for the other."""
        self.reach.answered()
        if isinstance(error, ReadOnlyError) and isinstance(self.client, Redis):
            await self.client.connection_pool.disconnect(inuse_connections=False)

    async def _run(self, script: Script, keys: Sequence[str], args: Command) -> Any:
        """By its name; a store that was started again does not know it and is shown the text."""
        try:
            return await self.client.execute_command("EVALSHA", script.sha, len(keys), *keys, *args)
        except NoScriptError:
            return await self.client.execute_command("EVAL", script.text, len(keys), *keys, *args)

    async def _pipe(self, commands: Sequence[Command]) -> list[Any]:
        pipe = self.client.pipeline(transaction=False)
        for command in commands:
            pipe.execute_command(*command)
        answers: list[Any] = await pipe.execute(raise_on_error=False)
        for answer in answers:
            if isinstance(answer, RedisError) and not isinstance(answer, ResponseError):
                raise answer
        return answers
