"""BAM: channel and spatial attention in parallel, joined before the sigmoid."""

from typing import Any

import keras
from keras import layers, ops

from course_lib.arguments import one_of, positive
from course_lib.blocks.arguments import hidden_channels, takes_feature_maps
from course_lib.blocks.attention_block import AttentionBlock, Shape

_FUSIONS = {"sum": ops.add, "product": ops.multiply, "max": ops.maximum}
_LAYOUTS = ("code", "equation", "everywhere")


@keras.saving.register_keras_serializable("course_lib")
class BAM(AttentionBlock):
    """Raise what two branches agree on: one looks at the channels, one at the positions.

    Equation:
        Mc = W1 (W0 mean(x) + b0) + b1                          mean over height and width
        Ms = f3(f2(f1(f0(x))))                                  f0, f3: 1 × 1; f1, f2: 3 × 3, dilation d
        M = sigmoid(Mc + Ms)
        output = x + x * M = x * (1 + M)

    with batch normalisation and ReLU as `layout` says.

    Shapes: x and output (N, H, W, C); attention M (N, H, W, C); Mc (N, 1, 1, C), Ms (N, H, W, 1); the hidden
    layers of both branches have C/r channels.

    Args:
        reduction: r. 16 in paper and code.
        dilation: d. 4 in paper and code: the two 3 × 3 convolutions together look 2d positions far.
        fusion: "sum" as in the paper; "product" as in the released code; "max", the paper's third.
        layout: "code": batch normalisation and ReLU after every layer of a branch but the last.
            "equation": as the paper writes it, batch normalisation at the end of each branch only, no ReLU.
            "everywhere": as "code", and batch normalisation at the end of each branch too.

    Paper and code differ in fusion and layout. The defaults take the sum from the paper, which found it the
    best of the three, and the layout from the code, which gives the paper's number of parameters. The
    released code only takes square inputs and does not start without a correction; this layer takes any size.

    Parameters with h = C/r, and statistics; and ResNet-50 with one after each of its first three stages:
        "code"          3Ch + 18h² + C + 13h + 1        8h              25,915,099 trainable
        "equation"      3Ch + 18h² + 3C + 5h + 3        2C + 2          25,917,793
        "everywhere"    3Ch + 18h² + 3C + 13h + 3       2C + 8h + 2     25,918,689

    Raises:
        ValueError: If r or d is not a whole number of at least 1, if r does not divide C, for an unknown
            fusion or layout, or if the input does not have four axes.

    Reference: Park, Woo, Lee, Kweon, "BAM: Bottleneck Attention Module", 2018, arXiv:1807.06514.
    """

    def __init__(
        self,
        reduction: int = 16,
        dilation: int = 4,
        fusion: str = "sum",
        layout: str = "code",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        positive(reduction=reduction, dilation=dilation)
        one_of(_FUSIONS, fusion=fusion)
        one_of(_LAYOUTS, layout=layout)
        self.reduction = int(reduction)
        self.dilation = int(dilation)
        self.fusion = fusion
        self.layout = layout

    def build(self, input_shape: Shape) -> None:
        channels = takes_feature_maps(self, input_shape)
        hidden = hidden_channels(channels, self.reduction)
        shared = {"kernel_initializer": "he_normal", "dtype": self.dtype_policy}
        dilated = {"padding": "same", "dilation_rate": self.dilation, **shared}
        self.channel = self._branch(
            "channel",
            layers.Dense(hidden, name="reduce", **shared),
            layers.Dense(channels, name="expand", **shared),
        )
        self.spatial = self._branch(
            "spatial",
            layers.Conv2D(hidden, 1, name="reduce", **shared),
            layers.Conv2D(hidden, 3, name="dilated_1", **dilated),
            layers.Conv2D(hidden, 3, name="dilated_2", **dilated),
            layers.Conv2D(1, 1, name="join", **shared),
        )
        self.channel.build((None, 1, 1, channels))
        self.spatial.build((None, None, None, channels))

    def _branch(self, name: str, *steps: keras.Layer) -> keras.Sequential:
        branch = keras.Sequential(name=name)
        for step in steps:
            last = step is steps[-1]
            branch.add(step)
            if self.layout == "everywhere" or last == (self.layout == "equation"):
                norm = layers.BatchNormalization(
                    epsilon=1e-5, momentum=0.9, dtype=self.dtype_policy, name=f"{step.name}_norm"
                )
                branch.add(norm)
            if self.layout != "equation" and not last:
                branch.add(layers.ReLU(dtype=self.dtype_policy, name=f"{step.name}_relu"))
        return branch

    def attend(self, x: Any) -> tuple[Any, Any]:
        channel = self.channel(ops.mean(x, axis=(1, 2), keepdims=True))  # (N, 1, 1, C)
        spatial = self.spatial(x)  # (N, H, W, 1)
        attention = ops.sigmoid(_FUSIONS[self.fusion](channel, spatial))  # (N, H, W, C)
        return x * (1 + attention), attention

    def attention_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "reduction": self.reduction,
            "dilation": self.dilation,
            "fusion": self.fusion,
            "layout": self.layout,
        }
