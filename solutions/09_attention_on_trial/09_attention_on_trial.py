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
# # Lesson 09 · Attention on trial
#
# **By the end you will have tested a block of your own so that others can believe the result, whichever way it
# came out.**
#
# | | |
# |---|---|
# | Time | about 170 minutes |
# | Difficulty | ●●●●○ |
# | Run time | two to three minutes on two processor cores (profile `quick`) |
# | You need | lessons 01 and 02; the others help |
# | Points | 20: 14 for the exercises, 3 for the quiz, 3 for the written answer |
#
# No point in this lesson depends on whether your block helps. A clean "no detectable difference" earns them all.

# %% [markdown]
# ## What you will do
#
# 1. **Pick or invent a block**, and build the control that cannot look.
# 2. **Split without a leak**, and write one trial that its seed repeats.
# 3. **Register** what you will measure, before you measure it.
# 4. **Run paired trials**, all of them, and keep all of them.
# 5. **Get an interval and a verdict** from the differences.
# 6. **Draw the map** of your block and score it against the truth, beside its controls.

# %% [markdown]
# ## Set-up

# %%
import course_lib

session = course_lib.setup(seed=1)

import hashlib
import inspect
import json
from functools import partial

import keras
import numpy as np
from keras import layers
from scipy import stats

from course_lib import check, count, data, figures, leaderboard, scores, training
from course_lib.networks.conv_norm import conv_norm
from course_lib.training import trials

# %% [markdown]
# ## A question to begin with
#
# Here are a hundred blocks **that do nothing at all**. Each was tried in five pairs of runs, with the block and
# without. All that differs in a pair is chance: first weights, order of the images, and so on. A run of the network
# comes out some points above or below the others of its kind.


# %%
def useless_blocks(blocks, pairs, seed, spread=1.0):
    """Return made-up accuracies with and without blocks that do nothing: two arrays (blocks, pairs)."""
    rng = np.random.default_rng(seed)
    common = rng.normal(70, 3, (blocks, pairs))  # what both runs of a pair share: canvases, first weights
    return common + rng.normal(0, spread, common.shape), common + rng.normal(0, spread, common.shape)


with_block, without = useless_blocks(100, 5, seed=session.seed)
best = with_block.max(axis=1) - without.max(axis=1)  # (100,): best run against best run
print(f"the best run with the block beats the best run without in {(best > 0).sum()} of 100 cases")

# %%
lucky = int(best.argmax())
pair = {f"with, run {run + 1}": float(with_block[lucky, run]) for run in range(5)}
pair |= {f"without, run {run + 1}": float(without[lucky, run]) for run in range(5)}
fig = figures.compare(pair, xlabel="accuracy in percent, of the luckiest useless block", limits=(55, 85))
figures.show(fig, alt="Ten made-up accuracies, five with a useless block and five without.")

# %% [markdown] worked="95 %"
# Suppose somebody is more careful. They take all five differences, compute an interval of 95 % from the table for the
# normal distribution, and say "better" or "worse" when the interval is clear of zero. **Of the hundred useless blocks,
# how many will they call better or worse?** Write down a guess.

# %%
my_guess = 5  # change me: 0 to 100

# %% [markdown]
# ---
# ## 1 · The block
#
# Choose one of three blocks that lessons 01 to 08 did not build, or invent one. All three scale the feature map $x$.
#
# **A. Efficient channel attention** (Wang and others, 2020). Squeeze as in lesson 01. Then no bottleneck: one short
# kernel $w$ slides along the channels, so each gate sees the means of three neighbours. (The paper takes a longer
# kernel where there are many channels; for 32 its rule gives three.)
#
# $$z_c = \text{avg}_{ij}\,x_{ijc}, \qquad s_c = \sigma\big(w_1 z_{c-1} + w_2 z_c + w_3 z_{c+1}\big), \qquad
# y_{ijc} = s_c\,x_{ijc}$$
#
# **B. A gate from a value's own deviation** (SimAM; Yang and others, 2021). It has nothing to learn. A value far from
# the mean of its channel stands out, and is let through. (The released code divides the squares by one position less
# than there are.)
#
# $$y_{ijc} = x_{ijc}\;\sigma\Big(\frac{(x_{ijc}-\mu_c)^2}{4(v_c+\lambda)} + \frac12\Big), \qquad
# \lambda = 10^{-4}$$
#
# **C. Coordinate attention** (Hou and others, 2021). The mean of every row and the mean of every column go through one
# 1 × 1 convolution $W$ to $h$ channels, batch normalisation and a ReLU (the paper has a smoother relative of it); then
# each of the two goes through a 1 × 1 convolution of its own back to $C$ channels, and a sigmoid. Take $h = 8$.
#
# $$a = \delta(\nu(W[\text{rows}; \text{columns}])), \qquad
# y_{ijc} = x_{ijc}\;\sigma(W_r\,a^{\text{row}}_i)_c\;\sigma(W_k\,a^{\text{column}}_j)_c$$
#
# | symbol | meaning | shape |
# |---|---|---|
# | $x$, $y$ | feature map, and the refined one | `(N, H, W, C)` |
# | $z$ | mean of each channel over all positions | `(N, C)` |
# | $w$ | one kernel for all channels | three numbers |
# | $\mu_c$, $v_c$ | mean and variance of a channel over all positions of one image | `(N, 1, 1, C)` |
# | rows, columns | mean of each row, and of each column | `(N, H, 1, C)`, `(N, 1, W, C)` |
# | $\sigma$, $\delta$, $\nu$ | sigmoid, ReLU, batch normalisation | |
#
# On a map small enough to hold in your head, in plain loops:

# %%
tiny = np.array([[[1, 0, 2], [2, 0, -1]], [[3, 0, 1], [4, 8, -2]]], dtype=float)
H, W, C = tiny.shape  # (2, 2, 3)
w = [0.5, 1.0, -0.5]
z = [sum(tiny[i, j, c] for i in range(H) for j in range(W)) / (H * W) for c in range(C)]
padded = [0.0, *z, 0.0]
for c in range(C):
    before = sum(w[k] * padded[c + k] for k in range(3))
    print(
        f"A: channel {c}, mean {z[c]:g}, before the sigmoid {before:g}, gate {1 / (1 + np.exp(-before)):.4f}"
    )

# %%
for c in range(C):
    variance = sum((tiny[i, j, c] - z[c]) ** 2 for i in range(H) for j in range(W)) / (H * W)
    for i, j in ((0, 0), (1, 1)):
        before = (tiny[i, j, c] - z[c]) ** 2 / (4 * (variance + 1e-4)) + 0.5
        print(
            f"B: channel {c}, row {i}, column {j}: {tiny[i, j, c]:g}, before the sigmoid {before:.3f},",
            end=" ",
        )
        print(f"gate {1 / (1 + np.exp(-before)):.4f}")

# %%
for i in range(H):
    print(f"C: row {i}, means {[float(tiny[i, :, c].mean()) for c in range(C)]}")
for j in range(W):
    print(f"C: column {j}, means {[float(tiny[:, j, c].mean()) for c in range(C)]}")

