"""Draw a picture of every figure function: `python docs/figures/make_figures.py` (about five minutes).

The networks are trained for a minute each, on Fashion-MNIST where it is found, else on procedural garments.
Their numbers are those of single short runs: they show what a figure looks like, and prove nothing.
"""

import keras
import numpy as np
from keras import layers
from picture import save, write_index
from scipy.stats import bootstrap

from course_lib import blocks, data, figures, networks, scores
from course_lib.networks.conv_norm import conv_norm

MNIST = data.fashion_mnist()
TRAIN = data.stratified_subset(MNIST.y_train, min(9000, len(MNIST.y_train) - 10), seed=0)
TEST = data.stratified_subset(MNIST.y_test, 600, seed=0)
X_TEST, Y_TEST = MNIST.x_test[TEST][..., None] / np.float32(255), MNIST.y_test[TEST]
ONE_OF_EACH = [int(np.flatnonzero(label == Y_TEST)[0]) for label in (0, 3, 8, 5, 7, 9)]
NAMES = [data.CLASS_NAMES[Y_TEST[i]] for i in ONE_OF_EACH]


def main() -> None:
    draw_without_training()
    draw_gates()
    draw_maps()
    draw_masks()
    draw_confusion()
    draw_reconstructions()
    draw_noise_trial()
    write_index()


def draw_without_training() -> None:
    for block in ("squeeze_excitation", "bam", "cbam", "residual_attention"):
        save(figures.block_diagram(block), f"diagram_{block}")
    save(figures.contact_sheet(X_TEST[ONE_OF_EACH], NAMES, columns=6), "contact_sheet")
    save(figures.before_after(MNIST.x_test[TEST], X_TEST), "before_after")
    save(figures.bottlenecks(64, {r: parameters_of(r) for r in (1, 2, 4, 8, 16, 32)}), "bottlenecks")
    save(figures.reach({f"d = {d}": seen_with(d) for d in (1, 2, 4, 6)}, (14, 7, 4)), "reach")
    logits = np.array([4.0, -4.0, 0.0, 2.0])
    sigmoid, softmax = 1 / (1 + np.exp(-logits)), np.exp(logits) / np.exp(logits).sum()
    save(figures.gate_shapes({"sigmoid": sigmoid, "softmax": softmax}), "gate_shapes")
    save(figures.target_beside_yours(sigmoid, lambda: softmax, columns="channel"), "target_beside_yours")


def parameters_of(reduction: int) -> int:
    """Of squeeze and excitation for 64 channels."""
    block = blocks.SqueezeExcitation(reduction=reduction)
    block.build((None, 14, 14, 64))
    return int(block.count_params())


def seen_with(dilation: int) -> np.ndarray:
    """Where an impulse shows after two dilated 3×3 convolutions: (33, 33)."""
    x = np.zeros((1, 33, 33, 1), np.float32)
    x[0, 16, 16] = 1
    for _ in range(2):
        x = keras.ops.conv(x, np.ones((3, 3, 1, 1), np.float32), padding="same", dilation_rate=dilation)
    return np.asarray(x)[0, ..., 0]


def draw_gates() -> None:
    planted = data.planted_channels(2000, seed=0)
    keras.utils.set_random_seed(0)
    x = keras.Input(planted.features.shape[1:])
    refined = blocks.SqueezeExcitation(reduction=4, name="se")(x)
    merged = layers.Flatten()(keras.ops.sum(refined, axis=-1))
    model = trained(
        keras.Model(x, layers.Dense(10, activation="softmax")(merged)), planted.features, planted.labels
    )
    gates = np.asarray(blocks.attention_maps(model)(planted.features[:400])["se"]).reshape(400, -1)
    save(figures.feature_maps(planted.features[0], columns=8), "feature_maps")
    save(figures.gate_profile(gates, planted.informative), "gate_profile")
    save(figures.gating_steps(planted.features[0], gates[0]), "gating_steps")


def draw_maps() -> None:
    images, labels = MNIST.x_train[TRAIN], MNIST.y_train[TRAIN]
    train, test = data.cluttered(images, labels, seed=0), data.cluttered(MNIST.x_test[TEST], Y_TEST, seed=1)
    x_train, x_test = (part.images[..., None] / np.float32(255) for part in (train, test))
    untrained = three_stages(seed=0)
    model = trained(three_stages(seed=0), x_train, train.labels)
    channel, spatial = maps_of(model, x_test)
    shown = ONE_OF_EACH

    enlarged, raw = enlarge(spatial[1]), enlarge(maps_of(untrained, x_test)[1][1])
    cam = figures.grad_cam(model, x_test, "stage3_relu", test.labels)
    rows = {"CBAM": enlarged[shown], "Grad-CAM": cam[shown]}
    save(
        figures.attention_over_image(x_test[shown], rows, test.masks[shown], captions=NAMES),
        "attention_over_image",
    )
    save(figures.heat_over_image(x_test[shown], cam[shown], captions=NAMES), "grad_cam")
    candidates = {
        "Grad-CAM": cam,
        "CBAM, stage 2": enlarged,
        "untrained": raw,
        **scores.control_maps(cam, seed=0),
    }
    pointing = scores.score_maps(candidates, test.masks)["pointing game"]
    save(figures.compare(pointing, xlabel="pointing game (one run)"), "compare")
    save(
        figures.gate_profiles(channel[2].reshape(len(x_test), -1), test.labels, data.CLASS_NAMES),
        "gate_profiles",
    )


