"""A residual block with an empty branch, every kernel and bias being zero: what is left is the shortcut."""

from __future__ import annotations

import numpy as np

from course_lib.checks.criteria import Test
from course_lib.checks.exercise import Look
from course_lib.checks.probe import LayerProbe


def passes_when_empty(probe: LayerProbe, case: str = "plain", *, relu: bool = True) -> Test:
    """With an empty branch ReLU(x) comes out, or x itself where nothing follows the addition."""

    def test(look: Look) -> str | None:
        name = f"{case}/zeroed"
        if name not in look.evidence.arrays:
            return "nothing came back"
        seen = np.asarray(look.evidence.arrays[name], np.float64)
        x = np.asarray(probe.inputs(look.seed)[case], np.float64)
        target = np.maximum(x, 0) if relu else x
        if seen.shape != target.shape:
            return f"with an empty branch the shape is {seen.shape}, not that of x"
        apart = np.abs(seen - target)
        if not np.isfinite(apart).all() or apart.max() > 1e-4:
            shortcut = "ReLU(x)" if relu else "x"
            return f"with an empty branch the output differs from {shortcut} by up to {apart.max():.3g}"
        return None

    return test


def learns(look: Look, case: str = "plain") -> str | None:
    """The known weights show in the output; otherwise an empty branch would be all there is."""
    outputs = (look.evidence.arrays[f"{case}/{part}"] for part in ("output", "zeroed"))
    known, none = (np.asarray(output, np.float64) for output in outputs)
    return "the output does not depend on any weights" if np.allclose(known, none, atol=0.1) else None
