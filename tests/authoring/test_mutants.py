"""Wrong answers that nobody foresaw are never accepted; equivalent ones are listed with the reason."""

import os

import pytest
from mutants import mutants

from authoring.check_the_checks import look
from autograder.keys import lesson_solutions
from course_lib.checks.answer_key import public_key
from course_lib.checks.exercise import find_exercise

ENOUGH, TRIED = 20, 10  # mutants of a function
ANY_NAME = "any name that contains `name` is fine"
COMMUTES = "multiplication commutes"
A_BIAS = "a bias is accepted"
NUMBERED = "the numbers of the stages need only differ"
MOMENTUM = "momentum matters to training alone"
BLOCK = "layers.Conv2D(filters, 3, padding='same', {}name=name + '_conv')"
NORM = "layers.BatchNormalization({}name=name + '_bn')"
RESHAPE = "layers.Reshape((1, 1, channels), name=name + '_reshape')(s)"
CONVOLUTION = "layers.Conv2D(1, kernel_size, padding='same', activation='sigmoid', {}name=name + '_map')"
EQUIVALENT = {
    "describe": {
        f"{kind}({call}) → {call}": "NumPy's numbers and a shape are as good"
        for kind, call in (
            ("tuple", "images.shape"),
            ("float", "images.min()"),
            ("float", "images.max()"),
            ("float", "images.mean()"),
        )
    },
    "squeeze": {"name + '_gap' → name": ANY_NAME},
    "excitation": {"name + '_reduce' → name": ANY_NAME, "name + '_gates' → name": ANY_NAME},
    "channel_attention": {
        f"{RESHAPE} → s": "Multiply adds the axes itself",
        f"s = {RESHAPE} → pass": "Multiply adds the axes itself",
        "[x, s] → [s, x]": COMMUTES,
        "name + '_reshape' → name": ANY_NAME,
        "name + '_scale' → name": ANY_NAME,
    },
    "channel_pool": {
        "[mean, largest] → [largest, mean]": "either order of the maps is accepted",
        "name + '_pool' → name": ANY_NAME,
    },
    "spatial_attention": {
        "[x, convolution(pooled)] → [convolution(pooled), x]": COMMUTES,
        "name + '_map' → name": ANY_NAME,
        "name + '_scale' → name": ANY_NAME,
        "False → True": A_BIAS,
        CONVOLUTION.format("use_bias=False, ") + " → " + CONVOLUTION.format(""): A_BIAS,
    },
    "autoencoder_block": {
        BLOCK.format("use_bias=False, ") + " → " + BLOCK.format(""): A_BIAS,
        "False → True": A_BIAS,
        NORM.format("momentum=0.9, ") + " → " + NORM.format(""): MOMENTUM,
    },
    "encoder": {
        "1 → 2": NUMBERED,
        "1 → 0": NUMBERED,
        "f'{name}{stage}_pool' → f'{name}{stage}'": ANY_NAME,
    },
    "decoder": {
        "1 → 2": NUMBERED,
        "1 → 0": NUMBERED,
        "f'{name}{stage}_up' → f'{name}{stage}'": ANY_NAME,
        "name + '_pixels' → name": ANY_NAME,
    },
    "attention_autoencoder": {
        f"name + '_{part}' → name": ANY_NAME for part in ("encoder", "decoder", "channel", "spatial")
    },
}


def other_names(*roles: str) -> dict[str, str]:
    return {f"name + '_{role}' → name": ANY_NAME for role in roles}


def momentum(*ends: str) -> dict[str, str]:
    normal = "layers.BatchNormalization({}name=name + '{})"
    return {f"{normal.format('momentum=0.9, ', end)} → {normal.format('', end)}": MOMENTUM for end in ends}


