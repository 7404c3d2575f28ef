"""The attention module of the residual attention network: a trunk, and a mask that weights it."""

from typing import Any

import keras

from course_lib.arguments import positive
from course_lib.blocks.arguments import takes_feature_maps
from course_lib.blocks.attention_block import AttentionBlock, Shape
from course_lib.blocks.residual_unit import TrunkBranch
from course_lib.blocks.soft_mask_branch import SoftMaskBranch


@keras.saving.register_keras_serializable("course_lib")
class ResidualAttentionModule(AttentionBlock):
    """Strengthen the trunk where the mask is high; with an empty mask the trunk passes unchanged.

    Equation:
        x' = p units(x);  T = t units(x');  M = soft mask(x')
        H = (1 + M) * T                                         attention residual learning
        H = M * T                                               naive, with residual=False
        output = p units(H)

    Shapes: x and output (N, H, W, C); attention, the mask M, (N, H, W, C).

    Args:
        poolings: poolings of the mask; see `SoftMaskBranch`.
        p, t, r: units before and after, in the trunk, and between poolings; 1, 2, 1 in the paper.
        residual: attention residual learning, or naive.
        activation, skip, upsampling, batch_norm: as of `SoftMaskBranch`, where paper and code are compared.
        reduction, use_bias: as of `ResidualUnit`.

    Paper and code agree on p, t, r and on the two equations. The mask starts from x', not from the trunk.

    Parameters with C = 4f: n (17f² + 12f) + 32f² + 16f, with n = 2p + t + 2rD + D - 1 units for D poolings;
    statistics n · 12f + 16f. The three modules of Attention-56 have 976,896, 3,046,912 and 8,804,352.

    Raises:
        ValueError: If p, t or r is not a whole number of at least 1, and as `SoftMaskBranch` does.

    Reference: Wang and others, "Residual Attention Network for Image Classification", 2017, arXiv:1704.06904.
    """

    def __init__(
        self,
        poolings: int = 1,
        p: int = 1,
        t: int = 2,
        r: int = 1,
        residual: bool = True,
        activation: str = "mixed",
        skip: str = "residual",
        upsampling: str = "aligned",
        batch_norm: bool = True,
        reduction: int = 4,
        use_bias: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        positive(p=p, t=t, r=r)
        self.p, self.t, self.r = int(p), int(t), int(r)
        self.residual = residual
        units = {"reduction": reduction, "use_bias": use_bias, "dtype": self.dtype_policy}
        self.before = TrunkBranch(p, name="before", **units)
        self.trunk = TrunkBranch(t, name="trunk", **units)
        self.after = TrunkBranch(p, name="after", **units)
        self.mask = SoftMaskBranch(
            poolings, r, activation, skip, upsampling, batch_norm, name="mask", **units
        )

    def build(self, input_shape: Shape) -> None:
        takes_feature_maps(self, input_shape)
        for part in (self.mask, self.before, self.trunk, self.after):
            part.build(input_shape)

    def attend(self, x: Any) -> tuple[Any, Any]:
        x = self.before(x)  # (N, H, W, C)
        trunk, mask = self.trunk(x), self.mask(x)  # (N, H, W, C) each
        refined = (1 + mask) * trunk if self.residual else mask * trunk
        return self.after(refined), mask

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        return self.mask.compute_output_shape(input_shape)

    def attention_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "poolings": self.mask.poolings,
            "p": self.p,
            "t": self.t,
            "r": self.r,
            "residual": self.residual,
            "activation": self.mask.activation,
            "skip": self.mask.skip,
            "upsampling": self.mask.upsampling,
            "batch_norm": self.mask.batch_norm,
            "reduction": self.mask.reduction,
            "use_bias": self.mask.use_bias,
        }
