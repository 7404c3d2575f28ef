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
# # Lesson 06 · CBAM
#
# **By the end you will have shown which of CBAM's three design choices can be told from chance at a small
# scale, and what its map shows beside a picture of what the whole network used.**
#
# | | |
# |---|---|
# | Time | about 110 minutes |
# | Difficulty | ●●●○○ |
# | Run time | two to four minutes on two processor cores (profile `quick`) |
# | You need | lessons 01, 02 and 04 |
# | Points | 20: 14 for the exercises, 3 for the quiz, 3 for the written answer |

# %% [markdown]
# ## What you will do
#
# 1. **Write the channel half**: one small network that looks at two summaries of the channels.
# 2. **Write the spatial half** as its authors released it, and find where that differs from the paper.
# 3. **Put the halves together**, in the paper's order and in two others.
# 4. **Put CBAM into the block of ResNet-50**, and rebuild the paper's parameter counts.
# 5. **Repeat the paper's three ablations** at your scale, once yourself, and read what the course found over paired seeds.
# 6. **Lay Grad-CAM beside the map**, and tell apart what the two show.

# %% [markdown]
# ## Set-up

# %%
import course_lib

session = course_lib.setup(seed=1)

import keras
import numpy as np
from keras import layers

from course_lib import blocks, check, count, data, earlier, figures, networks, scores, training
from course_lib.networks.conv_norm import conv_norm

# %% [markdown] worked="24.56 23.14 23.20 22.80 22.68 22.66 22.78 22.95"
# ## A question to begin with
#
# CBAM (Woo and others, 2018) is built on three choices. The paper defends each with a table: the errors of a
# ResNet-50 on ImageNet, in percent. Every row is one number, without a spread.
#
# | choice | error with it | error without it |
# |---|---|---|
# | squeeze with the average **and** the maximum | 22.80 | average alone 23.14, maximum alone 23.20 |
# | a spatial kernel of **7 × 7** | 22.66 | 3 × 3: 22.68 |
# | **channel first**, then spatial | 22.66 | spatial first 22.78, side by side 22.95 |
#
# The first row is about the channel half alone, without the spatial half. With no attention at all the error is 24.56.

# %%
errors = {
    "CBAM": 22.66,
    "3 × 3": 22.68,
    "spatial first": 22.78,
    "side by side": 22.95,
    "channel half alone": 22.80,
}
errors |= {"…, average alone": 23.14, "…, maximum alone": 23.20, "no attention": 24.56}
fig = figures.compare(
    errors, xlabel="error on ImageNet in percent (the axis starts at 22)", limits=(22.0, 25.0)
)
figures.show(
    fig, alt="The paper's errors: seven kinds of attention lie close together, no attention far to the right."
)

# %% [markdown]
# You are going to repeat all three with small networks, and the course has repeated them over several seeds.
# **How many of the three choices will show a difference that can be told from chance?** Write down your guess,
# 0 to 3.

# %%
my_guess = 3  # change me: 0, 1, 2 or 3

# %% [markdown]
# ## The idea in three equations
#
# $$F' = M_c(F)\cdot F, \qquad F'' = M_s(F')\cdot F'$$
#
# First *what*, then *where*: the spatial half looks at what the channel half has left. The two maps are
#
# $$M_c(F) = \sigma\big(\text{MLP}(\text{avg}(F)) + \text{MLP}(\max(F))\big), \qquad
# M_s(F') = \sigma\big(\nu(f^{7\times 7}([\max_c F'\,;\,\text{avg}_c F']))\big)$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $F$ | `x` | feature map that comes in | `(N, H, W, C)` |
# | $\text{avg}, \max$ | | mean and maximum over all positions | `(N, 1, 1, C)` each |
# | $\text{MLP}$ | two `Dense` layers | $z \mapsto W_1\,\delta(W_0 z + b_0) + b_1$, **the same for both** | `(N, 1, 1, C)` |
# | $\delta$, $\sigma$ | `"relu"`, `"sigmoid"` | ReLU, and the sigmoid | |
# | $M_c$ | the gates | one number in (0, 1) per channel | `(N, 1, 1, C)` |
# | $\max_c, \text{avg}_c$ | | maximum and mean over the channels | `(N, H, W, 1)` each |
# | $f^{7\times 7}$ | a `Conv2D` layer | one convolution, from two maps to one | weights `(7, 7, 2, 1)` |
# | $\nu$ | `BatchNormalization` | batch normalisation of the scores | `(N, H, W, 1)` |
# | $M_s$ | the map | one number in (0, 1) per position | `(N, H, W, 1)` |
# | $F''$ | what `cbam` returns | refined feature map | `(N, H, W, C)` |
#
# All multiplications are by position and channel. Nothing is added back: there is no "1 +" as in BAM.

# %% [markdown]
# ## A feature map small enough to hold in your head
#
# One image, 2 × 2 positions, 2 channels. Channel 0 answers a little everywhere, channel 1 strongly at one place.

# %%
tiny = np.array([[[1, 0], [2, 0]], [[3, 0], [4, 8]]], dtype=float)
H, W, C = tiny.shape  # (2, 2, 2)
for c in range(C):
    print(
        f"channel {c}: {tiny[:, :, c].tolist()}, mean {tiny[..., c].mean():g}, maximum {tiny[..., c].max():g}"
    )

# %% [markdown]
# The mean ranks channel 0 higher, the maximum channel 1. That is why CBAM asks both.
#
# ---
# ## 1 · The channel half
#
# $$M_c = \sigma\big(W_1\,\delta(W_0\,\text{avg}) + W_1\,\delta(W_0\max)\big)$$
#
# In plain loops, with one hidden unit and biases of 0:

# %%
W0 = np.array([[1.0], [0.5]])  # (C, C/r) = (2, 1)
W1 = np.array([[0.25, -0.25]])  # (C/r, C) = (1, 2)
totals = np.zeros(C)
for summary, z in {"mean": tiny.mean(axis=(0, 1)), "maximum": tiny.max(axis=(0, 1))}.items():
    hidden = max(0.0, sum(z[c] * W0[c, 0] for c in range(C)))
    scores_here = [hidden * W1[0, c] for c in range(C)]
    totals += scores_here
    print(f"{summary:7} {z.tolist()}: hidden {hidden:g}, scores {[float(s) for s in scores_here]}")

# %%
gates_loops = np.array([1 / (1 + np.exp(-total)) for total in totals])
channel_loops = np.zeros_like(tiny)
for c in range(C):
    for i in range(H):
        for j in range(W):
            channel_loops[i, j, c] = gates_loops[c] * tiny[i, j, c]
    print(f"channel {c}: sum {totals[c]:g}, gate {gates_loops[c]:.4f},", end=" ")
    print(f"map {channel_loops[..., c].round(4).tolist()}")

