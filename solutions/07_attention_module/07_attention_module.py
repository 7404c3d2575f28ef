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
# # Lesson 07 · The attention module
#
# **By the end you will have shown what is lost when masks multiply a signal again and again, what is not, and how
# one added "1" keeps it.**
#
# | | |
# |---|---|
# | Time | about 130 minutes |
# | Difficulty | ●●●●○ |
# | Run time | three to four minutes on two processor cores (profile `quick`) |
# | You need | lessons 01, 02 and 04; lesson 05 helps |
# | Points | 20: 14 for the exercises, 3 for the quiz, 3 for the written answer |

# %% [markdown]
# ## What you will do
#
# 1. **Write the unit** that everything here is made of: normalise and activate first, convolve then.
# 2. **Write the two branches**: a trunk that works, and a soft mask that looks from far away and comes back to every
#    pixel.
# 3. **Write three mask activations**, and say why none of them is a softmax.
# 4. **Let trunk and mask meet** in two ways, `M · T` and `(1 + M) · T`.
# 5. **Stack the module**, up to eight in a row, and measure what becomes of signal and gradient.
# 6. **Draw the masks** at each depth, and compare the three activations beside a control that cannot look.

# %% [markdown]
# ## Set-up

# %%
import course_lib

session = course_lib.setup(seed=1)

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from course_lib import check, count, data, figures, scores, training
from course_lib.networks.conv_norm import conv_norm

# %% [markdown]
# ## A question to begin with
#
# The *Residual Attention Network* (Wang and others, 2017) is made of modules like this one. Upper row: the **trunk**
# $T$ computes features. Lower rows: the **mask** $M$ says which of them matter.

# %%
fig = figures.block_diagram("residual_attention", height=28, width=28, channels=64)
figures.show(fig)

# %% [markdown]
# The circle is the point of this lesson. Its authors first tried the plain product $M \cdot T$, and report that deep
# stacks of it get worse and worse. A common explanation goes: *the mask is a sigmoid, so every module multiplies by a
# number below 1; after many modules the signal has died out, and the gradient with it.*
#
# Take eight modules with the plain product, fresh, before any training. Put feature maps in with numbers of about 1.
# **How large are the numbers that come out: nearly 0, about as large as before, or far larger? And the gradient that goes
# back?** Write down both guesses.

# %%
my_guess_signal = "nearly 0"  # change me: "nearly 0", "about the same" or "far larger"
my_guess_gradient = "nearly 0"  # change me, likewise

# %% [markdown]
# ## The idea in four lines
#
# $$x' = U^p(x), \qquad T = U^t(x'), \qquad M = \text{mask}(x'), \qquad y = U^p\big((1 + M)\cdot T\big)$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $x$ | `x` | feature map that comes in | `(N, H, W, C)` |
# | $U$ | `pre_activation_residual_unit` | one residual unit; $U^p$ are $p$ in a row | `(N, H, W, C)` |
# | $T$ | what `trunk_branch` returns | the features | `(N, H, W, C)` |
# | $M$ | what `soft_mask_branch` returns | one weight for every position **and** channel | `(N, H, W, C)` |
# | $p, t, r$ | `p`, `t`, `r` | units before and after; in the trunk; between two poolings of the mask | 1, 2, 1 in the paper |
# | $D$ | `poolings` | how often the mask is pooled | 3, 2, 1 in the paper's three stages |
#
# BAM in lesson 05 also had a `1 +`. What is new: the mask has a whole small network to itself, and the module stands
# alone. No shortcut runs past it.

# %% [markdown]
# ---
# ## 1 · The unit
#
# $$U(x) = x + W_3 * \delta\nu\big(W_2 * \delta\nu(W_1 * \delta\nu(x))\big)$$
#
# | symbol | in the code | meaning | weights |
# |---|---|---|---|
# | $\nu$, $\delta$ | `BatchNormalization`, `ReLU` | normalise, then $\delta(a) = \max(0, a)$ | two numbers per channel |
# | $W_1$ | a 1 × 1 `Conv2D` | $C$ channels to $f = C/4$ | `(1, 1, C, f)` |
# | $W_2$ | a 3 × 3 `Conv2D` | looks around | `(3, 3, f, f)` |
# | $W_3$ | a 1 × 1 `Conv2D` | back to $C$ channels | `(1, 1, f, C)` |
#
# In lesson 04 a block convolved first, and its last ReLU stood behind the addition: nothing negative ever left it. Here
# the order is turned round, **pre-activation** (He and others, 2016): normalise, ReLU, *then* convolve. Nothing stands
# behind the addition. What goes in comes out, plus a change. The way through a hundred units is clear.
#
# In plain loops, on one row of three positions with four channels; $f = 1$, the normalisations change nothing, and
# $W_2$ looks at its own position only:

# %%
row = np.array([[[1, 2, 0, -3], [4, 0, 1, -1], [-2, 1, 3, 0]]], dtype=float)  # (1, 3, 4)
narrow, back = np.array([1.0, 1.0, 0.0, -1.0]), np.array([1.0, -1.0, 2.0, 0.0])  # W1 and W3

