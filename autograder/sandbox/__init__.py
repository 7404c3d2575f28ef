"""Runs a submission where it can do no harm: in a forked child of a warm parent, behind the kernel's walls.

limits         how much a submission may use
supervisor     the trusted side: hands out cells, keeps the limits, takes outputs in
warm_parent    the process that has imported TensorFlow and forks a child per submission
child_shell    what a child does: runs cells one by one and sends their outputs
confinement    what each layer of walls closes, whether it holds here, and how a child goes behind all of them
syscalls       the few Linux calls Python does not offer
messages       what supervisor and child send each other
output_filter  a child's outputs in a form that a notebook can hold
memory_use     how much memory a child's processes hold
fork_server    processes that import once and are forked many times
stand_in       lies in the place of a finished block that students have to write
execute_step   nbgrader's Execute step, for `course grade`
kernel         the sandbox as a Jupyter kernel, for plain nbgrader
provisioner    starts that kernel for whoever asks Jupyter for one
"""
