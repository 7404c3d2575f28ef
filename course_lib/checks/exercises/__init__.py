"""The exercises' specifications, one module per lesson, each with its own in `EXERCISES`.

`shared` holds what several of them use.
"""
