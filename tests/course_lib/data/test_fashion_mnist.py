"""Fashion-MNIST is used only when every byte is right; every other case ends in a message and garments."""

import gzip
import hashlib
import os
import shutil
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pooch
import pytest

import course_lib.data
from course_lib.data import fashion_mnist

# The package's attribute of this name is the function.
module = sys.modules[course_lib.data.fashion_mnist.__module__]


def _content(shape: tuple[int, ...], seed: int) -> bytes:
    header = struct.pack(f">HBB{len(shape)}I", 0, 8, len(shape), *shape)
    return header + np.random.default_rng(seed).integers(0, 10, shape, dtype=np.uint8).tobytes()


# Four files like the real ones, but with six training and two test images.
_SHAPES = ((6, 28, 28), (6,), (2, 28, 28), (2,))
_CONTENT = {
    file.name: _content(shape, seed)
    for seed, (file, shape) in enumerate(zip(module._FILES, _SHAPES, strict=True))
}
TINY = tuple(
    module._File(name, shape, hashlib.sha256(content).hexdigest())
    for (name, content), shape in zip(_CONTENT.items(), _SHAPES, strict=True)
)


def write_tiny(folder: Path) -> None:
    for name, content in _CONTENT.items():
        (folder / name).write_bytes(gzip.compress(content))


IMAGES = "train-images-idx3-ubyte.gz"
LABELS = "train-labels-idx1-ubyte.gz"


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A computer with a FASHION_MNIST_DIR of tiny files, an empty Keras cache and no network."""
    folder, cache = tmp_path / "folder", tmp_path / "keras" / "datasets" / "fashion-mnist"
    folder.mkdir()
    cache.mkdir(parents=True)
    write_tiny(folder)
    monkeypatch.setattr(module, "_FILES", TINY)
    monkeypatch.setattr(module, "_answering", lambda mirrors: ())
    monkeypatch.setattr(
        module, "garments", lambda n, seed: (np.zeros((n, 28, 28), np.uint8), np.zeros(n, np.uint8))
    )
    monkeypatch.setattr(module.urllib.request, "getproxies", dict)
    monkeypatch.setattr(pooch, "HTTPDownloader", _refuse)
    monkeypatch.setenv("FASHION_MNIST_DIR", str(folder))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.delenv("COURSE_OFFLINE", raising=False)
    module._say.cache_clear()
    return SimpleNamespace(folder=folder, cache=cache)


def _refuse(**options: object) -> Callable[..., None]:
    raise AssertionError("a test tried to download")


def _served_by(server: Callable[[str, Path], None], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the mirrors answer with what `server` writes; returns the list of addresses asked for."""
    asked: list[str] = []

    def downloader(**options: object) -> Callable[..., None]:
        def download(url: str, output_file: str, store: object) -> None:
            asked.append(url)
            server(url.rsplit("/", 1)[1], Path(output_file))

        return download

    monkeypatch.setattr(pooch, "HTTPDownloader", downloader)
    monkeypatch.setattr(module, "_answering", lambda mirrors: mirrors)
    monkeypatch.setattr(pooch.core.time, "sleep", lambda seconds: None)
    return asked