# %%
unit_loops = np.zeros_like(row)
for i in range(3):
    active = [max(0.0, float(v)) for v in row[0, i]]  # the ReLU comes first
    middle = max(0.0, sum(active[c] * narrow[c] for c in range(4)))
    change = [middle * back[c] for c in range(4)]
    unit_loops[0, i] = [row[0, i, c] + change[c] for c in range(4)]
    print(f"position {i}: active {active}, middle {middle:g},", end=" ")
    print(f"change {[float(v) for v in change]}, out {unit_loops[0, i].tolist()}")

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 1 · `pre_activation_residual_unit`
# **3 points · difficulty ●●●○○ · about 25 minutes**
#
# **Goal.** Three times normalise, ReLU, convolve; then add.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, A)` |
# | after the first normalisation and ReLU: call it $a$ | `(N, H, W, A)` |
# | after $W_1$ | `(N, H, W, f)`, with $f$ = `filters // 4` |
# | after normalisation, ReLU and $W_2$ | `(N, H/strides, W/strides, f)` |
# | after normalisation, ReLU and $W_3$; goes out | `(N, H/strides, W/strides, filters)` |
#
# **Two worked numbers.** At position 0 the middle is 3. Channel 1: 3 · (−1) and the 2 that came in give −1. Channel 3:
# its −3 comes out as −3.
#
# **How.** `layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=...)`, `layers.ReLU(name=...)` and
# `layers.Conv2D(filters, kernel_size, strides, padding="same", use_bias=False, name=...)`. No convolution needs a bias;
# the counts below are without. Networks of such units are started with `kernel_initializer="he_normal"`; the check does
# not look at that. When `filters` is None, the unit keeps the channels of `x`: `x.shape[-1]`.
#
# **The projection.** If `strides` is above 1, or `x` does not have `filters` channels, a 1 × 1 convolution with
# `filters` filters and the same strides makes the shortcut. It starts from $a$, as in the released code, and nothing is
# normalised behind it. Otherwise the shortcut is `x` itself. The strides are those of the **3 × 3** convolution.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "pre_activation_residual_unit", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pre_activation_residual_unit(
    x: keras.KerasTensor, name: str, filters: int | None = None, strides: int = 1
) -> keras.KerasTensor:
    """Add a change to x; each of its three convolutions comes after a normalisation and a ReLU.

    x: feature map, (N, H, W, A).
    name: start of the names of all layers made here.
    filters: channels that go out; None keeps those of x. strides: of the 3×3 convolution and the shortcut.
    Returns (N, H/strides, W/strides, filters).
    """
    ### BEGIN SOLUTION
    filters = filters or x.shape[-1]

    def active(t, step):
        t = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}_norm{step}")(t)
        return layers.ReLU(name=f"{name}_relu{step}")(t)

    def convolve(t, width, size, by, role):
        options = {"padding": "same", "use_bias": False, "kernel_initializer": "he_normal"}
        return layers.Conv2D(width, size, by, name=f"{name}_{role}", **options)(t)

    a = active(x, 1)  # (N, H, W, A)
    y = convolve(a, filters // 4, 1, 1, "squeeze")  # (N, H, W, f)
    y = convolve(active(y, 2), filters // 4, 3, strides, "look")  # (N, H/strides, W/strides, f)
    y = convolve(active(y, 3), filters, 1, 1, "open")  # (N, H/strides, W/strides, filters)
    if strides > 1 or x.shape[-1] != filters:
        x = convolve(a, filters, 1, strides, "project")
    return layers.Add(name=name + "_sum")([x, y])
    ### END SOLUTION


# %%
def your_unit():
    one, none, four = np.ones(1), np.zeros(1), np.ones(4)
    middle = np.pad(np.ones((1, 1, 1, 1)), ((1, 1), (1, 1), (0, 0), (0, 0)))  # 3 × 3, all zero but the centre
    weights = [four, 0 * four, narrow, one, none, middle, one, none, back]
    output = training.apply_block(lambda x: pre_activation_residual_unit(x, "tiny"), row[None], weights)
    return output[0, 0].T  # (1, 1, 3, 4) to (4, 3): one row per channel


# %%
fig = figures.target_beside_yours(unit_loops[0].T, your_unit, rows="channel", columns="position")
figures.show(fig, alt="Left, the four channels of the row after the unit. Right, what yours returns.")

# %% nbgrader={"grade": true, "grade_id": "check_pre_activation_residual_unit", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("pre_activation_residual_unit", pre_activation_residual_unit)

# %% [markdown]
# <details><summary>"with an empty branch the output differs from x"</summary>
#
# With all kernels at zero, `x` should come out as it went in. A ReLU behind the addition, a shortcut that starts from
# $a$ where the shapes agree, or a projection that is always there, change it.
# </details>
#
# <details><summary>Nothing negative comes out</summary>
#
# There is a ReLU behind the addition, as in lesson 04, or the shortcut is $a$ and not `x`.
# </details>
#
# <details><summary>"Inputs have incompatible shapes", when I add</summary>
#
# Where the channels or the size change, the shortcut needs the projection.
# </details>
#
# <details><summary>Right on the plain case, wrong where the shape changes</summary>
#
# The projection is a convolution of $a$, which is normalised and has been through the ReLU, not of `x`. And the 3 × 3
# convolution has the strides, not the first 1 × 1.
# </details>
#
# <details><summary>"normalised by the batch's own mean and variance, the output is not that of the equation"</summary>
#
# There are three normalisations, one before each ReLU: on `x`, behind $W_1$ and behind $W_2$; none behind $W_3$.
# </details>
#
# <details><summary>The picture says "weights"</summary>
#
# It puts in a factor and an offset for each normalisation and one kernel for each convolution, in this order. Look for
# biases, or for a normalisation too many.
# </details>

# %% [markdown]
# ---
# ## 2 · The trunk
#
# $$T = \underbrace{U(U(\cdots U}_{t}(x)))$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $U$ | `unit` | called as `unit(x, name)` | `(N, H, W, C)` to the same |
# | $t$ | `t` | how many | |
#
# In plain loops, with a unit by hand that doubles and adds 1:

# %%
value = 3
for step in range(2):
    before, value = value, 2 * value + 1
    print(f"unit {step}: {before} becomes {value}")

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 2 · `trunk_branch`
# **1 point · difficulty ●○○○○ · about 5 minutes**
#
# **Goal.** Send `x` through `t` units, one behind the other.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | after each unit; goes out | `(N, H, W, C)` |
#
# **Two worked numbers.** With two of the units above 3 becomes 15; with three it becomes 31.
#
# **How.** `unit` is a function that you get: `unit(x, name)`. Unless another one is handed in, it is yours from above.
#
# **Take care.** Every unit needs a name of its own, built from `name`.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "trunk_branch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def trunk_branch(
    x: keras.KerasTensor, name: str, t: int = 2, unit=pre_activation_residual_unit
) -> keras.KerasTensor:
    """Units in a row.

    x: feature map, (N, H, W, C).
    name: start of the names of all layers made here. t: how many units.
    unit: called as unit(x, name); returns a feature map of the same shape.
    Returns (N, H, W, C).
    """
    ### BEGIN SOLUTION
    for step in range(t):
        x = unit(x, f"{name}_unit{step}")
    return x
    ### END SOLUTION


# %%
def double_and_one(x, name):
    """The unit of the loops: 2 x + 1."""
    return layers.Rescaling(2.0, 1.0, name=name)(x)


def your_trunks():
    threes = np.full((1, 1, 1, 1), 3.0)
    runs = [
        training.apply_block(lambda x, t=t: trunk_branch(x, "t", t, double_and_one), threes) for t in (2, 3)
    ]
    return np.array(runs).reshape(1, 2)


# %%
fig = figures.target_beside_yours(np.array([[15.0, 31.0]]), your_trunks, columns="two units, three units")
figures.show(fig, alt="Left, 15 and 31. Right, what your trunk makes of 3 with two and with three units.")

# %% nbgrader={"grade": true, "grade_id": "check_trunk_branch", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("trunk_branch", trunk_branch)

# %% [markdown]
# <details><summary>"All layer names should be unique"</summary>
#
# Two units got the same name. Put the number of the unit into it: `f"{name}_unit{step}"`.
# </details>
#
# <details><summary>The picture is right, and the check says that the weights cannot be matched</summary>
#
# You call `pre_activation_residual_unit`. Call `unit`: it may be another one.
# </details>

# %% [markdown]
# ---
# ## 3 · Three mask activations
#
# The mask branch ends with *scores* of any sign, $s_{ijc}$ for position $ij$ and channel $c$. The paper tries three
# ways to make a mask of them:
#
# | kind | $M_{ijc}$ | what competes | range |
# |---|---|---|---|
# | `"mixed"` | $\dfrac{1}{1 + e^{-s_{ijc}}}$ | nothing: every number stands alone | (0, 1) |
# | `"channel"` | $\dfrac{s_{ijc}}{\sqrt{\sum_k s_{ijk}^2}}$ | the channels at one position | [−1, 1] |
# | `"spatial"` | $\dfrac{1}{1 + e^{-(s_{ijc} - \mu_c)/\sigma_c}}$ | the positions of one channel | (0, 1) |
#
# | symbol | meaning | shape |
# |---|---|---|
# | $s$ | the scores | `(N, H, W, C)` |
# | $\sqrt{\sum_k s_{ijk}^2}$ | length of the vector of all channels at one position | `(N, H, W, 1)` |
# | $\mu_c$, $\sigma_c$ | mean and standard deviation of the map of channel $c$, **in one image** | `(N, 1, 1, C)` |
# | $M$ | the mask | `(N, H, W, C)` |
#
# In plain loops, for 2 × 2 positions and 2 channels:

# %%
tiny = np.array([[[1, 0], [2, -2]], [[3, 4], [4, 0]]], dtype=float)  # scores, (H, W, C)
H, W, C = tiny.shape
loops = {kind: np.zeros_like(tiny) for kind in ("mixed", "channel", "spatial")}
for c in range(C):
    mean = sum(tiny[i, j, c] for i in range(H) for j in range(W)) / (H * W)
    variance = sum((tiny[i, j, c] - mean) ** 2 for i in range(H) for j in range(W)) / (H * W)
    for i in range(H):
        for j in range(W):
            s = tiny[i, j, c]
            loops["mixed"][i, j, c] = 1 / (1 + np.exp(-s))
            loops["channel"][i, j, c] = s / np.sqrt(sum(tiny[i, j, k] ** 2 for k in range(C)))
            loops["spatial"][i, j, c] = 1 / (1 + np.exp(-(s - mean) / np.sqrt(variance)))

# %%
print("scores  channel 0:", tiny[..., 0].ravel().tolist(), " channel 1:", tiny[..., 1].ravel().tolist())
for kind, mask in loops.items():
    print(f"{kind:8}", *(f"channel {c}: {mask[..., c].ravel().round(3).tolist()}" for c in range(C)))

# %% [markdown] worked="0.6 0.8 0.793 1e-6"
# <div class="alert alert-info">
#
# ### Exercise 3 · `mask_activation`
# **3 points · difficulty ●●○○○ · about 20 minutes**
#
# **Goal.** Turn scores into a mask, in the way that is asked for.
#
# | | shape |
# |---|---|
# | `scores` come in | `(N, H, W, C)`, any sign |
# | what `"channel"` divides by | `(N, H, W, 1)` |
# | mean and deviation for `"spatial"` | `(N, 1, 1, C)` each |
# | mask goes out | `(N, H, W, C)` |
#
# **Two worked numbers.** At row 1, column 0 the scores are 3 and 4, their length is 5: `"channel"` gives 0.6 and 0.8.
# The scores 1, 2, 3, 4 of channel 0 become, with `"spatial"`, 0.793 for the 4.
#
# **How.** `keras.ops.sigmoid`, `ops.sum`, `ops.square`, `ops.sqrt`, `ops.mean`, `ops.var`, with the right `axis` and
# `keepdims=True`. Nothing is learned here. The check takes either standard deviation, by $H\,W$ or by $H\,W - 1$.
#
# **Take care.** Where all scores are 0, length and deviation are 0 too, and a division gives NaN, "not a number". One
# NaN spoils the whole training. Add a very small number, such as 1e-6, under each root. (Outside the root the mask
# would be right as well, but the slope of a root at 0 is infinite, and the gradient could still be NaN.)
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "mask_activation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mask_activation(scores: keras.KerasTensor, name: str, activation: str = "mixed") -> keras.KerasTensor:
    """Turn scores into a mask.

    scores: numbers of any sign, (N, H, W, C).
    name: start of the names of all layers made here.
    activation: "mixed" (a sigmoid), "channel" (length 1 over the channels at each position) or "spatial" (each
        map standardised over its positions, then a sigmoid).
    Returns the mask, (N, H, W, C).
    """
    ### BEGIN SOLUTION
    if activation == "channel":
        squares = keras.ops.sum(keras.ops.square(scores), axis=-1, keepdims=True)  # (N, H, W, 1)
        return scores / keras.ops.sqrt(squares + 1e-6)
    if activation == "spatial":
        mean = keras.ops.mean(scores, axis=(1, 2), keepdims=True)  # (N, 1, 1, C)
        variance = keras.ops.var(scores, axis=(1, 2), keepdims=True)  # (N, 1, 1, C)
        scores = (scores - mean) / keras.ops.sqrt(variance + 1e-6)
    return layers.Activation("sigmoid", name=name + "_mask")(scores)
    ### END SOLUTION


# %%
def your_masks():
    masks = [
        training.apply_block(lambda s, kind=kind: mask_activation(s, "tiny", kind), tiny[None])[0]
        for kind in loops
    ]
    return np.array(masks).reshape(3, -1)  # (3, 8): one row per kind


target = np.array(list(loops.values())).reshape(3, -1)
fig = figures.target_beside_yours(target, your_masks, rows="mixed, channel, spatial", columns="score")
figures.show(fig, alt="Left, the eight scores of the tiny map under the three activations. Right, yours.")

# %% nbgrader={"grade": true, "grade_id": "check_mask_activation", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("mask_activation", mask_activation)

# %% [markdown] worked="1e-6"
# <details><summary>"the channels at one position have length …, not 1"</summary>
#
# The sum of squares goes over the last axis, the channels, and then comes the square root. No sigmoid follows.
# </details>
#
# <details><summary>My "spatial" mask changes with the other images of the batch</summary>
#
# Axis 0 is the batch. Mean and deviation go over axes 1 and 2 only. (`BatchNormalization` uses the whole batch.)
# </details>
#
# <details><summary>"the output has values that are not finite"</summary>
#
# A vector or a map of zeros has length or deviation 0. Add 1e-6 under the root before you divide.
# </details>
#
# <details><summary>My "channel" mask has negative values</summary>
#
# It should. The paper's second activation has no sigmoid, and with it $1 + M$ may lie below 1.
# </details>

# %% [markdown]
# ### Why a sigmoid, although some write-ups say softmax
#
# In text models attention ends with a softmax, and some descriptions of this network copied that. The paper's equation
# and the released code have a sigmoid. It makes a difference. Take random scores on a 14 × 14 map, and the same with
# one thing more to see, at twelve places:

# %%
one_map = np.random.default_rng(0).normal(size=(14, 14))
busy = one_map.copy()
busy[2:4, 2:8] += 3
for title, s in {"random scores": one_map, "twelve places higher": busy}.items():
    soft = np.exp(s) / np.exp(s).sum()
    hard = 1 / (1 + np.exp(-s))
    print(f"{title}: at row 10, column 10 softmax {soft[10, 10]:.4f}, sigmoid {hard[10, 10]:.2f};", end=" ")
    print(f"mean of the mask: softmax {soft.mean():.4f}, sigmoid {hard.mean():.2f}")

# %% [markdown] worked="1/196"
# Under a softmax the weights of a map add up to 1, so that on 196 positions their mean is 1/196, whatever is seen:
# $1 + M$ is hardly more than 1, and $M \cdot T$ hardly more than 0. And whoever looks at one place more has to look
# away from all others. A sigmoid asks every position and every channel a question of its own. **All may matter, or
# none.**

# %% [markdown]
# ---
# ## 4 · The soft mask branch
#
# To say whether a pixel matters, one has to have seen more than its neighbourhood. The branch pools the map until it
# is small, so that every number has seen nearly all of the image; and then enlarges it again, step by step.
#
# $$\begin{aligned}
# \text{down, } k = 1 \ldots D: &\quad m \leftarrow U^r(\text{pool}(m)), \qquad
#  s_k = U(m) \;\text{ for } k < D\\
# \text{bottom:} &\quad m \leftarrow U^r(m)\\
# \text{up, } k = D-1 \ldots 1: &\quad m \leftarrow U^r(\text{enlarge}(m) + s_k)\\
# \text{last:} &\quad M = \text{activation}\big(W_b * \delta\nu(W_a * \delta\nu(\text{enlarge}(m)))\big)
# \end{aligned}$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | pool | `MaxPooling2D(3, 2, padding="same")` | maximum over 3 × 3, half the size, rounded up | `(N, H/2, W/2, C)` |
# | $U^r$ | `units(m, name, r)` | $r$ units in a row | |
# | $s_k$ | `units(m, name, 1)` | the skip: one unit on what the way down had at this size | `(N, H/2^k, W/2^k, C)` |
# | enlarge | bilinear, to the size of $s_k$; at last to that of $x$ | | |
# | $W_a, W_b$ | 1 × 1 `Conv2D`, no biases | from scores to scores | `(1, 1, C, C)` each |
#
# In plain loops, for one row of 8 positions with one channel, $D = 2$, and units that change nothing:


# %%
def pool_loops(values):
    """Maximum of three, every second position; beyond the end there is nothing."""
    return [max(values[i : i + 3]) for i in range(0, len(values), 2)]


def enlarge_loops(values, size):
    """Bilinear: each new pixel's centre is looked up between the old centres."""
    out = []
    for i in range(size):
        place = (i + 0.5) * len(values) / size - 0.5
        place = min(max(place, 0.0), len(values) - 1.0)
        left = min(int(place), len(values) - 2)
        out.append(values[left] + (place - left) * (values[left + 1] - values[left]))
    return out


# %% worked="0.25"
signal = [0, 1, 4, 0, 0, 0, 2, 0]
wa, wb = 1.0, 0.25
down1 = pool_loops(signal)  # also the skip
down2 = pool_loops(down1)
up1 = [a + b for a, b in zip(enlarge_loops(down2, 4), down1, strict=True)]
last = enlarge_loops(up1, 8)
mask_loops = [1 / (1 + np.exp(-wb * max(0.0, wa * max(0.0, v)))) for v in last]
for title, numbers in {"x": signal, "down": down1, "down again": down2, "up + skip": up1}.items():
    print(f"{title:10} {[float(v) for v in numbers]}")
print(
    f"last       {[round(float(v), 3) for v in last]}\nmask       {[round(float(v), 3) for v in mask_loops]}"
)

# %% [markdown] worked="3.5 7.5 0.877"
# <div class="alert alert-info">
#
# ### Exercise 4 · `soft_mask_branch`
# **3 points · difficulty ●●●●○ · about 35 minutes**
#
# **Goal.** Down, bottom, up, last, as in the four lines above.
#
# | for `poolings=2` | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | first pooling, $r$ units; the skip is one unit on that | `(N, H/2, W/2, C)` |
# | second pooling, $r$ units, and $r$ more (the bottom) | `(N, H/4, W/4, C)` |
# | enlarged, plus the skip, $r$ units | `(N, H/2, W/2, C)` |
# | enlarged; normalise, ReLU, $W_a$; normalise, ReLU, $W_b$ | `(N, H, W, C)` |
# | mask goes out | `(N, H, W, C)` |
#
# **Two worked numbers.** In the loops, at position 1 on the way up, the enlarged 3.5 and the skip 4 give 7.5. Position 1
# of the mask is 0.877.
#
# **How.** Keep the maps of the way down in a list. `units(m, name, n)` gives $n$ units in a row, as `trunk_branch`
# does; `activate(scores, name, activation)` makes the mask, as `mask_activation` does. Both are handed in, so that a
# mistake above costs nothing here. Call them with the values in that order, without keywords: another function may name
# them otherwise. To enlarge: `keras.ops.image.resize(m, (height, width), interpolation="bilinear")`,
# with the sizes from the `.shape` of the map that it should fit. Normalisations and convolutions as in exercise 1.
#
# **Take care.** With one pooling there is no skip. Sizes may be odd: 7 is pooled to 4, and twice 4 is not 7. And every
# layer needs a name of its own.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "soft_mask_branch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def soft_mask_branch(
    x, name, poolings=1, r=1, activation="mixed", units=trunk_branch, activate=mask_activation
) -> keras.KerasTensor:
    """A weight for every position and channel, from a way down to a small map and up again.

    x: feature map, (N, H, W, C).
    name: start of the names of all layers made here.
    poolings: D. r: units between two poolings. activation: handed on to `activate`.
    units: called as units(x, name, n); n units in a row. activate: called as activate(scores, name, activation).
    Returns the mask, (N, H, W, C).
    """

    ### BEGIN SOLUTION
    def enlarge(t, like):
        return keras.ops.image.resize(t, like.shape[1:3], interpolation="bilinear")

    m, seen = x, []
    for k in range(1, poolings + 1):
        m = layers.MaxPooling2D(3, 2, padding="same", name=f"{name}_pool{k}")(m)
        m = units(m, f"{name}_down{k}", r)  # (N, H/2^k, W/2^k, C)
        seen.append(m)
    m = units(m, name + "_bottom", r)
    for k in range(poolings - 1, 0, -1):
        skip = units(seen[k - 1], f"{name}_skip{k}", 1)
        m = units(enlarge(m, skip) + skip, f"{name}_up{k}", r)  # (N, H/2^k, W/2^k, C)
    m = enlarge(m, x)
    for step in ("a", "b"):
        m = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}_norm_{step}")(m)
        m = layers.ReLU(name=f"{name}_relu_{step}")(m)
        options = {"use_bias": False, "kernel_initializer": "he_normal", "name": f"{name}_scores_{step}"}
        m = layers.Conv2D(x.shape[-1], 1, **options)(m)
    return activate(m, name + "_activation", activation)  # (N, H, W, C)
    ### END SOLUTION


