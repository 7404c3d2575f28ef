"""Makes and opens devices, and files that reach over the wall."""
# expect: right

import os

for name, kind in (("disk", 0o60666), ("memory", 0o20666)):
    try:
        os.mknod("/tmp/" + name, kind, os.makedev(254 if kind == 0o60666 else 1, 0 if kind == 0o60666 else 1))
        open("/tmp/" + name, "rb").read(1)
        print("ESC" + "APED", name)
    except OSError:
        pass
for path in (
    "/proc/kcore",
    "/proc/1/mem",
    "/proc/kallsyms",
    "/dev/tty",
    "/dev/console",
    "/dev/ptmx",
    "/dev/fuse",
):
    try:
        held = open(path, "rb").read(64)
        if path != "/proc/kallsyms":
            print("ESC" + "APED", path)
    except OSError:
        pass


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
