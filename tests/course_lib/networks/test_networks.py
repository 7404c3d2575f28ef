"""The networks: counts equal the papers' and the authors' code, and the small ones learn."""

from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
import pytest

from course_lib import blocks, networks
from course_lib.blocks import plug
from course_lib.count import papers_table, size_of
from course_lib.networks.papers import PRINTED, comparisons

SE, SE_PLAIN = plug(blocks.SqueezeExcitation), plug(blocks.SqueezeExcitation, use_bias=False)
CIFAR: dict[str, Any] = {"stem": "cifar", "input_shape": (32, 32, 3), "classes": 100}
TEN: dict[str, Any] = {
    "stem": "cifar",
    "widen": False,
    "input_shape": (32, 32, 3),
    "classes": 10,
    "filters": 64,
}


@pytest.fixture
def let_go() -> Iterator[None]:
    yield
    keras.backend.clear_session()


def cbam(**options: Any) -> keras.Model:
    return networks.resnet(50, stride="v1", attention=plug(blocks.CBAM, **options))


def bam(reduction: int = 16, layout: str = "code", **options: Any) -> keras.Model:
    attention = plug(blocks.BAM, reduction=reduction, layout=layout)
    return networks.resnet(50, stride="v1", stage_attention=attention, **options)


# Trainable parameters, with statistics, multiply–adds; None where no source says.
FULL_SIZE: dict[str, tuple[Callable[[], keras.Model], int, int | None, int | None]] = {
    "resnet18": (lambda: networks.resnet(18), 11_689_512, 11_699_112, None),
    "resnet34": (lambda: networks.resnet(34), 21_797_672, 21_814_696, None),
    "resnet50_v1": (lambda: networks.resnet(50, stride="v1"), 25_557_032, 25_610_152, 3_857_973_248),
    "resnet50_v1.5": (lambda: networks.resnet(50), 25_557_032, 25_610_152, 4_089_184_256),
    "resnet101_v1": (lambda: networks.resnet(101, stride="v1"), 44_549_160, None, 7_570_194_432),
    "se_resnet50": (
        lambda: networks.resnet(50, stride="v1", attention=SE),
        28_088_024,
        28_141_144,
        3_860_488_192,
    ),
    "se_resnet50_no_bias": (lambda: networks.resnet(50, attention=SE_PLAIN), 28_071_976, 28_125_096, None),
    "se_resnet101": (
        lambda: networks.resnet(101, stride="v1", attention=SE),
        44_549_160 + 4_743_168 + 34_544,
        None,
        7_574_937_600,
    ),
    "cbam": (lambda: cbam(), 28_089_624, 28_142_776, 3_864_362_102),
    "cbam_no_norm": (lambda: cbam(batch_norm=False), 28_089_592, 28_142_712, None),
    "cbam_no_norm_bias": (
        lambda: cbam(batch_norm=False, spatial_use_bias=True),
        28_089_608,
        28_142_728,
        None,
    ),
    "cbam_no_mlp_bias": (lambda: cbam(use_bias=False), 28_073_576, 28_126_728, None),
    "cbam_neither": (lambda: cbam(use_bias=False, batch_norm=False), 28_073_544, 28_126_664, None),
    "cbam_3": (lambda: cbam(kernel_size=3), 28_088_344, 28_141_496, None),
    "bam": (lambda: bam(), 25_915_099, 25_969_115, 3_940_120_320),
    "bam_equation": (lambda: bam(layout="equation"), 25_917_793, 25_974_503, None),
    "bam_everywhere": (lambda: bam(layout="everywhere"), 25_918_689, 25_976_295, None),
    "attention_56": (lambda: networks.attention_56(), 31_810_728, 31_883_432, 6_270_836_736),
    "attention_56_bias": (lambda: networks.attention_56(use_bias=True), 31_850_856, 31_923_560, None),
    "attention_56_plain_skip": (lambda: networks.attention_56(skip="plain"), 31_389_864, 31_459_496, None),
    "attention_56_no_norm": (lambda: networks.attention_56(batch_norm=False), 31_803_560, 31_869_096, None),
    "attention_92": (lambda: networks.attention_92(), 52_466_344, 52_599_976, 10_533_789_696),
    "bn_inception": (lambda: networks.bn_inception(), 11_285_224, 11_305_256, None),
    "se_bn_inception": (
        lambda: networks.bn_inception(attention=SE),
        11_931_622,
        11_951_654,
        2_033_239_424,
    ),
}
SMALLER: dict[str, tuple[Callable[[], keras.Model], int]] = {
    "resnet50": (lambda: networks.resnet(50, **CIFAR), 23_705_252),
    "se": (lambda: networks.resnet(50, attention=SE, **CIFAR), 26_236_244),
    "bam_4": (lambda: bam(4, **CIFAR), 26_293_351),
    "bam_8": (lambda: bam(8, **CIFAR), 24_613_127),
    "bam_16": (lambda: bam(16, **CIFAR), 24_063_319),
    "bam_32": (lambda: bam(32, **CIFAR), 23_860_991),
    "bam_4_everywhere": (lambda: bam(4, "everywhere", **CIFAR), 26_296_941),
    "bam_8_everywhere": (lambda: bam(8, "everywhere", **CIFAR), 24_616_717),
    "bam_16_everywhere": (lambda: bam(16, "everywhere", **CIFAR), 24_066_909),
    "bam_32_everywhere": (lambda: bam(32, "everywhere", **CIFAR), 23_864_581),
    "bam_in_every_block": (lambda: networks.resnet(50, attention=plug(blocks.BAM), **CIFAR), 28_919_716),
    "attention_92": (lambda: networks.residual_attention_network((2, 2, 2), **TEN), 1_959_738),
    "attention_236": (lambda: networks.residual_attention_network((6, 6, 6), **TEN), 5_203_258),
    "attention_452": (
        lambda: networks.residual_attention_network((6, 6, 6), p=2, t=4, r=3, **TEN),
        10_299_706,
    ),
}