# %%
def no_units(x, name, n=1):
    """Units that change nothing."""
    return x


def your_mask():
    one, none = np.ones(1), np.zeros(1)
    weights = [one, none, np.array([wa]), one, none, np.array([wb])]
    sigmoid = lambda scores, name, activation: keras.ops.sigmoid(scores)  # noqa: E731
    branch = lambda x: soft_mask_branch(x, "tiny", 2, units=no_units, activate=sigmoid)  # noqa: E731
    return training.apply_block(branch, np.reshape(signal, (1, 1, 8, 1)), weights).reshape(1, 8)


# %%
fig = figures.target_beside_yours(np.array([mask_loops]), your_mask, columns="position")
figures.show(fig, alt="Left, the mask of the row of eight positions. Right, what your branch returns.")

# %% nbgrader={"grade": true, "grade_id": "check_soft_mask_branch", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("soft_mask_branch", soft_mask_branch)

# %% [markdown]
# <details><summary>"Inputs have incompatible shapes", on the way up</summary>
#
# You enlarge by a factor of two. Enlarge to the size of the skip: `skip.shape[1:3]`.
# </details>
#
# <details><summary>Right with one pooling, wrong with more</summary>
#
# Is there a skip for each size but the smallest? Does the way up take them in reverse order, the smallest first? Is
# the skip added *before* the $r$ units? And is there one unit on each skip, whatever $r$ is?
# </details>
#
# <details><summary>The numbers are a little off, everywhere</summary>
#
# The default of `resize` is bilinear; that of `UpSampling2D` is not. And the smallest map has *twice* $r$ units: those
# that follow every pooling, and those of the bottom.
# </details>
#
# <details><summary>"the weights cannot be matched with the equation's"</summary>
#
# Besides the units there are two kernels in all, `(1, 1, C, C)` each. Call `units`, not your own functions.
# </details>
#
# <details><summary>The picture differs a little, and the check is green</summary>
#
# Perhaps you enlarge with aligned corners: see below.
# </details>

