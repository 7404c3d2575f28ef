"""The soft mask branch of a residual attention module: pool for a wide view, then return to every pixel."""

from typing import Any

import keras
from keras import layers, ops

from course_lib.arguments import one_of, positive
from course_lib.blocks.arguments import takes_feature_maps
from course_lib.blocks.attention_block import Shape
from course_lib.blocks.bilinear import CONVENTIONS, resize_bilinear
from course_lib.blocks.mask_activations import MASK_ACTIVATIONS
from course_lib.blocks.residual_unit import ResidualUnit, TrunkBranch

_SKIPS = ("residual", "plain")


@keras.saving.register_keras_serializable("course_lib")
class SoftMaskBranch(keras.Layer):  # type: ignore[misc]
    """A mask for every position and channel, from an encoder and decoder with skips between equal sizes.

    Equation, with D poolings:
        down, k = 1 … D:    m = r units(max pool 3×3/2 (m));  skip_k = unit(m) for k < D
        bottom:             m = r units(m)
        up, k = D-1 … 1:    m = r units(bilinear(m, to the size of skip_k) + skip_k)
        last:               m = bilinear(m, to the size of x)
        M = activation(conv 1×1 (relu norm (conv 1×1 (relu norm (m)))))

    Shapes: x and M (N, H, W, C); the smallest map is H/2^D × W/2^D, rounded up.

    Args:
        poolings: D. The paper pools 56×56, 28×28, 14×14 maps 3, 2, 1 times, down to 7×7.
        units: r, 1 in the paper.
        activation: "mixed" (a sigmoid; what the published networks use), "channel" or "spatial"; see
            `mask_activations`.
        skip: "residual" puts a residual unit on each skip, "plain" adds the map as it is.
        upsampling: "aligned" or "half_pixel"; see `resize_bilinear`.
        batch_norm: whether batch normalisation and ReLU stand before each of the last two convolutions.
        reduction, use_bias: as of `ResidualUnit`.

    Paper and code: the paper speaks of skip connections, linear interpolation and two 1×1 convolutions; the
    code has a unit on each skip, aligns the corners, and normalises before both convolutions. Defaults
    follow the code. Its pooling rounds an odd size down where this one rounds up; even sizes agree.

    Parameters with C = 4f: n (17f² + 12f) + 32f² + 16f; n = r 2D + D - 1 units, or r 2D with plain skips;
    without the normalisation of the last layers 16f fewer. Statistics: n · 12f + 16f.

    Raises:
        ValueError: If poolings, units or reduction are not whole numbers of at least 1, for an unknown
            activation, skip or upsampling, if the input does not have four axes, or if it has fewer than 2^D
            rows or columns; a size that is unknown when a graph is traced is not looked at.

    Reference: Wang and others, "Residual Attention Network for Image Classification", 2017, arXiv:1704.06904.
    """

    def __init__(
        self,
        poolings: int = 1,
        units: int = 1,
        activation: str = "mixed",
        skip: str = "residual",
        upsampling: str = "aligned",
        batch_norm: bool = True,
        reduction: int = 4,
        use_bias: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        positive(poolings=poolings, units=units, reduction=reduction)
        one_of(MASK_ACTIVATIONS, activation=activation)
        one_of(_SKIPS, skip=skip)
        one_of(CONVENTIONS, upsampling=upsampling)
        self.poolings = int(poolings)
        self.units = int(units)
        self.activation = activation
        self.skip = skip
        self.upsampling = upsampling
        self.batch_norm = batch_norm
        self.reduction = int(reduction)
        self.use_bias = use_bias

    def build(self, input_shape: Shape) -> None:
        channels = takes_feature_maps(self, input_shape)
        self._refuse_small(input_shape)
        options = {"reduction": self.reduction, "use_bias": self.use_bias, "dtype": self.dtype_policy}
        inner = range(1, self.poolings)
        self.down = [TrunkBranch(self.units, name=f"down_{k}", **options) for k in (*inner, self.poolings)]
        self.bottom = TrunkBranch(self.units, name="bottom", **options)
        self.up = [TrunkBranch(self.units, name=f"up_{k}", **options) for k in inner]
        self.skips = [
            ResidualUnit(name=f"skip_{k}", **options)
            if self.skip == "residual"
            else layers.Identity(dtype=self.dtype_policy, name=f"skip_{k}")
            for k in inner
        ]
        self.last = keras.Sequential(name="last")
        for k in (1, 2):
            if self.batch_norm:
                norm = layers.BatchNormalization(
                    epsilon=1e-5, momentum=0.9, dtype=self.dtype_policy, name=f"norm_{k}"
                )
                self.last.add(norm)
                self.last.add(layers.ReLU(dtype=self.dtype_policy, name=f"relu_{k}"))
            conv = layers.Conv2D(
                channels,
                1,
                use_bias=self.use_bias,
                kernel_initializer="he_normal",
                dtype=self.dtype_policy,
                name=f"conv_{k}",
            )
            self.last.add(conv)
        for part in (*self.down, self.bottom, *self.up, *self.skips, self.last):
            part.build((None, None, None, channels))

    def _refuse_small(self, input_shape: Shape) -> None:
        least = 2**self.poolings
        if any(size is not None and size < least for size in input_shape[1:3]):
            raise ValueError(
                f"poolings={self.poolings} does not suit an input of shape {tuple(input_shape)}; it needs at "
                f"least {least} rows and columns. Give a smaller number of poolings, or larger maps."
            )

    def call(self, x: Any) -> Any:
        self._refuse_small(x.shape)
        mask, seen = ops.cast(x, self.compute_dtype), []
        for units in self.down:
            mask = units(ops.max_pool(mask, 3, 2, padding="same"))  # (N, H/2^k, W/2^k, C)
            seen.append(mask)
        mask = self.bottom(mask)  # (N, H/2^D, W/2^D, C)
        for units, skip, map_down in zip(self.up[::-1], self.skips[::-1], seen[-2::-1], strict=True):
            mask = units(self._resize(mask, map_down) + skip(map_down))  # (N, H/2^k, W/2^k, C)
        scores = self.last(self._resize(mask, x))  # (N, H, W, C)
        return MASK_ACTIVATIONS[self.activation](scores)

    def _resize(self, small: Any, like: Any) -> Any:
        _, height, width, _ = ops.shape(like)
        return resize_bilinear(small, height, width, self.upsampling)

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        self._refuse_small(input_shape)
        return tuple(input_shape)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "poolings": self.poolings,
            "units": self.units,
            "activation": self.activation,
            "skip": self.skip,
            "upsampling": self.upsampling,
            "batch_norm": self.batch_norm,
            "reduction": self.reduction,
            "use_bias": self.use_bias,
        }
