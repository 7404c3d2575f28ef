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
# # Lesson 01 · Channel attention
#
# **By the end you will have shown that a network can find, by itself, which of its channels are worth
# listening to, and where that finding stops being true.**
#
# | | |
# |---|---|
# | Time | about 90 minutes |
# | Difficulty | ●●○○○ |
# | Run time | under a minute on two processor cores (profile `quick`) |
# | You need | lesson 00; what a convolution does; a little NumPy |
# | Points | 20: 14 for the exercises, 3 for the quiz, 3 for the written answer |

# %% [markdown]
# ## What you will do
#
# 1. **Squeeze** a feature map into one number per channel.
# 2. **Excite**: turn those numbers into gates between 0 and 1.
# 3. **Assemble** both into a squeeze-and-excitation block, the block behind SE networks.
# 4. **Count** its parameters with a formula of your own.
# 5. **Test** whether the gates find channels that carry nothing, against a known truth and controls.
# 6. **Break** it: find a network in which the gates tell nothing, and units that are dead.

# %% [markdown]
# ## Set-up
#
# One cell. It checks the versions and the data, and fixes the random seed.
# In the whole course images and feature maps have the axes `(batch, height, width, channels)`, written
# `(N, H, W, C)`.

# %%
import course_lib

session = course_lib.setup(seed=1)

import keras
import numpy as np
from keras import layers

from course_lib import check, data, figures, scores, training

# %% [markdown]
# ## A question to begin with
#
# A convolutional network sees an image through many **channels**: one small picture per filter.
# Below is one garment as a network might see it, shrunk to half its size. Some channels carry the garment, each
# through a filter of its own. In the others somebody has planted noise: a different garment with its pixels
# shuffled, so that brightness alone gives no channel away.
#
# The garments are those of Fashion-MNIST (Xiao and others, 2017). Where there is no copy of it and no network,
# the course draws its own and says so.

# %%
dataset = data.fashion_mnist()
count = session.pick(smoke=300, quick=2000, full=12000)
planted = data.planted_channels(count, seed=1, images=dataset.x_train, labels=dataset.y_train)
features, labels = planted.features, planted.labels  # (N, H, W, C), (N,)
print("data:", dataset.source)
print("feature maps", features.shape, "· labels", labels.shape)

# %%
fig = figures.feature_maps(features[0])
figures.show(
    fig,
    alt="All channels of one feature map. In some a garment can be made out; the others are grey noise.",
)

# %% [markdown] worked="1.0 0.5"
# Your eye sorts them in a second: it knows what clothes look like. The network gets no hint, only feature
# maps and class labels.
#
# **Can it learn to turn down the noise, when nobody tells it which channels are noise?**
#
# Write your guess now; you will meet it again near the end. 1.0 means that every garment channel gets a
# higher gate than every noise channel. 0.5 means that the gates are no better than throwing dice.

# %%
my_guess = 0.5  # change me: between 0 and 1

# %% [markdown]
# ## The idea in three equations
#
# The squeeze-and-excitation block (Hu and others, 2018) has three steps:
#
# $$
# \underbrace{z_c = \frac{1}{H\,W}\sum_{i=1}^{H}\sum_{j=1}^{W} x_{ijc}}_{\text{squeeze}}
# \qquad
# \underbrace{s = \sigma\big(W_2\,\delta(W_1 z + b_1) + b_2\big)}_{\text{excitation}}
# \qquad
# \underbrace{\tilde x_{ijc} = s_c\,x_{ijc}}_{\text{scale}}
# $$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $x$ | `x` | feature map that comes in | `(N, H, W, C)` |
# | $z$ | `z` | descriptor: one number per channel | `(N, C)` |
# | $r$ | `reduction` | how much narrower the middle is | a whole number |
# | $W_1, b_1$ | first `Dense` layer | from $C$ numbers to $C/r$ | `(C, C//r)`, `(C//r,)` |
# | $W_2, b_2$ | second `Dense` layer | from $C/r$ numbers back to $C$ | `(C//r, C)`, `(C,)` |
# | $\delta$ | `"relu"` | $\delta(a) = \max(0, a)$ | |
# | $\sigma$ | `"sigmoid"` | $\sigma(a) = 1 / (1 + e^{-a})$, between 0 and 1 | |
# | $s$ | `s` | gates: one number in (0, 1) per channel | `(N, C)` |
# | $\tilde x$ | what you return | refined feature map | `(N, H, W, C)` |
#
# Squeeze asks *how active is each channel over the whole image?*
# Excitation decides *how far do I open each one?* Scale does it.