# %% [markdown] worked="0.9466 3.7864 0.0534 0.4272"
# <div class="alert alert-info">
#
# ### Exercise 1 · `cbam_channel_attention`
# **4 points · difficulty ●●○○○ · about 25 minutes**
#
# **Goal.** Summarise every channel twice, send both summaries through the same two layers, add, sigmoid, scale.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | mean, and maximum | `(N, 1, 1, C)` each |
# | hidden, for each of them | `(N, 1, 1, C // reduction)` |
# | scores, for each of them | `(N, 1, 1, C)` |
# | gates | `(N, 1, 1, C)`, each number strictly between 0 and 1 |
# | refined map goes out | `(N, H, W, C)` |
#
# **Two worked numbers.** In the tiny map channel 0 has the gate 0.9466: its 4 becomes 3.7864. Channel 1 has 0.0534,
# and its 8 becomes 0.4272.
#
# **How.** `layers.GlobalAveragePooling2D(keepdims=True, name=...)`, `layers.GlobalMaxPooling2D` likewise. A Keras
# layer has one set of weights, however often it is called. So **make** each `Dense` layer once, keep it in a
# variable, and **call** it twice. Both have biases, as in the released code; the second has no activation.
#
# **Take care.** One sigmoid, after the sum.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "cbam_channel_attention", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cbam_channel_attention(x: keras.KerasTensor, name: str, reduction: int = 16) -> keras.KerasTensor:
    """Scale every channel by a gate that comes from its mean and its maximum.

    x: feature map, (N, H, W, C).
    name: start of the names of all layers made here. reduction: r, the hidden layer has C // r units.
    Returns the refined feature map, (N, H, W, C).
    """
    ### BEGIN SOLUTION
    narrow = layers.Dense(x.shape[-1] // reduction, activation="relu", name=name + "_narrow")
    wide = layers.Dense(x.shape[-1], name=name + "_wide")
    average = layers.GlobalAveragePooling2D(keepdims=True, name=name + "_average")(x)  # (N, 1, 1, C)
    largest = layers.GlobalMaxPooling2D(keepdims=True, name=name + "_largest")(x)  # (N, 1, 1, C)
    total = layers.Add(name=name + "_total")([wide(narrow(average)), wide(narrow(largest))])
    gates = layers.Activation("sigmoid", name=name + "_gates")(total)  # (N, 1, 1, C)
    return layers.Multiply(name=name + "_scaled")([x, gates])  # (N, H, W, C)
    ### END SOLUTION


# %%
def your_channels():
    weights = [W0, np.zeros(1), W1, np.zeros(C)]
    refined = training.apply_block(lambda x: cbam_channel_attention(x, "tiny", 2), tiny[None], weights)
    return refined[0].reshape(-1, C).T  # (1, 2, 2, 2) to (2, 4): one row per channel


fig = figures.target_beside_yours(
    channel_loops.reshape(-1, C).T, your_channels, rows="channel", columns="position"
)
figures.show(
    fig, alt="Left, the two channels of the tiny map, scaled by their gates. Right, what yours returns."
)

# %% nbgrader={"grade": true, "grade_id": "check_cbam_channel_attention", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("cbam_channel_attention", cbam_channel_attention)

# %% [markdown]
# <details><summary>"the weights cannot be matched with the equation's": I have four matrices where two are expected</summary>
#
# You made two `Dense` layers for each summary. Make two in all, and call each of them twice.
# </details>
#
# <details><summary>Some of my gates are above 1</summary>
#
# There is a sigmoid for each summary, and they are added. Add the scores first; then one sigmoid.
# </details>
#
# <details><summary>My gates are never below one half</summary>
#
# A ReLU stands before the sigmoid. It belongs on the narrow layer alone.
# </details>
#
# <details><summary>The shape is right, and the numbers are a little off</summary>
#
# Perhaps you added the two summaries and sent the sum through the layers once. The ReLU in the middle makes that
# something else: send each through, then add.
# </details>
#
# <details><summary>The picture says "weights", and the check is green</summary>
#
# The picture puts in a bias for each layer. The check also accepts layers without.
# </details>

# %% [markdown]
# ### One network, two readers
#
# How much would two networks cost, one for each summary? And what happens to the bias $b_1$ of the shared one? Both
# scores contain it, so the sum contains it **twice**. That changes nothing that could be learned, but whoever copies
# weights from one layout to another must know it.

# %%
for channels in (64, 256, 1024, 2048):
    hidden = channels // 16
    shared = 2 * channels * hidden + hidden + channels
    print(f"C = {channels:4}: shared {shared:9,d} parameters, two networks {2 * shared:9,d}")

# %% [markdown]
# ---
# ## 2 · The spatial half
#
# $$M_s = \sigma\big(\nu(f([\max_c x\,;\,\text{avg}_c x]))\big)$$
#
# You know it from lesson 02, but for $\nu$. The paper's equation has no batch normalisation. The code that its
# authors released has one, between the convolution and the sigmoid, and **starts its factor at 0**. Then every
# score is 0 before training, and the whole map is one half: the module begins by choosing nothing.
#
# In plain loops, with a 3 × 3 kernel that is zero but for three weights. The network is used and not trained, so
# that batch normalisation multiplies by its factor $\gamma$ and adds its offset $\beta$ (its running averages are
# still 0 and 1):

# %%
kernel = np.zeros((3, 3, 2, 1), dtype="float32")  # (rows, columns, maps in, maps out)
kernel[1, 1, 0, 0] = 1.0  # the maximum, here
kernel[1, 2, 0, 0] = -0.25  # the maximum, one column to the right
kernel[1, 1, 1, 0] = -1.0  # the mean, here
gamma, beta = 2.0, -1.0

# %% worked="0.25"
spatial_loops = np.zeros_like(tiny)
for i in range(H):
    for j in range(W):
        largest, mean = max(tiny[i, j]), sum(tiny[i, j]) / C
        right = max(tiny[i, j + 1]) if j + 1 < W else 0.0
        score = largest - 0.25 * right - mean
        weight = 1 / (1 + np.exp(-(gamma * score + beta)))
        spatial_loops[i, j] = [weight * tiny[i, j, c] for c in range(C)]
        print(f"row {i}, column {j}: {largest:g} - 0.25 × {right:g} - {mean:g} = {score:4g},", end=" ")
        print(f"normalised {gamma * score + beta:2g}, M = {weight:.4f}")

# %% [markdown] worked="0.9526 3.810 7.621"
# <div class="alert alert-info">
#
# ### Exercise 2 · `cbam_spatial_attention`
# **3 points · difficulty ●●○○○ · about 20 minutes**
#
# **Goal.** Pool over the channels both ways, convolve, normalise (with a factor that starts at 0), sigmoid, scale.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | maximum, and mean, over the channels | `(N, H, W, 1)` each |
# | side by side | `(N, H, W, 2)` |
# | scores, before and after the normalisation | `(N, H, W, 1)` |
# | map | `(N, H, W, 1)`, each number strictly between 0 and 1 |
# | refined map goes out | `(N, H, W, C)` |
#
# **Two worked numbers.** Row 1, column 1 has score 2, normalised 3, and the weight 0.9526: its channels 4 and 8
# become 3.810 and 7.621.
#
# **How.** `keras.ops.max` and `keras.ops.mean` with `axis=-1, keepdims=True`. The maximum comes first, as in the
# released code (the check takes either order). `layers.Conv2D` with one filter, `kernel_size`, `padding="same"`
# and `use_bias=False`. Then
# `layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", name=...)`, and
# `layers.Activation("sigmoid", name=...)`. (The momentum is for the short training here; Keras' own is for long
# ones. The check does not look at it.)
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "cbam_spatial_attention", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cbam_spatial_attention(x: keras.KerasTensor, name: str, kernel_size: int = 7) -> keras.KerasTensor:
    """Scale every position by a weight that a convolution finds in two summaries over the channels.

    x: feature map, (N, H, W, C).
    name: start of the names of all layers made here. kernel_size: side of the convolution's kernel.
    Returns the refined feature map, (N, H, W, C).
    """
    ### BEGIN SOLUTION
    largest = keras.ops.max(x, axis=-1, keepdims=True)  # (N, H, W, 1)
    mean = keras.ops.mean(x, axis=-1, keepdims=True)  # (N, H, W, 1)
    pooled = layers.Concatenate(name=name + "_pooled")([largest, mean])  # (N, H, W, 2)
    scores = layers.Conv2D(1, kernel_size, padding="same", use_bias=False, name=name + "_scores")(pooled)
    scores = layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros", name=name + "_norm")(scores)
    mask = layers.Activation("sigmoid", name=name + "_mask")(scores)  # (N, H, W, 1)
    return layers.Multiply(name=name + "_scaled")([x, mask])  # (N, H, W, C)
    ### END SOLUTION


# %%
def your_positions():
    weights = [kernel, np.array([gamma]), np.array([beta])]
    refined = training.apply_block(lambda x: cbam_spatial_attention(x, "tiny", 3), tiny[None], weights)
    return refined[0].reshape(-1, C).T  # (1, 2, 2, 2) to (2, 4): one row per channel


fig = figures.target_beside_yours(
    spatial_loops.reshape(-1, C).T, your_positions, rows="channel", columns="position"
)
figures.show(
    fig, alt="Left, the two channels of the tiny map, scaled position by position. Right, what yours returns."
)

# %% [markdown]
# Yours may be off by a few thousandths: batch normalisation adds a small number to the variance before it divides.

# %% nbgrader={"grade": true, "grade_id": "check_cbam_spatial_attention", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("cbam_spatial_attention", cbam_spatial_attention)

# %% [markdown]
# <details><summary>"normalised by the batch's own mean and variance, the output is not that of the equation"</summary>
#
# The batch normalisation is missing, or it stands behind the sigmoid, or before the convolution.
# </details>
#
# <details><summary>"before any training, with its layers' first weights, it gives something else than it should"</summary>
#
# The factor of a normalisation starts at 1 unless you say otherwise: `gamma_initializer="zeros"`. Then the scores are 0
# at first, and the map is one half everywhere.
# </details>
#
# <details><summary>My output is smaller than the input, or the shapes do not fit when I multiply</summary>
#
# Without `padding="same"` a 7 × 7 convolution loses three rows and columns on every side.
# </details>
#
# <details><summary>An error about axes when I put the maps together</summary>
#
# Without `keepdims=True` the channel axis is gone, and "the last axis" is the width.
# </details>
#
# <details><summary>The picture says "weight arrays of sizes …"</summary>
#
# It puts in a kernel, a factor and an offset. Look for a bias of the convolution, or for a map per channel.
# </details>
#
# <details><summary>The picture is wrong, and the check is green</summary>
#
# Your mean comes first and your maximum second. Both are fine; the kernel of the picture has them the other way.
# </details>

# %% [markdown]
# ### Before training, nothing is chosen
#
# Divide what comes out by what went in:

# %%
x = np.random.default_rng(0).uniform(1, 2, (1, 14, 14, 8))  # (1, 14, 14, 8), never zero
fresh_map = training.apply_block(lambda t: cbam_spatial_attention(t, "fresh"), x) / x  # (1, 14, 14, 8)
print(f"the map of an untrained module runs from {fresh_map.min():.3f} to {fresh_map.max():.3f}")

# %% [markdown]
# Had you left `gamma_initializer` out, the map would be uneven from the start, by chance.
#
# ### The paper and the code
#
# A paper is a summary of a program. Where the two differ, somebody who rebuilds the one cannot get the numbers of
# the other. In CBAM they differ in more than one place:
#
# | | the paper | the released code |
# |---|---|---|
# | biases of the two dense layers | none in the equation | both have them |
# | order of the two pooled maps | average first in the equation, maximum first in the figure | maximum first |
# | between convolution and sigmoid | nothing | batch normalisation, its factor starting at 0 |
# | where a block of ResNet-50 halves its map | the printed costs belong to the first 1 × 1 convolution | the 3 × 3 convolution |
#
# None of this is a scandal. All of it is a reason to read both, and to say which one you built.

# %% [markdown]
# ---
# ## 3 · The two together
#
# $$F' = M_c(F)\cdot F, \qquad F'' = M_s(F')\cdot F'$$
#
# The paper compares this order with two others: the spatial half first, and both side by side. (Its table names "side by
# side". How the two results are joined is our choice: their mean, which keeps the size of the numbers.)
#
# | `order` | what is returned |
# |---|---|
# | `"channel_spatial"` | $\text{spatial}(\text{channel}(x))$ |
# | `"spatial_channel"` | $\text{channel}(\text{spatial}(x))$ |
# | `"parallel"` | $\tfrac12\big(\text{channel}(x) + \text{spatial}(x)\big)$ |
#
# In plain loops, with two halves that have nothing to learn: a gate is the sigmoid of the channel's mean, a weight
# of the map is the sigmoid of the position's maximum minus 2.


# %%
def channel_by_hand(values):
    """Scale each channel by the sigmoid of its mean: (H, W, C) to (H, W, C)."""
    gates = [1 / (1 + np.exp(-values[..., c].mean())) for c in range(C)]
    return np.stack([gates[c] * values[..., c] for c in range(C)], axis=-1)


def spatial_by_hand(values):
    """Scale each position by the sigmoid of its maximum minus 2: (H, W, C) to (H, W, C)."""
    refined = np.zeros_like(values)
    for i in range(H):
        for j in range(W):
            refined[i, j] = values[i, j] / (1 + np.exp(2 - max(values[i, j])))
    return refined


# %%
orders_loops = {
    "channel_spatial": spatial_by_hand(channel_by_hand(tiny)),
    "spatial_channel": channel_by_hand(spatial_by_hand(tiny)),
    "parallel": (channel_by_hand(tiny) + spatial_by_hand(tiny)) / 2,
}
for order, refined in orders_loops.items():
    print(f"{order:15} channel 0 {refined[..., 0].round(3).tolist()}")

# %% [markdown] worked="0.924 1.848 0.462 0.854 0.866"
# <div class="alert alert-info">
#
# ### Exercise 3 · `cbam`
# **3 points · difficulty ●●○○○ · about 15 minutes**
#
# **Goal.** Put two halves together, in the order that is asked for.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | what `channel`, or `spatial`, returns | the same |
# | refined map goes out | the same |
#
# **Two worked numbers.** Channel 0 at row 0, column 1 is 2. Channel first, its gate 0.924 makes it 1.848, and the weight
# 0.462 makes that 0.854. Spatial first gives 0.866.
#
# **How.** `channel` and `spatial` are functions that you get: `channel(x, name)` returns `x` refined, in the same
# shape, and so does `spatial`. They may be yours from above or any others. Use them as they are. Nothing is added
# back.
#
# **Take care.** Give each of the two a name of its own, built from `name`.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "cbam", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cbam(
    x: keras.KerasTensor, channel, spatial, name: str, order: str = "channel_spatial"
) -> keras.KerasTensor:
    """Refine a feature map by a channel and a spatial attention.

    x: feature map, (N, H, W, C).
    channel, spatial: called as channel(x, name); each returns x refined, in the same shape.
    name: start of the names of all layers made here.
    order: "channel_spatial", "spatial_channel" or "parallel" (the mean of both, each applied to x).
    Returns the refined feature map, (N, H, W, C).
    """
    ### BEGIN SOLUTION
    if order == "channel_spatial":
        return spatial(channel(x, name + "_channel"), name + "_spatial")
    if order == "spatial_channel":
        return channel(spatial(x, name + "_spatial"), name + "_channel")
    what, where = channel(x, name + "_channel"), spatial(x, name + "_spatial")
    return (what + where) / 2  # (N, H, W, C)
    ### END SOLUTION


