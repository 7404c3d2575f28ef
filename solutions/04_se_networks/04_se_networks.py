# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 04 · SE networks
#
# **By the end you will have shown why a deep network needs a way past its layers, where a gate belongs on
# that way, and what the gate costs and gains when it is measured fairly.**
#
# | | |
# |---|---|
# | Time | about 100 minutes |
# | Difficulty | ●●●○○ |
# | Run time | two to three minutes on two processor cores (profile `quick`) |
# | You need | lesson 01; batch normalisation by name |
# | Points | 20: 14 for the exercises, 3 for the quiz, 3 for the written answer |

# %% [markdown]
# ## What you will do
#
# 1. **Write a residual block**: two convolutions, and a way past them.
# 2. **Assemble** a residual network from blocks.
# 3. **Watch depth fail** without the way past, and measure one reason.
# 4. **Put the gate in**: the SE-ResNet module and the SE-Inception module.
# 5. **Rebuild the papers' numbers** with your own blocks: parameters and multiply–adds.
# 6. **Weigh** what SE costs against what it gains, beside a control that costs the same.

# %% [markdown]
# ## Set-up

# %%
import course_lib

session = course_lib.setup(seed=1)

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from course_lib import blocks, check, count, data, earlier, figures, networks, training
from course_lib.networks.conv_norm import conv_norm

# %% [markdown]
# ## A question to begin with
#
# Take a trained network of 8 layers and put 24 more between its middle and its end. The longer network can do
# everything the shorter one can: the new layers need only pass on what they get. So it should fit its
# **training** images at least as well.
#
# We shrink Fashion-MNIST to 14 × 14, so that even 32 layers train in a minute.


# %%
def shrink(images):
    """Average squares of 2 × 2 pixels: uint8 (N, 28, 28) to float32 (N, 14, 14, 1) in [0, 1]."""
    squares = images.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4))  # (N, 14, 14)
    return (squares[..., None] / 255).astype("float32")


dataset = data.fashion_mnist()
n = session.pick(smoke=200, quick=2000, full=20000)
x_train, y_train = shrink(dataset.x_train[:n]), dataset.y_train[:n]
x_test, y_test = shrink(dataset.x_test[:n]), dataset.y_test[:n]

# %%
fig = figures.contact_sheet(x_train[:8], [data.CLASS_NAMES[y] for y in y_train[:8]], columns=8)
figures.show(fig, alt="Eight garments of 14 by 14 pixels, coarse but still recognisable.")

# %% [markdown]
# **The 8-layer network will reach some training accuracy. What will the 32-layer one reach, trained just as
# long, on the same images?**
#
# Write down your guess, as the difference in points: +5 if you think that the deep one fits better by five
# of a hundred images, 0 for "the same", a negative number for worse.

# %%
my_guess = 0  # change me: points, deep minus shallow

# %% [markdown]
# ## The idea in two equations
#
# A **residual block** (He and others, 2015) does not ask its layers for the result. It asks for the
# *change*, and adds the input back:
#
# $$y = \delta\big(F(x) + x\big), \qquad F(x) = \nu\big(W_2 * \delta(\nu(W_1 * x))\big)$$
#
# An **SE-ResNet module** (Hu and others, 2018) scales the change, channel by channel, *before* it is added:
#
# $$y = \delta\big(s \cdot F(x) + x\big), \qquad s = \text{gates of } F(x)$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $x$ | `x` | feature map that comes in | `(N, H, W, A)` |
# | $W_1 *, W_2 *$ | `Conv2D` layers | 3 × 3 convolutions without biases | `(3, 3, A, C)`, `(3, 3, C, C)` |
# | $\nu$ | `BatchNormalization` | batch normalisation | |
# | $\delta$ | `ReLU` | $\delta(a) = \max(0, a)$ | |
# | $F(x)$ | the branch | the change | `(N, H, W, C)` |
# | $s$ | made by `attention` | one gate per channel, as in lesson 01 | `(N, 1, 1, C)` |
# | $y$ | what you return | | `(N, H, W, C)` |
#
# The way that $x$ takes past the layers is called a **shortcut**, or **skip connection**. Where $x$ and $F(x)$ differ in
# shape, $x$ goes through a 1 × 1 convolution first: the **projection**.
#
# **Batch normalisation** takes each channel over the whole batch, subtracts its mean and divides by its standard
# deviation. Then it multiplies by a factor and adds an offset, both learned, one pair per channel. When the network
# is used and not trained, it takes running averages in the place of the batch's own numbers.

# %% [markdown]
# ## A feature map small enough to hold in your head
#
# One image, 1 × 3 positions, 2 channels. Both kernels are zero but for their centre, so that every position
# stands alone, and batch normalisation leaves everything as it is.

# %%
tiny = np.array([[[1, 2], [3, -1], [1, 5]]], dtype=float)
H, W, C = tiny.shape  # (1, 3, 2)
W1 = np.array([[1, -1], [0, 1]], dtype=float)  # (channels in, channels out), at the centre of the kernel
W2 = np.array([[1, 0], [-1, 1]], dtype=float)

# %% [markdown]
# ---
# ## 1 · The residual block
#
# $$y = \delta\big(F(x) + x\big)$$
#
# In plain loops:

# %%
branch_loops, residual_loops = np.zeros_like(tiny), np.zeros_like(tiny)
for i in range(W):
    here = tiny[0, i]
    hidden = [max(0.0, sum(here[c] * W1[c, k] for c in range(C))) for k in range(C)]
    branch_loops[0, i] = [sum(hidden[c] * W2[c, k] for c in range(C)) for k in range(C)]
    residual_loops[0, i] = [max(0.0, branch_loops[0, i, c] + here[c]) for c in range(C)]
    print(f"position {i}: x {here.tolist()}, hidden {[float(h) for h in hidden]},", end=" ")
    print(f"F {branch_loops[0, i].tolist()}, y {residual_loops[0, i].tolist()}")