def test_the_named_folder_comes_first(places: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    data = fashion_mnist()
    assert data.source == "Fashion-MNIST"
    assert data.x_train.shape == (6, 28, 28) and data.y_test.shape == (2,)
    assert data.x_train.flags.writeable and data.x_train.dtype == np.uint8
    assert capsys.readouterr().out == ""


def test_the_keras_cache_comes_second(places: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FASHION_MNIST_DIR")
    write_tiny(places.cache)
    assert fashion_mnist().source == "Fashion-MNIST"


def test_the_cache_is_the_one_of_keras(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KERAS_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert module.keras_cache() == tmp_path / ".keras" / "datasets" / "fashion-mnist"


def _truncate(folder: Path) -> None:
    content = (folder / IMAGES).read_bytes()
    (folder / IMAGES).write_bytes(content[: len(content) // 2])


def _flip_a_pixel(folder: Path) -> None:
    content = bytearray(gzip.decompress((folder / IMAGES).read_bytes()))
    content[500] ^= 1
    (folder / IMAGES).write_bytes(gzip.compress(bytes(content)))


def _break_the_stream(folder: Path) -> None:
    content = bytearray((folder / IMAGES).read_bytes())
    content[len(content) // 2] ^= 255
    (folder / IMAGES).write_bytes(bytes(content))


def _swap(folder: Path) -> None:
    shutil.copy(folder / LABELS, folder / IMAGES)


FAULTS = {
    "truncated": (_truncate, "is truncated: it holds"),
    "one bit": (_flip_a_pixel, "is not Fashion-MNIST's"),
    "stream": (_break_the_stream, "is damaged"),
    "swapped": (_swap, f"is misnamed: it holds the content of {LABELS}"),
    "web page": (lambda folder: (folder / IMAGES).write_text("<html>Log in</html>"), "cannot be unpacked"),
    "empty": (lambda folder: (folder / IMAGES).write_bytes(b""), "is not Fashion-MNIST's"),
    "bomb": (lambda folder: (folder / IMAGES).write_bytes(gzip.compress(bytes(60_000_000), 1)), "is damaged"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_file_in_the_folder_is_named_and_the_cache_is_used(
    name: str, places: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tiny(places.cache)
    spoil, said = FAULTS[name]
    spoil(places.folder)
    assert fashion_mnist().source == "Fashion-MNIST"
    out = capsys.readouterr().out
    assert str(places.folder / IMAGES) in out and said in out and "Copy the file" in out


def test_a_missing_file_in_the_folder_is_named(
    places: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    (places.folder / LABELS).unlink()
    assert fashion_mnist().source == module.STAND_IN_SOURCE
    assert f"there is no file {places.folder / LABELS}" in capsys.readouterr().out


def test_a_bad_file_in_the_cache_is_set_aside_and_downloaded_again(
    places: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("FASHION_MNIST_DIR")
    write_tiny(places.cache)
    good = (places.cache / IMAGES).read_bytes()
    _truncate(places.cache)
    asked = _served_by(lambda name, output: output.write_bytes(good), monkeypatch)
    assert fashion_mnist().source == "Fashion-MNIST"
    assert len(asked) == 1 and asked[0].endswith(IMAGES)
    assert (places.cache / IMAGES).read_bytes() == good
    assert (places.cache / (IMAGES + ".damaged")).stat().st_size == len(good) // 2
    assert "set aside" in capsys.readouterr().out


def test_everything_is_downloaded_into_an_empty_cache(
    places: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FASHION_MNIST_DIR")
    asked = _served_by(lambda name, output: shutil.copy(places.folder / name, output), monkeypatch)
    assert fashion_mnist().source == "Fashion-MNIST"
    assert len(asked) == 4
    assert sorted(path.name for path in places.cache.iterdir()) == sorted(file.name for file in TINY)


def test_wrong_bytes_from_the_network_never_reach_the_cache(
    places: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("FASHION_MNIST_DIR")
    asked = _served_by(lambda name, output: output.write_text("<html>Log in</html>"), monkeypatch)
    assert fashion_mnist().source == module.STAND_IN_SOURCE
    assert len(asked) == 2 * len(module._MIRRORS)  # each is asked once more
    assert not list(places.cache.iterdir())
    assert "not the original file" in capsys.readouterr().out


def test_a_broken_connection_goes_on_to_the_next_mirror(
    places: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    import requests

    monkeypatch.delenv("FASHION_MNIST_DIR")
    first = module._MIRRORS[0]

    def server(name: str, output: Path) -> None:
        if len([url for url in asked if url.startswith(first)]) == len(asked):
            raise requests.ConnectionError("reset")
        shutil.copy(places.folder / name, output)

    asked: list[str] = []
    asked = _served_by(server, monkeypatch)
    monkeypatch.setattr(module, "_FILES", TINY[:1])
    module._download(places.cache, TINY[0])
    assert [url.startswith(first) for url in asked] == [True, True, False]


def test_without_network_it_says_so_once_and_draws_garments(
    places: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("FASHION_MNIST_DIR")
    data = [fashion_mnist() for _ in range(3)][-1]
    assert data.source == module.STAND_IN_SOURCE
    assert data.x_train.shape == (12_000, 28, 28) and data.x_test.shape == (2_000, 28, 28)
    out = capsys.readouterr().out
    assert out.count("procedural garments") == 1 and out.count("\n") == 1
    assert str(places.cache) in out and "no server answered" in out


def test_course_offline_forbids_the_network(
    places: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("FASHION_MNIST_DIR")
    asked = _served_by(lambda name, output: None, monkeypatch)
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    assert fashion_mnist().source == module.STAND_IN_SOURCE
    assert asked == []
    assert "COURSE_OFFLINE forbids" in capsys.readouterr().out


def test_an_unwritable_place_is_a_sentence_and_no_traceback(
    places: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("FASHION_MNIST_DIR")
    shutil.rmtree(places.cache)
    places.cache.write_text("a file where the folder should be")
    _served_by(lambda name, output: shutil.copy(places.folder / name, output), monkeypatch)
    assert fashion_mnist().source == module.STAND_IN_SOURCE
    assert "is not available" in capsys.readouterr().out


def test_servers_that_do_not_answer_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(address: tuple[str, int], timeout: float) -> SimpleNamespace:
        if address[0] == "dead.example":
            raise OSError("no route")
        assert address == ("alive.example", 443)
        return SimpleNamespace(close=lambda: None)

    monkeypatch.setattr(module.socket, "create_connection", connect)
    assert module._answering(("https://dead.example/", "https://alive.example/x")) == (
        "https://alive.example/x",
    )


def test_the_real_images_where_they_are_at_hand() -> None:
    if not os.environ.get("FASHION_MNIST_DIR"):
        return  # every other test does without them
    data = fashion_mnist()
    assert data.source == "Fashion-MNIST"
    assert data.x_train.shape == (60_000, 28, 28) and data.x_test.shape == (10_000, 28, 28)
    assert np.bincount(data.y_train).tolist() == [6_000] * 10
    assert np.bincount(data.y_test).tolist() == [1_000] * 10
    assert data.x_train.mean() / 255 == pytest.approx(0.2860, abs=5e-5)
    assert data.x_train.std() / 255 == pytest.approx(0.3530, abs=5e-5)


def test_only_what_is_here_is_read_and_nothing_is_mended(
    places: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tiny(places.cache)
    _truncate(places.folder)
    with module.only_what_is_here():
        assert fashion_mnist().source == "Fashion-MNIST"  # from the cache
        _truncate(places.cache)
        with pytest.raises(module.NotAvailable, match="no whole copy"):
            fashion_mnist()
    assert {path.name for path in places.cache.iterdir()} == set(_CONTENT)
    assert capsys.readouterr().out == ""