# %%
def gates_by_hand(x, name):
    """The channel half of the loops, as an attention function."""
    return x * keras.ops.sigmoid(keras.ops.mean(x, axis=(1, 2), keepdims=True))


def map_by_hand(x, name):
    """The spatial half of the loops, as an attention function."""
    return x * keras.ops.sigmoid(keras.ops.max(x, axis=-1, keepdims=True) - 2)


def your_orders():
    rows = []
    for order in orders_loops:
        refined = training.apply_block(
            lambda x, order=order: cbam(x, gates_by_hand, map_by_hand, "tiny", order), tiny[None]
        )
        rows.append(refined[0, ..., 0].ravel())
    return np.array(rows)  # (3, 4): one row per order


# %%
target = np.array([refined[..., 0].ravel() for refined in orders_loops.values()])
fig = figures.target_beside_yours(target, your_orders, rows="order", columns="position of channel 0")
figures.show(fig, alt="Left, channel 0 of the tiny map after each of the three orders. Right, yours.")

# %% nbgrader={"grade": true, "grade_id": "check_cbam", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("cbam", cbam)

# %% [markdown]
# <details><summary>The first two orders give me the same numbers</summary>
#
# Both halves look at `x`. The second has to look at what the first returns.
# </details>
#
# <details><summary>My numbers are too large</summary>
#
# Something is added: `x` itself, or the two refined maps without halving them.
# </details>
#
# <details><summary>My numbers are far too small, or of the wrong sign</summary>
#
# `channel(x, name)` returns the refined map, not the gates. It has been multiplied already.
# </details>
#
# <details><summary>"Two layers have the same name"</summary>
#
# Both halves got the same name. Use `name + "_channel"` and `name + "_spatial"`, or the like.
# </details>

