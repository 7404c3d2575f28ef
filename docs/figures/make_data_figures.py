"""Draw the pictures of the data sets: `python docs/figures/make_data_figures.py`.

With `FASHION_MNIST_DIR` set, the garments are shown beside real Fashion-MNIST images.
"""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from picture import save, write_index

from course_lib import data
from course_lib.figures import style

Images = NDArray[np.uint8]


def main() -> None:
    found = data.fashion_mnist()
    real = (found.x_test, found.y_test) if found.source == "Fashion-MNIST" else None
    images, labels = real or data.garments(600, seed=0)
    with style.course_style():
        draw_garments(real)
        draw_cluttered(images, labels)
        draw_planted_channels()
        draw_noisy_labels(images, labels)
        draw_subsets()
        draw_pipeline(images, labels)
    write_index()


def draw_garments(real: tuple[Images, Images] | None) -> None:
    panels = [("procedural garments", data.garments(400, seed=7), 9)]
    if real:
        panels.append(("Fashion-MNIST", real, 4))
    figure = Figure(figsize=(8.2, 5.9), layout="constrained")
    plots = figure.subplots(1, len(panels), width_ratios=[columns for *_, columns in panels], squeeze=False)[
        0
    ]
    for plot, (title, (images, labels), columns) in zip(plots, panels, strict=True):
        style.picture(plot, _sheet(images, labels, columns), title=title, vmin=0, vmax=255)
    for row, name in enumerate(data.CLASS_NAMES):
        plots[0].text(-8, 30 * row + 15, name, ha="right", va="center")
    beside = "; on the right four real images of each" if real else ""
    style.describe(figure, f"Nine procedural garments of each of the ten classes{beside}.")
    save(figure, "garments")


def _sheet(images: Images, labels: Images, columns: int) -> Images:
    framed = np.pad(images, ((0, 0), (1, 1), (1, 1)), constant_values=70)
    return np.concatenate([np.concatenate(framed[labels == row][:columns], axis=1) for row in range(10)])


def draw_cluttered(images: Images, labels: Images) -> None:
    result = data.cluttered(images[:400], labels[:400], seed=3)
    figure, axes = style.grid(2, 6, width=9.4, height=3.6)
    for plots, label in zip(axes.T, (0, 3, 8, 5, 9, 2), strict=True):
        i = int(np.flatnonzero(result.labels == label)[0])
        for plot in plots:
            style.picture(plot, result.images[i], vmin=0, vmax=255)
        plots[0].set_title(data.CLASS_NAMES[label])
        tint = np.zeros((*result.masks[i].shape, 4))
        tint[result.masks[i]] = (0.90, 0.62, 0, 0.6)
        style.picture(plots[1], tint)
        top, left, bottom, right = result.boxes[i]
        frame = Rectangle(
            (left - 0.5, top - 0.5), right - left, bottom - top, fill=False, ec=style.SKY, lw=1.5
        )
        plots[1].add_patch(frame)
    style.describe(figure, "Six cluttered canvases; below, the same with the garment's mask and box.")
    save(figure, "cluttered")


def draw_planted_channels() -> None:
    planted = data.planted_channels(60, seed=1)
    order = np.argsort(~planted.informative, kind="stable")
    figure, axes = style.grid(3, len(order), width=9.4, height=2.1)
    figure.set_layout_engine("constrained", rect=(0, 0, 1, 0.9))  # the title stands above
    for row, maps in zip(axes, planted.features, strict=False):
        for plot, channel in zip(row, order, strict=True):
            style.picture(plot, maps[..., channel], vmin=0, vmax=2.5)
    informative = int(planted.informative.sum())
    noise = len(order) - informative
    for channel, title in (
        (0, f"{informative} informative channels"),
        (informative, f"{noise} noise channels"),
    ):
        plot = axes[0, channel]
        # A title would widen the column below it.
        plot.text(0, 1.15, title, transform=plot.transAxes).set_in_layout(False)
    style.describe(
        figure, f"Three maps, a row each: {informative} channels show the garment, {noise} only noise."
    )
    save(figure, "planted_channels")


def draw_noisy_labels(images: Images, labels: Images) -> None:
    noise, count = 0.3, 5
    noisy = data.noisy_labels(labels, noise, seed=0)
    figure = Figure(figsize=(9.4, 3.4), layout="constrained")
    left, right = figure.subfigures(1, 2, squeeze=False, width_ratios=(1, 1.6))[0]
    plot = left.subplots()
    left.colorbar(plot.imshow(noisy.matrix, cmap=style.SEQUENTIAL, vmin=0, vmax=1), ax=plot, shrink=0.8)
    plot.set(title="probability, noise 0.3", xlabel="label", ylabel="true class")
    plot.set_xticks(range(10))
    plot.set_yticks(range(10))
    shown = [np.flatnonzero(part)[:count] for part in (noisy.clean, ~noisy.clean)]
    for plots, positions in zip(right.subplots(2, count), shown, strict=True):
        for cell, i in zip(plots, positions, strict=True):
            style.picture(cell, images[i])
            label, truth = data.CLASS_NAMES[noisy.labels[i]], data.CLASS_NAMES[labels[i]]
            wrong = label != truth
            cell.set_title(label, fontsize=11, color=style.VERMILION if wrong else "black")
            style.below(cell, f"is {truth}" if wrong else "")
    style.describe(
        figure,
        f"Left, the confusion matrix: {1 - noise:.1f} on the diagonal, {noise / 9:.3f} elsewhere. "
        f"Right, {count} images with their right labels, and below {count} with wrong ones.",
    )
    save(figure, "noisy_labels")


def draw_subsets() -> None:
    labels = np.repeat(np.arange(4), (500, 250, 150, 100))
    subsets = {
        "all 1,000": np.arange(1000),
        "stratified, 200": data.stratified_subset(labels, 200, seed=0),
        "balanced, 50 of each": data.balanced_subset(labels, 50, seed=0),
    }
    figure, axes = style.grid(1, 3, width=9.4, height=2.6)
    words = []
    for plot, (name, chosen) in zip(axes[0], subsets.items(), strict=True):
        counts = np.bincount(labels[chosen])
        plot.bar_label(plot.bar(range(4), counts, color=style.BLUE))
        plot.set_title(name, loc="left")
        plot.set_xticks(range(4))
        plot.set_yticks([])
        plot.margins(y=0.15)
        plot.set_xlabel("class")
        words.append(f"{name}: {style.listed(map(str, counts))}")
    axes[0, 0].set_ylabel("images")
    style.describe(figure, f"Images of four classes. {'; '.join(words)}.")
    save(figure, "subsets")


def draw_pipeline(images: Images, labels: Images) -> None:
    batches = data.pipeline(
        images[:8], labels[:8], batch_size=8, seed=0, augment=data.augmentation(0, shift=0.15)
    )
    figure, axes = style.grid(4, 8, width=9.4, height=5.2)
    for plot, image in zip(axes[0], images, strict=False):
        style.picture(plot, image)
    for row in axes[1:]:
        for plot, image in zip(row, next(iter(batches))[0].numpy(), strict=True):
            style.picture(plot, image[..., 0])
    for plots, name in zip(axes, ("stored", "epoch 1", "epoch 2", "epoch 3"), strict=True):
        plots[0].text(-0.1, 0.5, name, transform=plots[0].transAxes, ha="right", va="center")
    style.describe(
        figure,
        "Eight stored images; below them the batch of each of three epochs: in another order, moved a "
        "little, some of them mirrored.",
    )
    save(figure, "pipeline")


if __name__ == "__main__":
    main()