# %% [markdown]
# ### Two ways to be bilinear
#
# "Bilinear" does not say where the pixels are. Enlarge a row of 4 numbers to 8:


# %%
def aligned_loops(values, size):
    """Bilinear with aligned corners: the first and last centres of both rows lie on each other."""
    places = np.arange(size) * (len(values) - 1) / (size - 1)
    return [float(v) for v in np.interp(places, range(len(values)), values)]


ramp = [0.0, 1.0, 2.0, 3.0]
print("half pixel:", [round(v, 3) for v in enlarge_loops(ramp, 8)])
print("aligned:   ", [round(v, 3) for v in aligned_loops(ramp, 8)])

# %% [markdown]
# - **Half pixel.** A pixel is a little square, and the *edges* of both images lie on each other. Keras, and nearly every
#   library today.
# - **Aligned corners.** A pixel is a point, and the *centres* of the corner pixels lie on each other. So the released
#   network does it.
#
# A network that is trained from the start can fit its weights to either. Whether one of them learns better was not
# measured here. Whoever loads the authors' weights has to use theirs. The check takes both.

# %% [markdown]
# ---
# ## 5 · Where trunk and mask meet
#
# $$\text{naive: } H = M \cdot T, \qquad\qquad \text{attention residual learning: } H = (1 + M) \cdot T$$
#
# In plain loops, for three values of the trunk and a mask from 0 to 1:

# %%
trunk_values, mask_values = [2.0, -4.0, 8.0], [0.0, 0.25, 1.0]
for T, M in zip(trunk_values, mask_values, strict=True):
    print(f"T {T:2g}, M {M:4g}: M · T = {M * T:2g}, (1 + M) · T = {(1 + M) * T:2g}")

