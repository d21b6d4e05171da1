"""What can go wrong with figures."""

from __future__ import annotations

from app.core.errors import Unavailable


class PredictionUnavailable(Unavailable):
    code = "prediction.unavailable"
    title = "Prediction model unavailable. Install scikit-learn."