SHARED = "[wide(narrow({})), wide(narrow({}))]"
AXES = "the 1×1 axes come back by themselves"
SCORES = "layers.Conv2D(1, kernel_size, padding='same', {}name=name + '_scores')"
GATED_NORM = "layers.BatchNormalization({}{}name=name + '_norm')"
MOMENTUM_9 = "momentum=0.9, "
GAMMA = "gamma_initializer='zeros', "
STRICT = "only says what to do with sizes that do not fit together"
SUM = {"[y, x] → [x, y]": "addition commutes"}
# The functions from lesson 04 on, each of which has enough mutants by itself.
LARGE: dict[str, dict[str, str]] = {
    "residual_block": {
        "False → True": A_BIAS,
        **{
            f"layers.Conv2D({start}use_bias=False, {end} → layers.Conv2D({start}{end}": A_BIAS
            for start, end in (
                ("filters, 3, strides, padding='same', ", "name=name + '_conv1')"),
                ("filters, 3, padding='same', ", "name=name + '_conv2')"),
                ("filters, 1, strides, ", "name=name + '_project')"),
            )
        },
        **{
            f"layers.BatchNormalization(momentum=0.9, {end} → layers.BatchNormalization({end}": "any momentum"
            for end in ("name=name + '_norm1')", "name=name + '_norm2')", "name=name + '_norm3')")
        },
        **SUM,
        **other_names("conv1", "norm1", "relu1", "conv2", "norm2", "project", "norm3", "add", "relu2"),
    },
    "resnet": {
        "zip(widths, units, strict=True) → zip(widths, units)": STRICT,
        "True → False": STRICT,
        "f'{name}_stage{stage}_block{unit}' → f'{name}{stage}_block{unit}'": ANY_NAME,
        "f'{name}_stage{stage}_block{unit}' → f'{name}_stage{stage}{unit}'": ANY_NAME,
        **other_names("mean", "classes"),
    },
    "se_residual_block": SUM | other_names("1", "2", "se", "shortcut", "sum", "out"),
    "se_inception_block": other_names("point", "square", "pool", "pooled", "join", "se"),
    "attention_stage": {
        "max(1, int(np.ceil(np.log2(x.shape[1] / smallest)))) → "
        "max(int(np.ceil(np.log2(x.shape[1] / smallest))), 1)": "the larger of two numbers has no order",
        "1 → 2": "height and width need as many poolings",
        "f'{name}_module{number}' → f'{name}{number}'": ANY_NAME,
        **other_names("unit"),
    },
    "residual_attention_network": {
        "f'{name}_stage{number}' → f'{name}{number}'": ANY_NAME,
        **momentum("_norm'"),
        **other_names("end0", "end1", "end2", "norm", "relu", "mean", "classes"),
    },
    "module_parameters": {},
    "flip_labels": {},
    "bam_channel_branch": momentum("_norm'") | other_names("mean", "reduce", "norm", "relu", "expand"),
    "bam_spatial_branch": momentum("_norm0'", "_norm' + step")
    | other_names("reduce", "norm0", "relu0", "join", "dilated", "norm", "relu"),
    "bam": other_names("channel", "spatial", "attention"),
    "bam_stages": {
        "zip(widths, units, strict=True) → zip(widths, units)": STRICT,
        "True → False": STRICT,
        **{
            f"f'{{name}}_stage{{stage}}{old}' → f'{{name}}{new}'": ANY_NAME
            for old, new in (
                ("_block{unit}", "{stage}_block{unit}"),
                ("_block{unit}", "_stage{stage}{unit}"),
                ("_bam", "{stage}_bam"),
                ("_bam", "_stage{stage}"),
            )
        },
    },
    "cbam_channel_attention": {
        "[x, gates] → [gates, x]": COMMUTES,
        SHARED.format("average", "largest") + " → " + SHARED.format("largest", "average"): COMMUTES,
        "True → False": AXES,
        **{
            f"{pooling.format('keepdims=True, ')} → {pooling.format('')}": AXES
            for pooling in (
                "layers.GlobalAveragePooling2D({}name=name + '_average')",
                "layers.GlobalMaxPooling2D({}name=name + '_largest')",
            )
        },
        **other_names("narrow", "wide", "average", "largest", "total", "gates", "scaled"),
    },
    "cbam_spatial_attention": {
        "[largest, mean] → [mean, largest]": "either order of the maps is accepted",
        "[x, mask] → [mask, x]": COMMUTES,
        "False → True": A_BIAS,
        SCORES.format("use_bias=False, ") + " → " + SCORES.format(""): A_BIAS,
        GATED_NORM.format(MOMENTUM_9, GAMMA) + " → " + GATED_NORM.format("", GAMMA): MOMENTUM,
        **other_names("pooled", "scores", "norm", "mask", "scaled"),
    },
    "cbam": other_names("channel", "spatial"),
    "cbam_residual_block": SUM | other_names("cbam", "1", "2", "3", "shortcut", "sum", "out"),
}


def without_name(part: str, number: str) -> dict[str, str]:
    return {f"f'{{name}}_{part}{{{number}}}' → f'{{name}}{{{number}}}'": ANY_NAME}


def norm_and_bias(name: str) -> dict[str, str]:
    """Epsilon and momentum of a normalisation may be left out, and convolutions may have a bias."""

    def normal(options: str) -> str:
        return f"layers.BatchNormalization({options}name=f'{{name}}_{name}')"

    both = normal("epsilon=1e-05, momentum=0.9, ")
    return {
        f"{both} → {normal('momentum=0.9, ')}": "any epsilon",
        f"{both} → {normal('epsilon=1e-05, ')}": MOMENTUM,
        "False → True": A_BIAS,
    }