# %% [markdown]
# ## A feature map small enough to hold in your head
#
# One image, 2 × 2 positions, 4 channels. You can check every number of the next three sections by hand.

# %%
tiny = np.array([[[1, -1, 3, 4], [1, -3, 5, 4]], [[0, -4, 1, 2], [2, 0, 3, 6]]], dtype=float)
H, W, C = tiny.shape  # (2, 2, 4)
for c in range(C):
    print(f"channel {c}:", tiny[:, :, c].tolist())

# %% [markdown]
# ---
# ## 1 · Squeeze
#
# $$z_c = \frac{1}{H\,W}\sum_{i}\sum_{j} x_{ijc}$$
#
# In plain loops:

# %%
z_loops = np.zeros(C)
for c in range(C):
    total = sum(tiny[i, j, c] for i in range(H) for j in range(W))
    z_loops[c] = total / (H * W)
    print(f"channel {c}: sum {total:3.0f}, divided by {H * W}: z = {z_loops[c]:g}")

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 1 · `squeeze`
# **3 points · difficulty ●○○○○ · about 10 minutes**
#
# **Goal.** One number per channel: the mean of that channel over height and width.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | `z` goes out | `(N, C)`; `(N, 1, 1, C)` is accepted too |
#
# **Two worked numbers.** In the tiny map, channel 1 holds −1, −3, −4, 0 and gives −2.
# Channel 3 holds 4, 4, 2, 6 and gives 4.
#
# **How.** Use the functional style of Keras: make a layer, call it on `x`, return what comes out.
# `x` is *symbolic*: it has a shape, but no numbers yet, so NumPy cannot work on it.
# Name every layer from `name`, for example `name + "_gap"`; then two blocks in one model never clash.
#
# `keras.layers` has a pooling layer that averages all positions at once. `keras.ops` has a mean with an
# `axis`. Either is fine.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "squeeze", "locked": false, "schema_version": 3, "solution": true, "task": false}
def squeeze(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Describe every channel by one number, its average over height and width.

    x: feature map, (N, H, W, C).
    name: start of the names of the layers made here.
    Returns the descriptor z, (N, C).
    """
    ### BEGIN SOLUTION
    return layers.GlobalAveragePooling2D(name=name + "_gap")(x)  # (N, C)
    ### END SOLUTION


# %% [markdown]
# The target, and beside it what your function makes of the same tiny map. Run this as often as you like.


# %%
def your_squeeze():
    return training.apply_block(lambda x: squeeze(x, "tiny"), tiny[None])  # (1, 4)


fig = figures.target_beside_yours(z_loops, your_squeeze, columns="channel")
figures.show(fig, alt="Left, the target descriptor 1, -2, 3, 4. Right, what your squeeze returns.")

# %% nbgrader={"grade": true, "grade_id": "check_squeeze", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("squeeze", squeeze)

# %% [markdown]
# <details><summary>I get a row or a map where one number should be</summary>
#
# You averaged over too few axes, or over the wrong ones. Axis 0 is the batch, axes 1 and 2 are height and
# width, axis 3 holds the channels. Only 1 and 2 should vanish.
# </details>
#
# <details><summary>My numbers are four times too large</summary>
#
# That is the sum. The formula divides by H · W.
# </details>
#
# <details><summary>"A KerasTensor cannot be used as input to a TensorFlow function", or NumPy complains</summary>
#
# `x` has no numbers yet. Use something from `keras.layers` or `keras.ops`.
# </details>
#
# <details><summary>I get a layer back instead of a tensor</summary>
#
# A layer is made first and called second: `layers.SomeLayer(...)(x)`. Count the brackets.
# </details>

# %% [markdown]
# ---
# ## 2 · Excitation
#
# $$h = \delta(W_1 z + b_1), \qquad s = \sigma(W_2 h + b_2)$$
#
# The middle is $r$ times narrower than the ends. It has to summarise, and it keeps the block cheap.
#
# The tiny map has $C = 4$ channels. With $r = 2$ the middle has 2 units. Here are weights chosen by hand.
# Both biases are zero, so that you can follow:

# %%
W1 = np.array([[1, 0], [0, 1], [1, -1], [0, 1]], dtype="float32")  # (C, C // r) = (4, 2)
W2 = np.array([[1, -1, 0, 0.5], [0, 2, -1, 0]], dtype="float32")  # (C // r, C) = (2, 4)
b1, b2 = np.zeros(2, "float32"), np.zeros(4, "float32")

# %%
hidden = np.zeros(2)
for k in range(2):
    parts = [z_loops[c] * W1[c, k] + 0 for c in range(C)]
    hidden[k] = max(0.0, sum(parts) + b1[k])
    print(f"unit {k}: {' + '.join(f'({p:g})' for p in parts)} = {sum(parts):g}, after ReLU {hidden[k]:g}")

# %%
s_loops = np.zeros(C)
for c in range(C):
    score = sum(hidden[k] * W2[k, c] for k in range(2)) + b2[c]
    s_loops[c] = 1 / (1 + np.exp(-score))
    print(f"channel {c}: score {score:2.0f}, gate 1 / (1 + exp({-score + 0:g})) = {s_loops[c]:.4f}")

# %% [markdown] worked="0.9820 0.5"
# Two things to notice. The ReLU has silenced unit 1. And the gates add up to more than 1:
# **they do not compete.** Every channel may matter at once, or none.
#
# <div class="alert alert-info">
#
# ### Exercise 2 · `excitation`
# **4 points · difficulty ●●○○○ · about 15 minutes**
#
# **Goal.** Two fully connected layers, with biases: narrow with ReLU, then wide with sigmoid.
#
# | | shape |
# |---|---|
# | `z` comes in | `(N, C)` |
# | hidden | `(N, C // r)` |
# | gates go out | `(N, C)`, each strictly between 0 and 1 |
#
# **Two worked numbers.** With the weights above, channel 0 has score 4 and gate 0.9820; channel 2 has
# score 0 and gate 0.5.
#
# **How.** `layers.Dense(units, activation=..., name=...)` holds a weight matrix and a bias.
# The number of units must be a whole number: `//` divides whole numbers.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "excitation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def excitation(z: keras.KerasTensor, channels: int, reduction: int, name: str) -> keras.KerasTensor:
    """Turn the descriptor into one gate between 0 and 1 per channel.

    z: descriptor, (N, C).
    channels: C, the number of channels. reduction: r, so that the hidden layer has C // r units.
    name: start of the names of the layers made here.
    Returns the gates s, (N, C).
    """
    ### BEGIN SOLUTION
    hidden = layers.Dense(channels // reduction, activation="relu", name=name + "_reduce")(z)  # (N, C // r)
    return layers.Dense(channels, activation="sigmoid", name=name + "_gates")(hidden)  # (N, C)
    ### END SOLUTION


# %% [markdown]
# Your function makes layers with random weights. The next cell puts the weights from above into them, in the
# order in which your layers use them.

# %% worked="0.982 0.018 0.5 0.881"
by_hand = [W1, b1, W2, b2]


def your_excitation():
    return training.apply_block(lambda z: excitation(z, C, 2, "tiny"), z_loops[None], weights=by_hand)


fig = figures.target_beside_yours(s_loops, your_excitation, columns="channel")
figures.show(fig, alt="Left, the target gates 0.982, 0.018, 0.5, 0.881. Right, the gates of your excitation.")

# %% nbgrader={"grade": true, "grade_id": "check_excitation", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("excitation", excitation)

# %% [markdown]
# <details><summary>My gates add up to 1</summary>
#
# That is a softmax: it makes the channels compete for one unit of attention. Here each channel has its own
# sigmoid.
# </details>
#
# <details><summary>My gates are never below one half</summary>
#
# A ReLU just before the last sigmoid removes every negative score. ReLU belongs to the narrow layer only.
# </details>
#
# <details><summary>Some of my gates are negative, or far above 1</summary>
#
# Negative down to −1: that is tanh. Above 1: the last layer has no activation. Finish with a sigmoid.
# </details>
#
# <details><summary>Keras says that "units" must be a positive integer</summary>
#
# `channels / reduction` gives `12.0`, not `12`. And a reduction larger than the number of channels leaves no
# unit at all.
# </details>
#
# <details><summary>The shapes are right and the numbers are not</summary>
#
# Check which activation sits on which layer, and that the first layer is the narrow one.
# </details>

# %% [markdown]
# ---
# ## 3 · The whole block
#
# $$\tilde x_{ijc} = s_c\,x_{ijc}$$
#
# One gate scales one whole channel, at every position by the same factor:

# %%
refined_loops = np.zeros_like(tiny)
for c in range(C):
    for i in range(H):
        for j in range(W):
            refined_loops[i, j, c] = s_loops[c] * tiny[i, j, c]
    print(f"channel {c}: {s_loops[c]:.3f} × {tiny[..., c].tolist()} =")
    print(f"           {refined_loops[..., c].round(3).tolist()}")

# %% [markdown] worked="0.982 3.523"
# <div class="alert alert-info">
#
# ### Exercise 3 · `channel_attention`
# **5 points · difficulty ●●○○○ · about 20 minutes**
#
# **Goal.** The block, from your own two functions: squeeze, excite, scale.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | `z` | `(N, C)` |
# | `s` | `(N, C)`, then `(N, 1, 1, C)` |
# | refined map goes out | `(N, H, W, C)` |
#
# **Two worked numbers.** In the tiny map the top left position has 1 in channel 0 and 4 in channel 3.
# They become 0.982 and 3.523.
#
# **How.** Use your `squeeze` and your `excitation`, and hand `name` on to both. A symbolic tensor
# knows its shape: the number of channels is the last entry of `x.shape`.
#
# **Take care.** A tensor `(N, C)` does not line up with `(N, H, W, C)`: broadcasting matches axes *from the
# right*, so the batch axis of `s` would meet the width of `x`. When N happens to equal W this does not even
# raise an error; it is just wrong. Give `s` two axes of size 1 first.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "channel_attention", "locked": false, "schema_version": 3, "solution": true, "task": false}
def channel_attention(x: keras.KerasTensor, name: str, reduction: int = 16) -> keras.KerasTensor:
    """Scale every channel of a feature map by its own gate: the squeeze-and-excitation block.

    x: feature map, (N, H, W, C).
    name: start of the names of all layers made here. reduction: r.
    Returns the refined feature map, (N, H, W, C).
    """
    ### BEGIN SOLUTION
    channels = x.shape[-1]
    z = squeeze(x, name)  # (N, C)
    s = excitation(z, channels, reduction, name)  # (N, C)
    s = layers.Reshape((1, 1, channels), name=name + "_reshape")(s)  # (N, 1, 1, C)
    return layers.Multiply(name=name + "_scale")([x, s])  # (N, H, W, C)
    ### END SOLUTION


# %%
def your_block():
    refined = training.apply_block(lambda x: channel_attention(x, "tiny", 2), tiny[None], weights=by_hand)
    return refined.reshape(-1, C)  # (1, 2, 2, 4) to (4, 4): one row per position


fig = figures.target_beside_yours(
    refined_loops.reshape(-1, C), your_block, rows="position", columns="channel"
)
figures.show(
    fig, alt="Left, the tiny map after the block, one row per position. Right, what your block returns."
)

# %% nbgrader={"grade": true, "grade_id": "check_channel_attention", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("channel_attention", channel_attention)

# %% [markdown] worked="2 times"
# <details><summary>"Incompatible shapes", and one of them is (N, C)</summary>
#
# The gates still lack their two axes of size 1. A layer can reshape them, and so can an operation of
# `keras.ops`.
# </details>
#
# <details><summary>My output has the shape of the gates</summary>
#
# You returned `s`. The block returns the feature map after scaling.
# </details>
#
# <details><summary>My output is larger than the input</summary>
#
# Scaling multiplies. If you add the gates, or add `x` back at the end, values grow. (SE networks do add a
# shortcut, in lesson 04, but outside this block.)
# </details>
#
# <details><summary>"The name … is used 2 times in the model"</summary>
#
# Some layer has a fixed name. Build every layer name from the argument `name`.
# </details>
#
# <details><summary>Keras complains about a "/" in a name</summary>
#
# Join the parts of a name with `_`.
# </details>

# %% [markdown]
# ---
# ## 4 · What does it cost?
#
# A fully connected layer from $a$ numbers to $b$ has $a \cdot b$ weights and $b$ biases.
# The block has two of them and nothing else to train.
#
# <div class="alert alert-info">
#
# ### Exercise 4 · `se_parameters`
# **2 points · difficulty ●○○○○ · about 10 minutes**
#
# **Goal.** The number of trainable parameters of one block, biases included, as a Python `int`.
#
# **Two worked numbers.** The tiny block with $C = 4$, $r = 2$ has 22. A block with $C = 64$, $r = 16$
# has 580.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "se_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def se_parameters(channels: int, reduction: int) -> int:
    """Count the trainable numbers in one squeeze-and-excitation block, biases included."""
    ### BEGIN SOLUTION
    hidden = channels // reduction
    return (channels * hidden + hidden) + (hidden * channels + channels)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_se_parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("se_parameters", se_parameters)

# %% [markdown] worked="580.0"
# <details><summary>My count is a little too small</summary>
#
# Did you count both biases? Each layer has as many as it has units.
# </details>
#
# <details><summary>I get 580.0</summary>
#
# Use `//`. A number of parameters is whole.
# </details>

# %% [markdown]
# Keras can count too. Formula and model should agree, and a 3 × 3 convolution that keeps the number of
# channels shows what is cheap here.

# %%
print("  C   your formula   Keras   3 × 3 convolution, C to C")
for channels in (32, 64, 128):
    x = keras.Input((8, 8, channels))
    counted = keras.Model(x, channel_attention(x, "count")).count_params()
    print(f"{channels:3d} {se_parameters(channels, 16):14,d} {counted:7,d} {9 * channels**2 + channels:14,d}")

# %% [markdown]
# And what does $r$ change? Below, the height of a bar is a number of units: blue the $C$ channels at both ends,
# red the middle. The shaded parts between them are the weights. Twice the ratio costs about half, and squeezes
# all that the block knows about the image through half as many numbers.
#
# In JupyterLab, two sliders appear below the picture. Before you move one, say what the count will do.


# %%
def bottleneck(C, r):
    """Your block with C channels and the ratio r, drawn with your own count."""
    return figures.bottlenecks(C, {r: se_parameters(C, r)})


ratios = (1, 2, 4, 8, 16, 32)
overview = figures.bottlenecks(64, {r: se_parameters(64, r) for r in ratios})
figures.explore(overview, bottleneck, C=(32, 64, 128), r=ratios, start={"C": 64, "r": 16})

# %% [markdown]
# ---
# ## Put it to work: do the gates find the garment?
#
# Back to the planted channels. We build a small classifier with your block in front, so that the gates act
# on the channels whose truth we know. After the block it simply adds all channels up, so that the gates are
# its only means to choose among them. Output shapes first, training second.


# %%
def classifier(refine):
    """Return a small classifier that starts with `refine`, and the model that ends right after it."""
    x = keras.Input(features.shape[1:])  # (N, H, W, C)
    refined = refine(x)  # (N, H, W, C)
    merged = keras.ops.sum(refined, axis=-1)  # (N, H, W)
    outputs = layers.Dense(10, activation="softmax")(layers.Flatten()(merged))  # (N, 10)
    model = keras.Model(x, outputs)
    model.compile(keras.optimizers.Adam(5e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, keras.Model(x, refined)


def gated(x):
    """Put your block on the feature map, with a reduction ratio of 4."""
    return channel_attention(x, "se", reduction=4)


# %%
keras.utils.set_random_seed(session.seed)
model, first_block = classifier(gated)
print("input     ", features.shape)
print("refined   ", first_block.output_shape)
print("classes   ", model.output_shape)
print(f"parameters {model.count_params():,d}, of which in the block {first_block.count_params():,d}")

# %% [markdown]
# We want to see the gates, whatever you named your layers. The block multiplies a whole channel by one
# number, so that number can be read off by comparing what comes out with what went in:
#
# $$s_c = \frac{\sum_{ij} \tilde x_{ijc}\, x_{ijc}}{\sum_{ij} x_{ijc}^2}$$

# %%
sample = features[:256]  # (256, H, W, C)
energy = (sample * sample).sum(axis=(1, 2))  # (256, C)


def gates_of(block):
    """Read the gates off a block: (256, C)."""
    refined = np.asarray(block(sample))  # (256, H, W, C)
    return (refined * sample).sum(axis=(1, 2)) / np.maximum(energy, 1e-9)


untrained = gates_of(first_block)
print(
    f"mean gate per channel before training: {untrained.mean(0).min():.2f} to {untrained.mean(0).max():.2f}"
)

# %% [markdown]
# Now train. A fifth of the data is held back.

# %%
held = len(features) // 5
train, test = (features[held:], labels[held:]), (features[:held], labels[:held])
budget = {"epochs": session.pick(smoke=1, quick=12, full=20), "batch_size": 64}
options = budget | {"validation_data": test}
history = training.fit(model, *train, **options, label="with gates")

# %%
trained = gates_of(first_block)
fig = figures.gate_profile(trained, planted.informative)
figures.show(
    fig,
    alt="Mean gate of each channel after training, highest first; dots carry the garment, crosses are noise.",
)

# %% [markdown]
# ### One garment, step by step
#
# The trained block at work on a single feature map, a column for each channel. From top to bottom: the channels
# as they come in, $x$; **squeeze** makes one number of each, $z$; **excitation** makes a gate of each, $s$;
# **scale** multiplies. All pictures share one grey scale: what is turned down gets darker.
#
# In JupyterLab, two sliders below the picture choose a garment and walk through the steps. Guess the gates from
# $x$ and $z$ before you look.


# %%
def step_by_step(garment, step):
    """What the trained block has done to one feature map, up to a step."""
    name = data.CLASS_NAMES[labels[garment]]
    return figures.gating_steps(sample[garment], trained[garment], upto=step, title=name)


steps = ("input", "squeeze", "excitation", "scale")
figures.explore(step_by_step(0, "scale"), step_by_step, garment=range(12), step=steps)

# %% [markdown]
# ### A number, and what it has to beat
#
# The picture is nice; a number is better. The **AUROC** answers: *take one garment channel and one noise
# channel at random; how often has the garment channel the higher gate?*
#
# A number on its own proves little. So we ask for it three more times, where nothing can have been learned:
#
# - **untrained gates**: the same block before training.
# - **shuffled labels**: the same block trained just as long, but on class labels dealt out at random.
# - **shuffled truth**: the trained gates, but "garment" and "noise" dealt out at random, a thousand times.
#
# The first two are single draws over few channels. Luck alone can carry them some way from one half; the
# thousand shuffles say how far.


# %% worked="95 of 100"
def auroc(gates, truth=planted.informative):
    """Score the mean gate of each channel against the truth."""
    return scores.auroc(gates.mean(axis=0), truth)


rng = np.random.default_rng(session.seed)
shuffled = [auroc(trained, rng.permutation(planted.informative)) for _ in range(1000)]
low, high = np.quantile(shuffled, [0.025, 0.975])
print(f"with shuffled truth, 95 of 100 values lie between {low:.2f} and {high:.2f}")

# %%
keras.utils.set_random_seed(session.seed)
lost, lost_block = classifier(gated)
lost_history = training.fit(lost, train[0], rng.permutation(train[1]), **options, label="shuffled labels")

# %%
results = {
    "trained gates": auroc(trained),
    "untrained gates": auroc(untrained),
    "shuffled labels": auroc(gates_of(lost_block)),
    "shuffled truth": float(np.mean(shuffled)),
}
fig = figures.compare(results, xlabel="AUROC of the gates against the known truth (one run)")
figures.show(
    fig,
    alt="AUROC of the trained gates above three controls: untrained gates, shuffled labels, shuffled truth.",
)

# %% [markdown] worked="95 %"
# That was one run. The course has repeated it on Fashion-MNIST with {{claim:01.gates_rank_channels:seeds}}
# seeds, each with garments, filters, channels and first weights of its own:
#
# | AUROC of the gates | mean | trained gates minus this, 95 % interval |
# |---|---|---|
# | trained | {{claim:01.gates_rank_channels:mean}} | |
# | untrained | {{claim:01.gates_rank_channels:against}} | {{claim:01.gates_rank_channels:interval}} |
# | shuffled labels | {{claim:01.labels_are_needed:against}} | {{claim:01.labels_are_needed:interval}} |
#
# An interval that lies clear of zero says that luck alone hardly makes such a difference. From lesson 04 on you
# will make such intervals yourself.

# %% [markdown]
# Is the network also more accurate? Same data, same seed, same head, no block:

# %%
keras.utils.set_random_seed(session.seed)
plain, _ = classifier(lambda x: x)
plain_history = training.fit(plain, *train, **options, label="without")
with_gates, without = history["val_accuracy"][-1], plain_history["val_accuracy"][-1]
print(f"accuracy on held-back images: {with_gates:.3f} with gates, {without:.3f} without (one run each)")

# %% [markdown]
# Two cautions. This is **one run of each**: another seed gives other numbers. Over
# {{claim:01.gates_help_the_sum:seeds}} paired seeds the accuracy was {{claim:01.gates_help_the_sum:mean}} with
# gates and {{claim:01.gates_help_the_sum:against}} without. The interval of the difference is
# {{claim:01.gates_help_the_sum:interval}}. In lesson 09 you will put a claim of your own on trial in this way.
#
# And the comparison is unfair on purpose: without gates this head has no means at all to choose among the
# channels. A head with weights of its own per channel has one, as you are about to see.

# %% [markdown]
# ---
# ## Limits and controls
#
# ### When the gates do not tell
#
# Nothing in the loss asks the gates to mark noise. They do so only when that is the easiest way to a lower
# loss. Give the network another way out, a large layer that can learn the training images by heart, and look
# again:


# %%
def memoriser(refine):
    """Like `classifier`, but with a head big enough to learn every training image by heart."""
    x = keras.Input(features.shape[1:])  # (N, H, W, C)
    refined = refine(x)  # (N, H, W, C)
    model = keras.Model(x, layers.Dense(10, activation="softmax")(layers.Flatten()(refined)))  # (N, 10)
    model.compile(keras.optimizers.Adam(5e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, keras.Model(x, refined)


# %%
keras.utils.set_random_seed(session.seed)
big, big_block = memoriser(gated)
big_history = training.fit(big, *train, **options, label="memoriser")
memorised = auroc(gates_of(big_block))
print(f"AUROC of the gates: {memorised:.2f} here, {auroc(trained):.2f} before")
print(f"accuracy on held-back images: {big_history['val_accuracy'][-1]:.3f} here, {with_gates:.3f} before")

# %% [markdown]
# In the progress line, compare the accuracy on the training images with the one on the held-back images: the
# further apart, the more was learned by heart. This head has a weight for every position of every channel. It
# can ignore a noise channel by itself, or undo whatever a gate does, so nothing pushes the gates to tell.
#
# Over {{claim:01.memoriser_gates_do_not_tell:seeds}} seeds the memoriser got
# {{claim:01.memoriser_learns_by_heart:mean}} of its training images right. Its gates reached an AUROC of
# {{claim:01.memoriser_gates_do_not_tell:mean}} on average. How far is that from one half? The interval of the
# difference, {{claim:01.memoriser_gates_do_not_tell:interval}}, holds zero: no detectable difference from throwing
# dice. It only just holds zero, so more runs might yet find that these gates point the wrong way.
#
# Those of the first network can. With the same data and seeds they reached {{claim:01.head_decides:mean}}. The
# interval of the difference between the two is {{claim:01.head_decides:interval}}. The block is the same; what its
# gates say depends on the rest of the network.
#
# On new images these gates changed nothing that could be detected. The accuracy was
# {{claim:01.memoriser_gains_nothing:mean}} with them and {{claim:01.memoriser_gains_nothing:against}} without;
# the interval of the difference, {{claim:01.memoriser_gains_nothing:interval}}, holds zero.
#
# **A gate is part of a computation, not a certificate of importance.**

# %% [markdown]
# ### Units that are dead
#
# A ReLU passes nothing when its input is negative. If that is so for *every* image, the unit is **dead**: its
# output is always 0, and so is its gradient. It cannot learn its way back.
#
# First, a dead channel in the feature map. Channel 0 of the tiny map is put to zero. What can its gate do?

# %%
dead = tiny.copy()
dead[..., 0] = 0  # (2, 2, 4)
for gate in (0.0, 0.5, 1.0):
    print(f"gate {gate:.1f}: channel 0 becomes {(gate * dead[..., 0]).tolist()}")

# %% [markdown]
# Nothing. A high gate on a dead channel means nothing at all.
#
# Second, dead units *inside* the block. The narrow layer has few units. If all of them are silent for every
# image, the gates are the same for every image, whatever it shows. How often does chance alone arrange this?
# We draw fresh weights many times and count:

# %%
z = np.maximum(features.mean(axis=(1, 2)), 0)[:200]  # (200, C), never negative, as after a ReLU
for width in (1, 2, 3, 4):
    draws = rng.normal(size=(2000, z.shape[1], width))  # one W1 per draw
    silent = [(z @ w1).max() <= 0 for w1 in draws]
    print(f"{width} hidden units: the gates ignore the image in {np.mean(silent):5.1%} of the draws")

# %% [markdown]
# This is one reason not to choose $r$ so large that only a unit or two is left in the middle.

# %% [markdown]
# ### Sigmoid or softmax?
#
# Both turn scores into numbers between 0 and 1. Only one lets two channels be open at once.

# %%
a = np.array([3.0, 3.0, -2.0, 0.5])
sigmoid = 1 / (1 + np.exp(-a))
softmax = np.exp(a) / np.exp(a).sum()
fig = figures.gate_shapes({"sigmoid": sigmoid, "softmax": softmax})
figures.show(
    fig,
    alt="The same four scores as gates. Sigmoid opens two channels fully; softmax gives each less than half.",
)

# %% [markdown]
# With softmax the gates share one unit of attention. In a wide layer each share is tiny, and the whole feature
# map fades:

# %%
for channels in (4, 64, 512):
    equal = np.full(channels, 2.0)
    share = np.exp(equal) / np.exp(equal).sum()
    print(
        f"{channels:3d} channels with score 2: sigmoid {1 / (1 + np.exp(-2)):.3f}, softmax {share[0]:.4f} each"
    )

# %% [markdown]
# ## The question from the beginning

# %%
print(f"You guessed {my_guess:.2f}. The trained gates reached {auroc(trained):.2f},")
print(
    f"the best of the controls {max(list(results.values())[1:]):.2f}, the gates of the memoriser {memorised:.2f}."
)

# %% [markdown]
# Over {{claim:01.gates_rank_channels:seeds}} seeds the trained gates reached
# {{claim:01.gates_rank_channels:mean}} on average, those of the memoriser
# {{claim:01.memoriser_gates_do_not_tell:mean}}.
#
# So: **a network can learn from class labels alone which channels to turn down, when turning them down is the
# easiest way to a lower loss. It need not.**
#
# ### Change it and see
#
# Plain variables. Change one, say aloud what you expect, run the cell.

# %%
HEAD = classifier  # or memoriser
REDUCTION = 16  # 16 leaves one hidden unit; try 2, 4, 8
EPOCHS = budget["epochs"]  # what if you stop after one?

keras.utils.set_random_seed(session.seed)
changed, changed_block = HEAD(lambda x: channel_attention(x, "se", REDUCTION))
changed_history = training.fit(changed, *train, **options | {"epochs": EPOCHS}, label="changed")
print(f"AUROC of the gates: {auroc(gates_of(changed_block)):.2f}")

# %% [markdown]
# ---
# ## Quiz
#
# Work these out on paper, then type the number. If it is off, the check tells you where to look.
#
# **Question 1.** How many trainable parameters has a squeeze-and-excitation block with biases, with
# $C = 256$ and $r = 16$? Put the number into `quiz_se_parameters_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_se_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_se_parameters_answer = None  # your number
### BEGIN SOLUTION
quiz_se_parameters_answer = 8464
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_se_parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("quiz_se_parameters", quiz_se_parameters_answer)

# %% [markdown]
# **Question 2.** How many hidden units has the block when $C = 512$ and $r = 16$?
# Put the number into `quiz_hidden_width_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_hidden_width", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_hidden_width_answer = None  # your number
### BEGIN SOLUTION
quiz_hidden_width_answer = 32
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_hidden_width", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_hidden_width", quiz_hidden_width_answer)

# %% [markdown] worked="0.9 0.2" nbgrader={"grade": false, "grade_id": "rubric_channel", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Written answer
#
# <div class="alert alert-info">
#
# ### What does a gate tell you?
# **3 points · about 10 minutes · five to eight sentences**
#
# A colleague looks at a trained network and says: *"The gate of channel 7 is 0.9 and the gate of channel 3
# is 0.2. So channel 7 is four and a half times as important."*
#
# Give **two different reasons** why this may be wrong, and propose **one measurement** that would settle how
# much channel 7 matters. Use what you saw in this lesson.
#
# | points | for |
# |---|---|
# | 1 | a first sound reason, tied to the block's equations or to something seen above |
# | 1 | a second reason of a different kind |
# | 1 | a measurement that would answer the question, and what it is compared with |
#
# </div>

# %% [markdown] worked="0.2 0.9" nbgrader={"grade": true, "grade_id": "written_channel", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# First, a gate only says how far a channel is opened. It does not say how large the channel is, nor what the
# next layer does with it. A gate of 0.2 followed by a weight five times larger has the effect of a gate of 1,
# and a gate of 0.9 on a dead channel passes nothing. In front of the memoriser the same block's gates did not
# tell garments from noise.
#
# Second, the gates come from sigmoids and do not compete, so their ratio has no fixed meaning: the bias of the
# last layer can lift all of them. They also change from image to image, and one number per channel hides that.
#
# Measurement: set channel 7 to zero in the held-back images (or shuffle it between images) and see how far the
# accuracy falls. Do the same with channel 3 and with a channel known to be noise, and repeat over several
# seeds, because one run is an anecdote. The fall, against that of the noise channel, says how much the trained
# network relies on channel 7.
# ### END SOLUTION

# %% [markdown]
# ## What you have done
#
# In this lesson you
#
# 1. **squeezed** a feature map into one number per channel, its average over height and width;
# 2. **excited**: a narrow ReLU layer and a wide sigmoid layer made gates that do not compete;
# 3. **assembled** the squeeze-and-excitation block, and met the broadcasting trap on the way;
# 4. **counted** its parameters and compared them with a convolution;
# 5. **tested** the gates against a known truth, beside controls in which nothing can be learned;
# 6. **broke** it: a head that learns by heart, dead channels and dead units, softmax gates that fade.
#
# ## References
#
# 1. J. Hu, L. Shen, S. Albanie, G. Sun, E. Wu. *Squeeze-and-Excitation Networks.*
#    [arXiv:1709.01507](https://arxiv.org/abs/1709.01507)
# 2. S. Jain, B. C. Wallace. *Attention is not Explanation.* NAACL 2019.
#    [arXiv:1902.10186](https://arxiv.org/abs/1902.10186)
# 3. T. Fawcett. *An introduction to ROC analysis.* Pattern Recognition Letters, 2006.
# 4. H. Xiao, K. Rasul, R. Vollgraf. *Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
#    Algorithms.* [arXiv:1708.07747](https://arxiv.org/abs/1708.07747)
#
# ## Next
#
# A channel gate says *what* to look at; it scales a channel everywhere alike.
# [Lesson 02](../02_spatial_attention/02_spatial_attention.ipynb) asks *where*.
