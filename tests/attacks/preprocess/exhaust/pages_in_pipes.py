"""Pages that nobody has mapped, held on to by pipes: any page of a huge one keeps the whole of it."""
# expect: right

import ctypes
import fcntl
import os

libc = ctypes.CDLL(None, use_errno=True)
held = os.pipe()
room = ctypes.create_string_buffer(4096)
if libc.vmsplice(held[1], (ctypes.c_size_t * 2)(ctypes.addressof(room), 4096), ctypes.c_size_t(1), 0) > 0:
    print("ESC" + "APED", "vmsplice")
with open("/tmp/gone", "wb+") as gone:
    gone.write(bytes(4096))
    gone.flush()
    for refused in (
        lambda: os.splice(gone.fileno(), held[1], 4096, offset_src=0),
        lambda: fcntl.fcntl(held[1], fcntl.F_SETPIPE_SZ, 1 << 20),
    ):
        try:
            print("ESC" + "APED", refused())
        except PermissionError:
            pass


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