# %% [markdown] worked="0.5 0.8"
# ---
# ## 4 · The block of ResNet-50
#
# $$y = \delta\big(\text{CBAM}(F(x)) + x\big), \qquad
# F(x) = \nu(W_3 * \delta(\nu(W_2 * \delta(\nu(W_1 * x)))))$$
#
# The blocks of ResNet-50 are **bottlenecks**, in another sense than in lesson 05: a 1 × 1 convolution to few channels, a 3 × 3 convolution there, and a
# 1 × 1 convolution to four times as many. CBAM sits where SE sat in lesson 04: on the branch, after its last
# normalisation, before the addition. It sits in **every** block.
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $x$ | `x` | feature map that comes in | `(N, H, W, A)` |
# | $W_1, W_2, W_3$ | `conv_norm` three times | kernels of 1 × 1, 3 × 3 and 1 × 1 | `(1, 1, A, f)`, `(3, 3, f, f)`, `(1, 1, f, 4f)` |
# | $\nu, \delta$ | in `conv_norm` | batch normalisation, ReLU | |
# | CBAM | `attention` | refines the branch | `(N, H, W, 4f)` |
#
# In plain loops, for `filters` = 1: four channels come in, one is left in the middle, four go out. The gates are chosen
# by hand, 0.5 for the first two channels and 0.8 for the others.

# %%
row = np.array([[[1, 2, 0, 3], [4, 0, 1, -1], [2, -1, 3, 0]]], dtype=float)  # (1, 3, 4)
narrow, back = np.array([1.0, 0.0, 0.0, -1.0]), np.array([1.0, -1.0, 2.0, 0.0])  # W1 and W3
s_by_hand = np.array([0.5, 0.5, 0.8, 0.8])

# %%
block_loops = np.zeros_like(row)
for i in range(3):
    here = row[0, i]
    middle = max(0.0, sum(here[c] * narrow[c] for c in range(4)))  # W2 leaves it as it is
    change = [s_by_hand[c] * middle * back[c] for c in range(4)]
    block_loops[0, i] = [max(0.0, change[c] + here[c]) for c in range(4)]
    print(f"position {i}: x {here.tolist()}, middle {middle:g},", end=" ")
    print(f"change {[round(float(v), 2) for v in change]}, y {block_loops[0, i].round(2).tolist()}")

# %% [markdown] worked="2.5 6.5 0.8 8"
# <div class="alert alert-info">
#
# ### Exercise 4 · `cbam_residual_block`
# **4 points · difficulty ●●●○○ · about 25 minutes**
#
# **Goal.** Three convolutions, attention, the addition, a ReLU.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, A)` |
# | after the first 1 × 1 convolution, normalisation and ReLU | `(N, H, W, filters)` |
# | after the 3 × 3 convolution, normalisation and ReLU | `(N, H/strides, W/strides, filters)` |
# | after the last 1 × 1 convolution and normalisation | `(N, H/strides, W/strides, 4 · filters)` |
# | after `attention`; shortcut, projected where needed | the same |
# | goes out | the same |
#
# **Two worked numbers.** Position 1 has 5 in the middle. Channel 0: half of 5 is 2.5, and with 4 it gives 6.5.
# Channel 2: 0.8 of 10 is 8, and with 1 it gives 9.
#
# **How.** `conv_norm(x, filters, kernel_size, strides, name=..., relu=True)` convolves, normalises and ends with a
# ReLU; without `relu` it ends with the normalisation. The strides are 1 unless you give them. The **3 × 3**
# convolution has the strides, as in the released code. `attention(y, name)` returns `y` refined, in the same shape.
#
# **The projection.** If `strides` is above 1, or `x` does not have `4 * filters` channels, then `x` goes through a
# 1 × 1 convolution with `4 * filters` filters and the same strides, and a normalisation, before it is added.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "cbam_residual_block", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cbam_residual_block(
    x: keras.KerasTensor, filters: int, attention, name: str, strides: int = 1
) -> keras.KerasTensor:
    """The bottleneck block of ResNet-50, its change refined by attention before the input is added.

    x: feature map, (N, H, W, A).
    filters: f, the channels in the middle; 4 f go out. strides: of the 3×3 convolution, and of the projection.
    attention: called as attention(y, name); returns y refined, in the same shape.
    name: start of the names of all layers made here.
    Returns (N, H/strides, W/strides, 4 f).
    """
    ### BEGIN SOLUTION
    y = conv_norm(x, filters, 1, name=name + "_1", relu=True)  # (N, H, W, f)
    y = conv_norm(y, filters, 3, strides, name=name + "_2", relu=True)  # (N, H/strides, W/strides, f)
    y = conv_norm(y, 4 * filters, 1, name=name + "_3")  # (N, H/strides, W/strides, 4 f)
    y = attention(y, name + "_cbam")
    if strides > 1 or x.shape[-1] != 4 * filters:
        x = conv_norm(x, 4 * filters, 1, strides, name=name + "_shortcut")
    y = layers.Add(name=name + "_sum")([y, x])
    return layers.ReLU(name=name + "_out")(y)
    ### END SOLUTION


