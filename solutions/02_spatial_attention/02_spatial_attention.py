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
# # Lesson 02 · Spatial attention
#
# **By the end you will have shown that a network trained on class labels alone can point at the garment on
# a cluttered canvas, and you will have measured how well, against maps that know nothing.**
#
# | | |
# |---|---|
# | Time | about 90 minutes |
# | Difficulty | ●●○○○ |
# | Run time | one to two minutes on two processor cores (profile `quick`) |
# | You need | lesson 01 |
# | Points | 20: 11 for the exercises, 6 for the quiz, 3 for the written answer |

# %% [markdown]
# ## What you will do
#
# 1. **Pool over channels**: turn a feature map into two maps, the mean and the maximum.
# 2. **Make a map**: one convolution and a sigmoid say where to look.
# 3. **Apply it** to every channel, and compare with what a channel gate does.
# 4. **Train** a small network with it on canvases full of clutter, then put a price on looking.
# 5. **Score** the maps against the true outline, beside three maps that know nothing.
# 6. **Question** them: what a good score does not show.

# %% [markdown]
# ## Set-up

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
# One whole garment lies somewhere on each canvas, among scraps of other garments. The label names the whole
# one.


# %%
def canvases(images, labels, seed):
    """Return images in [0, 1] (N, 56, 56, 1), labels (N,) and the true outlines (N, 56, 56)."""
    scene = data.cluttered(images, labels, seed=seed)
    return scene.images[..., None].astype("float32") / 255, scene.labels, scene.masks


dataset = data.fashion_mnist()
count = session.pick(smoke=300, quick=4000, full=20000)
x_train, y_train, _ = canvases(dataset.x_train[:count], dataset.y_train[:count], seed=1)
x_test, y_test, masks = canvases(dataset.x_test[:500], dataset.y_test[:500], seed=2)

# %%
names = [data.CLASS_NAMES[y] for y in y_test[:6]]
fig = figures.contact_sheet(x_test[:6], names, columns=6)
figures.show(
    fig, alt="Six dark canvases, each with one whole garment at some place among a dozen small scraps."
)
print(f"the garment covers {masks.mean():.0%} of the canvas on average")

# %% [markdown]
# **The network is told *what* is on the canvas, never *where*. Will its map point at the garment?**
#
# Write down your guess: on how many canvases of a hundred will the highest point of the map lie on the
# garment?

# %%
my_guess = 50  # change me: out of 100

# %% [markdown]
# ## The idea in two equations
#
# Channel attention asks *what*: it scales a whole channel, at every position alike. Spatial attention asks
# *where*: it scales a **position**, in every channel alike. This is the spatial half of CBAM (Woo and
# others, 2018).
#
# $$
# \underbrace{p_{ij} = \Big[\tfrac{1}{C}\sum_{c} x_{ijc}\;;\; \max_{c} x_{ijc}\Big]}_{\text{channel pool}}
# \qquad
# \underbrace{M = \sigma\big(f^{7\times 7}(p)\big), \quad \tilde x_{ijc} = M_{ij}\,x_{ijc}}_{\text{spatial
# attention}}
# $$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $x$ | `x` | feature map that comes in | `(N, H, W, C)` |
# | $p$ | what `channel_pool` returns | two maps: mean and maximum over the channels | `(N, H, W, 2)` |
# | $f^{7\times 7}$ | a `Conv2D` layer | one convolution, from two maps to one | weights `(7, 7, 2, 1)` |
# | $\sigma$ | `"sigmoid"` | squeezes every score into (0, 1) | |
# | $M$ | the attention map | one number in (0, 1) per position | `(N, H, W, 1)` |
# | $\tilde x$ | what `spatial_attention` returns | refined feature map | `(N, H, W, C)` |

# %% [markdown]
# ## A feature map small enough to hold in your head
#
# One image, 3 × 3 positions, 2 channels.

# %%
tiny = np.array([[[0, 2], [4, 0], [1, 1]], [[2, 2], [-2, 4], [0, 0]], [[1, 3], [0, -2], [3, 1]]], dtype=float)
H, W, C = tiny.shape  # (3, 3, 2)
for c in range(C):
    print(f"channel {c}:", tiny[:, :, c].tolist())