MAIN = ("resnet18", "resnet50_v1", "se_resnet50", "cbam", "bam", "attention_56", "se_bn_inception")


@pytest.mark.usefixtures("let_go")
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in MAIN else pytest.mark.slow) for name in FULL_SIZE]
)
def test_counts_at_full_size(name: str) -> None:
    build, trainable, with_statistics, multiply_adds = FULL_SIZE[name]
    model = build()
    assert model.input_shape == (None, 224, 224, 3)
    assert model.output_shape == (None, 1000)
    assert sum(int(np.prod(weight.shape)) for weight in model.trainable_weights) == trainable
    assert with_statistics in (None, model.count_params())
    if multiply_adds is not None:
        size = size_of(model)
        assert (size.trainable, size.multiply_adds) == (trainable, multiply_adds)
        assert size.with_statistics == model.count_params()


@pytest.mark.slow
@pytest.mark.usefixtures("let_go")
@pytest.mark.parametrize("name", SMALLER)
def test_counts_at_cifar_size(name: str) -> None:
    build, trainable = SMALLER[name]
    assert sum(int(np.prod(weight.shape)) for weight in build().trainable_weights) == trainable


def test_trunk_depth_names_the_network() -> None:
    for modules, name in {(1, 1, 1): "attention_56", (1, 2, 3): "attention_92"}.items():
        assert networks.residual_attention_network(modules, **TEN).name == name


def test_attention_stands_where_the_papers_put_it() -> None:
    gated = networks.small_resnet(14, attention=plug(blocks.CBAM, reduction=4))
    assert len([layer for layer in gated.layers if isinstance(layer, blocks.CBAM)]) == 6
    # In the branch, before the addition: an emptied branch leaves relu(shortcut).
    x = keras.random.normal((2, 28, 28, 16))
    block = keras.Model(
        gated.get_layer("stage1_block1_relu").output, gated.get_layer("stage1_block2_relu").output
    )
    gated.get_layer("stage1_block2_2_norm").gamma.assign(np.zeros(16))
    np.testing.assert_array_equal(block(x), keras.ops.relu(x))

    raised = networks.small_resnet(14, stage_attention=plug(blocks.BAM, reduction=4))
    found = [layer for layer in raised.layers if isinstance(layer, blocks.BAM)]
    assert [layer.output.shape[1:] for layer in found] == [(28, 28, 16), (14, 14, 32)]