# %% worked="0.5 0.8"
def four_gates(y, name):
    """The gates of the loops, as an attention function."""
    return layers.Rescaling(s_by_hand.tolist(), name=name)(y)


def your_block():
    one, none, four = np.ones(1), np.zeros(1), np.ones(4)
    middle = np.pad(np.ones((1, 1, 1, 1)), ((1, 1), (1, 1), (0, 0), (0, 0)))  # 3 × 3, all zero but the centre
    weights = [narrow, one, none, middle, one, none, back, four, 0 * four]
    refined = training.apply_block(
        lambda x: cbam_residual_block(x, 1, four_gates, "tiny"), row[None], weights
    )
    return refined[0, 0].T  # (1, 1, 3, 4) to (4, 3): one row per channel


# %% worked="0.5 0.8"
fig = figures.target_beside_yours(block_loops[0].T, your_block, rows="channel", columns="position")
figures.show(fig, alt="Left, the four channels after the block with gates of 0.5 and 0.8. Right, yours.")

# %% nbgrader={"grade": true, "grade_id": "check_cbam_residual_block", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("cbam_residual_block", cbam_residual_block)

# %% [markdown]
# <details><summary>"Inputs have incompatible shapes", when I add</summary>
#
# Four times `filters` channels go out. Where `x` has another number of them, or `strides` is above 1, it needs the
# projection.
# </details>
#
# <details><summary>The check says that an empty branch does not let x through</summary>
#
# With all kernels at zero, ReLU(x) should come out. Attention on the sum or on `x`, or a projection that is always
# there, changes that. So does a ReLU that is missing at the end. And did you reuse the name `x` for something else on the
# way?
# </details>
#
# <details><summary>Right on the plain case, wrong with strides</summary>
#
# The 3 × 3 convolution has the strides, not the first 1 × 1. (The first ResNet had them there, and with them
# the map is thinned out before anything has looked around.)
# </details>
#
# <details><summary>The attention sees too few channels</summary>
#
# It comes behind the *last* convolution, where there are `4 * filters`.
# </details>
#
# <details><summary>"A function was called with the wrong arguments"</summary>
#
# `conv_norm` takes `name` by keyword: `name=...`. `attention` takes it as its second argument.
# </details>

# %% [markdown]
# ---
# ## The paper's network, from your blocks
#
# Four stages of 3, 4, 6 and 3 of your blocks behind a 7 × 7 convolution make the ResNet-50 of the released code. No
# weight is trained here; the network is only built and counted.


# %%
def channel_half(x, name, reduction=16):
    """Your channel half alone, as an attention function."""
    return cbam_channel_attention(x, name, reduction)


def whole(kernel_size=7, reduction=16):
    """Return your CBAM as an attention function (x, name)."""

    def attention(x, name):
        return cbam(
            x,
            lambda x, name: cbam_channel_attention(x, name, reduction),
            lambda x, name: cbam_spatial_attention(x, name, kernel_size),
            name,
        )

    return attention


def nothing(x, name):
    """No attention at all."""
    return x


# %%
def resnet_50(attention):
    """Return ResNet-50 for images of 224 × 224 with your blocks, not trained."""
    x = keras.Input((224, 224, 3))
    h = conv_norm(x, 64, 7, 2, name="stem", relu=True)  # (N, 112, 112, 64)
    h = layers.MaxPooling2D(3, 2, padding="same")(h)  # (N, 56, 56, 64)
    for stage, (filters, units) in enumerate(zip((64, 128, 256, 512), (3, 4, 6, 3), strict=True)):
        for unit in range(units):
            strides = 2 if stage > 0 and unit == 0 else 1
            h = cbam_residual_block(h, filters, attention, f"stage{stage}_block{unit}", strides)
    pooled = layers.GlobalAveragePooling2D()(h)  # (N, 2048)
    return keras.Model(x, layers.Dense(1000, activation="softmax")(pooled))


# %%
printed = {
    "ResNet-50": (nothing, "25.56 M", "3.858 G"),
    "+ channel half": (channel_half, "28.09 M", "3.860 G"),
    "+ CBAM": (whole(7), "28.09 M", "3.864 G"),
}
sizes = {title: count.size_of(resnet_50(attention)) for title, (attention, *_) in printed.items()}
rows = []
for title, (_, parameters, adds) in printed.items():
    rows.append(count.compare(title, sizes[title], parameters, "trainable parameters"))
    rows.append(count.compare(title, sizes[title], adds, "multiply–adds"))
print(count.papers_table(rows))

# %% [markdown]
# The parameters are the paper's, to the last digit that it prints. The multiply–adds are not: with the strides in the
# 3 × 3 convolution, the first 1 × 1 of three blocks works on four times as many positions. The printed costs are those
# of the older layout, with the strides in the first 1 × 1:

# %%
older = count.size_of(networks.resnet(50, stride="v1", attention=whole(7)))
print(
    f"your CBAM in the older layout: {older.trainable:,d} parameters, {older.multiply_adds:,d} multiply–adds"
)
print(f"your CBAM in your blocks:      {sizes['+ CBAM'].trainable:,d} parameters,", end=" ")
print(f"{sizes['+ CBAM'].multiply_adds:,d} multiply–adds")

# %% [markdown] worked="25.92 M 28.09 M 3.94 G"
# So the paper's costs and the released code are not of the same network. One more: table 1 of the paper gives
# ResNet-50 with SE as 25.92 M parameters and 3.94 G multiply–adds, its table 2 the same network as 28.09 M. Both
# cannot be right. Your own count says which is: your channel half costs what SE costs. (The other pair of numbers is
# that of ResNet-50 with BAM.)
#
# One CBAM has
#
# $$\underbrace{2\,C\,h + C + h}_{\text{shared network}, \; h = C/r} + \underbrace{2\,k^2}_{\text{kernel}}
# + \underbrace{2}_{\text{factor and offset}}$$
#
# parameters. The channel half costs nearly all of it, and the spatial half nearly nothing.

# %% [markdown]
# ---
# ## Put it to work: three ablations
#
# To **ablate** is to take one part away, keep all else, and measure again. The canvases are those of lesson 02, a
# garment among a dozen scraps, shrunk to 28 × 28 so that all networks train in a few minutes.


# %%
def canvases(images, labels, seed):
    """Return shrunk canvases in [0, 1] (N, 28, 28, 1), labels (N,) and the true outlines (N, 28, 28)."""
    scene = data.cluttered(images, labels, seed=seed)
    small, covered = (
        each.reshape(-1, 28, 2, 28, 2).mean(axis=(2, 4)) for each in (scene.images / 255, scene.masks)
    )
    return small[..., None].astype("float32"), scene.labels, covered >= 0.5