# %% [markdown]
# Look at position 2. There $F$ is −3 in channel 0, and the sum is −2: **the change may be negative**, and only
# the sum goes through the last ReLU.
#
# <div class="alert alert-info">
#
# ### Exercise 1 · `residual_block`
# **5 points · difficulty ●●○○○ · about 25 minutes**
#
# **Goal.** Convolve, normalise, ReLU, convolve, normalise; add the input; ReLU.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, A)` |
# | after the first convolution | `(N, H/strides, W/strides, filters)` |
# | after the second | the same |
# | shortcut, projected where needed | the same |
# | goes out | the same |
#
# **Two worked numbers.** In the tiny map, position 1 has $F$ = 3 and 0; with $x$ = 3 and −1 the block gives
# 6 and 0.
#
# **How.** `layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=...)`. The first
# convolution has the strides, the second has none. `layers.BatchNormalization(momentum=0.9, name=...)`
# follows each of them. (The momentum is for the short training here. The check does not look at it.) `layers.Add`
# takes a list of two tensors.
#
# **The projection.** If `strides` is above 1, or `x` does not have `filters` channels, then `x` goes through a
# 1 × 1 convolution with `filters` filters and the same strides, and a batch normalisation, before it is added.
# Otherwise `x` is added as it is.
#
# In the picture below yours may be off by a few thousandths: batch normalisation adds a small number to the variance
# before it divides.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "residual_block", "locked": false, "schema_version": 3, "solution": true, "task": false}
def residual_block(x: keras.KerasTensor, filters: int, name: str, strides: int = 1) -> keras.KerasTensor:
    """Two 3×3 convolutions, and the input added to what they make of it.

    x: feature map, (N, H, W, A).
    filters: C, the channels that go out. strides: of the first convolution, and of the projection.
    name: start of the names of all layers made here.
    Returns (N, H/strides, W/strides, C).
    """
    ### BEGIN SOLUTION
    y = layers.Conv2D(filters, 3, strides, padding="same", use_bias=False, name=name + "_conv1")(x)
    y = layers.BatchNormalization(momentum=0.9, name=name + "_norm1")(y)
    y = layers.ReLU(name=name + "_relu1")(y)  # (N, H/strides, W/strides, C)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv2")(y)
    y = layers.BatchNormalization(momentum=0.9, name=name + "_norm2")(y)
    if strides > 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides, use_bias=False, name=name + "_project")(x)
        x = layers.BatchNormalization(momentum=0.9, name=name + "_norm3")(x)
    y = layers.Add(name=name + "_add")([y, x])
    return layers.ReLU(name=name + "_relu2")(y)
    ### END SOLUTION


# %%
def centred(matrix):
    """A 3 × 3 kernel that is zero but for its centre: (A, C) to (3, 3, A, C)."""
    return np.pad(matrix[None, None], ((1, 1), (1, 1), (0, 0), (0, 0)))


def your_residual():
    ones, zeros = np.ones(C), np.zeros(C)  # batch normalisation that changes nothing
    weights = [centred(W1), ones, zeros, centred(W2), ones, zeros]
    return training.apply_block(lambda x: residual_block(x, C, "tiny"), tiny[None], weights)[0, 0].T


# %%
fig = figures.target_beside_yours(residual_loops[0].T, your_residual, rows="channel", columns="position")
figures.show(fig, alt="Left, the two channels of the tiny map after the block. Right, what yours returns.")

# %% nbgrader={"grade": true, "grade_id": "check_residual_block", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("residual_block", residual_block)

# %% [markdown]
# <details><summary>"Inputs have incompatible shapes", when I add</summary>
#
# Strides or new channels changed the branch and not `x`. That is what the projection is for. Or the second
# convolution has strides too: only the first has them.
# </details>
#
# <details><summary>My output has negative values</summary>
#
# The last ReLU comes after the addition.
# </details>
#
# <details><summary>My output is never smaller than the input</summary>
#
# There is a ReLU at the end of the branch, so that the change cannot be negative.
# </details>
#
# <details><summary>The check says that an empty branch does not let x through</summary>
#
# When all kernels are zero, $F(x) = 0$, and ReLU(x) should come out. Do you add `x` itself, or did you reuse
# the name `x` for something else on the way? A projection that is always there also blocks the way.
# </details>
#
# <details><summary>"normalised by the batch's own mean and variance, the output is not that of the equation"</summary>
#
# A batch normalisation is missing, or stands in another place. There is one directly behind each convolution: before
# the ReLU, and before the addition.
# </details>
#
# <details><summary>The picture says "weight arrays of sizes …"</summary>
#
# It puts its own kernels in: two 3 × 3 kernels, and two numbers per channel for each batch normalisation. Look for a
# layer that is missing, or a projection where none is needed. (Biases do no harm, and nothing useful either: a batch
# normalisation follows. Picture and check let them pass, but your parameters are then not those of the papers.)
# </details>

# %% [markdown]
# ---
# ## 2 · A network of blocks
#
# Blocks of one width make a **stage**. Where a new stage begins, the map gets smaller and the width larger:
#
# $$\underbrace{B_{w_1} \cdots B_{w_1}}_{u_1}\;\;
# \underbrace{B_{w_2}^{/2}\, B_{w_2} \cdots}_{u_2}\;\;
# \underbrace{B_{w_3}^{/2}\, B_{w_3} \cdots}_{u_3}\;\;
# \text{mean}\;\;\text{dense}\;\;\text{softmax}$$
#
# | symbol | in the code | meaning |
# |---|---|---|
# | $w_1, w_2, \ldots$ | `widths` | filters of the blocks of each stage |
# | $u_1, u_2, \ldots$ | `units` | how many blocks each stage has |
# | $B^{/2}$ | `strides=2` | a block that halves height and width |
#
# In plain loops, for three stages on a map of 28 × 28:

# %%
widths, units, size = (16, 32, 64), (2, 1, 2), 28
for stage in range(3):
    for unit in range(units[stage]):
        halves = stage > 0 and unit == 0
        size = -(-size // 2) if halves else size  # half of it, rounded up
        print(
            f"stage {stage}, block {unit}: strides {2 if halves else 1}, out ({size}, {size}, {widths[stage]})"
        )

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 2 · `resnet`
# **3 points · difficulty ●●○○○ · about 20 minutes**
#
# **Goal.** The stages one after the other; then the mean over all positions, a dense layer and a softmax.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, A)` |
# | after the first stage | `(N, H, W, widths[0])` |
# | after the second | `(N, H/2, W/2, widths[1])`, and so on |
# | goes out | `(N, classes)`, each row adds up to 1 |
#
# **Two worked numbers.** With `units=(2, 1, 2)` there are 5 blocks. From 28 × 28 the last ones work on 7 × 7.
#
# **How.** `block` is a function that you get: call it as `block(x, filters, name, strides=...)`. It may be your
# `residual_block`, or any other that is called in the same way. `zip(widths, units)` goes through both
# together; `enumerate` counts.
#
# **Take care.** Every block needs a name of its own, made from `name`, the stage and the unit.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "resnet", "locked": false, "schema_version": 3, "solution": true, "task": false}
def resnet(x: keras.KerasTensor, widths, units, block, classes: int, name: str) -> keras.KerasTensor:
    """Stages of blocks, then the mean over all positions and a softmax.

    x: feature map, (N, H, W, A).
    widths: filters of each stage. units: number of blocks of each stage.
    block: called as block(x, filters, name, strides=1 or 2).
    name: start of the names of all layers made here.
    Returns the probabilities, (N, classes).
    """
    ### BEGIN SOLUTION
    for stage, (width, repeats) in enumerate(zip(widths, units, strict=True)):
        for unit in range(repeats):
            strides = 2 if stage > 0 and unit == 0 else 1
            x = block(x, width, f"{name}_stage{stage}_block{unit}", strides=strides)
    pooled = layers.GlobalAveragePooling2D(name=name + "_mean")(x)  # (N, widths[-1])
    return layers.Dense(classes, activation="softmax", name=name + "_classes")(pooled)  # (N, classes)
    ### END SOLUTION


# %% [markdown]
# Your network with your blocks, on three stages: the shapes first.


# %%
def your_shapes():
    x = keras.Input((28, 28, 16))
    sizes = []  # height and channels behind every block

    def noted(x, filters, name, strides=1):
        y = residual_block(x, filters, name, strides)
        sizes.append((y.shape[1], y.shape[-1]))
        return y

    resnet(x, (16, 32, 64), (2, 1, 2), noted, 10, "look")
    return np.array(sizes).T


# %%
target = np.array([[28, 28, 14, 7, 7], [16, 16, 32, 64, 64]])
fig = figures.target_beside_yours(target, your_shapes, rows="height, channels", columns="block")
figures.show(fig, alt="Left, height and channels after each of five blocks. Right, those of your network.")

# %% nbgrader={"grade": true, "grade_id": "check_resnet", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("resnet", resnet)

# %% [markdown]
# <details><summary>"Two blocks get the same name"</summary>
#
# Two blocks got the same name. Put both the stage and the unit into it.
# </details>
#
# <details><summary>My map shrinks at every block, or too early</summary>
#
# Only the *first* block of a stage halves the size, and the first stage does not.
# </details>
#
# <details><summary>My network has the right shapes and too many weights</summary>
#
# Take the mean over all positions before the dense layer. Flattening keeps every position.
# </details>

# %% [markdown]
# ---
# ## Put it to work: depth, with and without the way past
#
# From here on the course's `conv_norm` saves typing: a 3 × 3 or 1 × 1 convolution without bias, padded to the same
# size, then batch normalisation, and a ReLU if asked for. With it, a **plain** block is what is left of a
# residual block without the addition:


# %%
def plain_block(x, filters, name, strides=1):
    """Two convolutions and no way past them: (N, H, W, A) to (N, H/strides, W/strides, filters)."""
    h = conv_norm(x, filters, 3, strides, name=name + "_first", relu=True)
    return conv_norm(h, filters, 3, name=name + "_second", relu=True)


# %%
budget = {"epochs": session.pick(smoke=1, quick=8, full=20), "batch_size": 100}


def classifier(block, widths, units):
    """Return a compiled network for images of 14 × 14: a stem that halves the size, then `resnet`."""
    x = keras.Input((14, 14, 1))  # (N, 14, 14, 1)
    h = conv_norm(x, widths[0], 3, 2, name="stem", relu=True)  # (N, 7, 7, widths[0])
    model = keras.Model(x, resnet(h, widths, units, block, 10, "net"))  # (N, 10)
    steps = budget["epochs"] * (n // budget["batch_size"])
    rate = keras.optimizers.schedules.CosineDecay(2e-3, steps)  # the learning rate falls to 0
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %%
SHALLOW, DEEP = (3,), (15,)  # blocks of two layers each, with stem and dense layer: 8 and 32 layers
four = {
    "plain, 8 layers": (plain_block, SHALLOW),
    "plain, 32 layers": (plain_block, DEEP),
    "residual, 8 layers": (residual_block, SHALLOW),
    "residual, 32 layers": (residual_block, DEEP),
}
for title, (kind, stack) in four.items():
    print(f"{title:19} {classifier(kind, (16,), stack).count_params():7,d} parameters")


# %%
def fresh(block, units):
    """Return an untrained network of one stage; its first weights come from the lesson's seed."""
    keras.utils.set_random_seed(session.seed)
    return classifier(block, (16,), units)


# %% [markdown]
# The way past costs nothing: an addition has no parameters. Now train all four, with the same images, order and
# seed.

# %%
options = budget | {"seed": session.seed}
runs = {}
for title, (kind, stack) in four.items():
    runs[title] = training.fit(fresh(kind, stack), x_train, y_train, **options, label=title)

# %% [markdown]
# ### What the training images say

# %%
curves = {title: run["loss"] for title, run in runs.items()}
fig = figures.learning_curves(curves, ylabel="loss on the training images")
figures.show(
    fig, alt="Training loss over the epochs of four networks: plain and residual, each with 8 and 32 layers."
)

# %%
fitted = {title: run["accuracy"][-1] for title, run in runs.items()}
fig = figures.compare(fitted, xlabel="share of training images right, last epoch (one run)")
figures.show(fig, alt="Training accuracy of the plain and the residual network with 8 and with 32 layers.")

# %% [markdown] worked="95 %"
# This is no overfitting: these are the *training* images. The deep plain network could copy the shallow one and
# does not. It does not find the way. He and others call this the **degradation problem**: more layers, and a worse fit of
# the very images the network is trained on. Over {{claim:04.plain_deep_fits_worse:seeds}} paired seeds:
#
# | training images right | 8 layers | 32 layers | deep minus shallow, 95 % interval |
# |---|---|---|---|
# | plain | {{claim:04.plain_deep_fits_worse:against}} | {{claim:04.plain_deep_fits_worse:mean}} | {{claim:04.plain_deep_fits_worse:interval}} |
# | residual | {{claim:04.residual_deep_fits_better:against}} | {{claim:04.residual_deep_fits_better:mean}} | {{claim:04.residual_deep_fits_better:interval}} |
#
# Such an interval is made from the paired differences, one per seed: they are drawn again and again, with repetition, and
# the interval shows where most of the means fall. In lesson 09 you build an interval yourself.
#
# On *new* images the deep residual network gets {{claim:04.deep_on_new_images:mean}} right and the deep plain one
# {{claim:04.deep_on_new_images:against}} (interval of the difference {{claim:04.deep_on_new_images:interval}}).
# Against the shallow residual network the difference is {{claim:04.residual_on_new_images:difference}} (interval
# {{claim:04.residual_on_new_images:interval}}).
#
# ### One reason: gradients that do not agree
#
# Training follows the gradient for a short step. That only helps if the gradient a short step away says nearly
# the same. So nudge every image by a little noise, and compare two gradients of the loss: at the image, and beside
# it. Their cosine is 1 when they point the same way, and 0 when they have nothing to do with each other.


# %%
def input_gradients(model, x, y):
    """How the loss changes with every pixel, as in training: (N, 14, 14, 1) to (N, 196)."""
    x = tf.convert_to_tensor(x, "float32")
    with tf.GradientTape() as tape:
        tape.watch(x)
        losses = keras.losses.sparse_categorical_crossentropy(y, model(x, training=True))  # (N,)
    return np.reshape(tape.gradient(losses, x), (len(y), -1))


def agreement(model, x, y):
    """Mean cosine between the gradients at the images and at the same images with a little noise."""
    noise = 0.01 * np.random.default_rng(0).standard_normal(x.shape)
    here, beside = input_gradients(model, x, y), input_gradients(model, x + noise, y)
    lengths = np.linalg.norm(here, axis=1) * np.linalg.norm(beside, axis=1)
    return float(np.mean((here * beside).sum(axis=1) / lengths))


# %%
agreements = {}
for title, (kind, stack) in four.items():
    agreements[title] = agreement(fresh(kind, stack), x_train[:100], y_train[:100])
fig = figures.compare(agreements, xlabel="cosine of neighbouring gradients, before training (one run)")
figures.show(fig, alt="Cosines of neighbouring gradients before training, one bar for each of four networks.")

# %% [markdown]
# Over all seeds the cosine falls from {{claim:04.plain_gradients_shatter:against}} in the plain network of 8
# layers to {{claim:04.plain_gradients_shatter:mean}} in that of 32. With the way past it is
# {{claim:04.residual_gradients_hold:mean}} at 32 layers. Balduzzi and others (2017) call such gradients
# *shattered*. What was measured is the gradient at the pixels, beside each image. Training follows the gradient at the
# weights; if that breaks up in the same way, each step is nearly blind to the next.
#
# This shows that gradients and training go wrong together, and that the way past mends both. It does not show
# that the one causes the other.

# %% [markdown] worked="0.5 0.8"
# ---
# ## 3 · The gate on the way: the SE-ResNet module
#
# $$y = \delta\big(s \cdot F(x) + x\big)$$
#
# The gate is computed from the change $F(x)$ and scales the change. What is added to it is $x$ itself, at full
# strength. In plain loops, with gates chosen by hand, 0.5 for channel 0 and 0.8 for channel 1:

# %%
s_by_hand = np.array([0.5, 0.8])
se_loops = np.zeros_like(tiny)
for i in range(W):
    for c in range(C):
        scaled = s_by_hand[c] * branch_loops[0, i, c]
        se_loops[0, i, c] = max(0.0, scaled + tiny[0, i, c])
        print(f"position {i}, channel {c}: {s_by_hand[c]} × ({branch_loops[0, i, c]:g})", end=" ")
        print(f"+ ({tiny[0, i, c]:g}) = {scaled + tiny[0, i, c]:g}, y {se_loops[0, i, c]:g}")

# %% [markdown] worked="1.5 4.5 0.8 3.2 8.2"
# <div class="alert alert-info">
#
# ### Exercise 3 · `se_residual_block`
# **4 points · difficulty ●●○○○ · about 20 minutes**
#
# **Goal.** The residual block again, with `attention` on the branch: after its last normalisation, before the
# addition.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, A)` |
# | branch $F(x)$ | `(N, H/strides, W/strides, filters)` |
# | branch after `attention` | the same |
# | shortcut, projected where needed | the same |
# | goes out | the same |
#
# **Two worked numbers.** Position 1, channel 0: half of 3 is 1.5, and with 3 it gives 4.5. Position 2, channel
# 1: 0.8 of 4 is 3.2, and with 5 it gives 8.2.
#
# **How.** `attention` is a function that you get: `attention(y, name)` returns `y` refined, in the same shape.
# Any block of this course fits, your `channel_attention` of lesson 01 too. Use it as it is, once.
# `conv_norm(x, filters, kernel_size, strides, name=..., relu=True)` convolves, normalises and ends with a
# ReLU; without `relu` it ends with the normalisation. The strides are 1 unless you give them.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "se_residual_block", "locked": false, "schema_version": 3, "solution": true, "task": false}
def se_residual_block(
    x: keras.KerasTensor, filters: int, attention, name: str, strides: int = 1
) -> keras.KerasTensor:
    """A residual block whose change is refined by attention before the input is added.

    x: feature map, (N, H, W, A).
    filters: C, the channels that go out. strides: of the first convolution, and of the projection.
    attention: called as attention(y, name); returns y refined, in the same shape.
    name: start of the names of all layers made here.
    Returns (N, H/strides, W/strides, C).
    """
    ### BEGIN SOLUTION
    y = conv_norm(x, filters, 3, strides, name=name + "_1", relu=True)
    y = conv_norm(y, filters, 3, name=name + "_2")  # (N, H/strides, W/strides, C)
    y = attention(y, name + "_se")
    if strides > 1 or x.shape[-1] != filters:
        x = conv_norm(x, filters, 1, strides, name=name + "_shortcut")
    y = layers.Add(name=name + "_sum")([y, x])
    return layers.ReLU(name=name + "_out")(y)
    ### END SOLUTION


# %%
def gates_by_hand(y, name):
    """The gates of the loops, as an attention function."""
    return layers.Rescaling(s_by_hand.tolist(), name=name)(y)


def your_se():
    ones, zeros = np.ones(C), np.zeros(C)
    weights = [centred(W1), ones, zeros, centred(W2), ones, zeros]
    refined = training.apply_block(
        lambda x: se_residual_block(x, C, gates_by_hand, "tiny"), tiny[None], weights
    )
    return refined[0, 0].T


# %% worked="0.5 0.8"
fig = figures.target_beside_yours(se_loops[0].T, your_se, rows="channel", columns="position")
figures.show(fig, alt="Left, the two channels after the module with gates of 0.5 and 0.8. Right, yours.")

# %% nbgrader={"grade": true, "grade_id": "check_se_residual_block", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("se_residual_block", se_residual_block)

# %% [markdown]
# <details><summary>The check says that the shortcut is scaled</summary>
#
# You applied `attention` after the addition, or to `x`. Then the gates close the way past, too.
# </details>
#
# <details><summary>Nearly right, but the numbers differ a little</summary>
#
# There may be a ReLU between the branch and the gate. The gate sees the change with its negative values.
# </details>
#
# <details><summary>"A gate of your own is used in place of the one that is handed in"</summary>
#
# You made a block of your own inside. Use the `attention` that is handed in.
# </details>
#
# <details><summary>"normalised by the batch's own mean and variance, the output is not that of the equation"</summary>
#
# Both convolutions of the branch are followed by a batch normalisation. `conv_norm` has it built in.
# </details>
#
# <details><summary>"A function was called with the wrong arguments"</summary>
#
# `conv_norm` takes `name` by keyword: `name=...`. `attention` takes it as its second argument.
# </details>

# %% [markdown] worked="23.30 % 22.28 % 22.23 % 22.20 % 22.78 %"
# ### Other places for the gate
#
# The paper tried four places in a ResNet-50 on ImageNet (its table 14; errors, one number each):
#
# | gate | error |
# |---|---|
# | none | 23.30 % |
# | on the branch, before the addition: your module | 22.28 % |
# | before the branch ("PRE") | 22.23 % |
# | on the shortcut ("Identity") | 22.20 % |
# | after the addition and the ReLU ("POST") | 22.78 % |
#
# Three are as good as equal: differences of a few hundredths without a spread show nothing. One is half a point worse,
# also in one run. In it every block scales *everything*. (The gate on the shortcut scales $x$ as well, and did no harm; one table of single
# runs does not tell why.) Put blocks in a row, with empty branches and all gates at one half, and see what
# is left of an $x$ that is 1 everywhere:


# %%
def half(y, name):
    """Attention whose gates are all one half."""
    return layers.Rescaling(0.5, name=name)(y)


def what_is_left(place, depth):
    """What comes out of `depth` blocks with empty branches when 1 goes in."""
    x = y = keras.Input((1, 3, 2))
    for number in range(depth):
        y = place(y, f"block{number}")
    model = keras.Model(x, y)
    for weight in model.trainable_variables:
        if weight.path.endswith("kernel"):
            weight.assign(0 * weight)  # no kernels, no change
    return float(np.max(model(np.ones((1, 1, 3, 2)), training=False)))


# %%
for depth in (1, 5, 10, 20):
    yours = what_is_left(lambda x, name: se_residual_block(x, 2, half, name), depth)
    post = what_is_left(lambda x, name: half(residual_block(x, 2, name), name + "_gate"), depth)
    print(f"{depth:2} blocks: {yours:.6f} with your module, {post:.6f} with the gate behind the sum")

# %% [markdown]
# ---
# ## 4 · The SE-Inception module
#
# An **Inception** module (Szegedy and others, 2014) looks with several kernels side by side and joins what
# they see along the channels. (The paper's has four branches. Yours has three: it lacks the one of 5 × 5, and the 1 × 1
# convolution that the paper puts in front of its 3 × 3 to make it cheaper.) It has no shortcut. SE comes at its end, **once**, on the joined map:
#
# $$u = [\,b_1(x)\;;\;b_2(x)\;;\;b_3(x)\,], \qquad y = s \cdot u, \qquad s = \text{gates of } u$$
#
# Why once? The gate of a channel should know *all* channels. Here is a gate that compares each channel with
# the mean of those that it sees, in plain loops. The branches have 1, 2 and 1 channels:

# %%
squeezed = [[2.0], [1.0, 3.0], [6.0]]  # the mean of each channel, branch by branch
joined = [z for branch in squeezed for z in branch]
for branch in squeezed:
    for z in branch:
        alone, together = z - sum(branch) / len(branch), z - sum(joined) / len(joined)
        gates = [1 / (1 + np.exp(-score)) for score in (alone, together)]
        print(
            f"channel mean {z:g}: gate {gates[0]:.3f} in its branch alone, {gates[1]:.3f} in the joined map"
        )

# %% [markdown] worked="0.269 0.119"
# A branch of one channel has nothing to compare with: alone, its gate is one half whatever it sees.
#
# <div class="alert alert-info">
#
# ### Exercise 4 · `se_inception_block`
# **2 points · difficulty ●●○○○ · about 15 minutes**
#
# **Goal.** Three branches, joined along the channels in this order, then `attention`, once:
#
# 1. a 1 × 1 convolution with `widths[0]` filters;
# 2. a 3 × 3 convolution with `widths[1]` filters;
# 3. a 3 × 3 max pooling that keeps the size, then a 1 × 1 convolution with `widths[2]` filters.
#
# Every convolution is followed by a normalisation and a ReLU: `conv_norm(..., relu=True)`.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, A)` |
# | the branches | `(N, H, W, widths[0])`, `(N, H, W, widths[1])`, `(N, H, W, widths[2])` |
# | joined | `(N, H, W, sum(widths))` |
# | goes out | the same |
#
# **Two worked numbers.** With widths 4, 6 and 5 the output has 15 channels. In the lines printed above the channel of
# mean 1 has the gate 0.269 in its branch alone and 0.119 in the joined map.
#
# **How.** `layers.MaxPooling2D(3, strides=1, padding="same", name=...)` keeps the size.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "se_inception_block", "locked": false, "schema_version": 3, "solution": true, "task": false}
def se_inception_block(x: keras.KerasTensor, widths, attention, name: str) -> keras.KerasTensor:
    """Three branches side by side, and attention on the joined map.

    x: feature map, (N, H, W, A).
    widths: filters of the 1×1 convolution, of the 3×3 convolution, and of the 1×1 behind the pooling.
    attention: called as attention(y, name); returns y refined, in the same shape.
    name: start of the names of all layers made here.
    Returns (N, H, W, sum of widths).
    """
    ### BEGIN SOLUTION
    point = conv_norm(x, widths[0], 1, name=name + "_point", relu=True)
    square = conv_norm(x, widths[1], 3, name=name + "_square", relu=True)
    pooled = layers.MaxPooling2D(3, strides=1, padding="same", name=name + "_pool")(x)
    pooled = conv_norm(pooled, widths[2], 1, name=name + "_pooled", relu=True)
    joined = layers.Concatenate(name=name + "_join")([point, square, pooled])
    return attention(joined, name + "_se")  # (N, H, W, sum of widths)
    ### END SOLUTION


# %%
def your_module():
    x = keras.Input((28, 28, 12))
    seen = []  # the channels of what `attention` gets

    def attention(y, name):
        seen.append(y.shape[-1])
        return y

    out = se_inception_block(x, (4, 6, 5), attention, "look")
    return np.array([[*out.shape[1:], len(seen), sum(seen)]])


# %%
target = np.array([[28, 28, 15, 1, 15]])  # out: height, width, channels; calls of attention, channels it saw
fig = figures.target_beside_yours(target, your_module, columns="height, width, channels; calls, seen")
figures.show(
    fig, alt="Left, output of 28 by 28 by 15 with one call of attention on 15 channels. Right, yours."
)

# %% nbgrader={"grade": true, "grade_id": "check_se_inception_block", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("se_inception_block", se_inception_block)

# %% [markdown]
# <details><summary>My pooling branch is smaller than the others</summary>
#
# A pooling layer moves by its own size unless you say `strides=1`, and it needs `padding="same"`.
# </details>
#
# <details><summary>The weights cannot be matched, or the shape is right and the numbers are not</summary>
#
# Compare with the list of branches: kernel sizes, widths in their order, the convolution *behind* the pooling, and a
# ReLU at the end of each branch.
# </details>
#
# <details><summary>Attention is called three times</summary>
#
# Join first, then gate.
# </details>

# %% [markdown]
# ---
# ## The papers' numbers, from your blocks
#
# ResNet-18 and ResNet-34 are made of exactly your blocks: four stages of 64, 128, 256 and 512 channels behind a
# 7 × 7 convolution. If your network is theirs, the parameters are too, to the last digit that the CBAM paper
# prints.


# %%
def with_attention(attention):
    """Return a block for `resnet`: your SE-ResNet module with this attention in it."""
    return lambda x, filters, name, strides=1: se_residual_block(x, filters, attention, name, strides)


def for_imagenet(block, units):
    """Return the network for images of 224 × 224 with your blocks, not trained."""
    x = keras.Input((224, 224, 3))
    h = conv_norm(x, 64, 7, 2, name="stem", relu=True)  # (N, 112, 112, 64)
    h = layers.MaxPooling2D(3, 2, padding="same")(h)  # (N, 56, 56, 64)
    return keras.Model(x, resnet(h, (64, 128, 256, 512), units, block, 1000, "net"))


# %%
se = blocks.plug(blocks.SqueezeExcitation, reduction=16)
printed = {
    "ResNet-18": (residual_block, (2, 2, 2, 2), "11.69 M", "1.814 G"),
    "ResNet-18 + SE": (with_attention(se), (2, 2, 2, 2), "11.78 M", "1.814 G"),
    "ResNet-34": (residual_block, (3, 4, 6, 3), "21.80 M", "3.664 G"),
    "ResNet-34 + SE": (with_attention(se), (3, 4, 6, 3), "21.96 M", "3.664 G"),
}
rows = []
for title, (kind, stack, parameters, adds) in printed.items():
    ours = count.size_of(for_imagenet(kind, stack))
    rows.append(count.compare(title, ours, parameters, "trainable parameters"))
    rows.append(count.compare(title, ours, adds, "multiply–adds"))
print(count.papers_table(rows))

# %% [markdown]
# `blocks.plug` makes an attention function `(x, name)` of a block of the course. Your own block of lesson 01 fits
# in the same place, and takes part further down.
#
# ResNet-50 has other blocks: 1 × 1, 3 × 3 and 1 × 1 convolutions, the last four times as wide. The gate sits in the
# same place. The course's network shows what that does to the cost:

# %%
bare = count.size_of(networks.resnet(50, stride="v1"))
gated = count.size_of(networks.resnet(50, stride="v1", attention=se))
for what in ("trainable", "multiply_adds"):
    before, after = getattr(bare, what), getattr(gated, what)
    print(f"{what:13} {before:13,d} to {after:13,d}: {100 * (after / before - 1):+.2f} %")

# %% [markdown]
# Read both lines. "SE is nearly free" is true of the multiply–adds: the gate works on one number per channel, the
# convolutions on whole maps. It is not true of the parameters. In a terminal, in the folder of the course,
# `./course papers` prints such a table for every network.
#
# ### The reduction ratio
#
# The gate of a block with $C$ channels has $2C^2/r$ weights and $C + C/r$ biases. Most are where the channels are
# many: in the last stage.

# %%
stages = {256: 3, 512: 4, 1024: 6, 2048: 3}  # channels: blocks of ResNet-50
for ratio in (2, 4, 8, 16, 32):
    per_stage = [many * (2 * wide * (wide // ratio) + wide // ratio + wide) for wide, many in stages.items()]
    total = sum(per_stage)
    print(f"r = {ratio:2}: {total:10,d} more, {100 * total / bare.trainable:4.1f} %;", end=" ")
    print(f"{100 * per_stage[-1] / total:.0f} % of them in the last stage")

# %% [markdown] worked="22.29 % 22.25 % 22.26 % 22.28 % 22.72 % 23.30 %"
# And what does it buy? The paper's errors (table 10 of the journal version, one number each) are 22.29 %, 22.25 %,
# 22.26 %, 22.28 % and 22.72 % for these five, and 23.30 % without a gate. From 2 to 16 hardly
# anything changes but the cost. (The counts above are of gates with biases, the paper's errors of networks whose gates
# have none. The biases are a small part of the cost.)

# %% [markdown]
# ---
# ## What SE gains, beside a control that costs the same
#
# More parameters may help by themselves. So the fair opponent is not the bare network but one that **pays the same
# and cannot look**: the same two dense layers, fed with ones in the place of the squeezed map. Its gates can
# learn to turn channels up or down, once and for all images alike.
#
# If your notebook of lesson 01 is here and passes its check, its `channel_attention` takes part; if not, the course's
# block does, and nothing is lost.

# %%
squeeze_excite = earlier.block(
    "channel_attention", otherwise=blocks.plug(blocks.SqueezeExcitation, reduction=4), reduction=4
)


# %%
def blind_gates(y, name, reduction=4):
    """Gates as in SE, of the same cost, that do not depend on the image: (N, H, W, C) to (N, H, W, C)."""
    ones = keras.ops.ones_like(keras.ops.mean(y, axis=(1, 2), keepdims=True))  # (N, 1, 1, C)
    h = layers.Dense(y.shape[-1] // reduction, activation="relu", name=name + "_reduce")(ones)
    gates = layers.Dense(y.shape[-1], activation="sigmoid", name=name + "_gates")(h)  # (N, 1, 1, C)
    return layers.Multiply(name=name + "_scale")([y, gates])


candidates = {
    "SE": squeeze_excite,
    "blind gates": blind_gates,
    "no gate": lambda y, name: y,
}


def small(refine):
    """Return a classifier of two stages of two blocks, with attention in each."""
    return classifier(with_attention(refine), (16, 32), (2, 2))


# %%
for title, refine in candidates.items():
    ours = count.size_of(small(refine))
    print(f"{title:12} {ours.trainable:7,d} trainable parameters, {ours.multiply_adds:9,d} multiply–adds")

# %%
gains = {}
for title, refine in candidates.items():
    keras.utils.set_random_seed(session.seed)
    model = small(refine)
    training.fit(model, x_train, y_train, **options, label=title)
    gains[title] = model.evaluate(x_test, y_test, batch_size=500, verbose=0)[1]
fig = figures.compare(gains, xlabel="share of new images right (one run)")
figures.show(fig, alt="Accuracy on new images with SE, with blind gates and with no gate, one run each.")

# %% [markdown] worked="95 %"
# One run each. Over {{claim:04.se_against_none:seeds}} paired seeds, each with images, order and first weights of its
# own, tested on 10,000 new images:
#
# | accuracy on new images | mean | of the other | difference, 95 % interval |
# |---|---|---|---|
# | SE, against no gate | {{claim:04.se_against_none:mean}} | {{claim:04.se_against_none:against}} | {{claim:04.se_against_none:interval}} |
# | SE, against blind gates | {{claim:04.se_against_blind:mean}} | {{claim:04.se_against_blind:against}} | {{claim:04.se_against_blind:interval}} |
# | blind gates, against no gate | {{claim:04.blind_against_none:mean}} | {{claim:04.blind_against_none:against}} | {{claim:04.blind_against_none:interval}} |
#
# Read the intervals first: a row whose interval holds zero shows no detectable difference. And only the second row
# speaks about *looking at the image*. The first mixes it with having more parameters; the third is about those alone.
#
# Against no gate, **no difference is detectable**, neither for SE nor for gates that cannot look. The second row is a
# little clear of zero: gates that look got less right than gates of the same cost that do not. But three rows are
# three chances: that one of them is a little clear of zero is a reason to repeat, more than a result.
#
# Did the gates learn their few images by heart? Then they would fit the *training* images better. They fit them worse.
# Counted while training, in the last epoch:
#
# | training images right | mean | of the other | difference, 95 % interval |
# |---|---|---|---|
# | no gate, against SE | {{claim:04.none_fits_better_than_se:mean}} | {{claim:04.none_fits_better_than_se:against}} | {{claim:04.none_fits_better_than_se:interval}} |
# | no gate, against blind gates | {{claim:04.none_fits_better_than_blind:mean}} | {{claim:04.none_fits_better_than_blind:against}} | {{claim:04.none_fits_better_than_blind:interval}} |
# | SE, against blind gates | {{claim:04.se_fits_like_blind:mean}} | {{claim:04.se_fits_like_blind:against}} | {{claim:04.se_fits_like_blind:interval}} |
#
# Without a gate more training images were right than with SE, in {{claim:04.none_fits_better_than_se:pairs}} pairs. So in
# these few epochs a network with gates fits *less*, not too much, whether its gates look or not. Why, these runs do not
# say.
#
# That is not the same as "SE does nothing", or "SE does harm": it is what came out for ten layers and two thousand small
# images. And without the blind control we would have seen the first row alone.

# %% [markdown] worked="23.30 % 22.28 % 22.93 %"
# ---
# ## Limits and controls
#
# **Small is not large.** Ten layers, images of 14 × 14 and two thousand of them say nothing about ImageNet. There, for
# networks fifty layers deep, the paper reports an error of 23.30 % without a gate and 22.28 % with SE. It has a
# control with as many parameters too: the same gate without the squeeze, position by position (table 16, 22.93 %).
# Each is one number without a spread, so nobody can say how sure these steps are.
#
# **Worse training is not the same as less ability.** The deep plain network was trained as long as the others, with the
# same settings. With more epochs, or settings found for it alone, it may come closer; that is not measured here. What
# fails is the search, within a budget that suffices for the others.
#
# **A count is not a clock.** Multiply–adds leave out what a gate really costs: reading and writing the whole map once
# more to scale it.
#
# ### The question from the beginning

# %%
steps = {
    kind: 100 * (fitted[f"{kind}, 32 layers"] - fitted[f"{kind}, 8 layers"]) for kind in ("plain", "residual")
}
print(f"You guessed {my_guess:+g} points for 24 more layers, on the training images.")
print(f"Plain {steps['plain']:+.0f}, residual {steps['residual']:+.0f} (one run each).")

# %% [markdown]
# Over {{claim:04.plain_deep_fits_worse:seeds}} seeds it is {{claim:04.plain_deep_fits_worse:difference}} for the plain
# network and {{claim:04.residual_deep_fits_better:difference}} for the residual one.
#
# So: **that a network can do something does not mean that training finds it.** With blocks that start out near "pass on
# what you get", it was found. And a gate on the change alone cannot close that way.
#
# ### Change it and see
#
# Plain variables. Change one, say aloud what you expect, run the cell.

# %%
WAY = 0.5  # how much of x goes past the layers: 1 is your block, 0 is the plain one
UNITS = (9,)  # 20 layers; try (15,)


def narrow_way(x, filters, name, strides=1):
    """Your module where only a part of x gets past: (N, H, W, filters) to the same.

    In the place of attention something takes the rest of x off the change, before x is added.
    """
    return se_residual_block(x, filters, lambda change, _: change - (1 - WAY) * x, name, strides)


keras.utils.set_random_seed(session.seed)
changed = training.fit(classifier(narrow_way, (16,), UNITS), x_train, y_train, **options, label="changed")
print(f"training images right: {changed['accuracy'][-1]:.3f}")

# %% [markdown]
# ---
# ## Quiz
#
# Work these out on paper, then type the number.
#
# **Question 1.** A `residual_block` gets 64 channels and has `filters=64`, strides 1. How many **trainable**
# parameters has it? Batch normalisation learns a factor and an offset per channel. Put the number into
# `quiz_basic_block_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_basic_block", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_basic_block_answer = None  # your number
### BEGIN SOLUTION
quiz_basic_block_answer = 2 * 9 * 64 * 64 + 2 * 2 * 64
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_basic_block", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_basic_block", quiz_basic_block_answer)

# %% [markdown]
# **Question 2.** ResNet-18 has two blocks in each of four stages, of 64, 128, 256 and 512 channels. How many
# parameters does SE add to it, with $r = 16$ and with biases in both layers of the gate? Put the number into
# `quiz_se_network_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_se_network", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_se_network_answer = None  # your number
### BEGIN SOLUTION
quiz_se_network_answer = sum(2 * (2 * c * (c // 16) + c // 16 + c) for c in (64, 128, 256, 512))
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_se_network", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_se_network", quiz_se_network_answer)

# %% [markdown]
# **Question 3.** An Inception module joins branches of 224, 96, 128 and 128 channels. How many parameters has
# the gate of its SE-Inception module, with $r = 16$ and biases? Put the number into
# `quiz_se_inception_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_se_inception", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_se_inception_answer = None  # your number
### BEGIN SOLUTION
quiz_se_inception_answer = 2 * 576 * 36 + 36 + 576
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_se_inception", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_se_inception", quiz_se_inception_answer)

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_se_networks", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Written answer
#
# <div class="alert alert-info">
#
# ### Is the gate free?
# **3 points · about 10 minutes · five to eight sentences**
#
# A report puts a new gate into a residual network and writes: *"Parameters grow by a tenth, multiply–adds by less
# than a thousandth, so the gate is free. Accuracy rises from one training run to the next. The attention makes
# the network better."*
#
# Say **what is wrong with "free"**, **what one run each cannot show and what you would do instead**, and **which
# control** would tell a gate that looks from one that only has more parameters, and what you would keep equal. Use what
# you saw in this lesson.
#
# | points | for |
# |---|---|
# | 1 | cost has several currencies: parameters and multiply–adds are not the same, and may differ widely |
# | 1 | chance: several paired seeds and an interval, not one run each |
# | 1 | a control of the same cost that cannot look at the image (or is only wider), and what is kept equal |
#
# </div>

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_se_networks", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# "Free" holds for the multiply–adds alone. The gate works on one number per channel, so that it hardly computes
# anything, but its two matrices grow with the square of the channels and make up a tenth of all parameters.
# Who has little memory pays for them, and time on a real machine is a third currency that neither count shows.
#
# One run each shows nothing: the first weights and the order of the images move the accuracy by as much as the
# gate may. The two networks should be trained as pairs, with the same images, order and seed in each pair, over
# at least five seeds, and the differences reported with an interval.
#
# Even a certain gain may come from the parameters and not from looking. A control is a gate with the same
# two layers that gets ones in the place of the squeezed map: it costs the same and cannot depend on the image.
# Data, seeds, epochs and all else stay equal. Only what SE gains against this control is the work of attention.
# ### END SOLUTION

# %% [markdown]
# ## What you have done
#
# In this lesson you
#
# 1. **wrote a residual block**: its layers give the change, and the input is added;
# 2. **assembled** a residual network from blocks, stage by stage;
# 3. **watched depth fail** without the way past, on the training images themselves, and saw gradients that no
#    longer agree;
# 4. **put the gate in**: on the change, before the addition; in an Inception module once, on the joined map;
# 5. **rebuilt** the papers' parameters and multiply–adds from your own blocks;
# 6. **weighed** cost against gain, beside a control that pays the same and cannot look.
#
# ## References
#
# 1. K. He, X. Zhang, S. Ren, J. Sun. *Deep Residual Learning for Image Recognition.* CVPR 2016.
#    [arXiv:1512.03385](https://arxiv.org/abs/1512.03385)
# 2. J. Hu, L. Shen, S. Albanie, G. Sun, E. Wu. *Squeeze-and-Excitation Networks.* The journal version has the
#    ablations. [arXiv:1709.01507](https://arxiv.org/abs/1709.01507)
# 3. C. Szegedy and others. *Going Deeper with Convolutions* (Inception).
#    [arXiv:1409.4842](https://arxiv.org/abs/1409.4842)
# 4. D. Balduzzi and others. *The Shattered Gradients Problem.* ICML 2017.
#    [arXiv:1702.08591](https://arxiv.org/abs/1702.08591)
# 5. S. Woo, J. Park, J.-Y. Lee, I. S. Kweon. *CBAM* (its tables have the figures that you rebuilt).
#    [arXiv:1807.06521](https://arxiv.org/abs/1807.06521)
#
# ## Next
#
# SE asks *what*. Lesson 05 builds BAM, which asks *what* and *where* at once, and puts it at few places of the
# network: the bottlenecks.
