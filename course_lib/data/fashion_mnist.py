"""Fashion-MNIST: found, downloaded or replaced, and never used unless every byte is right.

Xiao, Rasul and Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine
learning algorithms", 2017.
"""

import contextlib
import functools
import gzip
import hashlib
import os
import socket
import tempfile
import threading
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from course_lib.data.garments import garments


@dataclass(frozen=True)
class FashionMNIST:
    """Images of clothes with their labels. All arrays are uint8 and writable.

    Attributes:
        x_train: Shape (60000, 28, 28); 12,000 images when they are procedural garments.
        y_train: Shape (60000,), 0 to 9, see `CLASS_NAMES`.
        x_test: Shape (10000, 28, 28); 2,000 images when they are procedural garments.
        y_test: Shape (10000,).
        source: What the images are, as part of a sentence.
    """

    x_train: NDArray[np.uint8]
    y_train: NDArray[np.uint8]
    x_test: NDArray[np.uint8]
    y_test: NDArray[np.uint8]
    source: str


@dataclass(frozen=True)
class _File:
    name: str
    shape: tuple[int, ...]
    sha256: str  # of the uncompressed bytes: the same pixels may be compressed in many ways


_FILES = (
    _File(
        "train-images-idx3-ubyte.gz",
        (60000, 28, 28),
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    ),
    _File(
        "train-labels-idx1-ubyte.gz",
        (60000,),
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    ),
    _File(
        "t10k-images-idx3-ubyte.gz",
        (10000, 28, 28),
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    ),
    _File(
        "t10k-labels-idx1-ubyte.gz",
        (10000,),
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    ),
)
_LARGEST = 47_040_016  # bytes of the largest file, uncompressed; nothing beyond is ever unpacked

_MIRRORS = (
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
)
_CONNECT_SECONDS = 4.0
_SILENCE_SECONDS = 10.0

STAND_IN_SOURCE = "procedural garments (no copy of Fashion-MNIST was found and none could be downloaded)"


class DamagedFile(ValueError):
    """A data file whose bytes are not the original's; the message names the file and what is wrong."""


class NotAvailable(OSError):
    """A file is not on this computer and no mirror delivered it; the message says why."""


_only_here = ContextVar("only_here", default=False)


@contextlib.contextmanager
def only_what_is_here() -> Iterator[None]:
    """Make `fashion_mnist` raise NotAvailable where it would download the images or replace them.

    In this context it also prints nothing and leaves damaged files where they are.
    """
    token = _only_here.set(True)
    try:
        yield
    finally:
        _only_here.reset(token)


def fashion_mnist() -> FashionMNIST:
    """Return Fashion-MNIST, from the first of these places that has it.

    1. The folder named by the environment variable `FASHION_MNIST_DIR`.
    2. The Keras cache, `~/.keras/datasets/fashion-mnist` (`$KERAS_HOME/datasets/fashion-mnist` when that is
       set).
    3. The network: Keras' own copy, then the authors' copies. The files go into the Keras cache.
       `COURSE_OFFLINE=1` forbids this step.

    Every file is compared with the SHA-256 of the original. A file that differs is named and not used: in
    `FASHION_MNIST_DIR` the next place is tried, in the cache it is renamed and downloaded again. When nothing
    works, a message says so once, and procedural garments take the place of the real images.
    """
    if _only_here.get():
        return _from_here()
    folder = os.environ.get("FASHION_MNIST_DIR")
    if folder:
        try:
            return _assemble([_read(Path(folder) / file.name, file) for file in _FILES])
        except FileNotFoundError as fault:
            _say(
                f"FASHION_MNIST_DIR is {folder}, but there is no file {fault.filename}. "
                "Correct the variable or unset it. Looking in the Keras cache instead."
            )
        except (DamagedFile, OSError) as fault:
            _say(f"{fault} Copy the file into FASHION_MNIST_DIR again. Looking in the Keras cache instead.")
    cache = keras_cache()
    try:
        return _assemble([_read_or_download(cache, file) for file in _FILES])
    except (DamagedFile, OSError) as fault:
        _say(
            f"Fashion-MNIST is not available: {fault} The course goes on with procedural garments, drawn on "
            "this computer. For the real images, connect to the internet and restart, or put the four files "
            "into a folder and set FASHION_MNIST_DIR to it."
        )
    x_train, y_train = garments(12_000, seed=1)
    x_test, y_test = garments(2_000, seed=2)
    return FashionMNIST(x_train, y_train, x_test, y_test, STAND_IN_SOURCE)


def _from_here() -> FashionMNIST:
    """Return the first complete copy on this computer; raise NotAvailable if there is none."""
    for folder in (os.environ.get("FASHION_MNIST_DIR"), keras_cache()):
        if folder:
            with contextlib.suppress(DamagedFile, OSError):
                return _assemble([_read(Path(folder) / file.name, file) for file in _FILES])
    raise NotAvailable("There is no whole copy of Fashion-MNIST on this computer.")


def keras_cache() -> Path:
    """Return the folder where `keras.datasets.fashion_mnist` keeps its files, by Keras' own rule."""
    home = Path.home()
    base = (home if os.access(home, os.W_OK) else Path(tempfile.gettempdir())) / ".keras"
    return Path(os.environ.get("KERAS_HOME", base)).expanduser() / "datasets" / "fashion-mnist"


def _assemble(arrays: list[NDArray[np.uint8]]) -> FashionMNIST:
    x_train, y_train, x_test, y_test = arrays
    return FashionMNIST(x_train, y_train, x_test, y_test, source="Fashion-MNIST")