# %% [markdown] worked="0.8176 3.270 0.7773 6.218"
# <div class="alert alert-info">
#
# ### Exercise 1 · `my_attention`
# **2 points · difficulty ●●●○○ · about 25 minutes**
#
# **Goal.** A block that changes each value by what is around it in the same image.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)`, of any size |
# | gates, or map, or both | `(N, 1, 1, C)`, `(N, H, W, 1)`, `(N, H, W, C)` |
# | refined map goes out | `(N, H, W, C)` |
#
# **Two worked numbers.** A: channel 0 has the gate 0.8176, and its 4 becomes 3.270. B: the 8 has the gate 0.7773
# and becomes 6.218.
#
# **How.** For A, `layers.Conv1D(1, 3, padding="same", use_bias=False, ...)` wants `(N, C, 1)`: `layers.Reshape` brings
# the means there and the gates back. For B and C, `keras.ops.mean(x, axis=..., keepdims=True)`. For C, turn
# the columns with `keras.ops.transpose` and put them behind the rows (`keras.ops.concatenate`), so that both go through
# one convolution **and one normalisation**; then take them apart. A block of your own is judged by the same rules.
#
# **The rules.** The shape stays. Each value is *multiplied* by something, so that a 0 stays 0: the control of section 2
# is one for such blocks only. What a value is multiplied by depends on more than the value. Each image is treated by
# itself. A channel that is 0 everywhere does no harm. Layers are made inside, and the names of those with weights begin
# with `name`. The course's finished blocks are not yours.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "my_attention", "locked": false, "schema_version": 3, "solution": true, "task": false}
def my_attention(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Refine a feature map by a block of your own choice.

    x: feature map, (N, H, W, C).
    name: start of the names of all layers made here.
    Returns the refined feature map, (N, H, W, C).
    """
    ### BEGIN SOLUTION
    channels = x.shape[-1]
    z = layers.GlobalAveragePooling2D(name=name + "_mean")(x)  # (N, C)
    z = layers.Reshape((channels, 1), name=name + "_row")(z)  # (N, C, 1)
    slide = layers.Conv1D(1, 3, padding="same", use_bias=False, name=name + "_slide")
    gates = layers.Activation("sigmoid", name=name + "_gates")(slide(z))  # (N, C, 1)
    gates = layers.Reshape((1, 1, channels), name=name + "_back")(gates)  # (N, 1, 1, C)
    return layers.Multiply(name=name + "_scaled")([x, gates])  # (N, H, W, C)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_my_attention", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("my_attention", my_attention)

# %% [markdown]
# <details><summary>An error about dimensions, or about `ndim`, at the Conv1D</summary>
#
# It slides along the second axis of `(N, C, 1)`. Without the reshape the channels are the *last* axis.
# </details>
#
# <details><summary>"the output has another shape than the input"</summary>
#
# You returned the gates or the map. Multiply `x` by them, and return that.
# </details>
#
# <details><summary>"the result for one image changes with the other images of the batch"</summary>
#
# A mean without `axis`, or over axis 0, mixes the images. Positions are axes 1 and 2: take the mean over those.
# </details>
#
# <details><summary>"a value comes out the same whatever is around it"</summary>
#
# A function of the value alone is an activation function, like ReLU. Attention looks around.
# </details>
#
# <details><summary>"where x is 0 something else comes out: the block does not multiply x"</summary>
#
# Something is added to `x`, or stands in its place. Let it be gates or a map, and return `x` times them.
# </details>
#
# <details><summary>"where a channel is 0 everywhere, the output is not a finite number"</summary>
#
# Its deviation is 0, and something is divided by it. Add a small number below the fraction.
# </details>

# %%
BLOCK = "efficient channel attention"  # the name of yours, for tables and pictures

x = np.random.default_rng(0).normal(size=(1, 14, 14, 32))  # (1, 14, 14, 32)
refined = training.apply_block(lambda t: my_attention(t, "trial"), x)
ratio = refined / np.where(np.abs(x) > 0.05, x, np.nan)
print(f"{x.shape} in, {refined.shape} out;", end=" ")
print(f"before training each value is scaled by {np.nanmin(ratio):.2f} to {np.nanmax(ratio):.2f}")

# %% [markdown]
# ---
# ## 2 · The control
#
# A network with your block may beat one without because your block *looks*. It may also beat it because it has more
# weights, or because a factor below 1 makes training calmer. A fair control has all that and cannot look:
#
# $$\text{block}(x) = x \cdot g(x), \qquad \text{blind}(x) = x \cdot g(\mathbf 1)$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $g$ | what `attention` multiplies by | gates or map | as in exercise 1 |
# | $\mathbf 1$ | `keras.ops.ones_like(x)` | a map of ones | `(N, H, W, C)` |
#
# On a map of ones, `attention` returns $\mathbf 1 \cdot g(\mathbf 1)$, which is $g(\mathbf 1)$. It has the same
# weights, the work is the same, and what comes out of it is the same for every image. (A block that *adds* something to
# $x$ is not of this form. Its twin scales where the block adds, and is no control for it.)
#
# Not every weight of the twin has as much to learn. In C the same number then enters the batch normalisation everywhere.
# Training subtracts it, and of the convolution and the normalisation only the offset is learned. In A all channels but
# the first and the last share one blind gate.
#
# In plain loops, for gates that are the sigmoid of each channel's mean:

# %%
blind_loops = np.zeros_like(tiny)
for c in range(C):
    mean_of_ones = sum(1.0 for i in range(H) for j in range(W)) / (H * W)
    gate = 1 / (1 + np.exp(-mean_of_ones))
    blind_loops[..., c] = [[gate * tiny[i, j, c] for j in range(W)] for i in range(H)]
    looks = 1 / (1 + np.exp(-z[c]))
    print(f"channel {c}: the gate that looks is {looks:.4f}, the blind one {gate:.4f}")

# %% [markdown] worked="0.7311 2.924 5.848"
# <div class="alert alert-info">
#
# ### Exercise 2 · `blind`
# **1 point · difficulty ●●○○○ · about 10 minutes**
#
# **Goal.** Make the blind twin of any attention.
#
# | | shape |
# |---|---|
# | `attention` comes in | a function of `(x, name)` |
# | what you return | a function of `(x, name)` |
# | that function gets and returns | `(N, H, W, C)` |
#
# **Two worked numbers.** Every blind gate above is 0.7311. The 4 becomes 2.924, the 8 becomes 5.848.
#
# **How.** Define a function inside your function, and return it without calling it.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "blind", "locked": false, "schema_version": 3, "solution": true, "task": false}
def blind(attention):
    """Return an attention of the same weights and work that cannot see its input.

    attention: called as attention(x, name); returns x times something that it finds in x, in the same shape.
    Returns a function of (x, name): x times what `attention` makes of a map of ones.
    """

    ### BEGIN SOLUTION
    def control(x, name):
        return x * attention(keras.ops.ones_like(x), name)  # (N, H, W, C)

    return control
    ### END SOLUTION


# %%
def mean_gates(x, name):
    """The gates of the loops, as an attention function."""
    return x * keras.ops.sigmoid(keras.ops.mean(x, axis=(1, 2), keepdims=True))


def your_blind_map():
    seen = training.apply_block(lambda x: blind(mean_gates)(x, "tiny"), tiny[None])
    return seen[0].reshape(-1, C).T  # (1, 2, 2, 3) to (3, 4): one row per channel


target = blind_loops.reshape(-1, C).T
fig = figures.target_beside_yours(target, your_blind_map, rows="channel", columns="position")
figures.show(fig, alt="Left, the tiny map times the blind gates, one row per channel. Right, yours.")

# %% nbgrader={"grade": true, "grade_id": "check_blind", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("blind", blind)

# %% [markdown]
# <details><summary>"'NoneType' object is not callable", or a tensor is not callable</summary>
#
# `blind` has to return the inner function itself: `return control`, without brackets behind it.
# </details>
#
# <details><summary>The output does not depend on the input at all</summary>
#
# The attention's answer to the ones came back as it is. It still has to multiply `x`.
# </details>
#
# <details><summary>"the weights cannot be matched": none were found</summary>
#
# A control that returns `x` is no attention. That is a good second comparison, but it is not of equal cost. Or the ones
# do not come from `x`: use `keras.ops.ones_like(x)`. What is made of a constant is no part of the network.
# </details>

# %% [markdown]
# ---
# ## 3 · A split without a leak
#
# Each of our garments appears on **two** canvases: as it is, and mirrored. If one of the two is trained on and the other
# tested on, the network is tested on a garment that it knows. That is a **leak**. Count it for a split that shuffles the
# canvases:

# %%
tiny_garments = [7, 7, 3, 3, 9, 9, 5, 5]  # which garment each of eight canvases shows
order = np.random.default_rng(5).permutation(8).tolist()
leaky_test, leaky_train = order[:4], order[4:]
for place in leaky_test:
    also = [p for p in leaky_train if tiny_garments[p] == tiny_garments[place]]
    print(
        f"canvas {place} is tested on and shows garment {tiny_garments[place]}; trained on: canvases {also}"
    )

# %% [markdown]
# The remedy: choose **garments**, then see where each canvas belongs.
#
# $$T \subset \{\text{garments}\},\; |T| = \texttt{tested}, \qquad
# \text{test} = \{n : g_n \in T\}, \quad \text{training} = \{n : g_n \notin T\}$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $g$ | `garments` | the garment on each canvas, any whole numbers | `(N,)` |
# | $T$ | | the garments that are held out, chosen by the seed | `(tested,)` |
# | | what comes out | places of canvases, in any order | two arrays of whole numbers |

# %%
held_out = [3, 5]  # suppose the seed chose these two
test_loops = [n for n in range(8) if tiny_garments[n] in held_out]
train_loops = [n for n in range(8) if tiny_garments[n] not in held_out]
print(f"held out {held_out}: test {test_loops}, training {train_loops}")

# %% [markdown] worked="2 of the 4"
# <div class="alert alert-info">
#
# ### Exercise 3 · `split`
# **2 points · difficulty ●●○○○ · about 15 minutes**
#
# **Goal.** Hold out `tested` garments, with all their canvases.
#
# | | shape |
# |---|---|
# | `garments` comes in | `(N,)`, any whole numbers, each as often as it likes |
# | places of the training canvases go out | `(N_train,)` |
# | places of the test canvases go out | `(N_test,)` |
#
# **Two worked numbers.** With two of the four garments above held out, 4 canvases are on each side. In the leaky split
# 2 of the 4 test canvases show a garment that was trained on.
#
# **How.** `np.unique`, `np.random.default_rng(seed).permutation`, `np.isin`, `np.flatnonzero`. Return the training side
# first.
#
# **Take care.** The same seed gives the same split; another seed holds out others.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "split", "locked": false, "schema_version": 3, "solution": true, "task": false}
def split(garments: np.ndarray, tested: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Divide canvases so that no garment is both trained and tested on.

    garments: (N,), the number of the garment that each canvas shows; a garment may come up several times.
    tested: how many garments are held out. seed: decides which.
    Returns the places of the training canvases and those of the test canvases.
    """
    ### BEGIN SOLUTION
    held_out = np.random.default_rng(seed).permutation(np.unique(garments))[:tested]
    in_test = np.isin(garments, held_out)  # (N,)
    return np.flatnonzero(~in_test), np.flatnonzero(in_test)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_split", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("split", split)

# %% [markdown]
# <details><summary>"some garments are seen in training and tested on"</summary>
#
# The canvases were shuffled. Shuffle the garments, each of them once: `np.unique(garments)`.
# </details>
#
# <details><summary>"what came back are not places"</summary>
#
# A row of True and False is a mask, and the garments' numbers are not places either. `np.flatnonzero(mask)` gives the
# places.
# </details>
#
# <details><summary>"the same seed gave another split"</summary>
#
# `np.random.permutation` uses a generator that everything else uses as well. Make one from the seed.
# </details>

# %% [markdown]
# ### The canvases of a seed
#
# The scraps on a canvas are cut from other pictures. So the split comes first, and each side is painted with pictures
# of its own side only. A scrap may come from the garment's own mirrored copy. That is no leak: both are on the same side.


# %%
garment_count = session.pick(smoke=80, quick=1500, full=8000)  # of one seed
held_back = garment_count // 4  # of them, to test on

# %%
dataset = data.fashion_mnist()


def painted(pictures, labels, seed):
    """Return shrunk canvases in [0, 1] (N, 28, 28, 1), labels (N,) and the true outlines (N, 28, 28)."""
    scene = data.cluttered(pictures, labels, seed=seed)
    small, covered = (
        each.reshape(-1, 28, 2, 28, 2).mean(axis=(2, 4)) for each in (scene.images / 255, scene.masks)
    )
    return small[..., None].astype("float32"), scene.labels, covered >= 0.5


# %%
def seed_canvases(seed):
    """Return the canvases to train on and those to test on, of garments that the seed chooses."""
    chosen = np.random.default_rng(seed).choice(len(dataset.x_train), garment_count, replace=False)
    both = np.concatenate([chosen, chosen])  # (2 · garment_count,): each as it is, and mirrored
    pictures = dataset.x_train[both]  # (2 · garment_count, 28, 28)
    pictures[garment_count:] = pictures[garment_count:, :, ::-1]
    sides = zip(split(both, held_back, seed), (2 * seed, 2 * seed + 1), strict=True)
    return [painted(pictures[side], dataset.y_train[both[side]], paint) for side, paint in sides]


# %%
learned, unseen = seed_canvases(session.seed)
print(f"{len(learned[0])} canvases to train on, {len(unseen[0])} to test on, none of the same garment")
fig = figures.contact_sheet(unseen[0][:6], [data.CLASS_NAMES[y] for y in unseen[1][:6]], columns=6)
figures.show(fig, alt="Six small dark canvases, each with one whole garment among scraps of others.")

# %% [markdown]
# ---
# ## 4 · One trial
#
# A trial is one run, with one attention and one seed. Whatever is left to chance goes by the seed, so that the two runs
# of a pair share it: the canvases, the first weights, the order of the images.
#
# | step | what happens | chance in it |
# |---|---|---|
# | 1 | set Keras' random seed | |
# | 2 | `network(attention)` | first weights, from Keras' seed |
# | 3 | `canvases(seed)` | garments, places, scraps |
# | 4 | `fit(model, train, seed)` | order of the images |
# | 5 | `score(model, test)` | none |
#
# With parts that are plain numbers, so that nothing has to be trained: the "first weight" is Keras' first random
# number, the "canvases" are the seed and its tenfold, "training" adds, "scoring" multiplies.


# %%
class Toy:
    def __init__(self, attention):
        self.weight = round(float(keras.random.uniform(())), 3) + attention


def toy_fit(model, train, seed):
    model.weight += train + seed


def toy_score(model, test):
    return {"accuracy": model.weight * test}


toy = {"canvases": lambda seed: (seed, 10 * seed), "network": Toy, "fit": toy_fit, "score": toy_score}

# %%
for toy_attention, s_k in ((1, 3), (2, 3), (1, 4)):
    keras.utils.set_random_seed(s_k)
    first = round(float(keras.random.uniform(())), 3)
    knows = first + toy_attention + s_k + s_k  # first weight, attention, training canvas, order
    print(f"attention {toy_attention}, seed {s_k}: first weight {first:.3f}, learned {knows:.3f},", end=" ")
    print(f"accuracy {knows * 10 * s_k:.2f}")

# %% [markdown]
# With one seed the first weight is the same for both attentions. That is what makes them a pair.
#
# <div class="alert alert-info">
#
# ### Exercise 4 · `trial`
# **2 points · difficulty ●●○○○ · about 15 minutes**
#
# **Goal.** One run that its seed repeats exactly.
#
# | what comes in | how it is called |
# |---|---|
# | `attention` | handed on to `network` |
# | `canvases` | `canvases(seed)` returns the part to train on and the part to test on |
# | `network` | `network(attention)` returns a model with fresh first weights |
# | `fit` | `fit(model, train, seed)` trains the model in place |
# | `score` | `score(model, test)` returns the measures by name |
#
# **Two worked numbers.** Those that the cell above printed for attention 1 and 2 with seed 3 are what your function
# gives with the toy parts.
#
# **How.** `keras.utils.set_random_seed(seed)` sets all generators that Keras draws from. Return what `score` returns.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "trial", "locked": false, "schema_version": 3, "solution": true, "task": false}
def trial(attention, seed: int, canvases, network, fit, score) -> dict[str, float]:
    """Train one network and measure it; the seed decides everything that is left to chance.

    attention: for `network`. seed: for all that is random.
    canvases(seed), network(attention), fit(model, train, seed), score(model, test): the steps, see the table.
    Returns the measures by name.
    """
    ### BEGIN SOLUTION
    keras.utils.set_random_seed(seed)
    model = network(attention)
    train, test = canvases(seed)
    fit(model, train, seed)
    return score(model, test)
    ### END SOLUTION


# %%
def your_toy_trials():
    return np.array([[trial(a, s, **toy)["accuracy"] for a, s in ((1, 3), (2, 3), (1, 4))]])


toy_target = []
for toy_attention, s_k in ((1, 3), (2, 3), (1, 4)):
    keras.utils.set_random_seed(s_k)
    toy_target.append((round(float(keras.random.uniform(())), 3) + toy_attention + 2 * s_k) * 10 * s_k)
fig = figures.target_beside_yours(np.array([toy_target]), your_toy_trials, columns="trial")
figures.show(fig, alt="Left, the accuracies of the three toy trials. Right, what yours returns.")

# %% nbgrader={"grade": true, "grade_id": "check_trial", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("trial", trial)

# %% [markdown]
# <details><summary>"the same trial, run again after something else, measures another accuracy"</summary>
#
# The seed is set after the network was made, or not at all, or only NumPy's. The first weights are drawn when the
# network is made.
# </details>
#
# <details><summary>"another seed measures exactly the same"</summary>
#
# A fixed number stands where `seed` should.
# </details>
#
# <details><summary>My accuracy is right in the first column only</summary>
#
# Perhaps `fit` gets no seed, or always the same one.
# </details>
#
# <details><summary>"'dict' object has no attribute ...", or 'NoneType'</summary>
#
# `fit` trains the model in place. Do not keep what it returns: no `model = fit(...)`.
# </details>
#
# <details><summary>The accuracy is far too good</summary>
#
# It was scored on the canvases that it was trained on.
# </details>

# %% [markdown]
# ### The real parts
#
# A small network, so that a dozen of them train in minutes. The attention stands behind two of its convolutions.
# (`conv_norm`, from lesson 04, is a convolution with batch normalisation and perhaps a ReLU. The pointing game, from
# lesson 02, counts how often the highest value of a map lies on the garment.)


# %%
budget = {"epochs": session.pick(smoke=1, quick=8, full=25), "batch_size": 50}


def network(attention):
    """Return a compiled classifier of canvases with two places for attention."""
    x = keras.Input((28, 28, 1))  # (N, 28, 28, 1)
    h = conv_norm(x, 16, 3, 2, name="stem", relu=True)  # (N, 14, 14, 16)
    h = attention(conv_norm(h, 32, 3, name="wide", relu=True), "first")  # (N, 14, 14, 32)
    h = conv_norm(h, 32, 3, 2, name="deep", relu=True)  # (N, 7, 7, 32)
    h = layers.Identity(name="before")(h)
    h = layers.Identity(name="after")(attention(h, "second"))  # (N, 7, 7, 32)
    model = keras.Model(x, layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling2D()(h)))
    steps = budget["epochs"] * int(np.ceil(2 * (garment_count - held_back) / budget["batch_size"]))
    rate = keras.optimizers.schedules.CosineDecay(5e-3, steps)  # the learning rate falls to 0
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %%
def fit(model, train, seed):
    """Train a network on canvases, in an order that the seed decides."""
    keras.utils.set_random_seed(seed)
    model.fit(*train[:2], **budget, verbose=0)


