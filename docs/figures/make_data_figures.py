"""Draw the pictures of the data sets: `python docs/figures/make_data_figures.py`.

With `FASHION_MNIST_DIR` set, the garments are shown beside real Fashion-MNIST images.
"""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from PIL import Image

from course_lib.data import CLASS_NAMES, cluttered, fashion_mnist, garments, planted_channels

HERE = Path(__file__).parent


def main() -> None:
    data = fashion_mnist()
    real = (data.x_test, data.y_test) if data.source == "Fashion-MNIST" else None
    draw_garments(real)
    draw_cluttered(*(real or garments(600, seed=0)))
    draw_planted_channels()


def draw_garments(real: tuple[NDArray[np.uint8], NDArray[np.uint8]] | None) -> None:
    panels = [("procedural garments", garments(400, seed=7), 12)]
    if real:
        panels.append(("Fashion-MNIST", real, 4))
    widths = [columns for _, _, columns in panels]
    fig, axes = plt.subplots(1, len(panels), figsize=(8.6, 5.2), width_ratios=widths, squeeze=False)
    for axis, (title, (images, labels), columns) in zip(axes[0], panels, strict=True):
        axis.imshow(_sheet(images, labels, columns), cmap="gray", vmin=0, vmax=255, interpolation="nearest")
        axis.set_title(title, fontsize=11)
        axis.set_yticks([])
        axis.set_xticks([])
    axes[0, 0].set_yticks([30 * row + 15 for row in range(10)], CLASS_NAMES, fontsize=9)
    _save(fig, "garments.png")


def _sheet(images: NDArray[np.uint8], labels: NDArray[np.uint8], columns: int) -> NDArray[np.uint8]:
    framed = np.pad(images, ((0, 0), (1, 1), (1, 1)), constant_values=70)
    return np.concatenate([np.concatenate(framed[labels == row][:columns], axis=1) for row in range(10)])


def draw_cluttered(images: NDArray[np.uint8], labels: NDArray[np.uint8]) -> None:
    result = cluttered(images[:400], labels[:400], seed=3)
    fig, axes = plt.subplots(2, 6, figsize=(9.4, 3.6))
    for column, label in enumerate((0, 3, 8, 5, 9, 2)):
        i = int(np.flatnonzero(result.labels == label)[0])
        top, left, bottom, right = result.boxes[i]
        for axis in axes[:, column]:
            axis.imshow(result.images[i], cmap="gray", vmin=0, vmax=255)
            axis.axis("off")
        axes[0, column].set_title(CLASS_NAMES[label], fontsize=10)
        tint = np.zeros((*result.masks[i].shape, 4))
        tint[result.masks[i]] = (0.90, 0.62, 0, 0.6)
        axes[1, column].imshow(tint)
        frame = Rectangle(
            (left - 0.5, top - 0.5), right - left, bottom - top, fill=False, ec="#56B4E9", lw=1.5
        )
        axes[1, column].add_patch(frame)
    _save(fig, "cluttered.png")


def draw_planted_channels() -> None:
    planted = planted_channels(60, seed=1)
    order = np.argsort(~planted.informative, kind="stable")
    fig, axes = plt.subplots(3, len(order), figsize=(9.4, 2.2))
    for row, maps in zip(axes, planted.features, strict=False):
        for axis, channel in zip(row, order, strict=True):
            axis.imshow(maps[..., channel], cmap="gray", vmin=0, vmax=2.5)
            axis.axis("off")
    informative = int(planted.informative.sum())
    axes[0, informative // 2 - 1].set_title(f"{informative} informative channels", fontsize=10)
    axes[0, (informative + len(order)) // 2 - 1].set_title(
        f"{len(order) - informative} noise channels", fontsize=10
    )
    _save(fig, "planted_channels.png")


def _save(fig: plt.Figure, name: str) -> None:
    fig.tight_layout(pad=0.4)
    fig.savefig(HERE / name, dpi=100)
    plt.close(fig)
    # A palette of 40 colours is plenty for these, and halves the file.
    Image.open(HERE / name).convert("RGB").quantize(40).save(HERE / name, optimize=True)
    print(f"{HERE / name}: {(HERE / name).stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
