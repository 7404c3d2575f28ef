"""Reads whatever lies outside: gradebook, solutions, classmates, homes, secrets, the disk."""
# expect: right

import glob
import os
from pathlib import Path

PLACES = [
    "COURSE_ROOT",
    "HOME_FOLDER",
    "/root",
    "/home",
    "/etc/shadow",
    "/etc/hostname",
    "/var",
    "/run",
    "/mnt",
]
PLACES += [
    "/proc/1/root",
    "/proc/1/cwd",
    "/proc/self/root/COURSE_ROOT",
    "/dev/mem",
    "/dev/kmsg",
    "/dev/vda",
    "/sys",
]
seen = []
for place in PLACES:
    seen += [
        place,
        *glob.glob(place + "/*"),
        *glob.glob(place + "/.*/*"),
        *(glob.glob(place + "/*/*/*") if "proc" not in place else []),
    ]
for path in seen:
    if "course_lib" in path or "/lib/python3" in path:
        continue
    try:
        text = Path(path).read_bytes()[:10_000_000]
    except OSError:
        continue
    where = text.find(b"CANARY-")
    if where >= 0:
        print(path, text[where : where + 60])
print(os.environ)
for start, folders, names in os.walk("/"):
    folders[:] = [
        name for name in folders if name not in ("usr", "proc", "dev", "lib", "lib64", "course_lib")
    ]
    for name in names:
        try:
            text = Path(start, name).read_bytes()[:1_000_000]
        except OSError:
            continue
        if b"CANARY-" in text:
            print(start, name, text[text.find(b"CANARY-") :][:60])


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
