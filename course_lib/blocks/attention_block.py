"""What all attention blocks share: they refine a feature map, and can show the attention they used."""

from collections.abc import Callable
from typing import Any

import keras
from keras import ops

Shape = tuple[int | None, ...]
# Takes a symbolic feature map and a name for the layers it makes; returns the refined feature map.
Attention = Callable[[keras.KerasTensor, str], keras.KerasTensor]
POOLS = {"average": ops.mean, "max": ops.max}  # summaries of a feature map, by the names that blocks take


class AttentionBlock(keras.Layer):  # type: ignore[misc]
    """Base of the blocks: `layer(x)` gives the refined feature map, in the shape of x, (N, H, W, C).

    `layer(x, return_attention=True)` gives `(output, attention)` from the same computation; it also works on
    the symbolic tensors of a functional model. There call a layer in one of the two ways, not in both;
    `attention_maps(model)` shows the attention of a model that is already built. H and W may be unknown.

    A block defines `attend(x)`, which returns output and attention, and `attention_shape(input_shape)`.
    """

    def attend(self, x: Any) -> tuple[Any, Any]:
        """The refined feature map, and the attention it was refined with."""
        raise NotImplementedError

    def attention_shape(self, input_shape: Shape) -> Any:
        """The shape of the attention (a tuple of shapes where there are several) for an input shape."""
        raise NotImplementedError

    def call(self, x: Any, return_attention: bool = False) -> Any:
        output, attention = self.attend(x)
        return (output, attention) if return_attention else output

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        return tuple(input_shape)

    def compute_output_spec(self, x: Any, return_attention: bool = False, **_: Any) -> Any:
        def spec(shape: Any) -> Any:
            if isinstance(shape[0], tuple):
                return tuple(map(spec, shape))
            return keras.KerasTensor(shape, dtype=self.compute_dtype)

        output = spec(self.compute_output_shape(x.shape))
        return (output, spec(self.attention_shape(tuple(x.shape)))) if return_attention else output


def plug(block: type[keras.Layer], **arguments: Any) -> Attention:
    """A block as a function of (x, name), the form in which the networks take their attention.

    `resnet(50, attention=plug(SqueezeExcitation, reduction=16))` makes one new block at every place, with
    `arguments` and the name of the place. Any function of (x, name) can stand there as well.
    """
    return lambda x, name: block(name=name, **arguments)(x)


def attention_maps(model: keras.Model) -> keras.Model:
    """A model that returns the attention of every block in `model`: a dictionary from layer name to map(s).

    `model` is a functional model; weights are shared with it, and each block is computed once.
    ValueError if the model has no attention block among its layers.
    """
    maps: dict[str, Any] = {}

    def call(layer: keras.Layer, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(layer, AttentionBlock):
            return layer(*args, **kwargs)
        output, maps[layer.name] = _Showing(layer)(*args)
        return output

    clone = keras.models.clone_model(model, clone_function=lambda layer: layer, call_function=call)
    if not maps:
        raise ValueError(f"model={model.name!r} has no attention block among its {len(model.layers)} layers.")
    return keras.Model(clone.input, maps, name=f"{model.name}_attention")


class _Showing(keras.Layer):  # type: ignore[misc]
    """A block that always shows its attention; a layer of its own, as Keras expects the same outputs of a
    layer wherever it is called."""

    def __init__(self, block: AttentionBlock) -> None:
        super().__init__(name=f"{block.name}_showing", dtype=block.dtype_policy)
        self.block = block

    def call(self, x: Any) -> Any:
        return self.block(x, return_attention=True)

    def compute_output_spec(self, x: Any, **_: Any) -> Any:
        return self.block.compute_output_spec(x, return_attention=True)
