"""Saving a source is noticed; what the build writes is not, or it would never end."""

from pathlib import Path
from threading import Event, Thread

from authoring.cli.watch import saved


def test_a_saved_source_is_noticed_and_a_made_file_is_not(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    for name in ("solutions/01_x", "autograder", "authoring", "course_lib/checks/keys", "claims"):
        root.joinpath(name).mkdir(parents=True)
    stop, ready = Event(), Event()
    seen: list[str] = []

    def listen() -> None:
        for changed in saved(root, stop):
            seen.extend(changed)
            if "autograder/last.py" in changed:
                return
            ready.set()

    listener = Thread(target=listen)
    listener.start()
    number = 0
    while not ready.wait(0.2):  # saved until the watching has begun
        number += 1
        root.joinpath("claims/lesson_01.py").write_text(f"# {number}")
    root.joinpath("solutions/01_x/01_x.ipynb").write_text("{}")
    root.joinpath("course_lib/checks/keys/squeeze.npz").write_bytes(b"key")
    root.joinpath("solutions/01_x/01_x.py").write_text("# %%")
    root.joinpath("autograder/last.py").write_text("")
    listener.join(timeout=60)
    stop.set()
    assert not listener.is_alive()
    assert set(seen) == {"claims/lesson_01.py", "solutions/01_x/01_x.py", "autograder/last.py"}