# %% [markdown] worked="0.25"
# <div class="alert alert-info">
#
# ### Exercises 5 and 6 · `naive_attention` and `attention_residual_learning`
# **One point each · difficulty ●○○○○ · about 5 minutes**
#
# **Goal.** The two equations.
#
# | | shape |
# |---|---|
# | `trunk` and `mask` come in | `(N, H, W, C)` each |
# | goes out | `(N, H, W, C)` |
#
# **Two worked numbers.** With $T = -4$ and $M = 0.25$, naive attention gives −1, and attention residual learning −5.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "naive_attention", "locked": false, "schema_version": 3, "solution": true, "task": false}
def naive_attention(trunk: keras.KerasTensor, mask: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Scale the trunk by the mask: M · T.

    trunk, mask: (N, H, W, C) each. name: start of the names of all layers made here.
    Returns (N, H, W, C).
    """
    ### BEGIN SOLUTION
    return layers.Multiply(name=name + "_scaled")([mask, trunk])
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "attention_residual_learning", "locked": false, "schema_version": 3, "solution": true, "task": false}
def attention_residual_learning(
    trunk: keras.KerasTensor, mask: keras.KerasTensor, name: str
) -> keras.KerasTensor:
    """Raise the trunk where the mask is high: (1 + M) · T.

    trunk, mask: (N, H, W, C) each. name: start of the names of all layers made here.
    Returns (N, H, W, C).
    """
    ### BEGIN SOLUTION
    return layers.Multiply(name=name + "_raised")([1 + mask, trunk])
    ### END SOLUTION


# %%
def your_meetings():
    T, M = np.array(trunk_values), np.array(mask_values, "float32")
    ways = (naive_attention, attention_residual_learning)
    found = [
        training.apply_block(
            lambda x, way=way: way(x, keras.ops.zeros_like(x) + M, "tiny"), T.reshape(1, 1, 1, 3)
        )
        for way in ways
    ]
    return np.array(found).reshape(2, 3)


both = np.array([np.multiply(mask_values, trunk_values), (1 + np.array(mask_values)) * trunk_values])
fig = figures.target_beside_yours(both, your_meetings, rows="naive, residual", columns="value")
figures.show(fig, alt="Left, three values under both equations. Right, what your two functions return.")

# %% nbgrader={"grade": true, "grade_id": "check_naive_attention", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("naive_attention", naive_attention)

# %% nbgrader={"grade": true, "grade_id": "check_attention_residual_learning", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("attention_residual_learning", attention_residual_learning)

# %% [markdown]
# <details><summary>With an empty mask I get 1 everywhere</summary>
#
# `1 + mask * trunk` multiplies first. Brackets: `(1 + mask) * trunk`.
# </details>
#
# <details><summary>`layers.Add()([1, mask])` stops with an error</summary>
#
# A layer wants tensors, and 1 is a number. The plus sign takes both; or write $T + M \cdot T$.
# </details>

# %% [markdown]
# **A mask of 0** makes all the difference. Naive attention wipes the place out, and nothing further on can know what
# was there. With the `1 +` the trunk passes as it is: **a mask from 0 to 1 can choose, and never destroy.** (A `"channel"`
# mask runs from −1 to 1, and at −1 nothing is left of the trunk.)
#
# ---
# ## 6 · The module
#
# $$x' = U^p(x), \qquad y = U^p\big(\text{combine}(U^t(x'),\, \text{mask}(x'))\big)$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $x$ | `x` | feature map that comes in | `(N, H, W, C)` |
# | $U^n$ | `units(x, name, n)` | $n$ units in a row | the same |
# | mask | `mask(x, name, poolings, r, activation)` | the soft mask branch | the same |
# | combine | `combine(trunk, mask, name)` | one of your two ways to meet | the same |
#
# In plain loops for a single value, with a unit that adds 1 and a mask of one half:

# %%
for title, by_hand in {"naive": lambda T, M: M * T, "residual": lambda T, M: (1 + M) * T}.items():
    value = 3 + 1  # p = 1 unit
    T, M = value + 1 + 1, 1 / 2  # t = 2 units; the mask starts from the same 4
    H_value = by_hand(T, M)
    print(f"{title}: before {value}, trunk {T}, mask {M}, met {H_value:g}, after {H_value + 1:g}")

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 7 · `attention_module`
# **2 points · difficulty ●●○○○ · about 15 minutes**
#
# **Goal.** Units before; trunk and mask side by side; let them meet; units after.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | after `p` units | `(N, H, W, C)` |
# | trunk (`t` units), and mask, both from there | `(N, H, W, C)` each |
# | where they met; and after `p` more units | `(N, H, W, C)` |
#
# **Two worked numbers.** With the parts of the loops 3 becomes 10 with attention residual learning, and 4 naively.
#
# **How.** All parts are handed in: `units`, `mask` and `combine`. Unless others are given, they are yours from above.
# Call them with the values in the order of the table, without keywords: the third of `units` is $n$ there, and `t` in
# your `trunk_branch`.
#
# **Take care.** The mask starts from what the first units give, *not* from the trunk. And every part needs a name of its
# own.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "attention_module", "locked": false, "schema_version": 3, "solution": true, "task": false}
def attention_module(
    x: keras.KerasTensor,
    name: str,
    poolings: int = 1,
    p: int = 1,
    t: int = 2,
    r: int = 1,
    activation: str = "mixed",
    units=trunk_branch,
    mask=soft_mask_branch,
    combine=attention_residual_learning,
) -> keras.KerasTensor:
    """Units, then a trunk and a mask side by side, which meet; then units again.

    x: feature map, (N, H, W, C). name: start of the names of all layers made here.
    p: units before and after. t: units in the trunk. poolings, r, activation: handed on to `mask`.
    units: called as units(x, name, n). mask: called as mask(x, name, poolings, r, activation).
    combine: called as combine(trunk, mask, name). Returns (N, H, W, C).
    """
    ### BEGIN SOLUTION
    x = units(x, name + "_before", p)  # (N, H, W, C)
    trunk = units(x, name + "_trunk", t)  # (N, H, W, C)
    weights = mask(x, name + "_mask", poolings, r, activation)  # (N, H, W, C)
    met = combine(trunk, weights, name + "_met")
    return units(met, name + "_after", p)  # (N, H, W, C)
    ### END SOLUTION


# %%
def plus_ones(x, name, n=2):
    """Units by hand: each adds 1."""
    return x + n


def one_half(x, name, poolings=1, r=1, activation="mixed"):
    """A mask of one half, wherever it looks."""
    return keras.ops.full_like(x, 1 / 2)


def your_modules():
    three, ways = np.full((1, 1, 1, 1), 3.0), (naive_attention, attention_residual_learning)
    parts = {"units": plus_ones, "mask": one_half}
    found = [
        training.apply_block(lambda x, w=w: attention_module(x, "m", combine=w, **parts), three) for w in ways
    ]
    return np.array(found).reshape(1, 2)


# %%
fig = figures.target_beside_yours(np.array([[4.0, 10.0]]), your_modules, columns="naive, residual")
figures.show(fig, alt="Left, 4 and 10. Right, what your module makes of 3 in the two ways.")

# %% nbgrader={"grade": true, "grade_id": "check_attention_module", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("attention_module", attention_module)

# %% [markdown]
# <details><summary>The numbers are near, and not right</summary>
#
# What does the mask look at? At what the first units give: not at `x`, not at the trunk.
# </details>
#
# <details><summary>Right with the defaults, wrong with others</summary>
#
# `p` counts the units at both ends, `t` those of the trunk, and `r` is for the mask alone. Are `poolings`, `r` and
# `activation` handed on?
# </details>
#
# <details><summary>"the weights cannot be matched", or weights where none are expected</summary>
#
# The check hands in parts without weights. Call `units`, `mask` and `combine`, not the functions from above.
# </details>

# %% [markdown]
# ---
# ## Stacked
#
# Now the question from the beginning. First the case that the common explanation has in mind: modules without any
# units, whose masks are one half.


# %%
def stack(depth, combine, **parts):
    """Return a model of your modules in a row, not trained: (N, 14, 14, 16) to the same."""
    x = keras.Input((14, 14, 16))
    h = x
    for number in range(depth):
        h = attention_module(h, f"module{number}", combine=combine, **parts)
    return keras.Model(x, h)


ways = {"naive": naive_attention, "residual": attention_residual_learning}
depths = (1, 2, 4, 8)

# %%
ones = np.ones((1, 14, 14, 16), "float32")
for title, way in ways.items():
    left = [float(stack(n, way, units=no_units, mask=one_half)(ones).numpy().max()) for n in depths]
    print(f"{title:9} ones after 1, 2, 4, 8 modules: {left}")

# %% [markdown]
# That is $(1/2)^n$ and $(3/2)^n$. So far the explanation is right. But your module has units, and a unit *adds*
# something: a change that has just been normalised, of the same size however small its input was. So put real modules
# in a row, fresh from the start, and ask three things.
#
# - **Size.** How large are the numbers that come out, measured by those that went in?
# - **Likeness.** How much of the *input* is in the output? The cosine between the two: 1 is the same picture, 0 nothing
#   in common.
# - **Gradient.** Send a random gradient of size 1 back from the output: how large is it at the input? And relative to
#   the sizes: if the input changes by one part in a hundred, by how many does the output?


# %%
def through(model, seed):
    """Size, likeness and gradients of a stack, for random feature maps, as in the first step of training."""
    random = np.random.default_rng(seed)
    x, back = (tf.constant(random.standard_normal((32, 14, 14, 16)), "float32") for _ in range(2))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x, training=True)  # (32, 14, 14, 16)
        total = tf.reduce_sum(y * back)
    gradient = tf.norm(tape.gradient(total, x)) / tf.norm(back)
    size = tf.norm(y) / tf.norm(x)
    likeness = tf.reduce_sum(x * y) / (tf.norm(x) * tf.norm(y))
    found = {"size": size, "likeness": likeness, "gradient": gradient, "relative": gradient / size}
    return {name: float(value) for name, value in found.items()}


# %%
measured = {}
for title, way in ways.items():
    for n in depths:
        keras.utils.set_random_seed(session.seed)
        measured[f"{title}, {n}"] = through(stack(n, way), session.seed)
for title, found in measured.items():
    print(f"{title:12}", ", ".join(f"{name} {value:8.3g}" for name, value in found.items()))

# %%
fig = figures.compare(
    {title: found["likeness"] for title, found in measured.items()},
    xlabel="likeness of output and input (cosine, one run)",
)
figures.show(
    fig, alt="Likeness after 1, 2, 4 and 8 modules: naive stacks lose it, residual ones keep a part."
)

# %%
fig = figures.compare(
    {title: np.log10(found["relative"]) for title, found in measured.items()},
    xlabel="relative gradient, as a power of ten (one run)",
    limits=(0.0, 4.5),
)
figures.show(
    fig, alt="Relative gradients as powers of ten: those of naive stacks grow far faster with depth."
)

# %% [markdown] worked="95 %"
# One run is one run. Over {{claim:07.likeness_8:seeds}} seeds, each with weights and maps of its own:
#
# | modules | size, naive | size, residual | likeness, naive | likeness, residual | relative gradient, naive | relative gradient, residual |
# |---|---|---|---|---|---|---|
# | 1 | {{claim:07.size_1:mean}} | {{claim:07.size_1:against}} | {{claim:07.likeness_1:mean}} | {{claim:07.likeness_1:against}} | {{claim:07.relative_1:mean}} | {{claim:07.relative_1:against}} |
# | 2 | {{claim:07.size_2:mean}} | {{claim:07.size_2:against}} | {{claim:07.likeness_2:mean}} | {{claim:07.likeness_2:against}} | {{claim:07.relative_2:mean}} | {{claim:07.relative_2:against}} |
# | 4 | {{claim:07.size_4:mean}} | {{claim:07.size_4:against}} | {{claim:07.likeness_4:mean}} | {{claim:07.likeness_4:against}} | {{claim:07.relative_4:mean}} | {{claim:07.relative_4:against}} |
# | 8 | {{claim:07.size_8:mean}} | {{claim:07.size_8:against}} | {{claim:07.likeness_8:mean}} | {{claim:07.likeness_8:against}} | {{claim:07.relative_8:mean}} | {{claim:07.relative_8:against}} |
#
# After eight modules the difference in likeness is {{claim:07.likeness_8:interval}}, that in the relative gradient
# {{claim:07.relative_8:interval}}. And the gradient itself, not yet divided by the size:
#
# | modules | gradient, naive | gradient, residual | naive minus residual, 95 % interval |
# |---|---|---|---|
# | 1 | {{claim:07.gradient_1:mean}} | {{claim:07.gradient_1:against}} | {{claim:07.gradient_1:interval}} |
# | 2 | {{claim:07.gradient_2:mean}} | {{claim:07.gradient_2:against}} | {{claim:07.gradient_2:interval}} |
# | 4 | {{claim:07.gradient_4:mean}} | {{claim:07.gradient_4:against}} | {{claim:07.gradient_4:interval}} |
# | 8 | {{claim:07.gradient_8:mean}} | {{claim:07.gradient_8:against}} | {{claim:07.gradient_8:interval}} |
#
# Read it slowly; it is not what the common explanation says.
#
# - **The size does not die out** in the naive stack. The units refill what the masks take: eight modules leave numbers
#   that are even a little larger than those of one, by {{claim:07.naive_size_stays:interval}}. In the residual stack the
#   size *grows*, by some half with each module and more; the next normalisation takes that back.
# - **The input dies out.** What comes out of eight naive modules is about as large as before, and has hardly anything to
#   do with what went in: at each step the old signal is cut down and the new change is put in its place.
# - **The gradient does not vanish, it grows, and in both stacks.** From one module to eight it gains
#   {{claim:07.naive_gradient_grows:difference}} powers of ten in the naive stack, and
#   {{claim:07.residual_gradient_grows:difference}} in the residual one. At one module the residual gradient is even the
#   larger one; at two no difference was detected; from four on the naive one is ahead.
# - **Relative to the numbers only the naive gradient explodes.** In the residual stack gradient and numbers grow
#   nearly together. In the naive stack the numbers stay: a normalisation behind a small signal divides by a small number, and
#   its gradient is multiplied by the inverse. So a small change of the input throws the output anywhere.
#
# (Lesson 04 asked something else of gradients: not how large they are, but how alike those of neighbouring images are.
# That was not measured here.)
#
# So the `1 +` does for attention what the shortcut did for convolutions: it lets the input through. That this is
# what makes naive networks fail when they are *trained* is not shown here; lesson 08 trains them.
#
# ### The question from the beginning

# %%
print(f"You guessed: the numbers {my_guess_signal}, the gradient {my_guess_gradient}.")
print("Eight naive modules:", {name: round(value, 3) for name, value in measured["naive, 8"].items()})

# %% [markdown]
# ---
# ## What p, t and r cost
#
# A unit with $C = 4f$ channels has $17 f^2 + 12 f$ trainable parameters. A module has
#
# $$n = \underbrace{2p}_{\text{before, after}} + \underbrace{t}_{\text{trunk}}
# + \underbrace{2\,r\,D}_{\text{down, bottom, up}} + \underbrace{D - 1}_{\text{skips}}$$
#
# of them, and $32 f^2 + 16 f$ parameters in the last layers of its mask. The paper tries several $p, t, r$ and takes
# 1, 2, 1. What would others cost?


# %%
def module_size(side, channels, **options):
    """Count your module for maps of one size; nothing is trained."""
    x = keras.Input((side, side, channels))
    return count.size_of(keras.Model(x, attention_module(x, "module", **options)))


for p, t, r in ((1, 2, 1), (2, 2, 1), (1, 4, 1), (1, 2, 3), (2, 4, 3)):
    ours = module_size(28, 64, poolings=2, p=p, t=t, r=r)
    print(
        f"p {p}, t {t}, r {r}: {ours.trainable:7,d} parameters, {ours.multiply_adds / 1e6:5.1f} M multiply–adds"
    )

# %% [markdown] worked="74 % 18 %"
# Compare the rows $r$ = 1 and $r$ = 3 of the same $p$ and $t$: 74 % more parameters, and only 18 % more multiply–adds,
# for the mask's units sit on small maps. And the three modules of the paper's network, from your own blocks, beside the
# formula:

# %%
for side, channels, poolings in ((56, 256, 3), (28, 512, 2), (14, 1024, 1)):
    ours, f = module_size(side, channels, poolings=poolings), channels // 4
    n = 2 + 2 + 2 * poolings + poolings - 1
    by_formula = n * (17 * f * f + 12 * f) + 32 * f * f + 16 * f
    print(f"{side} × {side} × {channels}: {ours.trainable:9,d} parameters, by the formula {by_formula:9,d}")

# %% [markdown]
# The authors' network file gives the same numbers, to the digit. In lesson 08 they add up to the whole network.
#
# ---
# ## Put it to work: masks at each depth
#
# The canvases of lesson 02, a garment among scraps of others, shrunk to 28 × 28.


# %%
def canvases(images, labels, seed):
    """Return shrunk canvases in [0, 1] (N, 28, 28, 1), labels (N,) and the true outlines (N, 28, 28)."""
    scene = data.cluttered(images, labels, seed=seed)
    small, covered = (
        each.reshape(-1, 28, 2, 28, 2).mean(axis=(2, 4)) for each in (scene.images / 255, scene.masks)
    )
    return small[..., None].astype("float32"), scene.labels, covered >= 0.5


dataset = data.fashion_mnist()
n_images = session.pick(smoke=200, quick=4000, full=20000)
x_train, y_train, _ = canvases(dataset.x_train[:n_images], dataset.y_train[:n_images], seed=1)
x_test, y_test, outlines = canvases(dataset.x_test[:1000], dataset.y_test[:1000], seed=2)

# %%
names = [data.CLASS_NAMES[y] for y in y_test[:6]]
fig = figures.contact_sheet(x_test[:6], names, columns=6)
figures.show(fig, alt="Six small dark canvases, each with one whole garment among scraps of others.")

# %% [markdown]
# A small network of two of your modules: one on 14 × 14 positions, pooled twice, and one on 7 × 7, pooled once.

# %%
budget = {"epochs": session.pick(smoke=1, quick=4, full=20), "batch_size": 100}


def network(activation="mixed", mask=soft_mask_branch):
    """Return a compiled classifier of canvases with an attention module in each of its two stages."""
    x = keras.Input((28, 28, 1))
    h = conv_norm(x, 16, 5, 2, name="stem", relu=True)  # (N, 14, 14, 16)
    for stage, (filters, strides, poolings) in enumerate(((32, 1, 2), (48, 2, 1))):
        h = pre_activation_residual_unit(h, f"stage{stage}_unit", filters, strides)
        h = attention_module(h, f"stage{stage}", poolings, activation=activation, mask=mask)
    h = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(h))  # (N, 7, 7, 48)
    model = keras.Model(x, layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling2D()(h)))
    steps = budget["epochs"] * (n_images // budget["batch_size"])
    rate = keras.optimizers.schedules.CosineDecay(5e-3, steps)  # the learning rate falls to 0
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% [markdown]
# Four candidates: the three activations, and a control of equal cost. The **blind** mask is the whole branch, with all
# its weights, but it is shown a map of ones: it can learn a mask, and the same one for every canvas.


# %%
def blind_mask(x, name, *given, **options):
    """Your mask branch, which sees ones whatever the canvas is."""
    return soft_mask_branch(keras.ops.ones_like(x), name, *given, **options)


seen = []  # the masks of the network that was built last, stage by stage


def watched_mask(x, name, *given, **options):
    """Your mask branch, which also notes its masks in `seen`."""
    seen.append(soft_mask_branch(x, name, *given, **options))
    return seen[-1]


# %%
candidates = {
    "mixed": {"mask": watched_mask},
    "channel": {"activation": "channel"},
    "spatial": {"activation": "spatial"},
    "blind": {"mask": blind_mask},
}
trained, accuracy = {}, {}
for title, options in candidates.items():
    keras.utils.set_random_seed(session.seed)
    trained[title] = network(**options)
    training.fit(trained[title], x_train, y_train, **budget, seed=session.seed, label=title)
    accuracy[title] = trained[title].evaluate(x_test, y_test, batch_size=500, verbose=0)[1]

# %%
fig = figures.compare(accuracy, xlabel="share of new canvases right (one run each)")
figures.show(fig, alt="Accuracy on new canvases of the three activations and the blind mask, one run each.")

# %% [markdown] worked="5.52 % 6.24 % 6.33 % 95 %"
# The paper gives errors of 5.52 % (mixed), 6.24 % (channel) and 6.33 % (spatial) on CIFAR-10, one run each, and keeps
# the simplest, the sigmoid. Yours above are single runs as well, of a far smaller network: another seed may put them
# in another order. Over {{claim:07.mixed_against_blind:seeds}} paired seeds, each with canvases, order and first weights
# of its own, and tested on 4,000 new canvases:
#
# | | right with it | with the other | difference, 95 % interval |
# |---|---|---|---|
# | mixed, against channel | {{claim:07.mixed_against_channel:mean}} | {{claim:07.mixed_against_channel:against}} | {{claim:07.mixed_against_channel:interval}} |
# | mixed, against spatial | {{claim:07.mixed_against_spatial:mean}} | {{claim:07.mixed_against_spatial:against}} | {{claim:07.mixed_against_spatial:interval}} |
# | mixed, against its blind twin | {{claim:07.mixed_against_blind:mean}} | {{claim:07.mixed_against_blind:against}} | {{claim:07.mixed_against_blind:interval}} |
#
# The last row is the one about *looking*: the blind mask has the same weights and does the same work, and names fewer
# canvases right. So a mask that looks is ahead of one that cannot. Two things that this does not show:
#
# - **That a mask pays at all.** No network without a mask was trained.
# - **That all of the difference is looking.** The twin may be handicapped. Its first normalisation sees the same number
#   everywhere and makes zeros of it, so that only an offset is left to learn from. (Lesson 09 says so of one of its
#   twins.)
#
# Which of the three activations is the best could not be told: both of those intervals hold zero.
#
# ### What the masks look at
#
# A mask has a weight for each channel; drawn is the mean over the channels, stage by stage.

# %%
maps = keras.Model(trained["mixed"].input, seen).predict(x_test, batch_size=100, verbose=0)
stages = {"first module": maps[0][:4], "second module": maps[1][:4]}  # (4, 14, 14, 32), (4, 7, 7, 48)
fig = figures.mask_hierarchy(x_test[:4], stages)
figures.show(fig, alt="Four canvases, each beside the mean masks of the first and the second module.")

# %% [markdown]
# Single channels differ. Here are the masks of six channels of the first module, for the first canvas:

# %%
spread = maps[0].std(axis=(0, 1, 2)).argsort()[::-1][:6]  # the channels whose masks vary most
fig = figures.contact_sheet(
    np.moveaxis(maps[0][0][..., spread], -1, 0), [f"channel {c}" for c in spread], columns=6
)
figures.show(
    fig, alt="Six channels of the first mask for one canvas; some are high on the garment, others beside."
)

# %% [markdown]
# How well does the mean mask tell garment from the rest? Beside it stand the mask of *another* canvas, which knows
# nothing of this one, and a spot in the centre.


# %%
def enlarged(masks, side=28):
    """The mean over the channels, enlarged to the canvas: (N, side, side)."""
    mean = masks.mean(axis=-1, keepdims=True)  # (N, h, w, 1)
    return np.asarray(keras.ops.image.resize(mean, (side, side), interpolation="bilinear"))[..., 0]


told_apart = {}
for place, found in zip(("first module", "second module"), maps, strict=True):
    control = scores.control_maps(enlarged(found), seed=session.seed)
    told_apart[place] = scores.map_auroc(enlarged(found), outlines)
    told_apart[f"{place}, of another canvas"] = scores.map_auroc(control["another image's map"], outlines)
told_apart["a spot in the centre"] = scores.map_auroc(control["centre prior"], outlines)
fig = figures.compare(told_apart, xlabel="AUROC, garment against the rest (one run; 0.5 is chance)")
figures.show(fig, alt="How well the two masks, those of other canvases and a spot in the centre do.")

# %% [markdown]
# Over {{claim:07.first_mask_against_other:seeds}} seeds the first mask reaches
# {{claim:07.first_mask_against_other:mean}}, that of another canvas {{claim:07.first_mask_against_other:against}}
# (difference {{claim:07.first_mask_against_other:interval}}); the second mask
# {{claim:07.second_mask_against_other:mean}} and {{claim:07.second_mask_against_other:against}} (difference
# {{claim:07.second_mask_against_other:interval}}).
#
# An AUROC below one half tells them apart as well: nothing in the loss says that "matters" must be a *high* weight in
# the mean of all channels. The second mask is *lower* on the garment, and more so than the mask of another canvas: it
# knows something of where the garment is, and says it the other way round. That is not much. Turned round, its AUROC is
# one minus {{claim:07.second_mask_turned:mean}} (interval {{claim:07.second_mask_turned:interval}}). A plain spot in the
# centre reaches {{claim:07.centre_knows:mean}} (interval {{claim:07.centre_knows:interval}}): it has seen nothing, and
# knows better. The mean of the first mask shows no such knowledge. It has 32 channels, and what single ones know may go
# under in their mean.
#
# ---
# ## Limits and controls
#
# **Fresh is not trained.** Sizes and gradients were measured before the first step of training. They say what an
# optimiser finds when it begins, not where it ends.
#
# **Noise is not an image.** The maps that went through the stacks were random. Change `through` and see whether
# garments do otherwise.
#
# **The `1 +` and the units are two things.** The naive stack is kept alive by its units, whose changes are normalised.
# Modules without them would die out as the common explanation says.
#
# **A mask is not an explanation.** It has a weight for each channel, and what the network makes of the raised trunk
# further on, it does not show.
#
# ### Change it and see
#
# Plain variables. Change one, say aloud what you expect, run the cell.

# %%
DEPTH = 4  # how many modules
STRENGTH = 3.0  # 0 is a bare trunk, 1 the paper's (1 + M) T; try 10


def stronger(trunk, mask, name):
    """(1 + STRENGTH · M) · T."""
    return layers.Multiply(name=name)([1 + STRENGTH * mask, trunk])


keras.utils.set_random_seed(session.seed)
print({name: round(value, 3) for name, value in through(stack(DEPTH, stronger), session.seed).items()})

# %% [markdown]
# ---
# ## Quiz
#
# Work these out on paper, then type the number.
#
# **Question 1.** How many **trainable** parameters has one of your residual units that keeps its 64 channels? Its
# convolutions have no biases; each normalisation learns a factor and an offset per channel. Put the number into
# `quiz_unit_parameters_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_unit_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_unit_parameters_answer = None  # your number
### BEGIN SOLUTION
quiz_unit_parameters_answer = (64 * 16 + 9 * 16 * 16 + 16 * 64) + 2 * (64 + 16 + 16)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_unit_parameters", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_unit_parameters", quiz_unit_parameters_answer)

# %% [markdown]
# **Question 2.** The paper's deepest network has modules with $p = 2$, $t = 4$, $r = 3$. How many residual units has
# such a module with three poolings, all of them counted? Put the number into `quiz_module_units_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_module_units", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_module_units_answer = None  # your number
### BEGIN SOLUTION
quiz_module_units_answer = 2 * 2 + 4 + 2 * 3 * 3 + (3 - 1)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_module_units", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_module_units", quiz_module_units_answer)

# %% [markdown]
# **Question 3.** Six modules stand in a row. Their units change nothing, and every mask is one half. The value 64
# goes in, with attention residual learning. What comes out? Put the number into `quiz_stacked_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_stacked", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_stacked_answer = None  # your number
### BEGIN SOLUTION
quiz_stacked_answer = 64 * (1 + 1 / 2) ** 6
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_stacked", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_stacked", quiz_stacked_answer)

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_module", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Written answer
#
# <div class="alert alert-info">
#
# ### "The signal dies out"
# **3 points · about 10 minutes · five to eight sentences**
#
# A blog post writes: *"The mask ends with a softmax, so its values are below 1. Multiplying by it again and again makes
# the signal and the gradient vanish; that is why the authors add 1."*
#
# Say **what is wrong about the softmax, and what it would do to a map of 14 × 14**, **which part of the explanation
# your stacks bear out and which part they contradict**, and **what your measurements cannot show**. Use what you saw in
# this lesson.
#
# | points | for |
# |---|---|
# | 1 | it is a sigmoid; under a softmax the weights add up to 1, so that they are tiny on 196 positions and compete |
# | 1 | borne out: masks alone cut the signal down, and the input is lost in the naive stack; contradicted: with units the size stays, and the gradient grows |
# | 1 | fresh networks and random maps: nothing about training; that takes trained networks over paired seeds |
#
# </div>

# %% [markdown] worked="1/196 1/256" nbgrader={"grade": true, "grade_id": "written_module", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# The paper and the released code have a sigmoid, not a softmax. Under a softmax the weights of a map add up to 1. On
# 14 × 14 positions their mean is 1/196, so that 1 + M would hardly differ from 1, and a second thing worth looking at
# would take weight from the first. A sigmoid asks each position and channel on its own.
#
# That masks below 1 cut the signal down is right: without units eight masks of one half leave 1/256. In the real
# module it is not the whole story. The units add normalised changes, so that the numbers that leave eight naive modules
# are as large as before. But they have hardly anything in common with the input. And the gradient does not vanish; it
# grows by orders of magnitude, because normalisations divide by small numbers. With 1 + M it grows as well, and at one
# module it is even the larger one. But there the numbers grow with it, so that the relative gradient stays moderate, and
# the input can still be found in the output.
#
# All this was measured before training, on random maps. It does not show that naive networks learn worse. For that one
# has to train both kinds, in pairs that share seed, images and order, and to give an interval.
# ### END SOLUTION

# %% [markdown]
# ## What you have done
#
# In this lesson you
#
# 1. **wrote the unit**: normalise and activate first, convolve then, and nothing behind the addition;
# 2. **wrote the two branches**: units in a row, and a mask that goes down to the smallest map and comes back to every
#    pixel;
# 3. **wrote three mask activations**: a sigmoid, length 1 over the channels, each map standardised over its positions;
# 4. **let trunk and mask meet**: with a mask from 0 to 1, `M · T` can destroy, and `(1 + M) · T` can only choose;
# 5. **stacked the module**, and saw that the naive stack loses its *input*, not its size; that gradients grow in both
#    stacks; and that the naive ones outgrow their numbers by far;
# 6. **drew the masks**, and compared the activations beside a control that cannot look.
#
# ## References
#
# 1. F. Wang and others. *Residual Attention Network for Image Classification.* CVPR 2017.
#    [arXiv:1704.06904](https://arxiv.org/abs/1704.06904)
# 2. The authors' network files: [github.com/fwang91/residual-attention-network](https://github.com/fwang91/residual-attention-network)
# 3. K. He, X. Zhang, S. Ren, J. Sun. *Identity Mappings in Deep Residual Networks.* ECCV 2016.
#    [arXiv:1603.05027](https://arxiv.org/abs/1603.05027)
# 4. D. Balduzzi and others. *The Shattered Gradients Problem: If resnets are the answer, then what is the question?*
#    ICML 2017. [arXiv:1702.08591](https://arxiv.org/abs/1702.08591)
#
# ## Next
#
# Lesson 08 puts your modules into a whole network, counts it to the digit, and trains it: naive against residual with
# depth, and on labels that are wrong.
