"""By hand."""

quiz_trunk_depth_answer = 452