def maps_of(model, images):
    """Return what the last block lets through at each position, enlarged: (N, 28, 28)."""
    around = [model.get_layer(name).output for name in ("before", "after")]
    before, after = (np.asarray(t) for t in keras.Model(model.input, around)(images, training=False))
    size = (before * before).sum(axis=-1)  # (N, 7, 7)
    # where all channels are 0, nothing shows what the block does: the image's mean stands in
    readable = size > 0
    maps = np.divide((after * before).sum(axis=-1), size, out=np.zeros_like(size), where=readable)
    mean = maps.sum(axis=(1, 2)) / np.maximum(readable.sum(axis=(1, 2)), 1)  # (N,)
    maps = np.where(readable, maps, mean[:, None, None])
    return np.asarray(keras.ops.image.resize(maps[..., None], (28, 28), interpolation="bilinear"))[..., 0]


# %%
def score(model, test):
    """Return the percentage of test canvases named right, and of those that the map points right on."""
    images, labels, outlines = test
    accuracy = model.evaluate(images, labels, batch_size=500, verbose=0)[1]
    return {
        "accuracy": 100 * accuracy,
        "pointing": 100 * scores.pointing_game(maps_of(model, images), outlines),
    }


# %% [markdown]
# ### Is the control of equal cost?
#
# Count, do not believe. Two numbers have to agree, the parameters and the multiply–adds:

