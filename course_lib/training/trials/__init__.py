"""Trials: every variant with the same seeds, every run stored, and a comparison that knows its limits."""

from course_lib.training.trials.comparison import Comparison, Mean, compare, mean_of
from course_lib.training.trials.registration import Registration
from course_lib.training.trials.running import data_hash, run_variants
from course_lib.training.trials.store import Damage, Run, read_runs, set_damage_aside

__all__ = [
    "Comparison",
    "Damage",
    "Mean",
    "Registration",
    "Run",
    "compare",
    "data_hash",
    "mean_of",
    "read_runs",
    "run_variants",
    "set_damage_aside",
]
