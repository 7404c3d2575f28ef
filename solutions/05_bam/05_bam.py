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
# # Lesson 05 · BAM: what and where at once
#
# **By the end you will have shown how far a dilated convolution looks, what a sum of two opinions says that a
# product does not, and how to tell which of the two a network computes when paper and code disagree.**
#
# | | |
# |---|---|
# | Time | about 100 minutes |
# | Difficulty | ●●●○○ |
# | Run time | two to three minutes on two processor cores (profile `quick`) |
# | You need | lessons 01 and 02; the residual block of lesson 04 |
# | Points | 20: 14 for the exercises, 3 for the quiz, 3 for the written answer |

# %% [markdown]
# ## What you will do
#
# 1. **Write the channel branch**: one score per channel, from the channel means.
# 2. **Write the spatial branch**, and see with an impulse how far it looks.
# 3. **Join them**: add, one sigmoid, and `1 + M`; then try a product and a maximum in the place of the sum.
# 4. **Place it** at the bottlenecks of a residual network, and only there.
# 5. **Read paper against code**: find where they differ, and which differences a count of parameters can show.
# 6. **Measure** what BAM does on cluttered canvases, beside a control that costs the same and cannot look.

# %% [markdown]
# ## Set-up

# %%
import course_lib

session = course_lib.setup(seed=1)

import keras
import numpy as np
from keras import layers

from course_lib import check, count, data, earlier, figures, networks, scores, training
from course_lib.networks.conv_norm import conv_norm

# %% [markdown]
# ## A question to begin with
#
# A garment lies among scraps of others, as in lesson 02. A network first shrinks the canvas to 14 × 14 positions, and
# then halves the map three times: to 7 × 7, 4 × 4 and 2 × 2. Just before each time stands a BAM, with a map that says where to look.


# %%
def canvases(images, labels, seed):
    """Return images in [0, 1] (N, 56, 56, 1), labels (N,) and the true outlines (N, 56, 56)."""
    scene = data.cluttered(images, labels, seed=seed)
    return scene.images[..., None].astype("float32") / 255, scene.labels, scene.masks


dataset = data.fashion_mnist()
n = session.pick(smoke=300, quick=8000, full=20000)
x_train, y_train, _ = canvases(dataset.x_train[:n], dataset.y_train[:n], seed=1)
x_test, y_test, masks = canvases(dataset.x_test[:500], dataset.y_test[:500], seed=2)

# %%
names = [data.CLASS_NAMES[y] for y in y_test[:6]]
fig = figures.contact_sheet(x_test[:6], names, columns=6)
figures.show(fig, alt="Six dark canvases, each with one whole garment at some place among small scraps.")

# %% [markdown]
# **At which of the three will the map tell garment from clutter best: the first (14 × 14), the second (7 × 7) or the
# third (4 × 4)?**
#
# The paper shows pictures in which the maps come to the object step by step. Write down your guess.

# %%
my_guess = 3  # change me: 1, 2 or 3

# %% [markdown]
# ## The idea in one line
#
# BAM (Park and others, 2018) asks *what* and *where* side by side, and only then decides, once:
#
# $$F' = F + F \cdot M = F \cdot (1 + M), \qquad M = \sigma(M_c + M_s)$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $F$ | `x` | feature map that comes in | `(N, H, W, C)` |
# | $M_c$ | what `bam_channel_branch` returns | one score per channel | `(N, 1, 1, C)` |
# | $M_s$ | what `bam_spatial_branch` returns | one score per position | `(N, H, W, 1)` |
# | $\sigma$ | `"sigmoid"` | squeezes every score into (0, 1) | |
# | $M$ | the attention | one number per position **and** channel | `(N, H, W, C)` |
# | $F'$ | what `bam` returns | refined feature map | `(N, H, W, C)` |
# | $r$, $d$ | `reduction`, `dilation` | how narrow the branches are, how far they look | 16 and 4 in the paper |

# %%
fig = figures.block_diagram("bam", height=28, width=28, channels=64, reduction=16)
figures.show(fig)

# %% [markdown]
# ## A feature map small enough to hold in your head
#
# One image, a single row of 9 positions, 2 channels. Channel 0 is an **impulse**: zero everywhere but at one
# position.

# %%
tiny = np.zeros((1, 9, 2))
tiny[0, 4, 0] = 9
tiny[0, :, 1] = 2
H, W, C = tiny.shape  # (1, 9, 2)
for c in range(C):
    print(f"channel {c}:", tiny[0, :, c].tolist())

# %% [markdown]
# ---
# ## 1 · The channel branch
#
# $$M_c = W_1\,\delta\big(\nu(W_0\, z + b_0)\big) + b_1, \qquad z_c = \tfrac{1}{HW}\sum_{ij} F_{ijc}$$
#
# This is the way of SE in lesson 01: average, narrow layer, wide layer. Two things differ. There is **no sigmoid**: the
# branch ends in *scores* of any sign. And the narrow layer is normalised.
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $z$ | `GlobalAveragePooling2D` | mean of each channel | `(N, 1, 1, C)` |
# | $W_0, b_0$ | a `Dense` layer | narrow | `(C, C/r)`, `(C/r,)` |
# | $\nu$ | `BatchNormalization` | batch normalisation, as in lesson 04 | |
# | $\delta$ | `ReLU` | $\delta(a) = \max(0, a)$ | |
# | $W_1, b_1$ | a `Dense` layer | wide | `(C/r, C)`, `(C,)` |
#
# In plain loops, with weights chosen by hand, $r = 2$, and a normalisation that changes nothing:

# %% worked="0.5"
W0, b0 = np.array([[1.0], [0.5]]), -1.0  # (C, C/r)
W1, b1 = np.array([[1.0, -2.0]]), np.zeros(2)  # (C/r, C)
z = [sum(tiny[0, j, c] for j in range(W)) / (H * W) for c in range(C)]
hidden = max(0.0, sum(z[c] * W0[c, 0] for c in range(C)) + b0)
channel_loops = [float(hidden * W1[0, c] + b1[c]) for c in range(C)]
print(f"means {[float(m) for m in z]}, narrow layer {hidden:g}, scores {channel_loops}")

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 1 · `bam_channel_branch`
# **3 points · difficulty ●●○○○ · about 15 minutes**
#
# **Goal.** Mean over the positions; a dense layer with `C // reduction` units, batch normalisation, ReLU; a dense layer
# with `C` units.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | the means | `(N, 1, 1, C)` |
# | after the narrow layer | `(N, 1, 1, C // reduction)` |
# | goes out | `(N, 1, 1, C)` |
#
# **Two worked numbers.** In the tiny map the means are 1 and 2, the narrow layer gives 1, and the scores are
# 1 and −2.
#
# **How.** `layers.GlobalAveragePooling2D(keepdims=True, name=...)` keeps the two axes of size 1. A `Dense` layer
# works on the last axis, whatever comes before it. `layers.BatchNormalization(momentum=0.9, name=...)`. (The momentum is
# for the short training here. The check does not look at it.) The number of channels is `x.shape[-1]`.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "bam_channel_branch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bam_channel_branch(x: keras.KerasTensor, name: str, reduction: int = 16) -> keras.KerasTensor:
    """Scores of the channels, from their means.

    x: feature map, (N, H, W, C). reduction: r; the narrow layer has C // r units.
    name: start of the names of all layers made here.
    Returns scores of any sign, (N, 1, 1, C).
    """
    ### BEGIN SOLUTION
    channels = x.shape[-1]
    z = layers.GlobalAveragePooling2D(keepdims=True, name=name + "_mean")(x)  # (N, 1, 1, C)
    h = layers.Dense(channels // reduction, name=name + "_reduce")(z)  # (N, 1, 1, C/r)
    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(h)
    h = layers.ReLU(name=name + "_relu")(h)
    return layers.Dense(channels, name=name + "_expand")(h)  # (N, 1, 1, C)
    ### END SOLUTION


# %% [markdown]
# Below, your branch gets the weights of the loops. (Here and in exercise 2 it may be off by a few thousandths: batch
# normalisation adds a small number to the variance before it divides.)


# %%
def your_channel_scores():
    weights = [W0, np.array([b0]), np.ones(1), np.zeros(1), W1, b1]
    output = training.apply_block(lambda x: bam_channel_branch(x, "tiny", 2), tiny[None], weights)
    return output.reshape(1, C)


# %%
fig = figures.target_beside_yours(np.array([channel_loops]), your_channel_scores, columns="channel")
figures.show(fig, alt="Left, the scores 1 and minus 2 of the two channels. Right, what yours returns.")

# %% nbgrader={"grade": true, "grade_id": "check_bam_channel_branch", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("bam_channel_branch", bam_channel_branch)

# %% [markdown]
# <details><summary>"Height and width are gone from the result"</summary>
#
# The pooling dropped height and width. `keepdims=True` keeps them, with size 1. The branch needs them later, to be
# added to a map.
# </details>
#
# <details><summary>All my scores lie between 0 and 1</summary>
#
# There is a sigmoid at the end. BAM has one sigmoid, after both branches are added.
# </details>
#
# <details><summary>No score is ever negative</summary>
#
# There is a ReLU behind the wide layer. It belongs behind the narrow one.
# </details>
#
# <details><summary>"normalised by the batch's own mean and variance, the output is not that of the equation"</summary>
#
# Batch normalisation is missing or in another place. It stands between the narrow layer and its ReLU.
# </details>
#
# <details><summary>The picture says "weight arrays of sizes …"</summary>
#
# It puts in a matrix and a bias for each dense layer, and a factor and an offset for the normalisation. Look for a
# layer without a bias, or a normalisation that is missing. The check is less strict about biases.
# </details>

# %% [markdown]
# ---
# ## 2 · The spatial branch
#
# A score for a position should depend on what is around it, far around. A large kernel is expensive: its weights grow
# with the square of its side. A **dilated** convolution spreads a 3 × 3 kernel out instead: its nine weights look at
# positions $d$ apart, and what lies between is left out.
#
# $$M_s = f_3\Big(\delta\nu f_2^{\,d}\big(\delta\nu f_1^{\,d}(\delta\nu f_0(F))\big)\Big)$$
#
# | symbol | in the code | meaning | weights, and biases |
# |---|---|---|---|
# | $f_0$ | a 1 × 1 `Conv2D` | narrow: $C$ channels to $C/r$ | `(1, 1, C, C/r)`, `(C/r,)` |
# | $f_1^{\,d}, f_2^{\,d}$ | two 3 × 3 `Conv2D`, dilated | look around | `(3, 3, C/r, C/r)`, `(C/r,)` each |
# | $f_3$ | a 1 × 1 `Conv2D` | $C/r$ channels to one map | `(1, 1, C/r, 1)`, `(1,)` |
# | $\delta\nu$ | `BatchNormalization`, then `ReLU` | behind each of the first three | |
#
# In plain loops on the tiny map, with $d = 2$ and one hidden channel. The map has a single row, so that only the middle
# row of each kernel counts: three weights, for the positions $-d$, $0$ and $+d$.

# %%
d = 2
v0 = np.array([[1.0], [-2.0]])  # f0: (C, C/r)
taps1, taps2 = [1.0, 2.0, 1.0], [-1.0, 1.0, 1.0]  # f1, f2: the middle rows of their kernels
v3, b3 = 0.2, -1.0  # f3


def dilated_loops(row, taps):
    """One dilated convolution along a row, with zeros beyond its ends, and a ReLU."""
    out = []
    for j in range(W):
        inside = [(tap, j + k * d) for tap, k in zip(taps, (-1, 0, 1), strict=True) if 0 <= j + k * d < W]
        out.append(max(0.0, sum(tap * row[place] for tap, place in inside)))
    return out


# %%
narrow = [max(0.0, float(tiny[0, j] @ v0[:, 0])) for j in range(W)]
once = dilated_loops(narrow, taps1)
twice = dilated_loops(once, taps2)
spatial_loops = [round(v3 * h + b3, 6) for h in twice]
for title, row in {"f0": narrow, "f1": once, "f2": twice, "f3": spatial_loops}.items():
    print(f"{title} {row}")

# %% [markdown]
# Follow the impulse. After $f_1$ it shows $d$ = 2 positions away, after $f_2$ it shows 4 away: $2d$. At odd distances
# it never shows.
#
# <div class="alert alert-info">
#
# ### Exercise 2 · `bam_spatial_branch`
# **4 points · difficulty ●●○○○ · about 20 minutes**
#
# **Goal.** A 1 × 1 convolution to `C // reduction` channels; two dilated 3 × 3 convolutions of the same width; batch
# normalisation and ReLU behind each of these three; a 1 × 1 convolution to one channel.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | after each of the first three | `(N, H, W, C // reduction)` |
# | goes out | `(N, H, W, 1)` |
#
# **Two worked numbers.** In the tiny map, position 2 has the score 2 and position 4 the score 1.
#
# **How.** `layers.Conv2D(filters, 3, padding="same", dilation_rate=dilation, name=...)`. As in exercise 1, nothing
# follows the last layer.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "bam_spatial_branch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bam_spatial_branch(
    x: keras.KerasTensor, name: str, reduction: int = 16, dilation: int = 4
) -> keras.KerasTensor:
    """Scores of the positions, from what is around them.

    x: feature map, (N, H, W, C). reduction: r; the hidden layers have C // r channels.
    dilation: d, of both 3×3 convolutions. name: start of the names of all layers made here.
    Returns scores of any sign, (N, H, W, 1).
    """
    ### BEGIN SOLUTION
    hidden = x.shape[-1] // reduction
    h = layers.Conv2D(hidden, 1, name=name + "_reduce")(x)  # (N, H, W, C/r)
    h = layers.BatchNormalization(momentum=0.9, name=name + "_norm0")(h)
    h = layers.ReLU(name=name + "_relu0")(h)
    for step in ("1", "2"):
        h = layers.Conv2D(hidden, 3, padding="same", dilation_rate=dilation, name=name + "_dilated" + step)(h)
        h = layers.BatchNormalization(momentum=0.9, name=name + "_norm" + step)(h)
        h = layers.ReLU(name=name + "_relu" + step)(h)
    return layers.Conv2D(1, 1, name=name + "_join")(h)  # (N, H, W, 1)
    ### END SOLUTION