EQUIVALENT |= {
    "trunk_branch": without_name("unit", "step"),
    "naive_attention": {"[mask, trunk] → [trunk, mask]": COMMUTES} | other_names("scaled"),
    "attention_residual_learning": {"[1 + mask, trunk] → [trunk, 1 + mask]": COMMUTES}
    | other_names("raised"),
}
LARGE |= {
    "pre_activation_residual_unit": {
        "1 → 0": NUMBERED,
        "3 → 4": NUMBERED,
        "[x, y] → [y, x]": "addition commutes",
        "f'{name}_{role}' → f'{name}{role}'": ANY_NAME,
        **without_name("norm", "step"),
        **without_name("relu", "step"),
        **norm_and_bias("norm{step}"),
        **other_names("sum"),
    },
    "mask_activation": other_names("mask"),
    "soft_mask_branch": {
        "keras.ops.image.resize(t, like.shape[1:3], interpolation='bilinear') → "
        "keras.ops.image.resize(t, like.shape[1:3])": "bilinear is the default",
        **{k: v for part in ("pool", "down", "skip", "up") for k, v in without_name(part, "k").items()},
        **without_name("norm_", "step"),
        **without_name("relu_", "step"),
        **without_name("scores_", "step"),
        **norm_and_bias("norm_{step}"),
        **other_names("bottom", "activation"),
    },
    "attention_module": other_names("before", "trunk", "mask", "met", "after"),
}


def worded(text: str, *others: str) -> dict[str, str]:
    return {f"f'{text}' → f'{other}'": "the words of an error are free" for other in others}


CONTROL = "{}{} is not allowed; name something else than the variant."
SEEDS = "{}{} are not allowed; give at least five, none of them twice."
FAILED = "{variant} with seed {seed} measured {registration.metric} = {value}."
# What students test a block with. `my_attention` is not here: most of its mutants are blocks as well.
PROTOCOL: dict[str, dict[str, str]] = {
    "blind": {},
    "split": {},
    "trial": {},
    "register": {
        "list(seeds) → seeds": "JSON writes a tuple as a list",
        **worded(
            CONTROL.format("control=", "{control!r}"),
            CONTROL.format("", "{control!r}"),
            CONTROL.format("control=", ""),
            "control={control!r}",
        ),
        **worded(
            SEEDS.format("seeds=", "{seeds}"),
            SEEDS.format("", "{seeds}"),
            SEEDS.format("seeds=", ""),
            "seeds={seeds}",
        ),
    },
    "run_trials": worded(
        FAILED,
        FAILED.replace("{variant}", ""),
        FAILED.replace(" with seed ", ""),
        FAILED.replace("{seed}", ""),
        FAILED.replace(" measured ", ""),
        FAILED.replace("{registration.metric}", ""),
        FAILED.replace(" = ", ""),
        FAILED.replace("{value}", ""),
        FAILED.replace("}.", "}"),
    ),
    "paired_interval": {
        f"float({end}) → {end}": "NumPy's numbers are as good"
        for end in ("mean - half", "mean", "mean + half")
    },
    "reading": {"differences = np.asarray(differences) → pass": "the differences come as an array"},
}
EXERCISES = ("preprocess", "se_parameters", *EQUIVALENT, *PROTOCOL, *LARGE)


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_mutants_are_not_accepted(exercise_id: str) -> None:
    """About ten of each function, spread over it; all of them where COURSE_CHECKS is `all`."""
    exercise, key = find_exercise(exercise_id), public_key(exercise_id)
    lesson = lesson_solutions.read(exercise.lesson)
    made = mutants(lesson.solutions[exercise_id])
    equivalent = set((EQUIVALENT | PROTOCOL | LARGE).get(exercise_id, ()))
    changes = list(dict.fromkeys(mutant.change for mutant in made))  # the same in two places is one
    assert equivalent <= set(changes)
    step = 1 if os.environ.get("COURSE_CHECKS") == "all" else max(1, len(changes) // TRIED)
    tried = set(changes[::step])
    accepted = set()
    for mutant in made:
        if mutant.change in tried:
            given = lesson_solutions.answer(lesson, exercise_id, {exercise_id: mutant.source})
            accepted |= {mutant.change} if look(exercise, given, key).passed else set()
    assert accepted == equivalent & tried


def test_there_are_enough_mutants() -> None:
    for each in LARGE:
        assert len(mutants(lesson_solutions.read(find_exercise(each).lesson).solutions[each])) >= ENOUGH
    made = [mutants(lesson_solutions.read(find_exercise(each).lesson).solutions[each]) for each in EXERCISES]
    assert sum(map(len, made)) >= ENOUGH * len(EXERCISES)