def draw_masks() -> None:
    """The masks of a small residual attention network: those of each stage."""
    keras.utils.set_random_seed(0)
    model = networks.small_residual_attention_network(filters=8, t=1)
    x_train = MNIST.x_train[TRAIN][:2000, ..., None] / np.float32(255)
    trained(model, x_train, MNIST.y_train[TRAIN][:2000], epochs=4)
    shown = ONE_OF_EACH[:3]
    masks = blocks.attention_maps(model).predict(X_TEST[shown], verbose=0)
    stages = {f"stage {number}": masks[f"stage{number}_module1"] for number in (1, 2, 3)}
    save(figures.mask_hierarchy(X_TEST[shown], stages), "mask_hierarchy")


def three_stages(seed: int) -> keras.Model:
    keras.utils.set_random_seed(seed)
    x = images = keras.Input((56, 56, 1))
    for stage, filters in enumerate((16, 32, 64), start=1):
        x = conv_norm(x, filters, 3, 2, name=f"stage{stage}", relu=True)
        x = blocks.CBAM(reduction=4, name=f"cbam{stage}")(x)
    return keras.Model(images, layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling2D()(x)))


def maps_of(model: keras.Model, x: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The channel and the spatial attention of each stage."""
    maps = blocks.attention_maps(model).predict(x, verbose=0)
    channel, spatial = zip(*(maps[f"cbam{stage}"] for stage in (1, 2, 3)), strict=True)
    return list(channel), list(spatial)


def enlarge(maps: np.ndarray) -> np.ndarray:
    times = 56 // maps.shape[1]
    return maps[..., 0].repeat(times, axis=1).repeat(times, axis=2)


def trained(model: keras.Model, x: np.ndarray, y: np.ndarray, *, epochs: int = 12) -> keras.Model:
    model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, batch_size=64, epochs=epochs, verbose=0)
    return model


def draw_confusion() -> None:
    keras.utils.set_random_seed(0)
    x_train = MNIST.x_train[TRAIN][..., None] / np.float32(255)
    model = trained(networks.small_resnet(8, filters=8), x_train, MNIST.y_train[TRAIN], epochs=4)
    predicted = model.predict(X_TEST, verbose=0).argmax(axis=-1)
    save(figures.confusion_matrix(Y_TEST, predicted, data.CLASS_NAMES), "confusion_matrix")


def draw_reconstructions() -> None:
    rng = np.random.default_rng(0)
    clean = MNIST.x_train[TRAIN][..., None] / np.float32(255)
    rows = {"noisy input": noisy(X_TEST, rng)}
    for name, attention in (("plain", None), ("with CBAM", blocks.plug(blocks.CBAM, reduction=4))):
        keras.utils.set_random_seed(0)
        model = networks.autoencoder((16, 8), attention=attention)
        model.compile(keras.optimizers.Adam(3e-3), "mse")
        model.fit(noisy(clean, rng), clean, batch_size=64, epochs=4, verbose=0)
        rows[name] = model.predict(X_TEST, verbose=0)
    shown = {name: images[ONE_OF_EACH] for name, images in rows.items()}
    save(figures.reconstructions(X_TEST[ONE_OF_EACH], shown, captions=NAMES), "reconstructions")


def noisy(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return np.clip(images + rng.normal(0, 0.3, images.shape), 0, 1).astype(np.float32)


def draw_noise_trial() -> None:
    """Wrong labels in training, over five paired seeds."""
    curves = {f"noise {noise:.0%}": accuracy_over_epochs(noise) for noise in (0.1, 0.3, 0.5)}
    save(figures.learning_curves(curves, ylabel="accuracy on test images"), "learning_curves")
    least = curves["noise 10%"][:, -1]
    differences = {name: runs[:, -1] - least for name, runs in curves.items() if name != "noise 10%"}
    estimates = {}
    for name, sample in differences.items():
        interval = bootstrap((sample,), np.mean, method="percentile", rng=0).confidence_interval
        estimates[f"{name} − 10%"] = (interval.low, sample.mean(), interval.high)
    points = {f"{name} − 10%": sample for name, sample in differences.items()}
    save(figures.intervals(estimates, xlabel="difference of accuracy", points=points), "intervals")


def accuracy_over_epochs(noise: float, runs: int = 5, epochs: int = 10) -> np.ndarray:
    x = MNIST.x_train[TRAIN][:2000, ..., None] / np.float32(255)
    result = []
    for seed in range(runs):
        y = data.noisy_labels(MNIST.y_train[TRAIN][:2000], noise, seed).labels
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.Flatten(),
                layers.Dense(128, activation="relu"),
                layers.Dense(10, activation="softmax"),
            ]
        )
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        history = model.fit(x, y, batch_size=64, epochs=epochs, validation_data=(X_TEST, Y_TEST), verbose=0)
        result.append(history.history["val_accuracy"])
    return np.array(result)


if __name__ == "__main__":
    main()