# %%
def middle_row(taps):
    """A 3 × 3 kernel from one channel to one that is zero but for its middle row: (3, 3, 1, 1)."""
    kernel = np.zeros((3, 3, 1, 1))
    kernel[1, :, 0, 0] = taps
    return kernel


def your_spatial_scores():
    still = [np.zeros(1), np.ones(1), np.zeros(1)]  # a bias, and a normalisation that changes nothing
    weights = [v0, *still, middle_row(taps1), *still, middle_row(taps2), *still]
    weights += [np.array([v3]), np.array([b3])]
    output = training.apply_block(lambda x: bam_spatial_branch(x, "tiny", 2, d), tiny[None], weights)
    return output.reshape(1, W)


# %%
fig = figures.target_beside_yours(np.array([spatial_loops]), your_spatial_scores, columns="position")
figures.show(fig, alt="Left, the nine scores of the tiny map. Right, what your branch returns.")

# %% nbgrader={"grade": true, "grade_id": "check_bam_spatial_branch", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("bam_spatial_branch", bam_spatial_branch)

# %% [markdown]
# <details><summary>My map is smaller than the input</summary>
#
# A convolution shrinks the map unless it pads. With $d = 4$ each one takes 8 rows and 8 columns away.
# </details>
#
# <details><summary>"a change shows up to … positions away"</summary>
#
# Each dilated convolution looks `dilation` positions far, two of them twice as far. Is the argument `dilation` used,
# in both?
# </details>
#
# <details><summary>"a change shows at distances that are no multiples of the dilation"</summary>
#
# One of the 3 × 3 convolutions is not dilated, or a 1 × 1 convolution has become a larger one.
# </details>
#
# <details><summary>The reach is right, and the numbers are not</summary>
#
# Count the ReLUs: there are three, none at the end. And there is no sigmoid.
# </details>
#
# <details><summary>"the weights cannot be matched with the equation's"</summary>
#
# Compare the shapes in the message with the table: hidden layers of `C // reduction` channels, one channel at the end.
# </details>

# %% [markdown]
# ### How far it looks, and what that costs
#
# Put an impulse into the middle of a map of 33 × 33 and see which scores change, for six dilations.