dataset = data.fashion_mnist()
n = session.pick(smoke=200, quick=5000, full=20000)
x_train, y_train, _ = canvases(dataset.x_train[:n], dataset.y_train[:n], seed=1)
x_test, y_test, masks = canvases(dataset.x_test[:1000], dataset.y_test[:1000], seed=2)

# %%
names = [data.CLASS_NAMES[y] for y in y_test[:6]]
fig = figures.contact_sheet(x_test[:6], names, columns=6)
figures.show(fig, alt="Six small dark canvases, each with one whole garment among scraps of others.")

# %% [markdown]
# "Average alone" is squeeze-and-excitation. If your notebook of lesson 01 is here and passes its check, its block
# takes part; if not, the course's does, and nothing is lost.

# %%
REDUCTION = 4
squeeze_excite = earlier.block(
    "channel_attention",
    otherwise=blocks.plug(blocks.SqueezeExcitation, reduction=REDUCTION),
    reduction=REDUCTION,
)


def maximum_alone(x, name):
    """Squeeze-and-excitation with the maximum in the place of the average: (N, H, W, C) to the same."""
    largest = keras.ops.max(x, axis=(1, 2), keepdims=True)  # (N, 1, 1, C)
    hidden = layers.Dense(x.shape[-1] // REDUCTION, activation="relu", name=name + "_1")(largest)
    return x * layers.Dense(x.shape[-1], activation="sigmoid", name=name + "_2")(hidden)


# %% [markdown]
# One more opponent. CBAM brings weights, and weights may help wherever they are. The **blind** CBAM has the same
# halves with the same weights, but both are shown a map of ones: its gates and its maps can be learned, and are the
# same for every canvas.


# %%
def channel_part(x, name):
    """Your channel half, with the reduction of this section."""
    return cbam_channel_attention(x, name, REDUCTION)


def spatial_part(kernel_size):
    """Return your spatial half with this kernel, as an attention function."""
    return lambda x, name: cbam_spatial_attention(x, name, kernel_size)


def blind(part):
    """The same part, but it sees a map of ones: it cannot depend on the canvas."""
    return lambda x, name: x * part(keras.ops.ones_like(x), name)


def both_parts(channel, spatial, order="channel_spatial"):
    """Return `cbam` of two parts as an attention function (x, name)."""
    return lambda x, name: cbam(x, channel, spatial, name, order)


# %%
seen = []  # what goes into the spatial half of a CBAM and what comes out, block by block


def watched(part):
    """The same part, which also notes its input and output in `seen`."""

    def refine(x, name):
        y = part(x, name)
        seen.append((x, y))
        return y

    return refine


# %%
candidates = {
    "no attention": nothing,
    "average alone": squeeze_excite,
    "maximum alone": maximum_alone,
    "average and maximum": channel_part,
    "CBAM, 3 × 3": both_parts(channel_part, spatial_part(3)),
    "CBAM": both_parts(channel_part, watched(spatial_part(7))),
    "spatial first": both_parts(channel_part, spatial_part(7), "spatial_channel"),
    "side by side": both_parts(channel_part, spatial_part(7), "parallel"),
    "blind CBAM": both_parts(blind(channel_part), blind(spatial_part(7))),
}


# %%
budget = {"epochs": session.pick(smoke=1, quick=6, full=20), "batch_size": 100}


def network(attention):
    """Return a compiled classifier of canvases: a stem and two of your blocks."""
    x = keras.Input((28, 28, 1))  # (N, 28, 28, 1)
    h = conv_norm(x, 16, 3, 2, name="stem", relu=True)  # (N, 14, 14, 16)
    for number, (filters, strides) in enumerate(((16, 2), (24, 1))):
        h = cbam_residual_block(h, filters, attention, f"block{number}", strides)  # (N, 7, 7, 4 · filters)
    h = layers.Identity(name="features")(h)  # (N, 7, 7, 96)
    model = keras.Model(x, layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling2D()(h)))
    steps = budget["epochs"] * (n // budget["batch_size"])
    rate = keras.optimizers.schedules.CosineDecay(5e-3, steps)  # the learning rate falls to 0
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %%
for title, attention in candidates.items():
    ours = count.size_of(network(attention))
    print(
        f"{title:19} {ours.trainable:7,d} trainable parameters, {ours.multiply_adds / 1e6:.2f} M multiply–adds"
    )

# %% [markdown]
# Everything below the first line costs nearly the same, so that a difference between two of them comes from *how* they
# attend. The larger kernel costs 80 weights more in each block.

# %%
trained, accuracy = {}, {}
for title, attention in candidates.items():
    keras.utils.set_random_seed(session.seed)
    trained[title] = network(attention)
    training.fit(trained[title], x_train, y_train, **budget, seed=session.seed, label=title)
    accuracy[title] = trained[title].evaluate(x_test, y_test, batch_size=500, verbose=0)[1]

# %%
in_question = {"CBAM": accuracy["CBAM"]} | accuracy
fig = figures.compare(in_question, xlabel="share of new canvases right (one run each)")
figures.show(fig, alt="Accuracy on new canvases of nine kinds of attention, one run each.")

# %% [markdown] worked="95 %"
# One run each. Over {{claim:06.cbam_against_none:seeds}} paired
# seeds, each with training canvases, order and first weights of its own, and tested on 4,000 new canvases. (All seeds test
# on the same 4,000 garments. Only their places and the clutter differ.) The interval is made from the paired differences,
# one per seed: they are drawn again and again, with repetition, and it shows where most of the means fall. In lesson 09
# you build an interval yourself.
#
# | the paper's choice | right with it | without | difference, 95 % interval |
# |---|---|---|---|
# | average and maximum, against average alone | {{claim:06.both_against_average:mean}} | {{claim:06.both_against_average:against}} | {{claim:06.both_against_average:interval}} |
# | average and maximum, against maximum alone | {{claim:06.both_against_maximum:mean}} | {{claim:06.both_against_maximum:against}} | {{claim:06.both_against_maximum:interval}} |
# | 7 × 7, against 3 × 3 | {{claim:06.seven_against_three:mean}} | {{claim:06.seven_against_three:against}} | {{claim:06.seven_against_three:interval}} |
# | channel first, against spatial first | {{claim:06.channel_first_against_spatial_first:mean}} | {{claim:06.channel_first_against_spatial_first:against}} | {{claim:06.channel_first_against_spatial_first:interval}} |
# | channel first, against side by side | {{claim:06.channel_first_against_side_by_side:mean}} | {{claim:06.channel_first_against_side_by_side:against}} | {{claim:06.channel_first_against_side_by_side:interval}} |
#
# The last column decides. Four of the five intervals hold zero: with so many pairs, those choices could not be told from
# chance. The fifth is clear of zero, and its sign is not the paper's: **side by side was ahead**. (Channel first was
# the better one in {{claim:06.channel_first_against_side_by_side:pairs}} pairs.) All of it speaks of small networks and small canvases.
#
# And the fifth row compares more than the order. At the start the map is one half and the gates are close to it. Two in a
# row leave about a quarter of the branch, the mean of two about a half. So side by side may be ahead because its branch
# starts out louder. A control with the same scale at the start was not run.
#
# ### Attention at all
#
# | | right with it | without | difference, 95 % interval |
# |---|---|---|---|
# | CBAM, against the channel half alone | {{claim:06.spatial_half:mean}} | {{claim:06.spatial_half:against}} | {{claim:06.spatial_half:interval}} |
# | CBAM, against no attention | {{claim:06.cbam_against_none:mean}} | {{claim:06.cbam_against_none:against}} | {{claim:06.cbam_against_none:interval}} |
# | CBAM, against its blind twin | {{claim:06.cbam_against_blind:mean}} | {{claim:06.cbam_against_blind:against}} | {{claim:06.cbam_against_blind:interval}} |
#
# Only the last row is about *looking*: the blind twin has the same weights and the same two multiplications in every
# block, and cannot see the canvas. The row above it mixes looking with having more weights. All three intervals hold
# zero: here attention made no difference that {{claim:06.cbam_against_blind:seeds}} pairs can show.

# %% [markdown]
# ---
# ## Where it looks: the map, and Grad-CAM beside it
#
# Two pictures claim to show where a network looks.
#
# - **The map** $M_s$ of the last block is a part of the network. It is made on the way forward, before any class is
#   known, and everything behind it gets what it lets through. As in lesson 02 we read it off: what came out against
#   what went in.
# - **Grad-CAM** (Selvaraju and others, 2017) is made afterwards, for one class, from outside. It works on any
#   convolutional network, with attention or without.
#
# $$a_c = \frac{1}{H\,W}\sum_{ij} \frac{\partial y}{\partial F_{ijc}}, \qquad
# L_{ij} = \max\Big(0, \sum_c a_c\,F_{ijc}\Big)$$
#
# | symbol | meaning | shape |
# |---|---|---|
# | $F$ | the features behind the last block | `(N, h, w, C)` |
# | $y$ | the score of one class, before the softmax | `(N,)` |
# | $a_c$ | how much channel $c$ speaks for the class | `(N, C)` |
# | $L$ | where the channels that speak for it are active | `(N, h, w)` |


# %%
def maps_of(model, around, images):
    """Return the attention map of each image, enlarged to its size: (N, 28, 28)."""
    before, after = (np.asarray(t) for t in keras.Model(model.input, around)(images, training=False))
    size = (before * before).sum(axis=-1)  # (N, h, w)
    unreadable = np.full_like(size, 0.5)  # where all channels are 0, nothing shows what the map is
    maps = np.divide((after * before).sum(axis=-1), size, out=unreadable, where=size > 0)  # (N, h, w)
    return np.asarray(keras.ops.image.resize(maps[..., None], (28, 28), interpolation="bilinear"))[..., 0]


def cams_of(model, images):
    """Return the Grad-CAM of each image for the class that the model prefers: (N, 28, 28)."""
    return figures.grad_cam(model, images, "features")


# %%
cbam_map = maps_of(trained["CBAM"], seen[-1], x_test)  # of the last block
shown = {
    "map": cbam_map[:6],
    "Grad-CAM": cams_of(trained["CBAM"], x_test[:6]),
    "Grad-CAM, none": cams_of(trained["no attention"], x_test[:6]),
}
fig = figures.attention_over_image(x_test[:6], shown, masks[:6], captions=names)
figures.show(
    fig,
    alt="Six canvases with the garment outlined; below each the map of the last CBAM, the Grad-CAM of the "
    "same network, and the Grad-CAM of the network without attention.",
)

# %% [markdown]
# Look for what they share and for what they do not. The map is the same whatever class you ask for. Grad-CAM is not:


# %%
first = x_test[:1].repeat(3, axis=0)  # one canvas, three questions
classes = [int(y_test[0]), (int(y_test[0]) + 1) % 10, (int(y_test[0]) + 5) % 10]
three_cams = figures.grad_cam(trained["CBAM"], first, "features", classes)  # (3, 28, 28)
fig = figures.heat_over_image(
    first, three_cams, captions=[f"for {data.CLASS_NAMES[label]}" for label in classes]
)
figures.show(fig, alt="One canvas three times, with the Grad-CAM for its own class and for two others.")

# %% [markdown]
# Now score them as in lesson 02. **Pointing game**: on how many canvases does the highest value lie on the garment?
# The controls know nothing of the canvas: a spot in the centre, and the map of another canvas.

# %%
control = scores.control_maps(cbam_map, seed=session.seed)
looks = {
    "map of CBAM": cbam_map,
    "Grad-CAM of CBAM": cams_of(trained["CBAM"], x_test),
    "Grad-CAM, no attention": cams_of(trained["no attention"], x_test),
    "map of another canvas": control["another image's map"],
    "spot in the centre": control["centre prior"],
}
pointing = {name: scores.pointing_game(each, masks) for name, each in looks.items()}
fig = figures.compare(pointing, xlabel="pointing game: share of canvases hit (one run)")
figures.show(fig, alt="Pointing game of the map, of two Grad-CAMs and of two controls, one run.")

# %% [markdown] worked="95 % 16 of 49 57 %"
# Over {{claim:06.map_against_centre:seeds}} seeds, on 1,000 new canvases each (the same garments for all, at other places):
#
# | pointing game | hits | hits of the other | difference, 95 % interval |
# |---|---|---|---|
# | map of CBAM, against a spot in the centre | {{claim:06.map_against_centre:mean}} | {{claim:06.map_against_centre:against}} | {{claim:06.map_against_centre:interval}} |
# | map of CBAM, against that of another canvas | {{claim:06.map_against_other:mean}} | {{claim:06.map_against_other:against}} | {{claim:06.map_against_other:interval}} |
# | Grad-CAM, against the map, same network | {{claim:06.cam_against_map:mean}} | {{claim:06.cam_against_map:against}} | {{claim:06.cam_against_map:interval}} |
# | Grad-CAM with CBAM, against Grad-CAM without attention | {{claim:06.cam_against_plain_cam:mean}} | {{claim:06.cam_against_plain_cam:against}} | {{claim:06.cam_against_plain_cam:interval}} |
#
# The first two rows ask whether the map knows something about its own canvas. It does. And yet the network with the map
# named no more canvases right than its blind twin: **a map that points well is no proof that it helps.** In the third row
# the map points better than the Grad-CAM of the same network.
#
# The last row is the one to remember. A Grad-CAM can be made of a network that has no attention at all, and it points
# not detectably worse. So a Grad-CAM that lies on the garment does not show that an attention module looks at it; only a
# difference between the two networks could.
#
# ---
# ## Limits and controls
#
# **Small is not large.** Two blocks, canvases of 28 × 28 and a few thousand of them say nothing about ImageNet. What
# the paper's tables cannot tell us for fifty layers, ours cannot tell either. They tell how large a difference has to be
# before so many pairs of runs can show it.
#
# **Small maps, large kernels.** Both attentions stand on maps of 7 × 7. A kernel of 7 × 7 fits in whole only in the middle.
# At a corner 16 of 49 weights lie on the map and the rest on the padding; over all positions it is 57 % that lie on the
# map. So this is no fair trial of the paper's choice, which was made on larger maps.
#
# **"Not detected" is not "equal".** An interval that holds zero also holds small differences on both sides of it. If your
# question is about a tenth of a point, count how many pairs you would need. Half the width takes four times as many.
#
# **Several tables, several chances.** Whoever looks at eight intervals of 95 % finds one clear of zero now and then by
# luck alone. A lone surprise is a reason to repeat, not to publish.
#
# **One budget.** All networks had the same epochs and the same learning rate. Attention that starts by turning every
# branch down may need longer; that is not measured here.
#
# **A map is read in one block.** Each of the two blocks has a map of its own, and what it lets through has been through
# the shortcuts as well. A closed place in the last map is not lost: the shortcut carries it past.
#
# ### The question from the beginning

# %%
print(f"You guessed that {my_guess} of the three choices can be told from chance.")

# %% [markdown]
# Over {{claim:06.seven_against_three:seeds}} seeds, the share of new canvases named right:
#
# - average and maximum, against the average alone: {{claim:06.both_against_average:result}};
# - 7 × 7, against 3 × 3: {{claim:06.seven_against_three:result}};
# - channel first, against spatial first: {{claim:06.channel_first_against_spatial_first:result}};
# - channel first, against side by side: {{claim:06.channel_first_against_side_by_side:result}}.
#
# Not one of the paper's three choices came out ahead. One could be told from chance, the order, and with the other sign.
# It is the one surprise among several intervals, and wants a repetition before anyone builds on it. It wants a control,
# too: side by side starts with a branch about twice as large, and no run here tells that from the order. So: **a table of
# single runs is a list of candidates, not of findings.** How many of the paper's own differences would survive such a test nobody knows: it gives one number each.
#
# ### Change it and see
#
# Plain variables. Change one, say aloud what you expect, run the cell.

# %%
KERNEL = 1  # a spatial half that looks at no neighbours; try 5, or 13
ORDER = "channel_spatial"  # or "spatial_channel", or "parallel"

keras.utils.set_random_seed(session.seed)
changed = network(both_parts(channel_part, spatial_part(KERNEL), ORDER))
training.fit(changed, x_train, y_train, **budget, seed=session.seed, label="changed")
changed_accuracy = changed.evaluate(x_test, y_test, batch_size=500, verbose=0)[1]
print(f"new canvases right: {changed_accuracy:.3f}, CBAM before: {accuracy['CBAM']:.3f} (one run each)")

# %% [markdown]
# ---
# ## Quiz
#
# Work these out on paper, then type the number.
#
# **Question 1.** A CBAM as you wrote it gets 256 channels, with $r = 16$ and a 7 × 7 kernel. How many **trainable**
# parameters has it? Both dense layers have biases, the convolution has none, batch normalisation has a factor and an
# offset. Put the number into `quiz_cbam_parameters_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_cbam_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_cbam_parameters_answer = None  # your number
### BEGIN SOLUTION
quiz_cbam_parameters_answer = 2 * 256 * 16 + 16 + 256 + 2 * 7 * 7 + 2
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_cbam_parameters", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_cbam_parameters", quiz_cbam_parameters_answer)

