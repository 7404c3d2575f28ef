"""How long a small ResNet needs for 90 % on Fashion-MNIST, with CBAM in every block and without.

    FASHION_MNIST_DIR=... python benchmarks/time_to_accuracy.py [--target 0.9] [--minutes 10]

Both networks have the same seed, batches and schedule. They train on two threads and take turns, half an
epoch each, so that a busy machine slows both alike. The clocks count training only, not the looks at the
10,000 test images after each turn. Printed are the seconds to the target and their ratio, beside the load of
the machine. Training stops when both are there; status 1 says that the one with CBAM was not there in time.
"""

import argparse
import os
import sys
import time
from dataclasses import dataclass

import keras
import numpy as np
import psutil
import tensorflow as tf

from course_lib.blocks import CBAM, Attention, plug
from course_lib.count import size_of, table
from course_lib.data import fashion_mnist
from course_lib.networks import small_resnet

CORES, SEED, BATCH, EPOCHS, RATE = 2, 1, 128, 6, 4e-3


@dataclass
class Runner:
    """A network under the clock: seconds of training, those up to the target, accuracy on test images."""

    name: str
    model: keras.Model
    seconds: float = 0.0
    reached: float | None = None
    accuracy: float = 0.0


def network(attention: Attention | None, steps: int) -> keras.Model:
    """The small ResNet of depth 8, compiled with a rate that falls along a cosine over `steps` steps."""
    keras.utils.set_random_seed(SEED)
    model = small_resnet(8, filters=16, attention=attention)
    schedule = keras.optimizers.schedules.CosineDecay(
        RATE / 10, steps, warmup_target=RATE, warmup_steps=steps // 10, alpha=0.01
    )
    model.compile(
        keras.optimizers.AdamW(schedule, weight_decay=1e-3),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=float, default=0.9, help="share of test images to get right")
    parser.add_argument("--minutes", type=float, default=10, help="training time for each")
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(CORES)
    tf.config.threading.set_inter_op_parallelism_threads(CORES)
    limit = 60 * options.minutes

    data = fashion_mnist()
    if data.source != "Fashion-MNIST":
        sys.exit("This benchmark needs the real images; set FASHION_MNIST_DIR to a folder that has them.")
    x, y = data.x_train[..., None] / np.float32(255), data.y_train  # (60000, 28, 28, 1)
    test = data.x_test[..., None] / np.float32(255), data.y_test
    print(f"{CORES} threads on {os.cpu_count()} cores, load before the start {psutil.getloadavg()[0]:.1f}")

    steps = 2 * EPOCHS * -(-len(x) // 2 // BATCH)
    blocks = {"CBAM": plug(CBAM, reduction=8), "plain": None}
    runners = [Runner(name, network(attention, steps)) for name, attention in blocks.items()]
    rng = np.random.default_rng(SEED)
    for _ in range(EPOCHS):
        for half in np.array_split(rng.permutation(len(x)), 2):
            if all(runner.reached for runner in runners):
                break
            for runner in runners:
                if runner.seconds < limit:
                    train(runner, x[half], y[half], test, options.target)
            said = ", ".join(f"{r.name} {r.accuracy:.4f} after {r.seconds:.0f} s" for r in runners)
            print(f"  {said}, load {psutil.getloadavg()[0]:.1f}", flush=True)

    rows = [
        (
            f"ResNet-8 {runner.name}",
            f"{size_of(runner.model).trainable:,}",
            f"{runner.reached:.0f}" if runner.reached else "not reached",
            f"{runner.accuracy:.4f} after {runner.seconds:.0f} s",
        )
        for runner in runners
    ]
    print(table(("network", "parameters", f"seconds to {options.target:.0%}", "at the end"), rows))
    cbam, plain = (runner.reached for runner in runners)
    if cbam and plain:
        print(f"CBAM / plain: {cbam / plain:.2f} in time to {options.target:.0%}")
    sys.exit(0 if cbam and cbam <= limit else 1)


def train(
    runner: Runner, x: np.ndarray, y: np.ndarray, test: tuple[np.ndarray, np.ndarray], target: float
) -> None:
    """Let a network have its turn: these images once, then a look at the test images."""
    start = time.perf_counter()
    runner.model.fit(x, y, batch_size=BATCH, shuffle=False, verbose=0)
    runner.seconds += time.perf_counter() - start
    runner.accuracy = float(runner.model.evaluate(*test, batch_size=500, verbose=0)[1])
    if runner.reached is None and runner.accuracy >= target:
        runner.reached = runner.seconds


if __name__ == "__main__":
    main()
