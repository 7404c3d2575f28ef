"""Tests of a residual block whose branch is empty: with every kernel and bias zero, the shortcut is left."""

from __future__ import annotations

import numpy as np

from course_lib.checks.criteria import Test
from course_lib.checks.exercise import Look
from course_lib.checks.probe import LayerProbe


def passes_when_empty(probe: LayerProbe, case: str = "plain", *, relu: bool = True) -> Test:
    """Return a test that an empty branch leaves ReLU(x), or x itself where nothing follows the addition.

    Args:
        probe: The exercise's probe, for the inputs.
        case: Name of the probe's first case.
        relu: Whether a ReLU follows the addition.
    """

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
    """Test that the weights show in the output; a function without weights would pass the test above."""
    outputs = (look.evidence.arrays[f"{case}/{part}"] for part in ("output", "zeroed"))
    known, none = (np.asarray(output, np.float64) for output in outputs)
    return "the output does not depend on any weights" if np.allclose(known, none, atol=0.1) else None
