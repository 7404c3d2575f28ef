"""Sockets of the usual size, full, in more processes than one."""
# expect: memory

import os
import socket
import time


def preprocess(images):
    for _ in range(12):
        if os.fork() == 0:
            os.setsid()
            held = []
            for _ in range(230):
                held.append(socket.socketpair())
                for end in held[-1]:
                    end.setblocking(False)
                    end.send(bytes(200_000))
            time.sleep(600)
    time.sleep(600)