# %%
candidates = {"my block": my_attention, "blind twin": blind(my_attention)}
sizes = {which: count.size_of(network(each)) for which, each in candidates.items()}
for which, size in sizes.items():
    print(f"{which:11} {size.trainable:7,d} trainable parameters, {size.multiply_adds:,d} multiply–adds")

# %% [markdown]
# ---
# ## 5 · Register
#
# Six pairs are twelve runs. They give twelve accuracies and twelve pointing scores, with many ways to compare them.
# Whoever chooses among them **after** seeing them will find something. So choose before, and make the choice visible: a **registration** says what
# is expected, what is compared with what, by which measure, with which seeds. Its **digest** is a short text that
# belongs to it alone:
#
# $$\text{digest} = \text{SHA-256}\big(\text{JSON}([\text{hypothesis}, \text{variant}, \text{control}, \text{metric},
# \text{seeds}])\big)$$
#
# | part | in the code | form |
# |---|---|---|
# | hypothesis, variant, control, metric | the same names | text |
# | seeds | `seeds` | list of whole numbers, a tuple in the registration |
# | JSON | `json.dumps([...])` | text, with a list for the seeds |
# | SHA-256 | `hashlib.sha256(text.encode()).hexdigest()` | 64 hexadecimal digits |
#
# Change one letter of the plan, and nearly every digit of the digest changes:

# %%
for a_metric in ("accuracy", "pointing"):
    a_text = json.dumps(["It helps.", "my block", "blind twin", a_metric, [1, 2, 3, 4, 5]])
    print(f"{a_text}\n  {hashlib.sha256(a_text.encode()).hexdigest()}")

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 5 · `register`
# **2 points · difficulty ●●●○○ · about 20 minutes**
#
# **Goal.** A registration that nobody can change, and that refuses plans which could prove nothing.
#
# | what comes in | what goes out |
# |---|---|
# | four texts, and the seeds as a list, a tuple or a range | a `trials.Registration` |
# | no control, or a control that is the variant | `ValueError` |
# | fewer than five seeds, or a seed twice | `ValueError` |
#
# **Two worked numbers.** Of the two plans above, the digest of the first begins with `cb1df7`, that of the second
# with `264350`.
#
# **How.** `trials.Registration(hypothesis, variant, control, metric, seeds, digest)` is a frozen dataclass, a class that
# only keeps values under names: its attributes cannot be set again. A list inside it could still be changed, so hand it
# a tuple. Keep the order of the seeds, and drop none. `json.dumps` needs no options.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "register", "locked": false, "schema_version": 3, "solution": true, "task": false}
def register(hypothesis: str, variant: str, control: str, metric: str, seeds) -> trials.Registration:
    """Fix a plan before the first run.

    hypothesis: what is expected, in a sentence. variant, control: names of the two that are compared.
    metric: the one measure that decides. seeds: whole numbers, at least five, none twice.
    Returns a registration that cannot be changed, with its digest.
    ValueError if there is no control, or it is the variant, or the seeds are too few or not all different.
    """
    ### BEGIN SOLUTION
    seeds = tuple(seeds)
    if not control or control == variant:
        raise ValueError(f"control={control!r} is not allowed; name something else than the variant.")
    if len(seeds) < 5 or len(set(seeds)) < len(seeds):
        raise ValueError(f"seeds={seeds} are not allowed; give at least five, none of them twice.")
    said = json.dumps([hypothesis, variant, control, metric, list(seeds)])
    digest = hashlib.sha256(said.encode()).hexdigest()
    return trials.Registration(hypothesis, variant, control, metric, seeds, digest)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_register", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("register", register)

# %% [markdown]
# <details><summary>"Object of type range is not JSON serializable"</summary>
#
# JSON knows lists. `list(seeds)` makes one of anything.
# </details>
#
# <details><summary>My digest is another one</summary>
#
# Five parts in the order of the equation, in one list, the seeds as a list inside it; `json.dumps` without options.
# </details>
#
# <details><summary>"cannot be changed later": but it is a frozen dataclass!</summary>
#
# The dataclass is frozen, the list of seeds in it is not. Make a tuple.
# </details>
#
# <details><summary>A bad plan is refused, and the check does not see it</summary>
#
# It has to be a `ValueError`, raised. An `assert` raises another error; `return None` and `print` raise none.
# </details>