# %% [markdown]
# ---
# ## 1 · Pool over the channels
#
# $$p_{ij} = \Big[\tfrac{1}{C}\sum_{c} x_{ijc}\;;\; \max_{c} x_{ijc}\Big]$$
#
# In plain loops:

# %%
pool_loops = np.zeros((H, W, 2))
for i in range(H):
    for j in range(W):
        here = [float(tiny[i, j, c]) for c in range(C)]
        pool_loops[i, j] = sum(here) / C, max(here)
        print(f"row {i}, column {j}: {here} mean {pool_loops[i, j, 0]:g}, maximum {pool_loops[i, j, 1]:g}")

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 1 · `channel_pool`
# **4 points · difficulty ●○○○○ · about 15 minutes**
#
# **Goal.** Two maps, side by side on the last axis: the mean over the channels, then the maximum over the
# channels.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | mean, and maximum | `(N, H, W, 1)` each |
# | goes out | `(N, H, W, 2)` |
#
# **Two worked numbers.** In the tiny map, row 0, column 1 holds 4 and 0: mean 2, maximum 4. Row 1, column
# 1 holds −2 and 4: mean 1, maximum 4.
#
# **How.** `keras.ops` has `mean` and `max`. Both take an `axis`, and `keepdims=True` keeps that axis with
# size 1. A Keras layer, or an operation of `keras.ops`, puts two tensors side by side along an axis.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "channel_pool", "locked": false, "schema_version": 3, "solution": true, "task": false}
def channel_pool(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Summarise every position by two numbers, the mean and the maximum of its channels.

    x: feature map, (N, H, W, C).
    name: start of the names of the layers made here.
    Returns the two maps, (N, H, W, 2).
    """
    ### BEGIN SOLUTION
    mean = keras.ops.mean(x, axis=-1, keepdims=True)  # (N, H, W, 1)
    largest = keras.ops.max(x, axis=-1, keepdims=True)  # (N, H, W, 1)
    return layers.Concatenate(name=name + "_pool")([mean, largest])  # (N, H, W, 2)
    ### END SOLUTION


# %%
def your_pool():
    pooled = training.apply_block(lambda x: channel_pool(x, "tiny"), tiny[None])  # (1, 3, 3, 2)
    return pooled[0].reshape(-1, pooled.shape[-1]).T  # (2, 9): one row per map, one column per position


fig = figures.target_beside_yours(
    pool_loops.reshape(-1, 2).T, your_pool, rows="maximum, mean", columns="position"
)
figures.show(
    fig, alt="Left, the mean and the maximum at each of nine positions. Right, what your function returns."
)

# %% nbgrader={"grade": true, "grade_id": "check_channel_pool", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("channel_pool", channel_pool)

# %% [markdown]
# <details><summary>My output has the shape (N, C), or (N, 2C)</summary>
#
# You pooled over height and width, as in lesson 01. Here the *channels* are pooled away, and the positions
# stay.
# </details>
#
# <details><summary>An error about axes or ranks when I put the maps together, or a map of double width</summary>
#
# Without `keepdims=True` the channel axis is gone, and "the last axis" is the width.
# </details>
#
# <details><summary>"A KerasTensor cannot be used as input to a TensorFlow function"</summary>
#
# Use `keras.ops.mean`, not `tf.reduce_mean`; the names differ a little.
# </details>

# %% [markdown]
# ---
# ## 2 · The map, and what it does
#
# $$M = \sigma\big(f(p)\big), \qquad \tilde x_{ijc} = M_{ij}\,x_{ijc}$$
#
# A convolution looks at a window around each position, in both maps at once, and gives one score. The
# sigmoid makes it a number in (0, 1). Outside the map it sees zeros, so that the size stays.
#
# Seven by seven is too much for paper. Here is the same with a 3 × 3 kernel, all zero but for three
# weights:

# %%
kernel = np.zeros((3, 3, 2, 1), dtype="float32")  # (rows, columns, maps in, maps out)
kernel[1, 1, 0, 0] = 1.0  # the mean, here
kernel[1, 1, 1, 0] = 0.5  # the maximum, here
kernel[1, 2, 0, 0] = -1.0  # the mean, one column to the right

# %% worked="0.5"
M_loops = np.zeros((H, W))
for i in range(H):
    for j in range(W):
        mean, largest = pool_loops[i, j]
        right = pool_loops[i, j + 1, 0] if j + 1 < W else 0.0
        score = mean + 0.5 * largest - right
        M_loops[i, j] = 1 / (1 + np.exp(-score))
        print(
            f"row {i}, column {j}: {mean:g} + 0.5 × {largest:g} - {right:g} = {score:4g}, M = {M_loops[i, j]:.4f}"
        )

# %%
refined_loops = np.zeros_like(tiny)
for i in range(H):
    for j in range(W):
        for c in range(C):
            refined_loops[i, j, c] = M_loops[i, j] * tiny[i, j, c]
print("channel 0 before:", tiny[..., 0].tolist())
print("channel 0 after :", refined_loops[..., 0].round(3).tolist())

# %% [markdown] worked="0.9526 3.810"
# <div class="alert alert-info">
#
# ### Exercise 2 · `spatial_attention`
# **7 points · difficulty ●●○○○ · about 25 minutes**
#
# **Goal.** Pool with your own function, make the map with one convolution and a sigmoid, scale the
# feature map.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | pooled | `(N, H, W, 2)` |
# | map `M` | `(N, H, W, 1)`, each number strictly between 0 and 1 |
# | refined map goes out | `(N, H, W, C)` |
#
# **Two worked numbers.** With the kernel above, row 0, column 1 has score 3 and $M$ = 0.9526: its
# channels 4 and 0 become 3.810 and 0.
#
# **How.** `layers.Conv2D(filters, kernel_size, ...)`: one filter; `padding="same"` keeps height and
# width; `use_bias=False`, as in the paper. Make the kernel `kernel_size` wide; 7 is the default.
# A map `(N, H, W, 1)` lines up with `(N, H, W, C)` by itself: its last axis has size 1.
#
# **Take care.** No softmax here. Several places may matter at once, or none.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "spatial_attention", "locked": false, "schema_version": 3, "solution": true, "task": false}
def spatial_attention(x: keras.KerasTensor, name: str, kernel_size: int = 7) -> keras.KerasTensor:
    """Scale every position of a feature map by its own number in (0, 1).

    x: feature map, (N, H, W, C).
    name: start of the names of all layers made here. kernel_size: side of the convolution's kernel.
    Returns the refined feature map, (N, H, W, C).
    """
    ### BEGIN SOLUTION
    pooled = channel_pool(x, name)  # (N, H, W, 2)
    convolution = layers.Conv2D(
        1, kernel_size, padding="same", activation="sigmoid", use_bias=False, name=name + "_map"
    )
    return layers.Multiply(name=name + "_scale")([x, convolution(pooled)])  # (N, H, W, C)
    ### END SOLUTION


# %%
def your_refined():
    refined = training.apply_block(lambda x: spatial_attention(x, "tiny", 3), tiny[None], weights=[kernel])
    return refined[0].reshape(-1, C).T  # (1, 3, 3, 2) to (2, 9): one row per channel


fig = figures.target_beside_yours(
    refined_loops.reshape(-1, C).T, your_refined, rows="channel", columns="position"
)
figures.show(
    fig, alt="Left, the two channels of the tiny map after the block. Right, what your block returns."
)

# %% nbgrader={"grade": true, "grade_id": "check_spatial_attention", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
check("spatial_attention", spatial_attention)

# %% [markdown]
# <details><summary>My output is smaller than the input, or the shapes do not fit when I multiply</summary>
#
# Without `padding="same"` a 7 × 7 convolution loses three rows and columns on every side.
# </details>
#
# <details><summary>My map is never below one half</summary>
#
# There is a ReLU before the sigmoid. Scores may be negative.
# </details>
#
# <details><summary>My map adds up to 1</summary>
#
# That is a softmax over positions. Use a sigmoid at each position.
# </details>
#
# <details><summary>My convolution has 7 × 7 × C weights</summary>
#
# It works on `x` itself. Pool over the channels first; then it has two maps to look at.
# </details>
#
# <details><summary>My output is larger than the input</summary>
#
# Multiply only. Nothing is added back in this block.
# </details>
#
# <details><summary>Only some channels change, or the picture says "weights"</summary>
#
# The map must have one channel, so that it serves all of them; and the block has one kernel and nothing
# else to train.
# </details>

# %% [markdown]
# ### Where against what
#
# The two blocks side by side: divide what comes out by what went in. Spatial attention gives the same
# factor in every channel; a channel gate gives the same factor at every position.

# %%
x = np.random.default_rng(0).uniform(1, 2, (1, 6, 6, 3))  # (1, 6, 6, 3), never zero
factor = training.apply_block(lambda t: spatial_attention(t, "where"), x) / x  # (1, 6, 6, 3)
print("largest difference between channels at one position:", f"{np.ptp(factor, axis=-1).max():.6f}")
print("largest difference between positions in one channel:", f"{np.ptp(factor, axis=(1, 2)).max():.6f}")

# %% [markdown]
# ---
# ## Put it to work: does the map find the garment?
#
# A small network: three convolutions, your block, then the mean over all positions. The block is the
# network's means to choose *where*, because the mean treats all positions alike. Output shapes first,
# training second.


# %%
def convolution(x, filters, strides=1):
    """Convolve, normalise to variance 1, ReLU: (N, H, W, C) to (N, H / strides, W / strides, filters)."""
    x = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization(momentum=0.9, center=False, scale=False)(x))


def classifier(refine, price=0.0):
    """Return a classifier with `refine` in it, and the model of what goes into `refine` and comes out."""
    x = keras.Input((56, 56, 1))  # (N, 56, 56, 1)
    h = convolution(convolution(x, 16, strides=2), 32, strides=2)  # (N, 14, 14, 32)
    h = convolution(h, 48)  # (N, 14, 14, 48)
    refined = refine(h)  # (N, 14, 14, 48)
    paid = layers.ActivityRegularization(l1=price)(refined)  # the same numbers; the price is explained below
    pooled = layers.Flatten()(layers.AveragePooling2D(14)(paid))  # (N, 48)
    model = keras.Model(x, layers.Dense(10, activation="softmax")(pooled))  # (N, 10)
    model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, keras.Model(x, [h, refined])


# %%
keras.utils.set_random_seed(session.seed)
model, around = classifier(lambda x: spatial_attention(x, "where"))
print("before and after the block", around.output_shape)
print("classes                   ", model.output_shape)
print(f"parameters {model.count_params():,d}, of which in the block {2 * 7 * 7}")

# %% [markdown]
# As in lesson 01, the map can be read off what the block did, whatever you named your layers: at every
# position, compare what comes out with what went in.
#
# $$M_{ij} = \frac{\sum_c \tilde x_{ijc}\,x_{ijc}}{\sum_c x_{ijc}^2}$$
#
# The map has 14 × 14 positions, the canvas 56 × 56 pixels: every position serves a square of 4 × 4 pixels.


# %%
def maps_of(model_around, images):
    """Return the attention map of each image, enlarged to the canvas: (N, 56, 56)."""
    before, after = (np.asarray(t) for t in model_around(images, training=False))  # (N, 14, 14, 48) each
    size = (before * before).sum(axis=-1)  # (N, 14, 14)
    unreadable = np.full_like(size, 0.5)  # where all channels are 0, nothing shows what M is
    maps = np.divide((after * before).sum(axis=-1), size, out=unreadable, where=size > 0)  # (N, 14, 14)
    return maps.repeat(4, axis=1).repeat(4, axis=2)


untrained = maps_of(around, x_test)  # (N, 56, 56)

# %%
budget = {"epochs": session.pick(smoke=1, quick=6, full=20), "batch_size": 64}
options = budget | {"validation_data": (x_test, y_test)}
history = training.fit(model, x_train, y_train, **options, label="with the map")

# %%
half_way = maps_of(around, x_test)  # (N, 56, 56)
fig = figures.attention_over_image(x_test[:6], half_way[:6], masks[:6], captions=names)
figures.show(
    fig,
    alt="Six canvases with the garment outlined, and below each the attention map of the trained network.",
)

# %% [markdown]
# ### A price on looking
#
# Read the numbers below the maps: from the lowest to the highest value. Each map is stretched over its own
# range, so even a map that is open nearly everywhere looks lively. Nothing in the loss asks it to close:
# over the black background there is nothing to let through, and a scrap or two in the mean do little harm.
#
# So we put a price on what passes. The loss gets a second part,
#
# $$\text{loss} + \lambda \sum_{ijc} |\tilde x_{ijc}| \quad\text{(mean over the images)},$$
#
# and the network trains on from where it is. The features before the block have a fixed size, because each
# is normalised to variance 1. The cheap way to pay less is to close the map where looking does not pay.
#
# Training on changes a map too, whatever it costs. So the network trains on twice from the same place: with the
# price, and without.

# %%
price = 3e-4


def trained_on(price, label):
    """Train the network on from where it is; return its surroundings of the block, and the history."""
    longer, around_longer = classifier(lambda x: spatial_attention(x, "where"), price)
    longer.set_weights(model.get_weights())
    return around_longer, training.fit(longer, x_train, y_train, **options, label=label)


around_thrifty, thrifty_history = trained_on(price, "with a price")
around_free, _ = trained_on(0.0, "without a price")

# %%
priced, free = maps_of(around_thrifty, x_test), maps_of(around_free, x_test)  # (N, 56, 56) each
fig = figures.attention_over_image(x_test[:6], priced[:6], masks[:6], captions=names)
figures.show(fig, alt="The same six canvases, and below each the attention map after training with a price.")

# %% [markdown]
# ### Two scores, and what they have to beat
#
# - **Pointing game.** On how many canvases does the highest point of the map lie on the garment? Where
#   several positions share the highest value, each counts its share.
# - **Energy in the mask.** How much of the whole map, all its values added up, lies on the garment?
#
# And three maps that know nothing about the canvas:
#
# - **uniform**: the same everywhere. It scores what pointing at random would.
# - **centre**: a soft spot in the middle. Pictures are often centred; a good score must not come from that.
# - **untrained**: the same network before it learned anything.
#
# The map **half-way**, before the second half of the training, is there as well.

# %%
rows, columns = np.mgrid[:56, :56] - 27.5
centre = np.exp(-(rows**2 + columns**2) / (2 * 10**2))  # (56, 56)
candidates = {
    "map with a price": priced,
    "map without": free,
    "half-way": half_way,
    "untrained": untrained,
    "centre": np.broadcast_to(centre, free.shape),
    "uniform": np.ones_like(free),
}
pointing = {name: scores.pointing_game(m, masks) for name, m in candidates.items()}
fig = figures.compare(pointing, xlabel="pointing game: share of canvases hit (one run)")
figures.show(
    fig,
    alt="Pointing game of the map with a price and without, beside half-way, untrained, centre and uniform maps.",
)

# %%
energy = {name: scores.energy_in_mask(m, masks) for name, m in candidates.items()}
fig = figures.compare(energy, xlabel="energy: share of the map on the garment (one run)")
figures.show(
    fig,
    alt="Energy in the mask of the map with a price and without, beside half-way, untrained, centre and uniform maps.",
)

# %% [markdown] worked="95 %"
# The two scores ask different questions. The pointing game looks at one position, the highest. Energy looks
# at all of them. A map can have its peak on the garment and still be open nearly everywhere: such a map
# **points**, but it is not an outline. Compare the two maps on both scores.
#
# That was one run. The course has repeated it with {{claim:02.priced_against_centre:seeds}} seeds, each with
# canvases and first weights of its own, and scored the maps on new canvases each time:
#
# | pointing game | hits | map with a price minus this, 95 % interval |
# |---|---|---|
# | map with a price | {{claim:02.priced_against_centre:mean}} | |
# | map without, trained as long | {{claim:02.price_against_free:against}} | {{claim:02.price_against_free:interval}} |
# | spot in the centre | {{claim:02.priced_against_centre:against}} | {{claim:02.priced_against_centre:interval}} |
# | map of another canvas | {{claim:02.priced_against_other:against}} | {{claim:02.priced_against_other:interval}} |
# | untrained map | {{claim:02.priced_against_untrained:against}} | {{claim:02.priced_against_untrained:interval}} |
#
# "Map of another canvas" is the control most like the map: the same maps, dealt to the wrong canvases. What
# they lose is what the map knew about *this* canvas.
#
# **It is the price that makes this map point, not the training alone.** Half-way, the map hit the garment on
# {{claim:02.half_way_against_free:mean}} of the canvases. Trained on without a price it hit on only
# {{claim:02.half_way_against_free:against}}, which shows no gain over the spot in the centre (interval of the
# difference {{claim:02.free_against_centre:interval}}).
#
# Of the energy of the map, {{claim:02.priced_energy:mean}} lay on the garment with a price and
# {{claim:02.free_energy:mean}} without; a uniform map has {{claim:02.free_energy:against}}. The map without a
# price is open nearly everywhere: its mean value is {{claim:02.free_map_is_open:mean}}.
#
# Now the harder controls. **In energy the map does not beat the spot in the centre**, which never looks at the
# canvas:
#
# | energy | on the garment | map with a price minus this, 95 % interval | map higher in |
# |---|---|---|---|
# | map with a price | {{claim:02.priced_energy:mean}} | | |
# | spot in the centre | {{claim:02.priced_energy_against_centre:against}} | {{claim:02.priced_energy_against_centre:interval}} | {{claim:02.priced_energy_against_centre:pairs}} pairs |
# | the canvas itself, as a map | {{claim:02.priced_energy_against_canvas:against}} | {{claim:02.priced_energy_against_canvas:interval}} | {{claim:02.priced_energy_against_canvas:pairs}} pairs |
# | map of another canvas | {{claim:02.priced_energy_against_other:against}} | {{claim:02.priced_energy_against_other:interval}} | {{claim:02.priced_energy_against_other:pairs}} pairs |
#
# How can a map point better than the centre and have less energy? Pointing asks about one position. Energy
# counts every position, so all that a map lets through far from its peak counts against it. The spot in the
# centre lets hardly anything through at the edges, where a garment lies less often. The canvas is black where
# nothing lies.
# So a high energy alone would not show that a map has found anything. That it falls when the maps are dealt to
# other canvases does show that the map knows something about its own.
#
# The price does not make everything better. Take all values of a map as a ranking of the pixels: its AUROC
# against the outline is {{claim:02.priced_ranks_pixels_worse:against}} without a price and only
# {{claim:02.priced_ranks_pixels_worse:mean}} with it (interval of the difference
# {{claim:02.priced_ranks_pixels_worse:interval}}). The peak got better, the ranking
# of all pixels worse.

# %% [markdown]
# And the accuracy? The same network without the block, with the same data and seed, trained in two halves
# like the other:

# %%
keras.utils.set_random_seed(session.seed)
plain, _ = classifier(lambda x: x)
training.fit(plain, x_train, y_train, **options, label="no block, first half")
longer, _ = classifier(lambda x: x)
longer.set_weights(plain.get_weights())
plain_history = training.fit(longer, x_train, y_train, **options, label="no block, second half")
with_map, without = thrifty_history["val_accuracy"][-1], plain_history["val_accuracy"][-1]
print(
    f"accuracy on {len(y_test)} new canvases: {with_map:.3f} with the map, {without:.3f} without a block (one run each)"
)

# %% [markdown]
# One run each, and a few hundred canvases: such a difference can go either way with the next seed. Over
# {{claim:02.accuracy_against_no_block:seeds}} paired seeds:
#
# | accuracy on new canvases | mean | of the other | interval of the difference |
# |---|---|---|---|
# | map without a price, against no block | {{claim:02.accuracy_without_price:mean}} | {{claim:02.accuracy_without_price:against}} | {{claim:02.accuracy_without_price:interval}} |
# | map with a price, against no block | {{claim:02.accuracy_against_no_block:mean}} | {{claim:02.accuracy_against_no_block:against}} | {{claim:02.accuracy_against_no_block:interval}} |
# | map with a price, against one factor | {{claim:02.accuracy_against_one_factor:mean}} | {{claim:02.accuracy_against_one_factor:against}} | {{claim:02.accuracy_against_one_factor:interval}} |
#
# The last row is the fair one. "One factor" is the same block with the same price, only that it takes the
# mean of its map: one number for the whole canvas. It has as many weights and costs as much, but it cannot
# choose *where*. **Every interval holds zero: no detectable difference.** That does not make the networks equal;
# an interval says how large a difference may still be there, and these are wide. Beside no block the map with a
# price was ahead in {{claim:02.accuracy_against_no_block:pairs}} pairs
# (sign test, p = {{claim:02.accuracy_against_no_block:p}}): about what a coin gives.
#
# **The map points at the garment. That pointing makes the network more accurate is not shown here.**

# %% [markdown]
# ---
# ## Limits and controls
#
# ### A bright spot is not attention
#
# The garment is often the largest bright thing on the canvas. How far does one get by pointing at
# brightness, with no network at all?


# %%
def blurred(images, reach=8):
    """Return the mean brightness in a window around each pixel: (N, 56, 56)."""
    window = (2 * reach + 1,) * 2
    return np.asarray(keras.ops.average_pool(images, window, strides=1, padding="same"))[..., 0]


bright = {"brightest pixel": x_test[..., 0], "brightest region": blurred(x_test)}
for name, m in bright.items():
    print(f"{name}: pointing game {scores.pointing_game(m, masks):.2f}")
print(f"map with a price: pointing game {pointing['map with a price']:.2f}")

# %% [markdown]
# If a rule of one line comes close to the trained map, then a high score shows that the map finds the
# garment, but not that it does so by *recognising* it. Over all seeds the brightest region hit
# {{claim:02.priced_against_region:against}} of the garments, the brightest pixel alone
# {{claim:02.priced_against_pixel:against}}. The map without a price did worse than the brightest region
# ({{claim:02.free_against_region:mean}}, interval of the difference {{claim:02.free_against_region:interval}}).
# The map with a price did better, by {{claim:02.priced_against_region:difference}}
# (interval {{claim:02.priced_against_region:interval}}). A control that is hard to beat is worth more than one
# that is easy.
#
# ### The map sees more than its kernel
#
# A 7 × 7 kernel looks three positions to each side. But every position of the 14 × 14 map already stands
# for a patch of the canvas, so the map sees much further. Count it in pixels before you say what a map
# "cannot know".
#
# ### The question from the beginning

# %%
hits = {name: round(100 * share) for name, share in pointing.items()}
print(f"You guessed {my_guess} of 100. The map hit the garment on {hits['half-way']} of 100 half-way,")
print(f"then on {hits['map with a price']} with a price and {hits['map without']} without.")
print(f"The spot in the centre hits on {hits['centre']}.")

# %% [markdown]
# Over {{claim:02.priced_against_centre:seeds}} seeds the map with a price hit the garment on
# {{claim:02.priced_against_centre:mean}} of the canvases, the map without on
# {{claim:02.price_against_free:against}}, the spot in the centre on {{claim:02.priced_against_centre:against}}.
#
# So: **with class labels alone, and a price on looking, a network can learn where to look.** Without the price
# it did not, in this experiment. The peak of its map can be right while the map is far from an outline. The map
# also depends on the rest of the network, and the number means something only beside what it has to beat.
#
# ### Change it and see
#
# Plain variables. Change one, say aloud what you expect, run the cell.

# %%
PRICE = 3e-3  # ten times as dear: what will be left of the map? Try 3e-5 too
EPOCHS = budget["epochs"]

changed, changed_around = classifier(lambda x: spatial_attention(x, "where"), price=PRICE)
changed.set_weights(model.get_weights())
changed_history = training.fit(changed, x_train, y_train, **options | {"epochs": EPOCHS}, label="changed")
changed_maps = maps_of(changed_around, x_test)  # (N, 56, 56)
print(
    f"mean of the map {changed_maps.mean():.2f}, pointing game {scores.pointing_game(changed_maps, masks):.2f}"
)

# %% [markdown]
# ---
# ## Quiz
#
# Work these out on paper, then type the number.
#
# **Question 1.** How many weights has the 7 × 7 convolution of the block, without a bias? Put the number
# into `quiz_kernel_weights_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_kernel_weights", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_kernel_weights_answer = None  # your number
### BEGIN SOLUTION
quiz_kernel_weights_answer = 7 * 7 * 2
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_kernel_weights", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("quiz_kernel_weights", quiz_kernel_weights_answer)

# %% [markdown]
# **Question 2.** A block works on a canvas of 56 × 56 at full size. How many numbers are in the attention
# map of one image? Put the number into `quiz_map_values_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_map_values", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_map_values_answer = None  # your number
### BEGIN SOLUTION
quiz_map_values_answer = 56 * 56
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_map_values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("quiz_map_values", quiz_map_values_answer)

# %% [markdown]
# **Question 3.** You change one value of the pooled maps. How many positions away, to each side, can the
# attention map change at most, with a 7 × 7 kernel? Put the number into `quiz_reach_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_reach", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_reach_answer = None  # your number
### BEGIN SOLUTION
quiz_reach_answer = 7 // 2
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_reach", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("quiz_reach", quiz_reach_answer)

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_spatial", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Written answer
#
# <div class="alert alert-info">
#
# ### Does the map show why?
# **3 points · about 10 minutes · five to eight sentences**
#
# A report shows three handsome pictures in which the attention map lies on the garment, and concludes:
# *"The network looks at the garment, and that is why it classifies well."*
#
# Say **what is missing** before the first half of that sentence is shown, **why the second half does not
# follow** even then, and **one experiment** that would test the second half. Use what you saw in this
# lesson.
#
# | points | for |
# |---|---|
# | 1 | what is missing: a score over many images that were not picked, against at least one control |
# | 1 | why a good map does not show that accuracy comes from it |
# | 1 | an experiment that could show the claim wrong, with what is kept equal |
#
# </div>

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_spatial", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Three pictures can be picked. To show that the map lies on the garment one needs a score over all test
# images, such as the pointing game, next to controls: a uniform map, a spot in the centre, the untrained
# network, and the brightest region, which may already hit often because the garment is the largest bright
# thing.
#
# Even a map that points well need not be the reason for the accuracy. The other layers may tell the classes
# apart just as well without it; in this lesson the network without the block was trained on the same data,
# and only the comparison of the two accuracies says anything about the gain. Both could also have a common
# cause: better features give a better map and a better accuracy.
#
# An experiment: train pairs of networks with and without the block, with the same seeds, data and budget,
# and compare the accuracies over many pairs with an interval. Or replace the map of a trained network by
# its own mean, or by the map of another image, and see how far the accuracy falls. If it hardly falls, the
# map is not why.
# ### END SOLUTION

# %% [markdown]
# ## What you have done
#
# In this lesson you
#
# 1. **pooled over channels**: the mean and the maximum at every position;
# 2. **made a map** with one convolution and a sigmoid;
# 3. **applied it**: one factor per position, the same in every channel;
# 4. **trained** a small network with it on cluttered canvases, and put a price on what passes;
# 5. **scored** its maps, with and without a price on looking, by pointing game and energy, beside
#    untrained, centre and uniform maps;
# 6. **questioned** it: pointing at brightness is a control too, and a good map does not explain an
#    accuracy.
#
# ## References
#
# 1. S. Woo, J. Park, J.-Y. Lee, I. S. Kweon. *CBAM: Convolutional Block Attention Module.* ECCV 2018.
#    [arXiv:1807.06521](https://arxiv.org/abs/1807.06521)
# 2. J. Zhang and others. *Top-down Neural Attention by Excitation Backprop* (the pointing game).
#    [arXiv:1608.00507](https://arxiv.org/abs/1608.00507)
# 3. H. Wang and others. *Score-CAM* (energy in the mask).
#    [arXiv:1910.01279](https://arxiv.org/abs/1910.01279)
# 4. J. Adebayo and others. *Sanity Checks for Saliency Maps.* NeurIPS 2018.
#    [arXiv:1810.03292](https://arxiv.org/abs/1810.03292)
#
# ## Next
#
# You have *what* (lesson 01) and *where* (this one). Lesson 03 puts both into a network that has to redraw
# its input.
