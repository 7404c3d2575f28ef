"""Sockets with large buffers, filled to the brim: memory that belongs to no process."""
# expect: right

import socket

pairs = []
try:
    for _ in range(235):
        pairs.append(socket.socketpair())
        for end in pairs[-1]:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8_000_000)
            end.setblocking(False)
            try:
                while True:
                    end.send(bytes(1_000_000))
            except BlockingIOError:
                pass
    print("ESC" + "APED")
except PermissionError:
    pass


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