# %% [markdown]
# **Question 2.** All weights and biases of a CBAM (channel first, then spatial) are 0, the factor and the offset of
# its normalisation too. The value 80 goes in at some place. What comes out there? Put the number into
# `quiz_untrained_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_untrained", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_untrained_answer = None  # your number
### BEGIN SOLUTION
quiz_untrained_answer = 80 * 0.5 * 0.5
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_untrained", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_untrained", quiz_untrained_answer)

# %% [markdown]
# **Question 3.** ResNet-50 has a CBAM in each of its 16 blocks. How many parameters would it save with spatial
# kernels of 3 × 3 in the place of 7 × 7? Put the number into `quiz_small_kernels_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_small_kernels", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_small_kernels_answer = None  # your number
### BEGIN SOLUTION
quiz_small_kernels_answer = 16 * (2 * 7 * 7 - 2 * 3 * 3)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_small_kernels", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_small_kernels", quiz_small_kernels_answer)

# %% [markdown] worked="22.66 22.68" nbgrader={"grade": false, "grade_id": "rubric_cbam", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Written answer
#
# <div class="alert alert-info">
#
# ### A table and a picture
# **3 points · about 10 minutes · five to eight sentences**
#
# A report writes: *"With a 7 × 7 kernel the error is 22.66, with 3 × 3 it is 22.68, so the larger kernel is better. Our
# Grad-CAM lies on the garment, which shows that the attention module looks at it."*
#
# Say **what the two numbers cannot show**, **which experiment would show it and what you would write if it found
# nothing**, and **why the second sentence does not
# follow**. Use what you saw in this lesson.
#
# | points | for |
# |---|---|
# | 1 | one run each: chance (first weights, order of images) may well move the error by more than the difference |
# | 1 | an experiment: pairs of networks that differ in the kernel alone, several seeds, an interval of the differences, and what is said when it holds zero |
# | 1 | Grad-CAM shows what the whole network used for one class, with or without attention; the module's own map is another picture, and needs scores and controls of its own |
#
# </div>

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_cbam", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Each number comes from one training run. Other first weights or another order of the images move the error too, and
# nobody has measured by how much. Two hundredths of a percent may be nothing but that; the next pair of runs may have
# them the other way round.
#
# An experiment trains pairs of networks. The two of a pair differ in the kernel alone and share images, order, seed and
# budget. With five or more pairs one can give the mean difference and its interval. If the interval holds zero, the
# honest sentence is that no difference could be detected, not that the kernels are equal.
#
# Grad-CAM is made from the features of the whole network and from the gradient of one class. It can be made for a
# network without any attention, and lies on the garment there too. So it does not show what the module does. The
# module's map can be read off directly. It has to be scored over all canvases, beside controls such as a spot in
# the centre and the map of another canvas.
# ### END SOLUTION