@pytest.mark.parametrize(
    ("depth", "block", "trainable"),
    [(20, "basic", 272_186), (8, "basic", 77_754), (11, "bottleneck", None), (20, "bottleneck", None)],
)
def test_small_resnets(depth: int, block: str, trainable: int | None) -> None:
    model = networks.small_resnet(depth, block=block)
    convolutions = [layer for layer in model.layers if isinstance(layer, keras.layers.Conv2D)]
    along = [layer for layer in convolutions if "shortcut" not in layer.name]
    assert len(along) + 1 == depth
    if trainable:
        assert sum(int(np.prod(weight.shape)) for weight in model.trainable_weights) == trainable


@pytest.mark.slow
@pytest.mark.parametrize(
    ("activation", "residual"), [("mixed", True), ("mixed", False), ("channel", True), ("spatial", False)]
)
def test_the_28_pixel_family_learns(activation: str, residual: bool) -> None:
    model = networks.small_residual_attention_network(filters=16, activation=activation, residual=residual)
    before = [keras.ops.convert_to_numpy(weight) for weight in model.trainable_weights]
    model.compile("adam", "sparse_categorical_crossentropy", run_eagerly=True)
    rng = np.random.default_rng(1)
    loss = model.train_on_batch(rng.random((8, 28, 28, 1), "float32"), rng.integers(0, 10, 8))
    assert np.isfinite(loss)
    after = map(keras.ops.convert_to_numpy, model.trainable_weights)
    assert all((a != b).any() for a, b in zip(before, after, strict=True))


def test_masks_of_the_28_pixel_family() -> None:
    model = networks.small_residual_attention_network((1, 2, 1), filters=16)
    maps = blocks.attention_maps(model)(np.zeros((2, 28, 28, 1), "float32"))
    assert {name: mask.shape[1:] for name, mask in maps.items()} == {
        "stage1_module1": (28, 28, 16),
        "stage2_module1": (14, 14, 32),
        "stage2_module2": (14, 14, 32),
        "stage3_module1": (7, 7, 64),
    }


def test_the_autoencoder_takes_attention_stage_by_stage() -> None:
    attention = plug(blocks.CBAM, reduction=4)
    model = networks.autoencoder((16, 8), attention=(None, attention))
    assert model.output_shape == (None, 28, 28, 1)
    assert model.get_layer("code").output.shape == (None, 7, 7, 8)
    found = [layer.name for layer in model.layers if isinstance(layer, blocks.CBAM)]
    assert found == ["encoder2_attention", "decoder2_attention"]
    everywhere = networks.autoencoder((16, 8), attention=attention, input_shape=(None, None, 3))
    assert sum(isinstance(layer, blocks.CBAM) for layer in everywhere.layers) == 4
    pixels = everywhere(np.random.default_rng(1).random((2, 12, 20, 3), "float32"))
    assert pixels.shape == (2, 12, 20, 3)
    assert 0 < float(keras.ops.min(pixels)) <= float(keras.ops.max(pixels)) < 1


def test_networks_are_saved_and_loaded(tmp_path: Any) -> None:
    model = networks.small_residual_attention_network(filters=16)
    model.save(tmp_path / "network.keras")
    images = np.random.default_rng(1).random((2, 28, 28, 1), "float32")
    twin = keras.models.load_model(tmp_path / "network.keras")
    np.testing.assert_array_equal(model(images), twin(images))


def test_printed_figures_have_two_forms_only() -> None:
    figures = [figure for printed in PRINTED for figure in printed.figures]
    assert all(figure.printed.split()[1] in ("M", "G") for figure in figures)
    assert all(", table " in figure.source for figure in figures)