# %% [markdown]
# ### Your registration
#
# This is the moment. Write what **you** expect of your block; "no difference" is a hypothesis too. Decide for
# `"accuracy"` or `"pointing"`. From here on nothing changes.

# %%
HYPOTHESIS = "Efficient channel attention names more new canvases right than its blind twin."  # yours
METRIC = "accuracy"  # or "pointing"
SEEDS = range(1, 1 + session.pick(smoke=5, quick=6, full=10))

registered = register(HYPOTHESIS, "my block", "blind twin", METRIC, SEEDS)
print(f"{registered.hypothesis}\nseeds {registered.seeds}, metric {registered.metric}")
print(f"digest {registered.digest}")

# %%
try:
    registered.metric = "pointing"
except AttributeError as problem:
    print(f"changed afterwards? {type(problem).__name__}: {problem}")

# %% [markdown]
# Send the digest to somebody before you go on. That is all a registry does.
#
# ---
# ## 6 · Run what was registered
#
# | | |
# |---|---|
# | what is run | the variant and the control, once with every registered seed |
# | what is kept | the registered measure of every run, in the order of the seeds |
# | a measure that is not a finite number | stops everything with a `ValueError` |
# | an error in a run | is not caught |
#
# $$a_k = \text{measure}(\text{variant}, s_k)[\text{metric}], \qquad
# b_k = \text{measure}(\text{control}, s_k)[\text{metric}], \qquad k = 1 \dots n$$
#
# Why so strict? A run that failed says something about what was run. Who drops it, or runs it again until it works,
# compares the lucky half of one variant with all of the other. Mend what is broken, and run *everything* again.
#
# With a made-up measure:


# %%
def toy_measure(variant, seed):
    """Made-up measures of a run: the block gains one point, and seeds differ by more than that."""
    base = 60 + 7 * seed % 11
    return {"accuracy": base + (variant == "my block") + 0.5 * (seed % 2), "loss": 1.0}


toy_plan = trials.Registration("It helps.", "my block", "blind twin", "accuracy", (4, 1, 3, 2, 7), "")
for s_k in toy_plan.seeds:
    toy_pair = [toy_measure(which, s_k)["accuracy"] for which in (toy_plan.variant, toy_plan.control)]
    print(f"seed {s_k}: {toy_pair[0]:g} and {toy_pair[1]:g}")

# %% [markdown] worked="67 66"
# <div class="alert alert-info">
#
# ### Exercise 6 · `run_trials`
# **2 points · difficulty ●●○○○ · about 15 minutes**
#
# **Goal.** Every registered pair, once, and nothing else.
#
# | what comes in | |
# |---|---|
# | `registration` | has `variant`, `control`, `metric` and `seeds` |
# | `measure` | `measure(variant, seed)` returns the measures of one run by name |
#
# | what goes out | |
# |---|---|
# | a dict | from the name of the variant, and from that of the control, to an array of shape `(n,)` |
#
# **Two worked numbers.** With the made-up measure, the first entries are 67 and 66.
#
# **How.** `np.isfinite(value)`; name variant and seed in the error.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "run_trials", "locked": false, "schema_version": 3, "solution": true, "task": false}
def run_trials(registration: trials.Registration, measure) -> dict[str, np.ndarray]:
    """Measure the variant and the control with every registered seed.

    measure: called as measure(variant, seed); returns measures by name.
    Returns the registered measure by variant: arrays (n,) in the order of the seeds.
    ValueError if a measure is not finite.
    """
    ### BEGIN SOLUTION
    found = {registration.variant: [], registration.control: []}
    for seed in registration.seeds:
        for variant, measured in found.items():
            value = measure(variant, seed)[registration.metric]
            if not np.isfinite(value):
                raise ValueError(f"{variant} with seed {seed} measured {registration.metric} = {value}.")
            measured.append(value)
    return {variant: np.array(measured) for variant, measured in found.items()}
    ### END SOLUTION


# %%
def your_runs():
    found = run_trials(toy_plan, toy_measure)
    return np.array([found[which] for which in (toy_plan.variant, toy_plan.control)])


target = [
    [toy_measure(v, s)["accuracy"] for s in toy_plan.seeds] for v in (toy_plan.variant, toy_plan.control)
]
fig = figures.target_beside_yours(np.array(target), your_runs, rows="control, variant", columns="seed")
figures.show(fig, alt="Left, the made-up accuracies of variant and control by seed. Right, yours.")

# %% nbgrader={"grade": true, "grade_id": "check_run_trials", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("run_trials", run_trials)

# %% [markdown]
# <details><summary>"the dict has no entry with the name of the variant"</summary>
#
# The keys are the names that stand in the registration: `registration.variant`, not the word "variant".
# </details>
#
# <details><summary>The numbers are not those of the first calls</summary>
#
# `measure` was called more than once for a run. Call it once and keep what it returned: the made-up measure of the
# check gives other numbers the second time, as training might.
# </details>
#
# <details><summary>The values stand in another order</summary>
#
# Keep the order of the seeds, for both alike. Sorted values are no pairs any more.
# </details>
#
# <details><summary>"a failed run is not passed over"</summary>
#
# Look for `try` and `except`, for `continue`, for `np.nanmean`, for a second call of `measure`. Each of them makes a run
# disappear.
# </details>

# %% [markdown]
# ### The big run
#
# The course has a function for this as well: `trials.run_variants`. It does what yours does, and writes every run to a
# file as it ends. So you may stop it, and the same call goes on. It knows the digest of your registration and the code
# of the functions named in the next cell: after a change of any of them, no old run counts. It does not know what else
# they use, such as `budget` or a helper of your own. **Delete `my_trials.jsonl` after any other change.**
#
# Yours then runs over what is stored, and nothing is trained twice.


# %%
def real_trial(which, seed):
    """One real trial of "my block" or "blind twin"."""
    return trial(candidates[which], seed, seed_canvases, network, fit, score)


measured = (my_attention, blind, split, painted, seed_canvases, trial, network, fit, maps_of, score)
code = hashlib.sha256("".join(map(inspect.getsource, measured)).encode()).hexdigest()
my_runs = trials.run_variants(
    {"my block": partial(real_trial, "my block"), "blind twin": partial(real_trial, "blind twin")},
    registered.seeds,
    "my_trials.jsonl",
    profile=session.profile,
    data=trials.data_hash(dataset.x_train[:1000]),
    sources=registered.digest + code,
)

# %%
stored_runs = {(a_run.variant, a_run.seed): a_run.metrics for a_run in my_runs}
my_results = run_trials(registered, lambda variant, seed: stored_runs[variant, seed])
my_values, twin_values = my_results["my block"], my_results["blind twin"]
for s_k, a_k, b_k in zip(registered.seeds, my_values, twin_values, strict=True):
    print(f"seed {s_k}: {a_k:.1f} against {b_k:.1f}, difference {a_k - b_k:+.1f}")

# %% [markdown] worked="95 %"
# ---
# ## 7 · The interval
#
# $$d_k = a_k - b_k, \qquad \bar d = \frac1n\sum_k d_k, \qquad
# s = \sqrt{\frac{1}{n-1}\sum_k (d_k - \bar d)^2}, \qquad
# \bar d \pm t_{n-1}\,\frac{s}{\sqrt n}$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $a$, $b$ | `values`, `control_values` | the two measures, pair by pair | `(n,)` |
# | $d$ | | differences | `(n,)` |
# | $s$ | `np.std(d, ddof=1)` | how far single differences lie from their mean | number |
# | $s/\sqrt n$ | the standard error | how far the *mean* would move with other seeds | number |
# | $t_{n-1}$ | `stats.t.ppf(0.975, n - 1)` | how many standard errors hold 95 % | number |
#
# For five pairs in plain loops:

# %% worked="0.975"
few = [71.0, 68.0, 75.0, 66.0, 74.0]
few_control = [70.0, 66.0, 75.0, 63.0, 70.0]
gaps = [few[k] - few_control[k] for k in range(5)]
middle = sum(gaps) / 5
deviation = (sum((gaps[k] - middle) ** 2 for k in range(5)) / 4) ** 0.5
factor = float(stats.t.ppf(0.975, 4))
reach = factor * deviation / 5**0.5
print(f"differences {gaps}, mean {middle:g}, s {deviation:.4f},", end=" ")
print(f"standard error {deviation / 5**0.5:.4f}, t {factor:.3f}")
print(f"from {middle - reach:.3f} to {middle + reach:.3f}")

# %% [markdown] worked="0.037 3.963 95 % 2.776 1.960"
# Three short cuts, each of them wrong:
#
# - **the normal distribution** has 1.960 in the place of $t$ = 2.776. It would be right if $s$ were known. With five
#   pairs it is a guess itself;
# - **the standard deviation** in the place of the standard error tells where the next *difference* may lie;
# - **two groups** instead of pairs: then all that the two runs of a seed share counts as noise.
#
# <div class="alert alert-info">
#
# ### Exercise 7 · `paired_interval`
# **2 points · difficulty ●●○○○ · about 15 minutes**
#
# **Goal.** Student's interval of 95 % for the mean of the differences.
#
# | | shape |
# |---|---|
# | `values`, `control_values` come in | `(n,)` each, the same seeds in the same order |
# | low, mean, high go out | three numbers in this order |
#
# **Two worked numbers.** The five pairs above give an interval from 0.037 to 3.963.
#
# **How.** NumPy's deviation divides by $n$ unless you say `ddof=1`. `stats.t.ppf`, or any function of `scipy.stats` that
# gives the same.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "paired_interval", "locked": false, "schema_version": 3, "solution": true, "task": false}
def paired_interval(values: np.ndarray, control_values: np.ndarray) -> tuple[float, float, float]:
    """Student's 95 % interval for the mean difference of pairs.

    values, control_values: (n,), measured with the same seeds in the same order.
    Returns the lower end, the mean difference and the upper end.
    """
    ### BEGIN SOLUTION
    differences = np.asarray(values) - np.asarray(control_values)  # (n,)
    pairs = len(differences)
    mean = differences.mean()
    half = stats.t.ppf(0.975, pairs - 1) * differences.std(ddof=1) / np.sqrt(pairs)
    return float(mean - half), float(mean), float(mean + half)
    ### END SOLUTION


# %%
target = np.array([[middle - reach, middle, middle + reach]])
fig = figures.target_beside_yours(
    target,
    lambda: np.array([paired_interval(np.array(few), np.array(few_control))]),
    columns="low, mean, high",
)
figures.show(fig, alt="Left, lower end, mean and upper end for the five pairs. Right, yours.")

# %% nbgrader={"grade": true, "grade_id": "check_paired_interval", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("paired_interval", paired_interval)

# %% [markdown]
# <details><summary>My interval is a little too short</summary>
#
# Either `ddof=1` is missing, or the factor is that of the normal distribution.
# </details>
#
# <details><summary>My interval is about twice as long</summary>
#
# The division by the root of `n` is missing.
# </details>
#
# <details><summary>My interval is about three times as long, or more</summary>
#
# It was computed from the two groups, not from the differences.
# </details>

# %% [markdown]
# ---
# ## 8 · The verdict
#
# The course calls a difference a difference when two things hold, and you do the same:
#
# 1. the interval is **clear of zero**: both ends above, or both below;
# 2. at least **three quarters of the pairs that differ** agree with it. A pair without a difference counts in neither
#    camp, and not in the number of those that differ. With few pairs, a few large differences can carry an interval.
#
# | both hold | the verdict |
# |---|---|
# | with the interval above zero | `"higher"` |
# | with the interval below zero | `"lower"` |
# | otherwise | `"no detectable difference"` |
#
# $$\text{higher} \iff \text{low} > 0 \;\text{ and }\; \#\{d_k > 0\} \ge \tfrac34\,\#\{d_k \ne 0\}$$
#
# There is no fourth word. An interval that holds zero also holds small differences on both sides of it: it cannot say
# "equal". And both sides are looked at. Who looks at one side only, after seeing which one it is, has a false alarm
# twice as often.

# %%
examples = {
    "clear, all agree": ([1, 2, 0, 3, 4], (0.04, 2.0, 3.96)),
    "holds zero": ([1, 2, 3, 1, -2], (-1.32, 1.0, 3.32)),
    "clear, but too few agree": ([-0.1, 9, 9, 9, -0.2, 9], (0.99, 5.95, 10.91)),
}
for words, (d, (begins, _, ends)) in examples.items():
    up, down = sum(d_k > 0 for d_k in d), sum(d_k < 0 for d_k in d)
    print(f"{words}: {begins:g} to {ends:g}, {up} pairs above, {down} below, of {up + down}")

# %% [markdown] worked="4 of 6 4.5"
# <div class="alert alert-info">
#
# ### Exercise 8 · `reading`
# **1 point · difficulty ●●○○○ · about 10 minutes**
#
# **Goal.** One of three texts, by the two rules.
#
# | | shape |
# |---|---|
# | `differences` comes in | `(n,)` |
# | `interval` comes in | low, mean, high |
# | the verdict goes out | `"higher"`, `"lower"` or `"no detectable difference"` |
#
# **Two worked numbers.** In the third example 4 of 6 pairs are above zero, and three quarters would be 4.5: no
# detectable difference.
#
# **Take care.** Return the texts as they stand here, without further spaces. To the check, capital or small letters do
# not matter. Keep them small all the same: the last section compares letter by letter.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "reading", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reading(differences: np.ndarray, interval: tuple[float, float, float]) -> str:
    """Say what an interval and its pairs show.

    differences: (n,), variant minus control, one per pair. interval: low, mean and high.
    Returns "higher", "lower" or "no detectable difference".
    """
    ### BEGIN SOLUTION
    differences = np.asarray(differences)
    low, _, high = interval
    above, below = np.sum(differences > 0), np.sum(differences < 0)
    enough = 0.75 * (above + below)
    if low > 0 and above >= enough:
        return "higher"
    if high < 0 and below >= enough:
        return "lower"
    return "no detectable difference"
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_reading", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("reading", reading)

# %% [markdown]
# <details><summary>Right where all pairs agree, wrong elsewhere</summary>
#
# The second rule is missing, or it counts the pairs without a difference, for either side.
# </details>
#
# <details><summary>An end that is exactly zero</summary>
#
# Zero is in the interval then. Not clear of it.
# </details>
#
# <details><summary>"a text came back that is none of the three"</summary>
#
# "better", "equal", "significant", or a space too many? Use the three texts as they are.
# </details>

# %% [markdown]
# ### Your result
#
# Your interval, and beside it the course's own reading of the same runs. The course's interval is a bootstrap: it draws
# pairs again and again from those you have. With few pairs that alone would be too short, so the course makes it longer:
# about as long as Student's, where the differences are normal. What that is worth, a table below says.

# %%
my_interval = paired_interval(my_values, twin_values)
verdict = reading(my_values - twin_values, my_interval)
print(f"{registered.hypothesis}\nyour reading: {registered.metric} is {verdict}")

# %%
course = trials.compare(my_runs, "my block", "blind twin", registered.metric)
print(f"the course's: {course}")
both = {
    "Student's t (yours)": my_interval,
    "bootstrap (course)": (course.low, course.difference, course.high),
}
fig = figures.intervals(
    both,
    xlabel=f"{registered.metric}: block minus blind twin, in points",
    points={"Student's t (yours)": my_values - twin_values},
)
figures.show(fig, alt="The interval of the mean difference between your block and its blind twin, both ways.")

