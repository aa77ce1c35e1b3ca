"""How often one person, one address or one login may try something. In this process's memory."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from handoff.http_errors import ApiError


class RateLimits:
    def __init__(self, rules: dict[str, str], enabled: bool = True) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._rules: dict[str, RateLimitItem] = {name: parse(rule) for name, rule in rules.items()}
        self._enabled = enabled

    def hit(self, rule: str, who: str) -> None:
        """Count one try.

        Raises:
            ApiError: 429 with Retry-After in whole seconds.
        """
        item = self._rules[rule]
        if self._enabled and not self._limiter.hit(item, rule, who):
            # The window's end is this machine's time, whatever the product's clock says.
            reset = self._limiter.get_window_stats(item, rule, who).reset_time
            wait = max(1, math.ceil(reset - time.time()))
            code = "login_too_often" if rule.startswith("login") else "too_fast"
            raise ApiError(429, code, headers={"Retry-After": str(wait)}, seconds=wait)
