"""The house under Python's profiler: SIGUSR1 begins, SIGUSR2 ends and writes to $PALABRE_BENCH_PROFILE.

python -m tests.bench.profiled serve --port 0 ...
"""

from __future__ import annotations

import cProfile
import os
import signal
from pathlib import Path

from server.cli import main

PROFILE = "PALABRE_BENCH_PROFILE"


def run() -> None:
    profile = cProfile.Profile()
    signal.signal(signal.SIGUSR1, lambda *_: profile.enable())
    signal.signal(signal.SIGUSR2, lambda *_: _write(profile))
    main()


def _write(profile: cProfile.Profile) -> None:
    """Under another name first, so that whoever waits for the file finds it whole."""
    profile.disable()
    target = Path(os.environ[PROFILE])
    profile.dump_stats(target.with_suffix(".part"))
    target.with_suffix(".part").replace(target)


if __name__ == "__main__":
    run()