# %% [markdown]
# If the two readings differ, report the registered one, yours, and say that the other differs. (Which
# of the two to trust with few pairs, the table below tells.) Whatever the verdict is: **it stays.** Running six more seeds because the first six disappointed is a new experiment, with a new
# registration.
#
# ---
# ## 9 · Where your block looks
#
# A gain is not the same as a good map, and a good map not the same as a gain. So the map gets a trial of its own. What
# your second block lets through at each position is scored against the true outlines, beside everything that could
# score well for no good reason. (AUROC, from lesson 01: how often a pixel of the garment has a higher value than one
# beside it.)
#
# | control | what a good score of it would mean |
# |---|---|
# | blind twin | the network's features alone make such a map |
# | untrained | the form of the network alone makes it |
# | another image's map | a habit, the same on all canvases |
# | centre prior | garments lie in the middle |
# | uniform | it points at random |

# %%
made = []
for name in ("my block", "blind twin", "my block"):
    keras.utils.set_random_seed(session.seed)  # all three start from the same weights
    made.append(network(candidates[name]))
shown, twin, fresh = made
for model in (shown, twin):
    fit(model, learned, session.seed)
maps = maps_of(shown, unseen[0])
rivals = {"my block": maps, "blind twin": maps_of(twin, unseen[0]), "untrained": maps_of(fresh, unseen[0])}
rivals |= scores.control_maps(maps, seed=session.seed)

# %%
pictures, labels, outlines = unseen
fig = figures.attention_over_image(
    pictures[:6],
    {name: rivals[name][:6] for name in ("my block", "blind twin")},
    outlines[:6],
    captions=[data.CLASS_NAMES[y] for y in labels[:6]],
)
figures.show(
    fig, alt="Six canvases with the garment outlined; below each the map of your block and of its twin."
)

# %%
table = scores.score_maps(rivals, outlines)
for title, by_rival in table.items():
    print(f"{title}:", ", ".join(f"{name} {value:.2f}" for name, value in by_rival.items()))
fig = figures.compare(table["AUROC of the pixels"], xlabel="AUROC of the pixels (one run)")
figures.show(fig, alt="How well the map of your block and five controls tell garment from the rest, one run.")

# %% [markdown]
# This is **one** run, and three scores were looked at: good for an idea, not for a claim. If you want to claim that your
# block looks at the garment, register it: metric `"pointing"`, new seeds, new runs.

# %% [markdown] worked="95 %"
# ### What the course measured
#
# The three suggestions, each against its blind twin, over {{claim:09.neighbours_accuracy:seeds}} paired seeds. Percent of
# new canvases:
#
# | named right | block | against | difference, 95 % interval |
# |---|---|---|---|
# | A, against its blind twin | {{claim:09.neighbours_accuracy:mean}} | {{claim:09.neighbours_accuracy:against}} | {{claim:09.neighbours_accuracy:interval}} |
# | B, against its blind twin | {{claim:09.deviation_accuracy:mean}} | {{claim:09.deviation_accuracy:against}} | {{claim:09.deviation_accuracy:interval}} |
# | C, against its blind twin | {{claim:09.coordinate_accuracy:mean}} | {{claim:09.coordinate_accuracy:against}} | {{claim:09.coordinate_accuracy:interval}} |
# | A, against no attention | {{claim:09.neighbours_against_none:mean}} | {{claim:09.neighbours_against_none:against}} | {{claim:09.neighbours_against_none:interval}} |
#
# | pointed at right | block | against | difference, 95 % interval |
# |---|---|---|---|
# | A, against its blind twin | {{claim:09.neighbours_pointing:mean}} | {{claim:09.neighbours_pointing:against}} | {{claim:09.neighbours_pointing:interval}} |
# | B, against its blind twin | {{claim:09.deviation_pointing:mean}} | {{claim:09.deviation_pointing:against}} | {{claim:09.deviation_pointing:interval}} |
# | C, against its blind twin | {{claim:09.coordinate_pointing:mean}} | {{claim:09.coordinate_pointing:against}} | {{claim:09.coordinate_pointing:interval}} |
# | A, against no attention | {{claim:09.neighbours_pointing_against_none:mean}} | {{claim:09.neighbours_pointing_against_none:against}} | {{claim:09.neighbours_pointing_against_none:interval}} |
#
# In accuracy all three verdicts are there. B is ahead of its twin, A is *behind* its twin, and for C, as for A against no
# attention, the interval holds zero: no difference that so many pairs could show. C points far better than its twin, and
# that showed in no detectable gain. Eight intervals are eight chances; and the networks are small. The intervals are the
# course's bootstrap; what those are worth with few pairs, you will see at the end.
#
# Before you admire a pointing score, look at what it is set beside:
#
# - **No attention** lets everything through alike. Its map is flat, and its score is the garments' share of the area:
#   that of pointing at random.
# - **B's twin** has one gate for all positions and channels. Its map is flat too, but for the computer's rounding. B is
#   ahead of a control that points at random.
# - **A's twin** points right less often than a flat map (difference
#   {{claim:09.blind_neighbours_pointing_against_none:interval}}). A is ahead of that twin, and no difference was detected between
#   A and the flat map.
# - **A spot in the centre** was not scored over these seeds. Your single run above has one, and in lesson 07 it did
#   better than a mask. So none of these rows shows that a block points better than a habit would.
#
# ### Two ways to compute, two verdicts
#
# Here are the differences behind "A, against no attention", in points of accuracy, seed by seed. Your own two functions
# read them:

# %%
stored_gaps = np.array([-1.73, 1.60, -3.47, -1.73, 0.40, -2.40, -2.13, -2.53])  # A minus no attention
stored_interval = paired_interval(stored_gaps, np.zeros(len(stored_gaps)))
print(f"mean {stored_gaps.mean():.2f}, s {stored_gaps.std(ddof=1):.2f},", end=" ")
print(f"Student's interval {stored_interval[0]:.2f} to {stored_interval[2]:.2f}")
print(f"your reading: {reading(stored_gaps, stored_interval)}")

# %% [markdown]
# The course's interval, the one in the table, holds zero, if only just: no detectable difference. Student's, which this
# lesson trusts more, ends below zero: "lower". So here the two ways disagree. **A verdict that hangs on the way of
# computing is none to build on.** What could settle it is a new registration with new seeds, and the way named in it.

# %% [markdown]
# ---
# ## The class: one file each
#
# The leaderboard takes one small file from everybody. It holds the registration, every registered run and the costs, and
# no interval: whoever reads it computes those anew. A file whose runs are not exactly the registered ones is refused,
# and so is one whose control has fewer weights than the block, or more: the weights that are trained are what is
# compared.
#
# **Put your own name in the place of "me" first.** Of two entries under one name only one can stand. And give the copy
# of the file that you hand on your name as well: it is called `me.json` with everybody.

# %%
leaderboard.write(
    "leaderboard/me.json",
    name="me",  # your own name, one that nobody else has
    block=BLOCK,
    registration=registered,
    runs=my_runs,
    parameters={name: size.trainable for name, size in sizes.items()},
)
entries = leaderboard.read("leaderboard")
fig = leaderboard.draw(entries)
figures.show(
    fig, alt="Left, accuracy against parameters. Right, the difference to the control, both with intervals."
)

# %% [markdown] worked="95 %"
# Put the files of others into the folder `leaderboard`, and run the cell again. Read the right half first. The left half
# ranks networks, and a rank without the right half is a beauty contest.
#
# ---
# ## Limits and controls
#
# **Equal weights are not equal in all things.** The blind twin has the block's weights and work. It also has gates that
# can only be learned as fixed numbers. Perhaps your block calms training in a way that no fixed gate can, without looking
# anywhere that matters. The map is there to tell.
#
# **One budget.** Both had the same epochs and the same learning rate. A block that needs longer to learn loses here.
#
# **Small is not large.** Two blocks in a small network on small canvases say little about a deep one on photographs.
#
# **Many blocks, many chances.** If thirty students test thirty useless blocks, an honest 95 % rule calls one or two of
# them better or worse. The best of a class needs a registration of its own, and new seeds.
#
# ### The question from the beginning
#
# Now use your own functions on blocks that do nothing, twenty times as many:


# %%
def normal_reading(differences):
    """The careful somebody: mean ± 1.96 standard errors, and no second rule."""
    half = 1.96 * differences.std(ddof=1) / np.sqrt(len(differences))
    return abs(differences.mean()) > half


