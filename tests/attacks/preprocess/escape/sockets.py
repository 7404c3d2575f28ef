"""Every way to reach the network or a neighbour."""
# expect: right

import socket
import urllib.request

TARGETS = [
    (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 12345)),
    (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 12345)),
    (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 12345)),
    (socket.AF_UNIX, socket.SOCK_STREAM, "\0course-attack-12345"),
    (socket.AF_UNIX, socket.SOCK_STREAM, "/run/dbus/system_bus_socket"),
    (socket.AF_INET, socket.SOCK_RAW, ("127.0.0.1", 12345)),
    (socket.AF_PACKET, socket.SOCK_RAW, ("lo", 0)),
    (socket.AF_NETLINK, socket.SOCK_RAW, (0, 0)),
    (socket.AF_VSOCK, socket.SOCK_STREAM, (2, 12345)),
]
for family, kind, target in TARGETS:
    try:
        one = socket.socket(family, kind)
        one.settimeout(1)
        one.connect(target)
        one.send(b"hello")
        print("ESC" + "APED", family, target)
    except OSError:
        pass
for ask in (
    lambda: socket.getaddrinfo("example.com", 80),
    lambda: urllib.request.urlopen("http://127.0.0.1:12345/", timeout=1),
):
    try:
        print("ESC" + "APED", ask())
    except OSError:
        pass


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
