"""Runs a submission where it can do no harm: in a forked child of a warm parent, behind the kernel's walls.

syscalls   the few Linux calls Python does not offer
layers     what each layer closes, whether it holds here, and how a child puts itself behind all of them
warm       the parent that has imported TensorFlow and forks a child per submission
cells      what the child does: run cells one by one and send their outputs
supervise  the trusted side: hands out notebooks, keeps the limits, takes outputs in
"""