def alarms(with_block, without):
    """Return how often each way to report calls a useless block better or worse: percentages by name."""
    pairs = list(zip(with_block, without, strict=True))
    calls = {
        "best run against best run": [a.max() != b.max() for a, b in pairs],
        "normal distribution": [normal_reading(a - b) for a, b in pairs],
        "your interval and reading": [
            reading(a - b, paired_interval(a, b)) != "no detectable difference" for a, b in pairs
        ],
    }
    return {name: 100 * float(np.mean(called)) for name, called in calls.items()}


# %%
fooled = alarms(*useless_blocks(2000, 5, seed=session.seed))
fig = figures.compare(
    dict(reversed(fooled.items())),
    xlabel="useless blocks called better or worse, in percent",
    limits=(0, 100),
)
figures.show(fig, alt="How many useless blocks each way to report calls better or worse.")
print(f"you guessed {my_guess} of 100 for the normal distribution")

# %% [markdown] worked="95 %"
# An interval of 95 % promises to be wrong five times in a hundred. Over {{claim:09.normal_alarms:seeds}} draws of 2,000
# useless blocks, five pairs each (for the bootstraps, 400):
#
# | way to report | useless blocks called better or worse, in percent | 95 % interval |
# |---|---|---|
# | best run against best run | {{claim:09.best_run_alarms:mean}} | |
# | normal distribution | {{claim:09.normal_alarms:mean}} | {{claim:09.normal_alarms:interval}} above five |
# | plain bootstrap, with the second rule | {{claim:09.plain_alarms:mean}} | {{claim:09.plain_alarms:interval}} above five |
# | longer bootstrap, with the second rule (the course's) | {{claim:09.course_alarms:mean}} | {{claim:09.course_alarms:interval}} above five |
# | Student's t with the second rule (yours) | {{claim:09.reading_alarms:mean}} | {{claim:09.reading_alarms:interval}} above five |
#
# So the careful somebody was not careful enough, and neither is a plain bootstrap of five pairs: it can only draw from
# what is there, and five differences look more alike than those that were not drawn. **Student's t knows how little five
# pairs know.** The course's own intervals borrow its length. They cry wolf far less often than the plain bootstrap, and
# still more often than they promise. It is also why this course looks at the single pairs, and why one surprising
# interval in a lesson is a reason to repeat, not to believe.
#
# ### Change it and see
#
# Plain variables. Change one, say aloud what you expect, run the cell. With more pairs the normal distribution comes
# near Student's t. Your reading falls below both: the second rule makes the verdict stricter with many pairs, because
# chance seldom lets three quarters of them agree.

# %%
PAIRS = 20  # more pairs: which of the four gets better?
SPREAD = 4.0  # noise: does it matter at all?

more_blocks = useless_blocks(1000, PAIRS, seed=2, spread=SPREAD)
changed = alarms(*more_blocks)
ends_only = [paired_interval(a, b) for a, b in zip(*more_blocks, strict=True)]
changed["Student's t alone"] = 100 * float(np.mean([low > 0 or high < 0 for low, _, high in ends_only]))
for name, share in changed.items():
    print(f"{name:26} {share:.1f} of 100")

# %% [markdown] worked="6 points 95 % 2.776"
# ---
# ## Quiz
#
# Work these out on paper, then type the number.
#
# **Question 1.** Five pairs differ by 2, 4, 4, 4 and 6 points. Where does Student's 95 % interval of the mean begin?
# ($t_4$ = 2.776; two decimals.) Put the number into `quiz_lower_end_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_lower_end", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_lower_end_answer = None  # your number
### BEGIN SOLUTION
quiz_lower_end_answer = 4 - 2.776 * 2**0.5 / 5**0.5
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_lower_end", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_lower_end", quiz_lower_end_answer)

# %% [markdown]
# **Question 2.** Coordinate attention (suggestion C) gets 64 channels, with 8 hidden ones. All three 1 × 1
# convolutions have biases; batch normalisation has a factor and an offset for each hidden channel. How many
# **trainable** parameters has it? Put the number into `quiz_coordinate_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_coordinate", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_coordinate_answer = None  # your number
### BEGIN SOLUTION
quiz_coordinate_answer = (64 * 8 + 8) + 2 * 8 + 2 * (8 * 64 + 64)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_coordinate", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_coordinate", quiz_coordinate_answer)

# %% [markdown] worked="1.2 0.3"
# **Question 3.** With 7 pairs your interval reaches 1.2 points to each side of the mean. You want to see a difference of
# 0.3 points, so it should reach 0.3 to each side. About how many pairs do you need? (Take $s$ and $t$ as they are.)
# Put the number into `quiz_pairs_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_pairs", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_pairs_answer = None  # your number
### BEGIN SOLUTION
quiz_pairs_answer = 7 * 4**2
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_pairs", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_pairs", quiz_pairs_answer)

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_on_trial", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Written answer
#
# <div class="alert alert-info">
#
# ### Your conclusion
# **3 points · about 15 minutes · six to ten sentences**
#
# Write the conclusion of **your** trial, as it could stand in a report. Say **what was registered and what came out**,
# **what the verdict does and does not show**, and **what the map adds**. Use your own numbers.
#
# The sign of the result earns nothing and costs nothing.
#
# | points | for |
# |---|---|
# | 1 | hypothesis, variant, control of equal cost, metric and number of pairs are named, and the mean difference with its interval is given as it came out |
# | 1 | the verdict is read as it stands: "no detectable difference" is not called "equal", a difference is not called large because it is clear of zero, and one limit of the experiment is named |
# | 1 | the map is described by its scores beside at least two controls, and a score of one run is called that |
#
# </div>

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_on_trial", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Registered before the first run was that efficient channel attention names more new canvases right than its blind twin,
# which has the same weights and does the same work on a map of ones. The metric was the accuracy, with six paired seeds.
# The mean difference and both ends of its Student interval are those printed in section 8, and the course's bootstrap
# interval stands beside them.
#
# The verdict is one of three words. If the interval holds zero, no difference could be detected with six pairs; a
# difference smaller than the interval is wide may still be there, in either direction. If it is clear of zero, there is a
# difference here, and how large it may be is what the two ends say. Either way it was measured with one small network,
# one budget and small canvases, and a longer training might change it.
#
# The map of the block was scored in one run only. Its score has to be compared with those of the blind twin and of the
# map of another canvas: what those reach as well, the block does not reach by looking. Without a registered trial of the
# pointing score I do not claim that the block looks at the garment.
# ### END SOLUTION

# %% [markdown]
# ## What you have done
#
# In this lesson you
#
# 1. **built a block** that nobody had built for you, and a control of equal cost that cannot look;
# 2. **split without a leak**, and wrote a trial that its seed repeats;
# 3. **registered** hypothesis, control, metric and seeds before the first run;
# 4. **ran every registered pair**, and kept every one;
# 5. **read an interval** by rules that were fixed before, with three words and no fourth;
# 6. **scored a map** beside its controls, and did not take one run for a finding.
#
# ## References
#
# 1. Q. Wang, B. Wu, P. Zhu, P. Li, W. Zuo, Q. Hu. *ECA-Net: Efficient Channel Attention for Deep Convolutional Neural
#    Networks.* CVPR 2020. [arXiv:1910.03151](https://arxiv.org/abs/1910.03151)
# 2. L. Yang, R.-Y. Zhang, L. Li, X. Xie. *SimAM: A Simple, Parameter-Free Attention Module for Convolutional Neural
#    Networks.* ICML 2021. [proceedings.mlr.press/v139/yang21o](https://proceedings.mlr.press/v139/yang21o.html)
# 3. Q. Hou, D. Zhou, J. Feng. *Coordinate Attention for Efficient Mobile Network Design.* CVPR 2021.
#    [arXiv:2103.02907](https://arxiv.org/abs/2103.02907)
# 4. Student. *The Probable Error of a Mean.* Biometrika 6, 1908.
# 5. J. Adebayo and others. *Sanity Checks for Saliency Maps.* NeurIPS 2018.
#    [arXiv:1810.03292](https://arxiv.org/abs/1810.03292)
#
# ## Next
#
# There is no next lesson. Take a sentence about attention that you have read somewhere, and put it on trial.
