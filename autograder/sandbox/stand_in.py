"""Lies in the place of a finished block while answers are graded that must not be made of it.

Whatever is imported from here has the right name, so that lessons run, and refuses when it is used.
"""


def __getattr__(name):  # type: ignore[no-untyped-def]
    if name.startswith("__"):
        raise AttributeError(name)

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError(f"{name} is a finished block of the course; here you write it yourself")

    return type(name, (), {"__init__": refuse, "__module__": __name__})
