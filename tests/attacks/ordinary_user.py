"""Runs a command as an ordinary user who owns a folder: `ordinary_user.py FOLDER UID COMMAND…`. Needs root.

Where Python lies below a closed folder, like root's home, the way to it is opened for this command alone: in
a mount namespace of its own.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from autograder.sandbox.syscalls import CLONE_NEWNS, MS_BIND, MS_PRIVATE, MS_REC, mount, unshare


def closed_folder_above(place: Path) -> Path | None:
    """The uppermost folder on the way to `place` that others may not pass."""
    return next((folder for folder in reversed(place.parents) if not folder.stat().st_mode & 0o001), None)


def open_the_way(places: list[Path]) -> None:
    """Show those places, and nothing else, of the closed folders that they lie in."""
    unshare(CLONE_NEWNS)
    mount(None, "/", None, MS_REC | MS_PRIVATE)
    hold = Path(tempfile.mkdtemp(dir="/tmp"))
    mount("tmpfs", str(hold), "tmpfs", 0, "mode=755")
    closed = {place: folder for place in places if (folder := closed_folder_above(place))}
    for number, place in enumerate(closed):
        (hold / str(number)).mkdir()
        mount(str(place), str(hold / str(number)), None, MS_BIND | MS_REC)
    for folder in set(closed.values()):
        mount("tmpfs", str(folder), "tmpfs", 0, "mode=755")
    for number, place in enumerate(closed):
        place.mkdir(parents=True, exist_ok=True)
        mount(str(hold / str(number)), str(place), None, MS_BIND | MS_REC)


def main() -> None:
    folder, uid, command = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    for place, folders, names in os.walk(folder):
        for name in (".", *folders, *names):
            os.lchown(Path(place, name), uid, uid)
    open_the_way([Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve()])
    os.chdir(folder)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