@pytest.mark.slow
def test_figures_that_do_not_agree_are_shown_with_their_paper_and_a_reason() -> None:
    for network, paper, here in (
        ("ResNet-50 + SE", "3.87 G", 3_860_488_192),
        ("Attention-56", "6.2 G", 6_270_836_736),
    ):
        (printed,) = (each for each in PRINTED if each.network == network)
        rows = {row.paper: row for row in comparisons(printed)}
        assert (rows[paper].here, rows[paper].match) == (here, False)
        assert [figure.printed for figure in printed.figures if figure.why] == [paper]
        assert all(row.match for row in rows.values() if row.paper != paper)
        assert rows[paper].source in papers_table(list(rows.values()))


REFUSALS: list[tuple[Callable[[], object], list[str]]] = [
    (lambda: networks.resnet(42), ["depth=42", "18, 34, 50, 101"]),
    (lambda: networks.resnet(18, stride="v2"), ["stride='v2'", "'v1', 'v1.5'"]),
    (lambda: networks.resnet(18, stem="none"), ["stem='none'", "'imagenet', 'cifar'"]),
    (lambda: networks.resnet(18, classes=0), ["classes=0"]),
    (lambda: networks.small_resnet(18), ["depth=18", "8, 14, 20"]),
    (lambda: networks.small_resnet(20, block="wide"), ["block='wide'", "'basic', 'bottleneck'"]),
    (
        lambda: networks.small_resnet(8, attention=plug(blocks.CBAM, reduction=5)),
        ["reduction=5", "1, 2, 4, 8, 16"],
    ),
    (lambda: networks.bn_inception(classes=-1), ["classes=-1"]),
    (lambda: networks.residual_attention_network((1, 1)), ["poolings=(3, 2, 1)", "modules=(1, 1)"]),
    (lambda: networks.residual_attention_network((-1, 1, 1)), ["modules[0]=-1", "at least 0"]),
    (lambda: networks.resnet(18, input_shape=(224, 224)), ["input_shape=(224, 224)", "channels"]),
    (lambda: networks.bn_inception(input_shape=(0, 9, 3)), ["input_shape[0]=0"]),
    (
        lambda: networks.autoencoder((8, 4), input_shape=(None, None, 3))(np.ones((1, 9, 13, 3))),
        ["(9, 13, 3)", "4 divides"],
    ),
    (lambda: networks.attention_56(stem="x"), ["stem='x'"]),
    (lambda: networks.attention_56(activation="relu"), ["activation='relu'", "'mixed'"]),
    (lambda: networks.small_residual_attention_network(filters=30), ["reduction=4", "30 channels"]),
    (lambda: networks.small_residual_attention_network(poolings=(5, 1, 1)), ["poolings=5", "32 rows"]),
    (lambda: networks.autoencoder((8, 8, 8)), ["input_shape=(28, 28, 1)", "8 divides"]),
    (lambda: networks.resnet([50]), ["depth=[50] is not known", "18, 34, 50, 101"]),
    (lambda: networks.resnet(input_shape=224), ["input_shape=224", "(height, width, channels)"]),
    (lambda: networks.autoencoder(input_shape=28), ["input_shape=28", "(height, width, channels)"]),
    (lambda: networks.autoencoder(()), ["filters=()"]),
    (lambda: networks.autoencoder((8, 0)), ["filters[1]=0"]),
    (lambda: networks.autoencoder((8, 4), attention=[None]), ["1 entries for 2 stages"]),
    (lambda: networks.autoencoder(input_shape=(28, 28)), ["input_shape=(28, 28)"]),
]


@pytest.mark.parametrize(("attempt", "words"), REFUSALS)
def test_wrong_arguments_are_named_with_value_and_choice(
    attempt: Callable[[], object], words: list[str]
) -> None:
    with pytest.raises(ValueError) as refused:
        attempt()
    assert all(word in str(refused.value) for word in words), refused.value
