"""The profiles of a lesson: how much is trained.

They have a module of their own because `training`, which must not import `session`, knows them too.
"""

PROFILES = ("smoke", "quick", "full")  # seconds, for tests; minutes, the default; real training
