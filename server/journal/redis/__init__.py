"""The journal on Redis or Valkey, for several processes. `keys` says what lies where, the .lua files what is one step.

`open_redis` checks the server and makes a `RedisJournal` (`store`). That asks over the `wire`, hears what others append
with its `ear`, knows with `reach` whether the store answers and what time it is there, and with `claims` keeps seats
and codes unique.
"""

from server.journal.redis.opening import open_redis
from server.journal.redis.store import RedisJournal

__all__ = ["RedisJournal", "open_redis"]
