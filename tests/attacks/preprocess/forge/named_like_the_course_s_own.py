"""Exceptions named like those that mean something to the grader."""

Named = type("WrongReturn<script>alert(1)</script>", (Exception,), {"__str__": lambda self: 7})


def preprocess(images):
    raise Named
