"""How long a small ResNet needs for 90 % on Fashion-MNIST, with CBAM in every block and without.

    FASHION_MNIST_DIR=... python benchmarks/time_to_accuracy.py [--target 0.9] [--minutes 10]

Both networks get the same seed, batches and schedule, and train one after the other in a process with two
threads. The clock counts training only, not the looks at the 10,000 test images after every half epoch. The
schedule is planned in steps, so that it does not depend on the machine. Printed are the seconds to the target
and their ratio, beside the machine and its load: on a busy machine only the ratio means something.
"""

import argparse
import os
import sys
import time

import keras
import numpy as np
import psutil
import tensorflow as tf

from course_lib.blocks import CBAM, Attention, plug
from course_lib.count import size_of, table
from course_lib.data import fashion_mnist
from course_lib.networks import small_resnet

CORES, SEED, BATCH, EPOCHS, RATE = 2, 1, 128, 6, 4e-3


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


def seconds_to(
    target: float, model: keras.Model, x: np.ndarray, y: np.ndarray, test: tuple, minutes: float
) -> tuple[float | None, float, float]:
    """Seconds of training until the target is met (None if it is not), seconds in all, last accuracy."""
    halves = np.array_split(np.arange(len(x)), 2)
    rng, spent, reached, accuracy = np.random.default_rng(SEED), 0.0, None, 0.0
    for _ in range(EPOCHS):
        order = rng.permutation(len(x))
        for half in halves:
            chosen = order[half]
            start = time.perf_counter()
            model.fit(x[chosen], y[chosen], batch_size=BATCH, shuffle=False, verbose=0)
            spent += time.perf_counter() - start
            accuracy = float(model.evaluate(*test, batch_size=500, verbose=0)[1])
            print(f"  {spent:5.0f} s  {accuracy:.4f}", flush=True)
            if accuracy >= target and reached is None:
                reached = spent
            if spent > 60 * minutes:
                return reached, spent, accuracy
    return reached, spent, accuracy


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", type=float, default=0.9, help="share of test images to get right")
    parser.add_argument("--minutes", type=float, default=10, help="training stops after so many")
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(CORES)
    tf.config.threading.set_inter_op_parallelism_threads(CORES)

    data = fashion_mnist()
    if data.source != "Fashion-MNIST":
        sys.exit("This benchmark needs the real images; set FASHION_MNIST_DIR to a folder that has them.")
    x, y = data.x_train[..., None] / np.float32(255), data.y_train  # (60000, 28, 28, 1)
    test = data.x_test[..., None] / np.float32(255), data.y_test
    print(f"{CORES} threads on {os.cpu_count()} cores, load before the start {psutil.getloadavg()[0]:.1f}")

    steps = EPOCHS * -(-len(x) // BATCH)
    rows, first = [], {}
    for name, attention in (("CBAM", plug(CBAM, reduction=8)), ("plain", None)):
        model = network(attention, steps)
        print(f"{name}, {model.count_params():,} parameters, load {psutil.getloadavg()[0]:.1f}")
        reached, spent, accuracy = seconds_to(options.target, model, x, y, test, options.minutes)
        first[name] = reached
        rows.append(
            (
                f"ResNet-8 {name}",
                f"{size_of(model).trainable:,}",
                f"{reached:.0f}" if reached else "not reached",
                f"{accuracy:.4f} after {spent:.0f} s",
            )
        )
    print(table(("network", "parameters", f"seconds to {options.target:.0%}", "at the end"), rows))
    if all(first.values()):
        print(f"CBAM / plain: {first['CBAM'] / first['plain']:.2f} in time to {options.target:.0%}")
    sys.exit(0 if first["CBAM"] and first["CBAM"] <= 60 * options.minutes else 1)


if __name__ == "__main__":
    main()
