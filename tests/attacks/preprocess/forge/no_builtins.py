"""Everything that Python offers is taken away."""

import builtins

kept = {"__import__", "print", "__build_class__"}
for name in list(vars(builtins)):
    if name not in kept:
        delattr(builtins, name)


def preprocess(images):
    return images
