"""`make bench`: times and memory, each beside a floor or a rival measured in the same run.

Ratios are what counts; the milliseconds are those of this machine at this moment.
"""

from __future__ import annotations

from tests.bench import grown, memory, saving, searching, window

if __name__ == "__main__":
    for part in (window, saving, searching, grown, memory):
        for line in part.lines():
            print(line, flush=True)