@functools.cache
def _say(message: str) -> None:
    """Print a message the first time it comes up; standard error would look like a crash in a notebook."""
    print(message, flush=True)


def _read(path: Path, file: _File) -> NDArray[np.uint8]:
    """Return the array in a file after verifying it; raise DamagedFile or OSError."""
    try:
        with gzip.open(path, "rb") as stream:
            content = stream.read(_LARGEST + 1)
    except EOFError:
        raise DamagedFile(
            f"{path} is truncated: it holds {path.stat().st_size:,} bytes and ends too early."
        ) from None
    except (gzip.BadGzipFile, zlib.error) as fault:
        raise DamagedFile(f"{path} is damaged: it cannot be unpacked ({fault}).") from None
    digest = hashlib.sha256(content).hexdigest()
    if digest != file.sha256:
        other = next((known.name for known in _FILES if known.sha256 == digest), None)
        if other:
            raise DamagedFile(f"{path} is misnamed: it holds the content of {other}.")
        raise DamagedFile(f"{path} is damaged: its content (SHA-256 {digest[:12]}…) is not Fashion-MNIST's.")
    values = np.frombuffer(content, np.uint8)
    return values[-int(np.prod(file.shape)) :].reshape(file.shape).copy()


def _read_or_download(cache: Path, file: _File) -> NDArray[np.uint8]:
    path = cache / file.name
    try:
        return _read(path, file)
    except FileNotFoundError:
        pass
    except DamagedFile as fault:
        aside = path.with_name(path.name + ".damaged")
        try:
            path.replace(aside)
        except OSError as refusal:
            raise NotAvailable(f"{fault} It cannot be set aside ({refusal.strerror}); delete it.") from None
        _say(f"{fault} It was set aside as {aside.name}, which you may delete. A good copy is needed.")
    _download(cache, file)
    return _read(path, file)


def _download(cache: Path, file: _File) -> None:
    """Download one file, verified, into the cache; raise NotAvailable if no mirror delivers it."""
    import pooch

    pooch.get_logger().setLevel("WARNING")
    faults = []
    for mirror in _reachable_mirrors():
        store = pooch.create(path=cache, base_url=mirror, registry={file.name: None}, retry_if_failed=1)
        try:
            store.fetch(file.name, downloader=_verified(file))
        except (OSError, ValueError) as fault:  # what requests raises is an OSError too
            faults.append(f"{urlsplit(mirror).hostname}: {_reason(fault)}")
        else:
            return
    if faults:
        raise NotAvailable(f"{file.name} could not be downloaded ({'; '.join(faults)}).")
    if _offline():
        raise NotAvailable(f"{cache} holds no {file.name}, and COURSE_OFFLINE forbids downloading it.")
    raise NotAvailable(
        f"{cache} holds no {file.name}, and no server answered within {_CONNECT_SECONDS:.0f} seconds."
    )


def _verified(file: _File) -> Callable[[str, str, object], None]:
    """Return a downloader for pooch that refuses wrong bytes before the file gets its name in the cache."""
    import pooch

    def download(url: str, output_file: str, store: object) -> None:
        fetch = pooch.HTTPDownloader(
            progressbar=_Progress(file.name), chunk_size=1 << 16, timeout=(_CONNECT_SECONDS, _SILENCE_SECONDS)
        )
        fetch(url, output_file, store)
        try:
            _read(Path(output_file), file)
        except DamagedFile:
            raise DamagedFile("what it sent is not the original file.") from None

    return download


class _Progress:
    """A progress line that counts megabytes; the protocol is pooch's."""

    def __init__(self, name: str) -> None:
        self.name, self.total, self.done, self.shown = name, 0, 0, -1

    def update(self, count: int) -> None:
        self.done += count
        percent = min(100, 100 * self.done // max(self.total, 1))
        if percent != self.shown:
            self.shown = percent
            megabytes = f"{min(self.done, self.total) / 1e6:.1f} of {self.total / 1e6:.1f} MB"
            print(f"\rDownloading {self.name}: {percent:3d} % ({megabytes})", end="", flush=True)

    def reset(self) -> None:
        self.done = 0

    def close(self) -> None:
        print(flush=True)


def _reason(fault: Exception) -> str:
    """Return why a download failed: the text of our own errors and the system's, the type of a connection's.

    The text of a connection's error is long and meant for programmers.
    """
    named_only = isinstance(fault, OSError) and fault.errno is None
    return type(fault).__name__ if named_only else str(fault)


def _offline() -> bool:
    return os.environ.get("COURSE_OFFLINE", "0") not in ("", "0")


def _reachable_mirrors() -> tuple[str, ...]:
    if _offline():
        return ()
    if urllib.request.getproxies():
        return _MIRRORS  # a proxy makes the connection; only trying will tell
    return _answering(_MIRRORS)


@functools.cache
def _answering(mirrors: tuple[str, ...]) -> tuple[str, ...]:
    """Return the mirrors that accept a connection, asked once and all at the same time.

    Looking up a name can hang far beyond any time-out when the network is half dead, so this is done in
    threads that nobody has to wait for.
    """
    answered = set()

    def knock(mirror: str) -> None:
        address = urlsplit(mirror)
        port = 443 if address.scheme == "https" else 80
        try:
            socket.create_connection((address.hostname or "", port), timeout=_CONNECT_SECONDS).close()
        except OSError:
            return
        answered.add(mirror)

    threads = [threading.Thread(target=knock, args=(mirror,), daemon=True) for mirror in mirrors]
    deadline = time.monotonic() + _CONNECT_SECONDS
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return tuple(mirror for mirror in mirrors if mirror in answered)
