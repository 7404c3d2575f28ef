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
# # Lesson 08 · The residual attention network
#
# **By the end you will have shown that your network is the paper's, to the last parameter, that one of the paper's own
# numbers cannot be right for the network it released, and what a network makes of labels that are mostly wrong.**
#
# | | |
# |---|---|
# | Time | about 110 minutes |
# | Difficulty | ●●●○○ |
# | Run time | three to five minutes on two processor cores (profile `quick`) |
# | You need | lessons 04 and 07 |
# | Points | 20: 14 for the exercises, 3 for the quiz, 3 for the written answer |

# %% [markdown]
# ## What you will do
#
# 1. **Build a stage**: a unit, then attention modules whose masks look from far enough away.
# 2. **Assemble the network** of the paper's table from stages and units.
# 3. **Count it**: Attention-56 to the digit, by building it and by formula.
# 4. **Find a number that cannot be right**, and say what is known of the reason.
# 5. **Go deep**: naive against residual attention, trained.
# 6. **Make labels wrong**, by a share that you choose, and compare with a ResNet of equal cost.

# %% [markdown]
# ## Set-up

# %%
import course_lib

session = course_lib.setup(seed=1)

import keras
import numpy as np
from keras import layers

from course_lib import blocks, check, count, data, earlier, figures, training
from course_lib.networks.conv_norm import conv_norm

# %% [markdown] worked="70 % 30 %"
# ## A question to begin with
#
# Labels are made by people, in a hurry, and some are wrong. Here is a training set in which **70 % of the labels are
# wrong**: for most of these garments, a die has chosen one of the nine classes that they do not belong to.


# %%
def prepared(images):
    """Pixels in [0, 1]: uint8 (N, 28, 28) to float32 (N, 28, 28, 1)."""
    return (images[..., None] / 255).astype("float32")


dataset = data.fashion_mnist()
n = session.pick(smoke=200, quick=2000, full=20000)
x_train, y_train = prepared(dataset.x_train[:n]), dataset.y_train[:n]
x_test, y_test = prepared(dataset.x_test[:1000]), dataset.y_test[:1000]

# %%
given = data.noisy_labels(y_train, 0.7, seed=5).labels
fig = figures.contact_sheet(x_train[:10], [data.CLASS_NAMES[y] for y in given[:10]], columns=5)
figures.show(fig, alt="Ten garments with the labels they were given; most of the labels are plainly wrong.")

# %% [markdown] worked="30 %"
# A network is trained on nothing else. It never learns which labels are wrong. Then it is asked about *new* garments,
# and judged by their *true* classes. **Which share will it name right?** Only 30 % of what it was told was true.

# %%
my_guess = 0.3  # change me: a share from 0 to 1

# %% [markdown] worked="31.9 M 51.3 M 6.2 G 10.4 G"
# ## The network in one table
#
# Wang and others (2017) give their networks for ImageNet in one table. Here it is in our words. A **unit** is the
# pre-activation residual unit of lesson 07. A **module** is its attention module, with $p, t, r = 1, 2, 1$.
#
# | part | map that comes out | channels | Attention-56 | Attention-92 |
# |---|---|---|---|---|
# | 7 × 7 convolution, strides 2 | 112 × 112 | 64 | 1 | 1 |
# | 3 × 3 max pooling, strides 2 | 56 × 56 | 64 | 1 | 1 |
# | **stage 1**: unit | 56 × 56 | 256 | 1 | 1 |
# | modules, masks down to 7 × 7 | 56 × 56 | 256 | 1 | 1 |
# | **stage 2**: unit, strides 2 | 28 × 28 | 512 | 1 | 1 |
# | modules, masks down to 7 × 7 | 28 × 28 | 512 | 1 | 2 |
# | **stage 3**: unit, strides 2 | 14 × 14 | 1024 | 1 | 1 |
# | modules, masks down to 7 × 7 | 14 × 14 | 1024 | 1 | 3 |
# | three units, the first with strides 2 | 7 × 7 | 2048 | 3 | 3 |
# | mean over all positions | 1 × 1 | 2048 | 1 | 1 |
# | dense layer, softmax | | 1000 | 1 | 1 |
# | parameters, as printed | | | 31.9 M | 51.3 M |
# | multiply–adds, as printed | | | 6.2 G | 10.4 G |
#
# The numbers in the names count the layers along the **trunk**: three for each unit, and the first and the last. A
# module has $p + t + p = 4$ units on the trunk.

# %%
for title, modules in {"Attention-56": (1, 1, 1), "Attention-92": (1, 2, 3)}.items():
    units = 4 * sum(modules) + len(modules) + 3  # in modules, at the start of stages, at the end
    print(f"{title}: {units} units along the trunk, {3 * units + 2} layers")

# %% [markdown]
# ## The parts, from lesson 07
#
# If your notebook of lesson 07 is here and passes its checks, its unit and module take part. If not, the course's do,
# and nothing is lost.


# %%
def course_unit(x, name, filters=None, strides=1):
    """The course's pre-activation unit: (N, H, W, A) to (N, H/strides, W/strides, filters or A)."""
    return blocks.ResidualUnit(filters, strides, name=name)(x)


def course_module(x, name, **options):
    """The course's attention module: (N, H, W, C) to the same."""
    return blocks.ResidualAttentionModule(name=name, **options)(x)


# %%
unit = earlier.block("pre_activation_residual_unit", otherwise=course_unit)
module = earlier.block("attention_module", otherwise=course_module)

# %% [markdown]
# Both are called in the same way from here on:
#
# | call | returns |
# |---|---|
# | `unit(x, name)` | `(N, H, W, C)`: the channels stay |
# | `unit(x, name, filters, strides)` | `(N, H/strides, W/strides, filters)`, sizes rounded up |
# | `module(x, name, poolings=D)` | `(N, H, W, C)`; its mask is pooled `D` times on the way down |

# %% [markdown]
# ---
# ## 1 · A stage
#
# $$x_0 = U(x), \qquad x_k = A_D(x_{k-1}) \;\text{ for } k = 1, \ldots, m, \qquad
# D = \max\!\Big(1, \Big\lceil \log_2 \frac{H}{s} \Big\rceil\Big)$$
#
# | symbol | in the code | meaning |
# |---|---|---|
# | $U$ | `unit` | gives the stage its width and its size |
# | $A_D$ | `module` | an attention module whose mask pools $D$ times |
# | $m$ | `modules` | how many modules the stage has |
# | $H$ | | the height of the map **behind** the unit, $x_0$ (the maps here are square: its width would do as well) |
# | $s$ | `smallest` | the mask pools until the map has at most so many rows: 7 |
# | $\lceil a \rceil$ | | $a$, rounded up |
#
# Why not pool equally often everywhere? The mask is to see the **whole** picture at its lowest point and the modules of
# all stages the same: a map of about 7 × 7. And a mask that never pools would look no further than the trunk, so one
# pooling is the least. In plain loops:

# %%
for size in (56, 28, 14, 7, 15):
    halves = [size]
    while halves[-1] > 7 or len(halves) == 1:
        halves.append((halves[-1] + 1) // 2)  # a pooling with strides 2 rounds up
    print(f"{size:2} rows: {' → '.join(map(str, halves))}, so D = {len(halves) - 1}")

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 1 · `attention_stage`
# **3 points · difficulty ●●○○○ · about 20 minutes**
#
# **Goal.** A unit, then `modules` modules in a row, each with the right number of poolings.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, A)` |
# | after the unit | `(N, H/strides, W/strides, filters)` |
# | after each module | the same |
# | goes out | the same |
#
# **Two worked numbers.** Behind the unit a map of 56 rows needs 3 poolings, one of 15 rows needs 2 (15, 8, 4).
#
# **How.** `x.shape[1]` is the height of a symbolic tensor. `np.log2` and `np.ceil` give a float, and a number of
# poolings is an `int`. (A loop that halves and counts is as good.) `unit` and `module` are functions that you get. Use
# them as they are.
#
# **Take care.** `modules` may be 0. Every part needs a name of its own, made from `name`.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "attention_stage", "locked": false, "schema_version": 3, "solution": true, "task": false}
def attention_stage(
    x: keras.KerasTensor, filters: int, strides: int, modules: int, unit, module, name: str, smallest: int = 7
) -> keras.KerasTensor:
    """A unit and some attention modules behind it, all of one width and one size.

    x: feature map, (N, H, W, A).
    filters: C, the channels that go out. strides: of the unit. modules: how many modules follow it.
    unit: called as unit(x, name, filters, strides). module: called as module(x, name, poolings=D).
    name: start of the names of all layers made here. smallest: rows of the mask's smallest map, at most.
    Returns (N, H/strides, W/strides, C).
    """
    ### BEGIN SOLUTION
    x = unit(x, name + "_unit", filters, strides)  # (N, H/strides, W/strides, C)
    poolings = max(1, int(np.ceil(np.log2(x.shape[1] / smallest))))
    for number in range(modules):
        x = module(x, f"{name}_module{number}", poolings=poolings)
    return x
    ### END SOLUTION


# %%
def your_stages():
    seen = []  # rows, channels and poolings of what `module` gets

    def watched(x, name, poolings):
        seen.append([x.shape[1], x.shape[-1], poolings])
        return x

    x = keras.Input((56, 56, 64))
    for filters, strides in ((256, 1), (512, 2), (1024, 2)):
        x = attention_stage(x, filters, strides, 1, unit, watched, f"look{filters}")
    return np.array(seen).T


# %%
target = np.array([[56, 28, 14], [256, 512, 1024], [3, 2, 1]])
fig = figures.target_beside_yours(target, your_stages, rows="rows, channels, poolings", columns="stage")
figures.show(
    fig, alt="Left, rows, channels and poolings of the modules of the paper's three stages. Right, yours."
)

# %% nbgrader={"grade": true, "grade_id": "check_attention_stage", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("attention_stage", attention_stage)

# %% [markdown]
# <details><summary>My first stage is right and the others have one pooling too many</summary>
#
# You counted from the map that came in. Take the height of what `unit` returned.
# </details>
#
# <details><summary>With 15 rows I get one pooling, and two are wanted</summary>
#
# Pooling with strides of 2 rounds up: 15 becomes 8, not 7. Rounding $\log_2$ to the nearest number, or halving with
# `//`, loses that.
# </details>
#
# <details><summary>With 7 rows I get no pooling at all</summary>
#
# The mask pools at least once.
# </details>
#
# <details><summary>"'float' object cannot be interpreted as an integer"</summary>
#
# `np.ceil` returns a float. Put `int( )` around it.
# </details>
#
# <details><summary>"All layer names should be unique"</summary>
#
# Two parts got the same name. Put the number of the module into it.
# </details>

# %% [markdown]
# ---
# ## 2 · The network
#
# $$\underbrace{S_1}_{w} \;\; \underbrace{S_2^{/2}}_{2w} \;\; \underbrace{S_3^{/2}}_{4w} \;\;\cdots\;\;
# \underbrace{U^{/2}\; U\; U}_{\text{twice as wide again}} \;\; \nu \;\; \delta \;\; \text{mean}\;\;\text{dense}\;\;
# \text{softmax}$$
#
# | symbol | in the code | meaning |
# |---|---|---|
# | $S_i$ | `stage` | a stage, with as many modules as `modules` says |
# | $w$ | `filters` | channels of the first stage; each stage has twice those of the one before |
# | $S^{/2}, U^{/2}$ | `strides` of 2 | halves height and width |
# | $U$ | `unit` | a unit that keeps channels and size |
# | $\nu, \delta$ | `BatchNormalization`, `ReLU` | the last unit ends with a sum that has seen neither |
#
# In small networks the last three units keep width and size: `widen=False`. In plain loops, for Attention-92:

# %%
rows, channels = 56, 256
for number, modules in enumerate((1, 2, 3), 1):
    rows = rows if number == 1 else rows // 2
    print(f"stage {number}: a unit and {modules} modules, out ({rows}, {rows}, {channels})")
    channels = 2 * channels
for number in (1, 2, 3):
    rows = rows // 2 if number == 1 else rows
    print(f"unit {number} of the end: out ({rows}, {rows}, {channels})")

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 2 · `residual_attention_network`
# **5 points · difficulty ●●●○○ · about 25 minutes**
#
# **Goal.** Stages, three units, normalisation, ReLU, mean, dense layer with softmax.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, A)` |
# | after the first stage | `(N, H, W, filters)` |
# | after the second | `(N, H/2, W/2, 2 · filters)`, and so on |
# | after the three units, with `widen` | half the size, twice the channels of the last stage |
# | the same, without `widen` | as the last stage |
# | goes out | `(N, classes)`, each row adds up to 1 |
#
# **Two worked numbers.** With `modules=(1, 2, 3)` and `filters=256` the third stage has 1024 channels, and the dense
# layer gets 2048.
#
# **How.** `stage` and `unit` are functions that you get. Call `stage(x, filters, strides, modules, name)`, where
# `modules` is the number for this stage. Call `unit` as before: `unit(x, name, filters, strides)`, or `unit(x, name)` to
# keep channels and size. Then `layers.BatchNormalization(momentum=0.9, name=...)`, `layers.ReLU`,
# `layers.GlobalAveragePooling2D` and `layers.Dense`.
#
# **Take care.** Any number of stages may be asked for: here `modules` is a list, one number for each of them; what
# `stage` gets is one of these numbers. Only the *first* of the three units widens.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "residual_attention_network", "locked": false, "schema_version": 3, "solution": true, "task": false}
def residual_attention_network(
    x: keras.KerasTensor, modules, filters: int, stage, unit, classes: int, name: str, widen: bool = True
) -> keras.KerasTensor:
    """Stages of attention modules, three units, and a softmax over the classes.

    x: feature map, (N, H, W, A).
    modules: number of modules of each stage. filters: channels of the first stage; each next one doubles them.
    stage: called as stage(x, filters, strides, modules, name).
    unit: called as unit(x, name, filters, strides), or unit(x, name) to keep channels and size.
    name: start of the names of all layers made here.
    widen: whether the first of the three units doubles the channels and halves the size.
    Returns the probabilities, (N, classes).
    """
    ### BEGIN SOLUTION
    for number, many in enumerate(modules):
        x = stage(x, filters * 2**number, 1 if number == 0 else 2, many, f"{name}_stage{number}")
    wider = (2 * x.shape[-1], 2) if widen else ()
    x = unit(x, name + "_end0", *wider)
    x = unit(x, name + "_end1")
    x = unit(x, name + "_end2")
    x = layers.BatchNormalization(momentum=0.9, name=name + "_norm")(x)
    x = layers.ReLU(name=name + "_relu")(x)
    pooled = layers.GlobalAveragePooling2D(name=name + "_mean")(x)  # (N, channels)
    return layers.Dense(classes, activation="softmax", name=name + "_classes")(pooled)  # (N, classes)
    ### END SOLUTION


# %% [markdown]
# To build a network of your own stages, `stage` needs to know your unit and your module:


# %%
def stage_of(module):
    """Return your stage with this module, called as stage(x, filters, strides, modules, name)."""
    return lambda x, filters, strides, modules, name: attention_stage(
        x, filters, strides, modules, unit, module, name
    )


def your_outline():
    seen = []  # rows and channels behind every stage and unit

    def watched(part):
        def call(*given):
            seen.append(part(*given))
            return seen[-1]

        return call

    stage = stage_of(lambda x, name, poolings: x)
    x = keras.Input((56, 56, 64))
    residual_attention_network(x, (1, 2, 3), 256, watched(stage), watched(unit), 1000, "look")
    return np.array([[y.shape[1], y.shape[-1]] for y in seen]).T


# %%
target = np.array([[56, 28, 14, 7, 7, 7], [256, 512, 1024, 2048, 2048, 2048]])
fig = figures.target_beside_yours(target, your_outline, rows="rows, channels", columns="stage, then unit")
figures.show(
    fig, alt="Left, rows and channels behind the three stages and the last three units. Right, yours."
)

# %% nbgrader={"grade": true, "grade_id": "check_residual_attention_network", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("residual_attention_network", residual_attention_network)

# %% [markdown]
# <details><summary>My first stage is half as large as it should be</summary>
#
# The first stage has strides of 1, the others of 2.
# </details>
#
# <details><summary>"stage() takes 5 positional arguments but 7 were given", or the like</summary>
#
# `stage` already knows its unit and its module. It gets `x`, the channels, the strides, the *number* of modules, and a
# name.
# </details>
#
# <details><summary>The check is content with the shapes, and not with the numbers</summary>
#
# Count the ends: three units, then batch normalisation and ReLU, and only then the mean.
# </details>
#
# <details><summary>"normalised by the batch's own mean and variance, the output is not that of the equation"</summary>
#
# The last unit ends with a sum. One more batch normalisation comes behind it, before the ReLU.
# </details>
#
# <details><summary>Right with widening, wrong without</summary>
#
# With `widen=False` the first of the three units keeps channels and size like the other two.
# </details>

# %% [markdown]
# ---
# ## The paper's network, from your parts
#
# No weight is trained here. The network is only built and counted.


# %%
def for_imagenet(modules):
    """Return the paper's network for images of 224 × 224 with your parts, not trained."""
    x = keras.Input((224, 224, 3))
    h = conv_norm(x, 64, 7, 2, name="stem", relu=True)  # (N, 112, 112, 64)
    h = layers.MaxPooling2D(3, 2, padding="same", name="stem_pool")(h)  # (N, 56, 56, 64)
    stage = stage_of(module)
    return keras.Model(x, residual_attention_network(h, modules, 256, stage, unit, 1000, "net"))


# %%
attention_56 = count.size_of(for_imagenet((1, 1, 1)))
print(f"trainable parameters        {attention_56.trainable:12,d}")
print(f"statistics of normalisation {attention_56.statistics:12,d}")
print(f"both                        {attention_56.with_statistics:12,d}")
print(f"multiply–adds               {attention_56.multiply_adds:12,d}")

# %%
printed = (("31.9 M", "trainable parameters", "table 2"), ("31.9 M", "parameters with statistics", "table 2"))
printed += (("6.3 G", "multiply–adds", "table 7"), ("6.2 G", "multiply–adds", "table 2"))
rows = [count.compare("Attention-56", attention_56, *figure) for figure in printed]
print(count.papers_table(rows))

# %% [markdown] worked="31.8 M 31.9 M 6.2 G 6.3 G"
# Two things to read off.
#
# - **Which convention?** Batch normalisation keeps two running averages for each channel. Nobody trains them, and the
#   tables that you rebuilt in lessons 04 and 06 leave them out. This one counts them: without, 31.8 M would be printed. A
#   parameter count without its convention is a number without a unit.
# - **A paper may contradict itself.** Its table 2 gives 6.2 G multiply–adds for this network, its table 7 gives 6.3 G.
#   Yours says which of the two was rounded well.
#
# (If your own module of lesson 07 takes part and has biases, your count is a little higher. The released networks have
# none.)

# %% [markdown]
# ---
# ## 3 · What a module costs
#
# Count by formula, and you can check a paper without building anything. With $C = 4f$ channels:
#
# $$\text{unit: } \underbrace{17 f^2}_{4f\cdot f \,+\, 9 f\cdot f \,+\, f\cdot 4f} +
# \underbrace{12 f}_{2\,(4f + f + f)}, \qquad
# \text{end of the mask: } 2\,\big(\underbrace{C^2}_{1\times 1} + \underbrace{2\,C}_{\nu}\big)$$
#
# $$n = \underbrace{2p}_{\text{before and after}} + \underbrace{t}_{\text{trunk}} +
# \underbrace{r\,D}_{\text{on the way down}} + \underbrace{r\,D}_{\text{bottom, and up}} +
# \underbrace{D - 1}_{\text{skips}}\;\text{ units in a module}$$
#
# The way down has $r$ units behind each of the $D$ poolings. The bottom has $r$ more, and so has, on the way up, each of
# the $D - 1$ sizes between the smallest map and $x$. Each of these sizes has one unit on its skip.
#
# In plain loops, kernel by kernel, for a module with 8 channels, $D$ = 1 and $D$ = 2, and $p, t, r = 1, 2, 1$:


# %%
def kernels_and_norms(path):
    """Parameters of normalise-and-convolve steps, each given as (channels in, channels out, kernel side)."""
    return sum(2 * a + a * b * k * k for a, b, k in path)


one_unit = kernels_and_norms([(8, 2, 1), (2, 2, 3), (2, 8, 1)])
ending = kernels_and_norms([(8, 8, 1), (8, 8, 1)])
print(f"one unit {one_unit}, end of the mask {ending}")

# %%
places = {1: "before trunk trunk after down bottom", 2: "before trunk trunk after down down bottom up skip"}
for poolings, units in places.items():
    total = len(units.split()) * one_unit + ending
    print(f"D = {poolings}: {units.split()}, {len(units.split())} units, {total} parameters")

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 3 · `module_parameters`
# **3 points · difficulty ●●○○○ · about 20 minutes**
#
# **Goal.** The trainable parameters of one attention module, by formula.
#
# | | |
# |---|---|
# | `channels` | $C$, a multiple of 4 |
# | `poolings` | $D$, at least 1 |
# | `p`, `t`, `r` | units before and after, in the trunk, and between poolings |
# | goes out | a whole number |
#
# **Two worked numbers.** With 8 channels a module has 712 parameters for $D$ = 1 and 988 for $D$ = 2.
#
# **How.** Convolutions have no biases. Every normalisation has a factor and an offset for each channel that comes into
# it; its running averages are not trained and do not count here. `//` divides and stays whole.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "module_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def module_parameters(channels: int, poolings: int, p: int = 1, t: int = 2, r: int = 1) -> int:
    """The trainable parameters of an attention module.

    channels: C, a multiple of 4. poolings: D, of the mask.
    p: units before and after the meeting of trunk and mask. t: units of the trunk.
    r: units behind each pooling, at the bottom, and at each size on the way up.
    """
    ### BEGIN SOLUTION
    f = channels // 4
    one = 17 * f * f + 12 * f
    units = 2 * p + t + 2 * r * poolings + poolings - 1
    return units * one + 2 * (channels * channels + 2 * channels)
    ### END SOLUTION


# %%
def your_counts():
    return np.array([[module_parameters(c, d) for d in (1, 2, 3)] for c in (8, 16)])


target = np.array([[712, 988, 1264], [2496, 3456, 4416]])
fig = figures.target_beside_yours(target, your_counts, rows="8, then 16 channels", columns="poolings 1, 2, 3")
figures.show(
    fig, alt="Left, the parameters of six small modules. Right, what your function returns for them."
)

# %% nbgrader={"grade": true, "grade_id": "check_module_parameters", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("module_parameters", module_parameters)

# %% [markdown]
# <details><summary>Right for D = 1, too small for more</summary>
#
# Each pooling but the last has a unit on its skip. And the way up has units too, at every size that it passes.
# </details>
#
# <details><summary>A little too small everywhere</summary>
#
# Count the normalisations: three in every unit, for 4f, f and f channels, and two at the end of the mask, for all C.
# </details>
#
# <details><summary>About sixteen times too much</summary>
#
# The kernels of a unit have $f = C/4$ channels inside.
# </details>
#
# <details><summary>A little too large</summary>
#
# Convolutions here have no biases, and the running averages are not trained.
# </details>
#
# <details><summary>The check says that it is not a whole number</summary>
#
# `/` makes a float, even of 8 / 4. Use `//`.
# </details>

# %% [markdown]
# ### Attention-92, and a number that cannot be right
#
# Attention-92 is Attention-56 with one more module in stage 2 and two more in stage 3. You know what each of these
# costs.

# %%
more = module_parameters(512, 2) + 2 * module_parameters(1024, 1)
print(f"Attention-56 {attention_56.trainable:,d} + {more:,d} = {attention_56.trainable + more:,d}")
attention_92 = count.size_of(for_imagenet((1, 2, 3)))
print(f"Attention-92, built and counted:     {attention_92.trainable:,d}")

# %%
printed = (("51.3 M", "trainable parameters", "table 2"), ("51.3 M", "parameters with statistics", "table 2"))
printed += (("10.4 G", "multiply–adds", "table 2"),)
rows = [count.compare("Attention-92", attention_92, *figure) for figure in printed]
print(count.papers_table(rows))

# %% [markdown] worked="51.3 M"
# Formula and network agree. The paper's 51.3 M agrees with neither convention. Is it another network? A trunk of 92
# layers has six modules. Here is every way to spread six over three stages, by your formula:

# %%
frame = attention_56.trainable - sum(module_parameters(c, d) for c, d in ((256, 3), (512, 2), (1024, 1)))
for first in range(7):
    totals = []
    for second in range(7 - first):
        costs = ((256, 3), (512, 2), (1024, 1))
        spread = zip((first, second, 6 - first - second), costs, strict=True)
        totals.append(frame + sum(many * module_parameters(*cost) for many, cost in spread))
    print(f"{first} in stage 1: {', '.join(f'{total / 1e6:.1f}' for total in totals)} M")

# %% [markdown] worked="51.3 0.2 M 52,466,344"
# No way gives 51.3, and the statistics of normalisation do not make up for it: they are below 0.2 M. What is known:
#
# - The network file that the authors released has six modules, spread 1, 2, 3, and 52,466,344 trainable parameters: **the
#   number of your network, to the digit**.
# - Both printed figures of Attention-92 lie a little *below* that file, the parameters and the multiply–adds. So the
#   printed network may have been a slightly smaller one than the released one. The paper does not say.
# - For Attention-56 both figures fit. So it is not our way of counting.
#
# That is where honest work stops: **we can say that the two do not agree, and not why.** `./course papers` prints the
# figures of all networks of this course beside ours, with what is known of those that do not match.

# %% [markdown]
# ---
# ## Put it to work: a small network
#
# For Fashion-MNIST a stem halves the images to 14 × 14, and three stages work on 14, 7 and 4 rows. So that it trains
# quickly, the trunk of a module has one unit ($t$ = 1), and nothing is widened at the end. The paper trains with
# the same method, stochastic gradient descent with Nesterov's momentum, for many more steps.


# %%
budget = {"epochs": session.pick(smoke=1, quick=5, full=20), "batch_size": 100}


def classifier(modules, module, filters=16):
    """Return a compiled network for images of 28 × 28, with your stages of this module."""
    x = keras.Input((28, 28, 1))
    h = conv_norm(x, filters // 4, 3, 2, name="stem", relu=True)  # (N, 14, 14, filters / 4)
    stage = stage_of(module)
    y = residual_attention_network(h, modules, filters, stage, unit, 10, "net", widen=False)
    model = keras.Model(x, y)
    steps = budget["epochs"] * -(-n // budget["batch_size"])
    rate = keras.optimizers.schedules.CosineDecay(0.3, steps)  # the learning rate falls to 0
    optimiser = keras.optimizers.SGD(rate, momentum=0.9, nesterov=True)
    model.compile(optimiser, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %%
def attention(x, name, poolings):
    """Your module with one unit in its trunk."""
    return module(x, name, poolings=poolings, t=1)


keras.utils.set_random_seed(session.seed)
small = classifier((1, 1, 1), attention)
own = count.size_of(small)
print(f"{own.trainable:,d} trainable parameters, {own.multiply_adds:,d} multiply–adds")

# %% [markdown]
# Some networks below are trained several times, each time from the same first weights. To build a network anew takes
# longer than to train it for so short a time, so we keep its first weights and put them back.


# %%
def state(model):
    """All numbers a training changes: the network's, and those of its optimiser."""
    model.optimizer.build(model.trainable_variables)
    return [variable.numpy() for variable in (*model.weights, *model.optimizer.variables)]


def put_back(model, numbers):
    """Undo a training: every number is what it was when `state` was called."""
    for variable, number in zip((*model.weights, *model.optimizer.variables), numbers, strict=True):
        variable.assign(number)


def share_right(model, x, y):
    """The share of images whose most probable class is the one given."""
    return float(np.mean(model.predict(x, batch_size=500, verbose=0).argmax(axis=1) == y))


# %%
fresh_small = state(small)
run = training.fit(small, x_train, y_train, **budget, seed=session.seed, label="clean labels")
print(f"share of new garments named right: {share_right(small, x_test, y_test):.3f} (one run)")

# %%
fig = figures.learning_curves({"attention": run["loss"]}, ylabel="loss on the training images")
figures.show(fig, alt="The training loss of the small network falls over the epochs.")

# %% [markdown]
# ---
# ## Deeper: naive against residual
#
# Lesson 07 stacked modules without training them. Now train several in a row. Two networks of one stage differ in one
# thing only: where trunk and mask meet, one computes $M \cdot T$, the other $(1 + M) \cdot T$. Both have the same
# parameters.

# %%
naive_module = earlier.block(
    "attention_module",
    otherwise=lambda x, name, **options: course_module(x, name, residual=False, **options),
    combine=lambda trunk, mask, name: layers.Multiply(name=name)([trunk, mask]),
)


def naive(x, name, poolings):
    """The same module with the plain product in the place of the sum."""
    return naive_module(x, name, poolings=poolings, t=1)


# %%
SHALLOW, DEEP = 1, session.pick(smoke=2, quick=4, full=6)  # modules in the one stage
kinds = {"naive": naive, "residual": attention}
fits, rights = {}, {}
for kind in kinds:
    keras.utils.set_random_seed(session.seed)
    model = classifier((DEEP,), kinds[kind])
    print(f"{kind}: {3 * (3 * DEEP + 4) + 2} layers along the trunk, {model.count_params():,d} parameters")
    fits[kind] = training.fit(model, x_train, y_train, **budget, seed=session.seed, label=kind)
    rights[kind] = share_right(model, x_test, y_test)

# %%
curves = {f"{kind}, {DEEP} modules": each["loss"] for kind, each in fits.items()}
fig = figures.learning_curves(curves, ylabel="loss on the training images")
figures.show(fig, alt="Training loss of naive and residual attention with modules in a row, one run each.")

# %%
fig = figures.compare(rights, xlabel="share of new garments right (one run each)")
figures.show(fig, alt="Accuracy on new garments of naive and residual attention with modules in a row.")

# %% [markdown] worked="95 %"
# One run each. Over {{claim:08.deep_right:seeds}} paired seeds, each with images, order and first weights of its own, on
# 2,000 new images:
#
# | | residual | naive | residual minus naive, 95 % interval |
# |---|---|---|---|
# | training images right, one module | {{claim:08.shallow_fits:mean}} | {{claim:08.shallow_fits:against}} | {{claim:08.shallow_fits:interval}} |
# | training images right, four modules | {{claim:08.deep_fits:mean}} | {{claim:08.deep_fits:against}} | {{claim:08.deep_fits:interval}} |
# | new images right, one module | {{claim:08.shallow_right:mean}} | {{claim:08.shallow_right:against}} | {{claim:08.shallow_right:interval}} |
# | new images right, four modules | {{claim:08.deep_right:mean}} | {{claim:08.deep_right:against}} | {{claim:08.deep_right:interval}} |
#
# | new images right | four modules | one module | four minus one, 95 % interval |
# |---|---|---|---|
# | residual | {{claim:08.residual_depth:mean}} | {{claim:08.residual_depth:against}} | {{claim:08.residual_depth:interval}} |
# | naive | {{claim:08.naive_depth:mean}} | {{claim:08.naive_depth:against}} | {{claim:08.naive_depth:interval}} |
#
# All intervals hold zero. In this small stage, after this short training, neither form and neither depth was detectably
# ahead. That is not "equal": some of the intervals are several points wide. And four modules are few: the paper's gap
# opens in far deeper networks.

# %% [markdown] worked="5.52 % 5.89 % 4.31 % 7.18 % 0.37 0.36 1.13 2.87"
# In the paper (table 3, errors on CIFAR-10, one number each) the residual form has 5.52 % and the naive one 5.89 % with a
# trunk of 56 layers, and 4.31 % against 7.18 % with 164. The naive form is behind by 0.37, 0.36, 1.13 and 2.87 points
# at 56, 92, 128 and 164 layers: from 56 to 92 the gap does not grow, beyond that it does.

# %% [markdown]
# ---
# ## 4 · Labels that are wrong
#
# The paper also tests what its network makes of wrong labels. Each label stays right with probability $q$, and otherwise
# becomes each of the other $K - 1$ classes alike. As a table $Q$ with the true class in rows and the given one in
# columns:
#
# $$Q_{ij} = \begin{cases} q & i = j\\ \frac{1 - q}{K - 1} & i \ne j\end{cases}$$
#
# `data.noisy_labels` of the course does exactly that, image by image, so that the share of wrong labels is right up to
# chance. For a comparison it is better to take chance out where we can. Here **exactly** a given share is wrong. All
# that is random comes in from outside, so that two networks, or two shares, meet the same accidents:
#
# $$\tilde{y}_i = \begin{cases} \big(y_i + 1 + \lfloor u_i\,(K - 1)\rfloor\big) \bmod K &
# i \text{ is among the first } \text{round}(a\,n) \text{ of the order}\\ y_i & \text{otherwise}\end{cases}$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $y_i$ | `labels` | true classes | `(n,)`, whole numbers |
# | $a$ | `share` | share of labels to make wrong, 0 to 1 | |
# | | `order` | the positions 0 to $n - 1$, shuffled | `(n,)`, whole numbers |
# | $u_i$ | `draws` | one random number in [0, 1) for **each image** | `(n,)` |
# | $K$ | `classes` | number of classes | |
# | $\lfloor b \rfloor$ | | $b$, rounded down | |
# | $\bmod$ | `%` | after the last class, counting begins again at 0 | |
# | $\tilde{y}_i$ | what you return | given classes | `(n,)` |
#
# A label moves up by 1 to $K - 1$ steps, each equally likely. So it never comes back to where it was. In plain loops,
# with five labels of four classes, of which two are to become wrong:

# %%
tiny_labels, tiny_order = [2, 0, 1, 3, 3], [4, 1, 0, 2, 3]
tiny_draws = [0.1, 0.9, 0.5, 0.3, 0.7]
flipped_loops = list(tiny_labels)
for place in tiny_order[:2]:
    scaled = tiny_draws[place] * 3  # three other classes
    moved = tiny_labels[place] + 1 + int(scaled)
    flipped_loops[place] = moved - 4 if moved >= 4 else moved
    print(f"image {place}: class {tiny_labels[place]}, {scaled:.1f} rounded down is {int(scaled)},", end=" ")
    print(f"so {1 + int(scaled)} steps up: {moved}, class {flipped_loops[place]}")

# %%
print("true  ", tiny_labels)
print("given ", flipped_loops)

# %% [markdown] worked="0.29"
# <div class="alert alert-info">
#
# ### Exercise 4 · `flip_labels`
# **3 points · difficulty ●●○○○ · about 15 minutes**
#
# **Goal.** A copy of the labels in which exactly `round(share * n)` are wrong.
#
# | | shape |
# |---|---|
# | `labels` comes in, a NumPy array | `(n,)` |
# | `order`, `draws` | `(n,)` each |
# | positions to flip | `(round(share * n),)` |
# | goes out, a NumPy array | `(n,)`, whole numbers |
#
# **Two worked numbers.** Image 4 has class 3 and moves 3 steps: 6 is past the last of four classes and becomes 2. Image
# 1 has class 0, moves 3 steps too, and becomes 3.
#
# **How.** NumPy takes an array of positions as an index, for reading and for writing. `np.floor` rounds down and gives
# floats; `.astype(int)` makes whole numbers of them. Labels may be of a small type such as `uint8`, which ends at 255: add
# and take the remainder in whole numbers of the usual size, before you write back.
#
# **Take care.** Leave `labels` as it is: work on a copy. And use `round`, not `int`: for a computer 0.29 · 100 is a
# little less than 29.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "flip_labels", "locked": false, "schema_version": 3, "solution": true, "task": false}
def flip_labels(
    labels: np.ndarray, share: float, order: np.ndarray, draws: np.ndarray, classes: int = 10
) -> np.ndarray:
    """Labels of which exactly a share is wrong.

    labels: true classes, (n,), 0 to classes - 1. share: of wrong labels, 0 to 1.
    order: the positions 0 to n - 1, shuffled; the labels at the first of them become wrong.
    draws: numbers in [0, 1), (n,), one for each image: how far its label moves if it does.
    Returns the given classes, (n,).
    """
    ### BEGIN SOLUTION
    flipped = order[: round(share * len(labels))]
    steps = 1 + np.floor(draws[flipped] * (classes - 1)).astype(int)  # 1 to classes - 1
    noisy = labels.copy()
    noisy[flipped] = (labels[flipped] + steps) % classes
    return noisy
    ### END SOLUTION


# %%
def your_labels():
    given = (np.array(each) for each in (tiny_labels, tiny_order, tiny_draws))
    labels, order, draws = given
    return flip_labels(labels, 0.4, order, draws, 4)


fig = figures.target_beside_yours(np.array(flipped_loops), your_labels, columns="image")
figures.show(fig, alt="Left, the five labels after two of them were flipped. Right, what yours returns.")

# %% nbgrader={"grade": true, "grade_id": "check_flip_labels", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("flip_labels", flip_labels)

# %% [markdown] worked="0.29"
# <details><summary>Fewer labels are wrong than should be</summary>
#
# Some came back to their own class. The steps go from 1 to `classes - 1`: never 0, never `classes`. Or `int` cut
# 0.29 · 100, which is a little less than 29 for a computer, down to 28.
# </details>
#
# <details><summary>The right number of labels is wrong, and the classes are not those of the check</summary>
#
# `draws` has one number for each image. For the image at position 7 it is `draws[7]`, wherever 7 stands in `order`.
# </details>
#
# <details><summary>Some of my classes do not exist</summary>
#
# After the last class, counting begins again at 0: that is what `% classes` does.
# </details>
#
# <details><summary>"the function changes the array it was given"</summary>
#
# `noisy = labels` is a second name for the same array. `labels.copy()` is another array.
# </details>

# %% [markdown]
# Now for the real labels. One order and one set of draws serve all shares: who has a wrong label at the lowest share
# has the same wrong label at the highest.

# %%
SHARES = (0.1, 0.3, 0.5, 0.7)


def noisy_sets(labels, seed):
    """Return the given labels for each share of SHARES, all from one order and one set of draws."""
    rng = np.random.default_rng(seed)
    order, draws = rng.permutation(len(labels)), rng.random(len(labels))
    return {share: flip_labels(labels, share, order, draws) for share in SHARES}


# %%
noisy = noisy_sets(y_train, session.seed)
noisy = {share: np.asarray(labels) for share, labels in noisy.items()}  # should they be lists
fig = figures.confusion_matrix(y_train, noisy[0.7], data.CLASS_NAMES)
figures.show(
    fig, alt="True against given classes at the highest noise: the diagonal is the largest entry of each row."
)

# %% [markdown]
# Look along a row. Most labels are wrong, and yet **the true class is still the most frequent one**: the wrong labels are
# spread over nine others.
#
# ---
# ## The opponent: a ResNet of equal cost
#
# "Attention withstands noise" is an empty sentence without an opponent. A fair one costs as much. Your network makes it
# easy: put a **plain unit** where a module was, and the residual attention network becomes a residual network. How many
# units? A unit that keeps its shape costs the same multiply–adds in the first two stages (half the rows, half the
# columns, twice the channels on both sides), and nearly a third more in the last one, where 7 rows are halved to 4. But it
# has about four times the parameters of the stage before. So the number of units mostly sets the multiply–adds, and where
# they stand sets the parameters.

# %%
RESNET = (5, 3, 8)  # plain units in the place of one module in each stage


def plain(x, name, poolings):
    """One more unit, no mask."""
    return unit(x, name)


keras.utils.set_random_seed(session.seed)
resnet = classifier(RESNET, plain)
theirs = count.size_of(resnet)
for title, cost in {"attention": own, "ResNet": theirs}.items():
    print(f"{title:9} {cost.trainable:7,d} trainable parameters, {cost.multiply_adds:9,d} multiply–adds")

# %% [markdown]
# The ResNet has a little more of both. If attention is ahead, it is not by its price.

# %%
opponents = {"attention": (small, fresh_small), "ResNet": (resnet, state(resnet))}
named_right, taken_in = {}, {}
for title, (model, fresh) in opponents.items():
    for share in SHARES:
        put_back(model, fresh)
        label = f"{title}, {share:.0%} wrong"
        training.fit(model, x_train, noisy[share], **budget, seed=session.seed, label=label)
        named_right[label] = share_right(model, x_test, y_test)
    taken_in[title] = model.predict(x_train, batch_size=500, verbose=0).argmax(axis=1)  # the highest share

# %%
fig = figures.compare(named_right, xlabel="share of new garments right (one run each)")
figures.show(
    fig, alt="Accuracy on new garments after training with four shares of wrong labels, for both networks."
)

# %% [markdown] worked="95 %"
# One run each. Over {{claim:08.noise_70:seeds}} paired seeds, the same wrong labels for both, on 2,000 new images:
#
# | new images right after training with | attention | ResNet | attention minus ResNet, 95 % interval |
# |---|---|---|---|
# | one wrong label in ten | {{claim:08.noise_10:mean}} | {{claim:08.noise_10:against}} | {{claim:08.noise_10:interval}} |
# | three | {{claim:08.noise_30:mean}} | {{claim:08.noise_30:against}} | {{claim:08.noise_30:interval}} |
# | five | {{claim:08.noise_50:mean}} | {{claim:08.noise_50:against}} | {{claim:08.noise_50:interval}} |
# | seven | {{claim:08.noise_70:mean}} | {{claim:08.noise_70:against}} | {{claim:08.noise_70:interval}} |
# | lost from one to seven | {{claim:08.noise_lost:mean}} | {{claim:08.noise_lost:against}} | {{claim:08.noise_lost:interval}} |
#
# The last row is about robustness: how much less each network names right when seven labels in ten are wrong and not one.
# There a *positive* difference means that attention lost more. All intervals hold zero: at no share of wrong labels could
# the two be told apart with so many pairs.

# %% [markdown]
# ### Has it learned the lies?
#
# Look at the training images whose label is wrong, at the highest share. Does the network say what it was told, or what
# is true?

# %%
lied = noisy[0.7] != y_train
for title, said in taken_in.items():
    told, true = np.mean(said[lied] == noisy[0.7][lied]), np.mean(said[lied] == y_train[lied])
    print(f"{title:9} says what it was told {told:.2f}, the truth {true:.2f} (shares, one run)")

# %% [markdown]
# In few epochs a network learns what many images share, and the wrong labels of a class share nothing. Given enough
# epochs, a large one can learn even random labels by heart (Zhang and others, 2017).

# %% [markdown] worked="5.93 5.15 17.21 15.75 10 % 70 %"
# ---
# ## Limits and controls
#
# **Better everywhere is not more robust.** The paper's table 5 gives errors on CIFAR-10, one run each: with 10 % wrong
# labels 5.93 for a ResNet-164 and 5.15 for Attention-92; with 70 %, 17.21 and 15.75. Attention is ahead in both. The
# question of robustness is another one: how much does each **lose** from the first to the second?

# %% worked="10 % 70 %"
errors = {"ResNet-164": (5.93, 17.21), "Attention-92": (5.15, 15.75)}
for network, (low, high) in errors.items():
    print(f"{network:12} {high:5.2f} - {low:.2f} = {high - low:5.2f} points lost (the paper's runs)")

# %% [markdown] worked="1.9 M 1.7 M"
# **Their opponent is not quite of equal cost.** In the paper ResNet-164 has 1.7 M parameters and Attention-92 1.9 M.
#
# **Small is not large.** Two thousand images and networks so small say little about ImageNet.
# What carries over is the way to ask.
#
# **This noise is kind.** The wrong labels are spread alike over all other classes. People err otherwise: they take shirts
# for coats, not for sandals. Then a row's largest entry may well be a wrong class, and no network can know.
#
# **One budget.** Both networks had the same epochs and the same learning rate. We looked for that rate with the
# attention network, on right labels. Another one might suit the ResNet better; that is not measured here.
#
# ### The question from the beginning

# %% worked="70 % 70%"
print(f"You guessed a share of {my_guess:.2f} for 70 % wrong labels.")
print(
    f"Attention {named_right['attention, 70% wrong']:.2f}, ResNet {named_right['ResNet, 70% wrong']:.2f} (one run each)."
)

# %% [markdown] worked="70 %"
# Over {{claim:08.noise_70:seeds}} seeds: with 70 % of the labels wrong, attention still names {{claim:08.noise_70:mean}}
# of new garments right, and the ResNet {{claim:08.noise_70:against}}.

# %% [markdown]
# So: **what counts is not how many labels are right, but whether the right one is the most frequent.** A network is
# trained on the average over many similar images, and there the truth still has the majority.
#
# ### Change it and see
#
# Plain variables. Change one, say aloud what you expect, run the cell.

# %%
SHARE = 0.9  # at 0.9 every class is as frequent as every other: try 0.85, or 0.95
rng = np.random.default_rng(session.seed)
order, draws = rng.permutation(n), rng.random(n)
put_back(small, fresh_small)
changed = np.asarray(flip_labels(y_train, SHARE, order, draws))
training.fit(small, x_train, changed, **budget, seed=session.seed, label="changed")
print(f"share of new garments named right: {share_right(small, x_test, y_test):.3f} (one run)")

# %% [markdown]
# ---
# ## Quiz
#
# Work these out on paper, then type the number.
#
# **Question 1.** A network for small images has three stages of 6 modules each, with $p, t, r = 2, 4, 3$, one unit at
# the start of each stage, and three at the end. How many layers has its trunk? Count three for each unit, and the
# first and the last layer of the network. Put the number into `quiz_trunk_depth_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_trunk_depth", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_trunk_depth_answer = None  # your number
### BEGIN SOLUTION
quiz_trunk_depth_answer = 3 * (18 * (2 + 4 + 2) + 3 + 3) + 2
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_trunk_depth", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_trunk_depth", quiz_trunk_depth_answer)

# %% [markdown]
# **Question 2.** The module in stage 3 of Attention-56 has 1024 channels, $D$ = 1 and $p, t, r = 1, 2, 1$. Its batch
# normalisations keep a running mean and a running variance for each channel that comes into them. How many numbers are
# that in all? Put the number into `quiz_statistics_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_statistics", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_statistics_answer = None  # your number
### BEGIN SOLUTION
quiz_statistics_answer = 6 * 2 * (1024 + 256 + 256) + 2 * 2 * 1024
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_statistics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_statistics", quiz_statistics_answer)

# %% [markdown] worked="30 %"
# **Question 3.** Fashion-MNIST has 6,000 training images of each of ten classes. With 30 % wrong labels, how many
# **bags** are labelled *sneaker*, on average? Put the number into `quiz_wrong_labels_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_wrong_labels", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_wrong_labels_answer = None  # your number
### BEGIN SOLUTION
quiz_wrong_labels_answer = 6000 * 0.3 / 9
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_wrong_labels", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_wrong_labels", quiz_wrong_labels_answer)

# %% [markdown] worked="50 % 7.3 % 8.4 % 1.9 M 1.7 M" nbgrader={"grade": false, "grade_id": "rubric_network", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Written answer
#
# <div class="alert alert-info">
#
# ### Is it robust?
# **3 points · about 10 minutes · five to eight sentences**
#
# A report writes: *"With 50 % wrong labels our attention network has an error of 7.3 %, a ResNet 8.4 %. So attention
# makes networks robust against wrong labels. Our network has 51 million parameters, as the paper's table says."* Its
# networks have 1.9 M and 1.7 M parameters for this test; each was trained once.
#
# Say **what is missing before one may speak of robustness**, **what would make the comparison fair**, and **how one
# checks a printed parameter count**. Use what you saw in this lesson.
#
# | points | for |
# |---|---|
# | 1 | robustness is a loss: the errors with fewer wrong labels, or none, are needed, to see how much each network loses |
# | 1 | an opponent of equal cost (parameters and multiply–adds), several paired seeds, with the same wrong labels for both, and an interval |
# | 1 | count: build it or add it up by formula, and say which convention (with or without the statistics of normalisation); a printed number may fit none |
#
# </div>

# %% [markdown] worked="50 %" nbgrader={"grade": true, "grade_id": "written_network", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# A lower error with half of the labels wrong may only mean that the network is better with right labels too. Robust is who
# loses less. So the errors of both networks with right labels, or with few wrong ones, have to stand beside these, and
# the differences be compared.
#
# The attention network has more parameters, and nothing is said about multiply–adds. A fair opponent has as much of
# both, for example plain units in the place of the modules. One run each cannot be told from chance. Both networks should
# be trained in pairs over several seeds, with the same images, the same wrong labels and the same order in each pair,
# and the mean of the differences given with an interval.
#
# A parameter count can be checked without training: build the network and count, or add the modules up by formula. One
# must say whether the running averages of batch normalisation are counted. Attention-56 fits the paper's figure only
# with them, and the figure for Attention-92 fits neither way, so that copying it is no evidence.
# ### END SOLUTION

# %% [markdown]
# ## What you have done
#
# In this lesson you
#
# 1. **built a stage**: a unit, then modules whose masks are pooled down to one small size;
# 2. **assembled the network** of the paper's table from stages and units that were handed in;
# 3. **counted it**: Attention-56 to the digit, with the convention that its paper used;
# 4. **found a number that cannot be right**, and stopped where the evidence stops;
# 5. **went deep** with the plain product and with the sum, everything else equal;
# 6. **made labels wrong** by an exact share, and put a ResNet of equal cost beside attention.
#
# ## References
#
# 1. F. Wang and others. *Residual Attention Network for Image Classification.* CVPR 2017.
#    [arXiv:1704.06904](https://arxiv.org/abs/1704.06904)
# 2. The released network files: [github.com/fwang91/residual-attention-network](https://github.com/fwang91/residual-attention-network)
# 3. K. He, X. Zhang, S. Ren, J. Sun. *Identity Mappings in Deep Residual Networks* (the pre-activation unit). ECCV 2016.
#    [arXiv:1603.05027](https://arxiv.org/abs/1603.05027)
# 4. C. Zhang and others. *Understanding Deep Learning Requires Rethinking Generalization* (networks that learn random
#    labels by heart). ICLR 2017. [arXiv:1611.03530](https://arxiv.org/abs/1611.03530)
# 5. D. Rolnick and others. *Deep Learning is Robust to Massive Label Noise.*
#    [arXiv:1705.10694](https://arxiv.org/abs/1705.10694)
#
# ## Next
#
# You have seen several claims of papers tested. In lesson 09 you test one of your own.
