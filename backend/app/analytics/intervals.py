"""How sure a share is that was counted in a few cases."""

from __future__ import annotations

from math import sqrt

Z_95 = 1.959963984540054


def wilson(hits: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """The Wilson score interval of `hits` in `n`, both ends 0..1; all of it when nothing was counted."""
    if n <= 0:
        return 0.0, 1.0
    share = hits / n
    middle = share + z * z / (2 * n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if hits == 0 else (middle - reach) / scale
    high = 1.0 if hits == n else (middle + reach) / scale
    return max(0.0, low), min(1.0, high)