# %% [markdown]
# ## What you have done
#
# In this lesson you
#
# 1. **wrote the channel half**: two summaries, one network for both, one sigmoid after the sum;
# 2. **wrote the spatial half** with the normalisation that the paper leaves out and the code has;
# 3. **put the halves together** in three orders, where the second looks at what the first has left;
# 4. **put CBAM into the block of ResNet-50** and rebuilt the paper's parameter counts from it;
# 5. **repeated three ablations**, beside a blind control of equal cost, and read them over paired seeds;
# 6. **laid Grad-CAM beside the map**: one shows what the whole network used for a class, the other what a module lets
#    through.
#
# ## References
#
# 1. S. Woo, J. Park, J.-Y. Lee, I. S. Kweon. *CBAM: Convolutional Block Attention Module.* ECCV 2018.
#    [arXiv:1807.06521](https://arxiv.org/abs/1807.06521)
# 2. The released code of BAM and CBAM: [github.com/Jongchan/attention-module](https://github.com/Jongchan/attention-module)
# 3. R. R. Selvaraju and others. *Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization.*
#    ICCV 2017. [arXiv:1610.02391](https://arxiv.org/abs/1610.02391)
# 4. K. He, X. Zhang, S. Ren, J. Sun. *Deep Residual Learning for Image Recognition.* CVPR 2016.
#    [arXiv:1512.03385](https://arxiv.org/abs/1512.03385)
# 5. J. Adebayo and others. *Sanity Checks for Saliency Maps.* NeurIPS 2018.
#    [arXiv:1810.03292](https://arxiv.org/abs/1810.03292)
#
# ## Next
#
# CBAM multiplies by numbers below 1, twice in every block, and the shortcut keeps that harmless. Lesson 07 stacks
# attention where no shortcut helps, and finds out what happens then.
