"""As many open files as there are, and sockets filled to the brim."""
# expect: right

import os
import socket

pairs = []
try:
    while True:
        pairs.append(socket.socketpair())
        pairs[-1][0].setblocking(False)
        pairs[-1][0].send(bytes(200_000))
except OSError:
    pass
if len(pairs) > 300:
    print("ESC" + "APED", len(pairs))
for pair in pairs:
    pair[0].close()
    pair[1].close()


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