# %%
def touched(dilation, side=33):
    """Where the map changes when the middle of the input does: (side, side), 1 or 0."""
    blank = np.zeros((1, side, side, 16), "float32")
    impulse = blank.copy()
    impulse[0, side // 2, side // 2] = 1
    keras.utils.set_random_seed(session.seed)
    both = np.concatenate([blank, impulse])  # (2, side, side, 16)
    maps = training.apply_block(lambda x: bam_spatial_branch(x, "look", 2, dilation), both)[..., 0]
    return (np.abs(maps[1] - maps[0]) > 1e-7).astype(float)


# %%
reach = {rate: touched(rate) for rate in (1, 2, 3, 4, 5, 6)}
for rate, grid in reach.items():
    extent = int(grid.any(axis=0).nonzero()[0].max()) - 16
    print(f"d = {rate}: {grid.sum():.0f} positions, up to {extent} rows and columns away")

# %% [markdown]
# Now lay these points around the middle (yellow) of maps as large as at the three bottlenecks: 14 × 14, 7 × 7 and
# 4 × 4. In JupyterLab, two sliders below the picture choose the dilation and the size. On each size, how far can you
# go before the middle sees only itself?


# %%
def looked_at(d, side):
    """What your branch sees from the middle of a map, with one dilation."""
    return figures.reach({f"d = {d}": reach[d]}, [side])


overview = figures.reach({f"d = {rate}": reach[rate] for rate in (1, 2, 4, 6)}, [14, 7, 4])
figures.explore(overview, looked_at, d=list(reach), side=[33, 14, 7, 4], start={"d": 4, "side": 14})

# %% [markdown] worked="20.47 % 20.28 % 20.00 % 20.08 %"
# The number of weights is the same in all of them: **dilation is free**. What it costs is what lies between the points of
# the grid. (The narrow layer before it sees every position, but one at a time.) For $d$ = 1, 2, 4 and 6 the paper
# reports errors of 20.47 %, 20.28 %, 20.00 % and 20.08 % on CIFAR-100 with ResNet-50, one number each and no spread.
#
# The picture shows another limit: the map itself. On 7 × 7 positions a reach of 8 is mostly padding. And on 4 × 4 a dilation of 4
# meets nothing but the position itself: eight of the nine weights only ever see padding. Keep that in mind when you
# compare the three bottlenecks.

# %% [markdown]
# ---
# ## 3 · Two opinions, one decision
#
# $$F' = F \cdot (1 + M), \qquad M = \sigma(M_c + M_s)$$
#
# The scores of the channels are one row, `(N, 1, 1, C)`, those of the positions one map, `(N, H, W, 1)`. Added, they
# give a score for each position *and* channel: `(N, H, W, C)`. In plain loops, at three positions of the tiny map:

# %%
bam_loops = np.zeros_like(tiny)
for j in range(W):
    for c in range(C):
        score = channel_loops[c] + spatial_loops[j]
        M = 1 / (1 + np.exp(-score))
        bam_loops[0, j, c] = tiny[0, j, c] * (1 + M)
        if j in (2, 3, 4):
            print(
                f"position {j}, channel {c}: {channel_loops[c]:g} + ({spatial_loops[j]:g}) = {score:g},",
                end=" ",
            )
            print(f"M {M:.3f}, {tiny[0, j, c]:g} becomes {bam_loops[0, j, c]:.3f}")

# %% [markdown] worked="16.927 3.000"
# <div class="alert alert-info">
#
# ### Exercise 3 · `bam`
# **4 points · difficulty ●○○○○ · about 15 minutes**
#
# **Goal.** Add the scores of both branches, take the sigmoid, and return $x \cdot (1 + M)$.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | scores of the channels | `(N, 1, 1, C)` |
# | scores of the positions | `(N, H, W, 1)` |
# | their sum, and $M$ | `(N, H, W, C)` |
# | goes out | `(N, H, W, C)` |
#
# **Two worked numbers.** Position 4, channel 0: the scores 1 and 1 make 9 into 16.927. Position 2, channel 1: the
# scores −2 and 2 add up to 0, and 2 becomes 3.
#
# **How.** The branches are functions that you get: call each as `branch(x, some_name)`. They may be yours or any others,
# so that a mistake in exercise 1 or 2 costs nothing here. Both look at `x` itself. `+` and `*` work on tensors of
# different size where one of them has size 1; `keras.ops.sigmoid`, or `layers.Activation("sigmoid", name=...)`.
#
# **Take care.** Hand each branch a name of its own, such as `name + "_channel"` and `name + "_spatial"`: both may use the
# same endings inside.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "bam", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bam(x: keras.KerasTensor, channel_branch, spatial_branch, name: str) -> keras.KerasTensor:
    """Raise what both branches together vote for.

    x: feature map, (N, H, W, C).
    channel_branch: called as channel_branch(x, name); returns scores, (N, 1, 1, C).
    spatial_branch: called as spatial_branch(x, name); returns scores, (N, H, W, 1).
    name: start of the names of all layers made here.
    Returns x · (1 + M), (N, H, W, C).
    """
    ### BEGIN SOLUTION
    channel = channel_branch(x, name + "_channel")  # (N, 1, 1, C)
    spatial = spatial_branch(x, name + "_spatial")  # (N, H, W, 1)
    attention = layers.Activation("sigmoid", name=name + "_attention")(channel + spatial)  # (N, H, W, C)
    return x * (1 + attention)
    ### END SOLUTION


# %%
def scores_by_hand(numbers):
    """A branch that returns these scores, whatever it sees."""
    return lambda x, name: 0 * x[:, :1, :1, :1] + np.asarray(numbers, "float32")


def your_bam():
    channel, spatial = scores_by_hand(channel_loops), scores_by_hand(np.reshape(spatial_loops, (1, W, 1)))
    return training.apply_block(lambda x: bam(x, channel, spatial, "tiny"), tiny[None])[0, 0].T


# %%
fig = figures.target_beside_yours(bam_loops[0].T, your_bam, rows="channel", columns="position")
figures.show(fig, alt="Left, the two channels of the tiny map after BAM. Right, what yours returns.")

# %% nbgrader={"grade": true, "grade_id": "check_bam", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("bam", bam)

# %% [markdown] worked="2 times"
# <details><summary>My output is smaller than my input, or "The output is x · M, without the 1"</summary>
#
# You return $x \cdot M$. BAM adds that to $x$, which is the same as $x \cdot (1 + M)$.
# </details>
#
# <details><summary>My output is not zero where the input is</summary>
#
# You add $M$ to $x$. It belongs to the factor: $1 + M$ first, then times $x$.
# </details>
#
# <details><summary>The range is right, and the numbers are not</summary>
#
# How did you join the branches? Added, before the one sigmoid. A product of scores, a maximum, or two sigmoids stay in
# the same range.
# </details>
#
# <details><summary>"Two layers have the same name", or a name that is "used 2 times in the model"</summary>
#
# Both branches got the same name, and each makes a layer with the same ending. Give them two names.
# </details>
#
# <details><summary>"Inputs have incompatible shapes", or a shape I did not expect</summary>
#
# Print `channel_branch(x, "a").shape` and `spatial_branch(x, "b").shape`. Each has size 1 where the other has not. They
# can be added as they are; nothing has to be repeated or reshaped.
# </details>

# %% [markdown]
# ### Why add?
#
# Each branch gives an opinion: positive for "yes", negative for "no". Here are four pairs of opinions and three ways to
# join them.

# %%
joined = {"sum": lambda a, b: a + b, "product": lambda a, b: a * b, "max": max}
for a, b in ((2, 2), (2, -2), (-2, -2), (0, 2)):
    attentions = [f"{name} {1 / (1 + np.exp(-join(a, b))):.2f}" for name, join in joined.items()]
    print(f"channel {a:+d}, position {b:+d}: M by", ", ".join(attentions))

# %% [markdown] worked="20.00 % 20.21 % 20.28 %"
# Look at the third line. **In a product two "no" make a "yes".** And in the fourth an opinion of 0, "I cannot tell",
# silences the other. A maximum only ever hears the louder "yes". The sum weighs one against the other.
#
# That is a reason, not a proof: layers can learn around all of it. In the paper the three give errors of 20.00 %
# (sum), 20.21 % (product) and 20.28 % (maximum), one number each and no spread.
#
# ### Why `1 +`?
#
# With all weights at zero, $M$ is one half. A block that multiplies by $M$ alone halves the map, and three of them
# leave an eighth. With $1 + M$ nothing can be lost: **attention can raise, never remove.**

# %%
nothing = scores_by_hand(0)
for places in (1, 3, 10):
    left = 0.5**places
    kept = 1.0
    for _ in range(places):
        kept = training.apply_block(
            lambda x: bam(x, nothing, nothing, "b"), np.full((1, 2, 3, 4), kept)
        ).max()
    print(f"{places:2} in a row, a map of ones: {left:.3f} with x · M, {kept:.2f} with your x · (1 + M)")

# %% [markdown]
# The price: values grow. A batch normalisation further on takes the growth back.

# %% [markdown]
# ---
# ## 4 · At the bottlenecks
#
# SE and CBAM stand in every block. BAM stands only where a stage ends and the map is about to shrink: at the network's
# **bottlenecks**. What is not raised there may be lost when the size is halved.
#
# $$\underbrace{B \cdots B}_{\text{stage } 1}\; \alpha\;\;
# \underbrace{B^{/2} \cdots B}_{\text{stage } 2}\; \alpha\;\;
# \underbrace{B^{/2} \cdots B}_{\text{stage } 3}\; \alpha\;\;
# \underbrace{B^{/2} \cdots B}_{\text{stage } 4}$$
#
# | symbol | in the code | meaning |
# |---|---|---|
# | $B$ | `block` | a residual block, as in lesson 04 |
# | $B^{/2}$ | `block(..., strides=2)` | the same, halving height and width |
# | $\alpha$ | `attention` | BAM |
#
# In plain loops, with the number of blocks of a small network:

# %%
widths, units, size = (16, 32, 64, 128), (1, 2, 1, 2), 28
for stage in range(len(widths)):
    for unit in range(units[stage]):
        size = (size + 1) // 2 if stage > 0 and unit == 0 else size
        print(f"stage {stage}, block {unit}: ({size}, {size}, {widths[stage]})")
    if stage < len(widths) - 1:
        print(f"    attention on ({size}, {size}, {widths[stage]})")

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 4 · `bam_stages`
# **3 points · difficulty ●●○○○ · about 20 minutes**
#
# **Goal.** The stages one after the other, with `attention` behind every stage but the last. It is the loop of `resnet`
# from lesson 04, without mean and softmax at its end.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, A)` |
# | after the first stage, and its attention | `(N, H, W, widths[0])` |
# | after the second, and its attention | `(N, H/2, W/2, widths[1])`, and so on |
# | goes out, from the last stage | `(N, H/8, W/8, widths[3])` for four stages |
#
# **Two worked numbers.** With `units=(1, 2, 1, 2)` there are 6 blocks and 3 attentions.
#
# **How.** Call `block(x, filters, name, strides=...)` and `attention(x, name)`. The first block of every stage but the
# first has `strides=2`. Odd sizes are rounded up when halved.
#
# **Take care.** Every block and every attention needs a name of its own, built from `name`.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "bam_stages", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bam_stages(x: keras.KerasTensor, widths, units, block, attention, name: str) -> keras.KerasTensor:
    """Stages of blocks, with attention wherever one stage ends and another follows.

    x: feature map, (N, H, W, A).
    widths: filters of each stage. units: number of blocks of each stage.
    block: called as block(x, filters, name, strides=1 or 2).
    attention: called as attention(x, name); returns x refined, in the same shape.
    name: start of the names of all layers made here.
    Returns what the last stage gives, with widths[-1] channels.
    """
    ### BEGIN SOLUTION
    for stage, (width, repeats) in enumerate(zip(widths, units, strict=True)):
        for unit in range(repeats):
            strides = 2 if stage > 0 and unit == 0 else 1
            x = block(x, width, f"{name}_stage{stage}_block{unit}", strides=strides)
        if stage < len(widths) - 1:
            x = attention(x, f"{name}_stage{stage}_bam")
    return x
    ### END SOLUTION


# %% [markdown]
# What your network calls, in which order, and on which size:


# %%
def your_calls():
    calls = []  # height, channels, and 1 for attention

    def block(x, filters, name, strides=1):
        x = layers.Conv2D(filters, 1, strides, name=name)(x)
        calls.append((*x.shape[2:], 0))
        return x

    def attention(x, name):
        calls.append((*x.shape[2:], 1))
        return x

    bam_stages(keras.Input((28, 28, 3)), (16, 32, 64, 128), (1, 2, 1, 2), block, attention, "look")
    return np.array(calls).T


# %%
in_order = [(28, 16, 0), (28, 16, 1), (14, 32, 0), (14, 32, 0), (14, 32, 1)]
in_order += [(7, 64, 0), (7, 64, 1), (4, 128, 0), (4, 128, 0)]
fig = figures.target_beside_yours(
    np.array(in_order).T, your_calls, rows="width, channels,\nattention?", columns="call"
)
figures.show(
    fig, alt="Left, width and channels at each of nine calls, three of them attention. Right, yours."
)

# %% nbgrader={"grade": true, "grade_id": "check_bam_stages", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("bam_stages", bam_stages)

# %% [markdown]
# <details><summary>I have six attentions</summary>
#
# The call stands in the inner loop, behind every block. It belongs behind the last block of a stage.
# </details>
#
# <details><summary>I have four attentions</summary>
#
# There is one behind the last stage, where nothing shrinks any more.
# </details>
#
# <details><summary>Three attentions, but each on a smaller map than in the picture</summary>
#
# Attention comes at the end of a stage, before the block that halves the size; not at the beginning of the next.
# </details>
#
# <details><summary>"Two layers have the same name"</summary>
#
# Two calls got the same name. Put the stage into it, and for blocks the unit.
# </details>

# %% [markdown]
# ---
# ## Put it to work
#
# Everything is there: branches, block, places. The residual block is your own of lesson 04, if it is found and right,
# else this one:


# %%
def course_block(x, filters, name, strides=1):
    """Two convolutions and the way past them: (N, H, W, A) to (N, H/strides, W/strides, filters)."""
    y = conv_norm(x, filters, 3, strides, name=name + "_1", relu=True)
    y = conv_norm(y, filters, 3, name=name + "_2")
    if strides > 1 or x.shape[-1] != filters:
        x = conv_norm(x, filters, 1, strides, name=name + "_shortcut")
    return layers.ReLU(name=name + "_out")(layers.Add(name=name + "_add")([y, x]))


block = earlier.block("residual_block", otherwise=course_block)


# %%
def what(x, name, reduction=4):
    """Your channel branch, less narrow: the small network has few channels."""
    return bam_channel_branch(x, name, reduction)


def where(x, name, reduction=4, dilation=4):
    """Your spatial branch, likewise."""
    return bam_spatial_branch(x, name, reduction, dilation)


budget = {"epochs": session.pick(smoke=1, quick=3, full=20), "batch_size": 100}


def classifier(attention):
    """Return a compiled network of four stages of one block, with attention at its three bottlenecks."""
    x = keras.Input((56, 56, 1))
    h = conv_norm(x, 16, 5, 2, name="stem", relu=True)  # (N, 28, 28, 16)
    h = layers.MaxPooling2D(2, name="stem_pool")(h)  # (N, 14, 14, 16)
    h = bam_stages(h, (16, 24, 32, 48), (1, 1, 1, 1), block, attention, "net")  # (N, 2, 2, 48)
    h = layers.GlobalAveragePooling2D(name="mean")(h)  # (N, 48)
    model = keras.Model(x, layers.Dense(10, activation="softmax", name="classes")(h))
    steps = budget["epochs"] * (n // budget["batch_size"])
    rate = keras.optimizers.schedules.CosineDecay(5e-3, steps)  # the learning rate falls to 0
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% [markdown]
# Five candidates. Three are BAM and its two other ways to join. The fourth is the control: **the same layers, fed with
# ones in the place of the map.** It costs the same and cannot look: it can only learn one fixed attention for all
# images. The last has no attention.


# %%
def joined_by(join):
    """BAM with another way to join the two scores."""

    def attention(x, name):
        both = join(what(x, name + "_channel"), where(x, name + "_spatial"))  # (N, H, W, C)
        return x * (1 + keras.ops.sigmoid(both))

    return attention


def blind(branch):
    """The same branch, which sees ones whatever the image is."""
    return lambda x, name: branch(keras.ops.ones_like(x), name)


candidates = {
    "BAM": lambda x, name: bam(x, what, where, name),
    "product": joined_by(keras.ops.multiply),
    "maximum": joined_by(keras.ops.maximum),
    "blind": lambda x, name: bam(x, blind(what), blind(where), name),
    "none": lambda x, name: x,
}

# %%
for title, attention in candidates.items():
    ours = count.size_of(classifier(attention))
    print(f"{title:10} {ours.trainable:7,d} trainable parameters, {ours.multiply_adds:10,d} multiply–adds")

# %% [markdown]
# The first four cost the same, to the last weight. Train three of them: same canvases, order and seed.

# %%
options = budget | {"seed": session.seed}


def trained(attention, label):
    """Return the network with this attention, trained from the lesson's seed."""
    keras.utils.set_random_seed(session.seed)
    model = classifier(attention)
    training.fit(model, x_train, y_train, **options, label=label)
    return model


def watched(branch, seen):
    """The same branch, which also writes down the scores that it gives."""

    def watching(x, name):
        seen.append(branch(x, name))
        return seen[-1]

    return watching


def with_maps(seen):
    """Your BAM, whose maps are found in `seen`."""
    return lambda x, name: bam(x, what, watched(where, seen), name)


# %%
seen = []  # the scores of the positions at the three bottlenecks
models = {"BAM": trained(with_maps(seen), "BAM")}
for title in ("blind", "none"):
    models[title] = trained(candidates[title], title)


# %%
accuracy = {
    title: model.evaluate(x_test, y_test, batch_size=500, verbose=0)[1] for title, model in models.items()
}
fig = figures.compare(accuracy, xlabel="share of new canvases right (one run)")
figures.show(
    fig, alt="Accuracy on new canvases with BAM, with the blind control and with none, one run each."
)

# %% [markdown] worked="95 %"
# One run each, and single runs differ widely here. Over {{claim:05.against_blind:seeds}} paired seeds, each with
# canvases, order and first weights of its own, tested on 2000 new canvases:
#
# | accuracy on new canvases | mean | of the other | difference, 95 % interval |
# |---|---|---|---|
# | BAM, against the blind control | {{claim:05.against_blind:mean}} | {{claim:05.against_blind:against}} | {{claim:05.against_blind:interval}} |
# | BAM, against none | {{claim:05.against_none:mean}} | {{claim:05.against_none:against}} | {{claim:05.against_none:interval}} |
# | the blind control, against none | {{claim:05.blind_against_none:mean}} | {{claim:05.blind_against_none:against}} | {{claim:05.blind_against_none:interval}} |
# | sum, against product | {{claim:05.sum_against_product:mean}} | {{claim:05.sum_against_product:against}} | {{claim:05.sum_against_product:interval}} |
# | sum, against maximum | {{claim:05.sum_against_maximum:mean}} | {{claim:05.sum_against_maximum:against}} | {{claim:05.sum_against_maximum:interval}} |
#
# Such an interval is made from the paired differences, one per seed: they are drawn again and again, with repetition, and
# the interval shows where most of the means fall. In lesson 09 you build an interval yourself.
#
# Read the intervals first: a row whose interval holds zero shows no detectable difference. Only the first row tells
# *looking* from merely having more parameters.
#
# **Every interval holds zero.** At this size, with {{claim:05.against_blind:seeds}} pairs, no detectable difference: not
# from BAM, not from the way to join. That is not "equal": a gain of a point or two could hide in intervals as wide as
# these.

# %% [markdown]
# ### What the maps point at
#
# The scores of the positions, $M_s$, at the three bottlenecks. In JupyterLab you can pick other canvases, and a
# bottleneck, below the picture:


# %%
def maps_of(around, images):
    """The scores of the positions at each bottleneck, enlarged to the canvas: three arrays (N, 56, 56)."""
    found = around.predict(images, batch_size=500, verbose=0)  # (N, 14, 14, 1), (N, 7, 7, 1), (N, 4, 4, 1)
    return [np.kron(m[..., 0], np.ones((1, 56 // m.shape[1], 56 // m.shape[1]))) for m in found]


around = keras.Model(models["BAM"].input, seen)
maps = dict(zip(("first", "second", "third"), maps_of(around, x_test), strict=True))

# %%
raw = dict(zip(maps, around.predict(x_test[:12], verbose=0), strict=True))  # not enlarged


def beside_its_map(canvas, bottleneck):
    """One canvas beside its map at one bottleneck."""
    chosen = slice(canvas, canvas + 1)
    return figures.mask_hierarchy(x_test[chosen], {bottleneck: raw[bottleneck][chosen]})


# %%
overview = figures.mask_hierarchy(x_test[:4], {place: m[:4] for place, m in raw.items()})
figures.explore(
    overview,
    beside_its_map,
    alt="Four canvases, each beside its maps at the three bottlenecks, from fine to coarse.",
    canvas={f"{number}: {data.CLASS_NAMES[y_test[number]]}": number for number in range(12)},
    bottleneck=list(raw),
)

# %% [markdown]
# How well does each tell garment from the rest? Beside each map stands its control: **the map of another canvas**, which
# knows the habits of the network and nothing of this canvas. And two that need no network.

# %%
told_apart = {}
for place, m in maps.items():
    told_apart[f"{place} bottleneck"] = scores.map_auroc(m, masks)
    others = scores.control_maps(m, seed=session.seed)["another image's map"]
    told_apart[f"{place}, of another canvas"] = scores.map_auroc(others, masks)
centre = scores.control_maps(x_test, seed=session.seed)["centre prior"]
told_apart["a spot in the centre"] = scores.map_auroc(centre, masks)
told_apart["brightness of the pixel"] = scores.map_auroc(x_test[..., 0], masks)

# %%
fig = figures.compare(told_apart, xlabel="AUROC, garment against the rest (one run)")
figures.show(fig, alt="How well three maps, those of other canvases, a spot in the centre and brightness do.")

# %% [markdown] worked="95 %"
# Again over {{claim:05.first_map:seeds}} seeds, with chance at one half:
#
# | bottleneck | AUROC | distance from chance, interval |
# |---|---|---|
# | first, 14 × 14 | {{claim:05.first_map:mean}} | {{claim:05.first_map:interval}} |
# | second, 7 × 7 | {{claim:05.second_map:mean}} | {{claim:05.second_map:interval}} |
# | third, 4 × 4 | {{claim:05.third_map:mean}} | {{claim:05.third_map:interval}} |
#
# Two questions hide in such a number. **Does a high value mean garment?** Nothing in the loss asks for that: a map may
# as well be high on what surrounds the garment. Then its AUROC lies *below* one half, and a mean over seeds whose signs
# differ says nothing. **Does the map know where this garment is?** For that, take the distance from one half, whatever
# its sign, and compare it with the map of another canvas, which knows only where garments usually lie:
#
# | distance from one half | map | map of another canvas | difference, 95 % interval |
# |---|---|---|---|
# | first | {{claim:05.first_apart:mean}} | {{claim:05.first_apart:against}} | {{claim:05.first_apart:interval}} |
# | second | {{claim:05.second_apart:mean}} | {{claim:05.second_apart:against}} | {{claim:05.second_apart:interval}} |
# | third | {{claim:05.third_apart:mean}} | {{claim:05.third_apart:against}} | {{claim:05.third_apart:interval}} |
#
# This second table stands on {{claim:05.first_apart:seeds}} seeds, the first on {{claim:05.first_map:seeds}}: do not read
# across them as if they were the same runs.
#
# So each of the three maps knows something about *its own* canvas. Of the third the first table hid it: its sign changes
# from seed to seed. And mind what was not measured: each map was compared with chance and with the map of another canvas,
# **but no bottleneck with another**. There is no interval between two of them, so the tables do not say which knows most.
#
# And compare with the table before. The network that has these maps was not detectably better than one that cannot look.
# **A map that points is no proof that it helps.**

# %% [markdown] worked="25.56 25.92"
# ---
# ## Paper against code
#
# The authors released code with their paper. Read side by side what each of the two says:
#
# | | the paper | the released code |
# |---|---|---|
# | joins the branches by | a sum | a **product** |
# | batch normalisation | one at the end of each branch | behind every layer **but** the last |
# | ReLU in the branches | none in the formulas | behind every layer but the last |
# | then | $\sigma$, and $1 + M$ | the same |
# | input | any size | square maps only |
# | as released | | stops with an error when a BAM is made: it uses a name that is defined nowhere |
#
# Several people asked about the sum in the repository's issues. Your BAM takes the sum of the paper and the layers of
# the code. (The checks also take the paper's place for the normalisations.) So what should you believe when the two disagree? Three tests, from weak to strong.
#
# **Test 1: count.** The paper says that ResNet-50 has 25.56 million parameters, and 25.92 million with BAM.


# %%
def full_size(x, name):
    """Your BAM as the paper has it, with r = 16 and d = 4."""
    return bam(x, bam_channel_branch, bam_spatial_branch, name)


bare = count.size_of(networks.resnet(50, stride="v1"))
ours = count.size_of(networks.resnet(50, stride="v1", stage_attention=full_size))
rows = [
    count.compare("ResNet-50", bare, "25.56 M", "trainable parameters"),
    count.compare("ResNet-50 + BAM", ours, "25.92 M", "trainable parameters"),
    count.compare("ResNet-50 + BAM", ours, "3.94 G", "multiply–adds"),
]
print(count.papers_table(rows))

# %% [markdown]
# It fits. But **what else would fit?** A sum and a product have no parameters at all. And the normalisations:

# %%
for wide in (256, 512, 1024):
    narrow_width = wide // 16
    as_code = 2 * (narrow_width + 3 * narrow_width)  # factor and offset behind four narrow layers
    as_paper = 2 * (wide + 1)  # one at the end of each branch
    print(
        f"{wide:4} channels: {as_code} parameters in normalisations as in the code, {as_paper} as in the paper"
    )
difference = sum(2 * (C + 1) - 8 * (C // 16) for C in (256, 512, 1024))
print(f"with the paper's layout: {ours.trainable + difference:,}")

# %% [markdown] worked="25.92"
# Both layouts round to 25.92 million. The count cannot tell them apart. **A count shows that the weights are there, not
# what is done with them.**
#
# **Test 2: look at what comes out.** Behind a sum, the score of a position and channel is the one plus the other. Then
# a table of scores has a telling property: subtract from each entry the mean of its row and of its column, add
# the mean of all, and nothing is left. Behind a product something is. All it takes is input and output:


# %%
def left_over(attention, x):
    """How far the scores behind an attention are from a sum over positions and channels: 0 if they are one."""
    y = training.apply_block(lambda t: attention(t, "look"), x)
    M = np.float64(y) / x - 1
    score = np.log(M / (1 - M)).reshape(len(x), -1, x.shape[-1])  # (N, H*W, C)
    rows, columns = score.mean(axis=1, keepdims=True), score.mean(axis=2, keepdims=True)
    return float(np.abs(score - rows - columns + score.mean(axis=(1, 2), keepdims=True)).max())


keras.utils.set_random_seed(session.seed)
some = np.random.default_rng(1).uniform(0.5, 1.5, (4, 8, 8, 32)).astype("float32")
for title in ("BAM", "product", "maximum"):
    print(f"{title:8} {left_over(candidates[title], some):.4f}")

# %% [markdown]
# No source needed, no trust: **the output tells the sum from the others.**
#
# **Test 3: does it matter?** That is a question of measuring over several paired seeds, and of the scale you care
# about. For the paper's scale there is its own table, one number each.

# %% [markdown]
# ---
# ## Limits and controls
#
# **Small is not large.** Four blocks, 8000 canvases and three rounds say nothing about ImageNet. Nor does a
# dilation of 4 mean the same on maps of 14 × 14 and 4 × 4 as on 56 × 56.
#
# **A map that points is not a reason.** Scores of the positions are only one half: the channel scores are added to
# them, and a position with a low score still passes whole. In BAM nothing is ever closed.
#
# **A sign may turn.** Nothing in the loss says that "look here" must be a *high* score. A network can as well raise
# what surrounds the garment, and read the hole. So an AUROC far below one half would tell garment from clutter, too.
#
# ### The question from the beginning

# %%
best = max(maps, key=lambda place: told_apart[f"{place} bottleneck"])
print(f"You guessed bottleneck {my_guess}. In this run the {best} map tells garment from the rest best.")

# %% [markdown]
# One run is one run. Over {{claim:05.first_apart:seeds}} seeds the first map lay {{claim:05.first_apart:mean}} from chance,
# the second {{claim:05.second_apart:mean}} and the third {{claim:05.third_apart:mean}}, whatever the sign. Each of them knew
# more of its own canvas than the map of another canvas did; that was measured. Which bottleneck tells most was not: the
# three were not compared with one another in pairs. So your question stays open here, and so does what the paper's
# pictures suggest, that the maps come to the object step by step.
#
# ### Change it and see
#
# Plain variables. Change one, say aloud what you expect, run the cell.

# %%
CHANNEL = -1.5  # the score of a channel; try 0, and 3
POSITIONS = (-4, -2, -1, 0, 1, 2, 4)  # the scores of seven positions

for title, join in joined.items():
    factors = [1 + 1 / (1 + np.exp(-join(CHANNEL, position))) for position in POSITIONS]
    print(f"{title:8}", " ".join(f"{factor:.2f}" for factor in factors))

# %% [markdown]
# With a negative channel score the product turns the map over: what the spatial branch likes least grows most. With
# a score of 0 it grows everything alike.

# %% [markdown]
# ---
# ## Quiz
#
# Work these out on paper, then type the number.
#
# **Question 1.** Your BAM gets 64 channels, with $r = 16$. All its layers have biases. How many **trainable**
# parameters have the two branches together? Batch normalisation learns a factor and an offset per channel. Put the
# number into `quiz_bam_parameters_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_bam_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_bam_parameters_answer = None  # your number
### BEGIN SOLUTION
channel_part = (64 * 4 + 4) + 2 * 4 + (4 * 64 + 64)
spatial_part = (64 * 4 + 4) + 2 * (9 * 4 * 4 + 4) + 3 * 2 * 4 + (4 + 1)
quiz_bam_parameters_answer = channel_part + spatial_part
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_bam_parameters", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_bam_parameters", quiz_bam_parameters_answer)

# %% [markdown]
# **Question 2.** The first dilated convolution has a dilation of 4, and somebody gives the second one a dilation of 1.
# On how many positions of $F$ does one score of the map depend, far from the borders? Put the number into
# `quiz_bam_positions_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_bam_positions", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_bam_positions_answer = None  # your number
### BEGIN SOLUTION
offsets = {far + near for far in (-4, 0, 4) for near in (-1, 0, 1)}  # in one direction
quiz_bam_positions_answer = len(offsets) ** 2
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_bam_positions", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_bam_positions", quiz_bam_positions_answer)

# %% [markdown]
# **Question 3.** ResNet-18 has four stages of 64, 128, 256 and 512 channels, with two blocks each. How many trainable
# parameters does BAM add to it, with $r = 16$, at the places where BAM stands? Put the number into
# `quiz_bam_network_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_bam_network", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_bam_network_answer = None  # your number
### BEGIN SOLUTION
hidden_widths = {64: 4, 128: 8, 256: 16}  # channels: channels // 16
quiz_bam_network_answer = sum(3 * C * h + 18 * h * h + C + 13 * h + 1 for C, h in hidden_widths.items())
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_bam_network", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_bam_network", quiz_bam_network_answer)

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_bam", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Written answer
#
# <div class="alert alert-info">
#
# ### "We use BAM"
# **3 points · about 10 minutes · five to eight sentences**
#
# A report says: *"We use BAM as in the paper. Our parameter count agrees with the paper's table to the last digit, so
# our code computes what the paper describes."* You look into the code and see the two branches multiplied.
#
# Say **what the product computes that the sum does not** (one pair of scores is enough), **why the agreeing count shows
# nothing about it**, and **how the report could have found out, and what it should write**. Use what you saw in this
# lesson.
#
# | points | for |
# |---|---|
# | 1 | a case in which sum and product disagree, and what that means for the map |
# | 1 | joining the branches has no parameters, so that no count can see it |
# | 1 | a test of what comes out (or a measured comparison over paired seeds), and a report that names the fusion and the layout used |
#
# </div>

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_bam", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Take a channel with the score −2 and a position with the score −2. Both vote "no". Their sum is −4 and the attention
# nearly 0, so that the value stays as it is. Their product is +4 and the attention nearly 1: the value is doubled,
# although neither branch asked for it. And a score of 0 in one branch makes the other one's opinion count nothing.
#
# Sum and product of two tensors have no weights. The count adds up the layers of the branches, and they are the same
# in both. Even another place for the batch normalisations gives the same rounded number. A count shows
# that weights are there, not what is done with them.
#
# The report could have looked at what comes out: from input and output one gets the scores, and behind a sum nothing
# is left once the means of rows and columns are taken away. Or it could give one position and one channel negative
# scores and see whether the value grows. It should write which fusion and which layout it uses, where it follows
# the released code and where the paper, and, if it claims that this does not matter, compare both over
# several paired seeds.
# ### END SOLUTION

# %% [markdown]
# ## What you have done
#
# In this lesson you
#
# 1. **wrote the channel branch**: scores of the channels, without a sigmoid;
# 2. **wrote the spatial branch**, and saw with an impulse that two dilated convolutions look $2d$ far, at no cost in
#    weights;
# 3. **joined them**: a sum weighs two opinions, in a product two "no" make a "yes"; `1 + M` can raise and never
#    remove;
# 4. **placed it** at the bottlenecks: behind every stage but the last, before the map shrinks;
# 5. **read paper against code**: a count of parameters cannot see a fusion, what comes out can;
# 6. **measured** it beside a control that costs the same and cannot look.
#
# ## References
#
# 1. J. Park, S. Woo, J.-Y. Lee, I. S. Kweon. *BAM: Bottleneck Attention Module.* BMVC 2018.
#    [arXiv:1807.06514](https://arxiv.org/abs/1807.06514)
# 2. The authors' code for BAM and CBAM: [github.com/Jongchan/attention-module](https://github.com/Jongchan/attention-module).
#    Read `MODELS/bam.py` beside section 3 of the paper, then the issues.
# 3. F. Yu, V. Koltun. *Multi-Scale Context Aggregation by Dilated Convolutions.* ICLR 2016.
#    [arXiv:1511.07122](https://arxiv.org/abs/1511.07122)
# 4. K. He, X. Zhang, S. Ren, J. Sun. *Deep Residual Learning for Image Recognition.* CVPR 2016.
#    [arXiv:1512.03385](https://arxiv.org/abs/1512.03385)
#
# ## Next
#
# BAM asks *what* and *where* side by side. Lesson 06 builds CBAM, which asks one after the other, in every block.
