"""What all attention blocks share: they refine a feature map, and can return the attention they used."""

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
    `attention_maps(model)` gives the attention of a model that is already built. H and W may be unknown.

    A subclass defines `attend(x)`, which returns output and attention, and `attention_shape(input_shape)`.
    """

    def attend(self, x: Any) -> tuple[Any, Any]:
        """Return the refined feature map, and the attention it was refined with."""
        raise NotImplementedError

    def attention_shape(self, input_shape: Shape) -> Any:
        """Return the attention's shape for an input shape; a tuple of shapes where there are several."""
        raise NotImplementedError

    def call(self, x: Any, return_attention: bool = False) -> Any:
        output, attention = self.attend(ops.cast(x, self.compute_dtype))  # whole numbers Keras leaves alone
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
    """Return a block as a function of (x, name), the form in which the networks take their attention.

    `resnet(50, attention=plug(SqueezeExcitation, reduction=16))` makes a new block at every place, named
    after the place. Any function of (x, name) can stand there as well.

    Args:
        block: The class of the block.
        arguments: What each block is made with.
    """
    return lambda x, name: block(name=name, **arguments)(x)


def attention_maps(model: keras.Model) -> keras.Model:
    """Return a model that gives the attention of every block in `model`, as {layer name: map(s)}.

    Weights are shared with `model`, and each block is computed once. A block that is called again has further
    entries, "name/2" and so on; one inside an inner model is called "inner/name". The result can be saved.

    Args:
        model: A functional or Sequential model.

    Raises:
        ValueError: If the model is of another kind or has no inputs yet, if it has no attention block, or if
            a layer that is no model has one inside: what such a layer does with its parts cannot be seen from
            outside.
    """
    clone, maps = _showing_attention(model)
    if not maps:
        raise ValueError(f"model={model.name!r} has no attention block among its {len(model.layers)} layers.")
    return keras.Model(clone.input, maps, name=f"{model.name}_attention")


def _showing_attention(model: keras.Model) -> tuple[keras.Model, dict[str, Any]]:
    """Call the model anew, with the attention of its blocks as further tensors."""
    if not getattr(model, "inputs", None):
        raise ValueError(
            f"model={model.name!r} does not say how its layers are connected; give a functional model, or a "
            "Sequential one with keras.Input as its first entry."
        )
    if isinstance(model, keras.Sequential):
        model = keras.Model(model.inputs[0], model.outputs[0], name=model.name)
    maps: dict[str, Any] = {}
    twins: dict[str, keras.Layer] = {}  # from a layer's name to the one that stands for it

    def add(name: str, attention: Any) -> None:
        times = sum(key == name or key.startswith(f"{name}/") for key in maps) + 1
        maps[name if times == 1 else f"{name}/{times}"] = attention

    def call(layer: keras.Layer, *args: Any, **kwargs: Any) -> Any:
        if isinstance(layer, AttentionBlock):
            both = kwargs.pop("return_attention", False)
            twin = twins.setdefault(layer.name, _Showing(layer))
            output, attention = twin(*args, **kwargs)
            add(layer.name, attention)
            return (output, attention) if both else output
        parts = layer._flatten_layers() if isinstance(layer, keras.Layer) else ()  # it may be a + or a *
        inside = [part.name for part in parts if isinstance(part, AttentionBlock)]
        if inside:
            if not isinstance(layer, keras.Model):
                raise ValueError(
                    f"layer={layer.name!r} of model={model.name!r} is no model, and has {', '.join(inside)} "
                    "inside. Give the block a place of its own in the model, or make the layer a functional "
                    "model."
                )
            if layer.name not in twins:
                inner, found = _showing_attention(layer)
                twins[layer.name] = keras.Model(inner.input, (inner.output, found), name=layer.name)
            output, found = twins[layer.name](*args, **kwargs)
            for name, attention in found.items():
                add(f"{layer.name}/{name}", attention)
            return output
        return layer(*args, **kwargs)

    clone = keras.models.clone_model(model, clone_function=lambda layer: layer, call_function=call)
    return clone, maps


@keras.saving.register_keras_serializable("course_lib")
class _Showing(keras.Layer):  # type: ignore[misc]
    """A block that always returns its attention.

    It is a layer of its own, since Keras expects the same outputs of a layer wherever it is called.
    """

    def __init__(self, block: AttentionBlock, **kwargs: Any) -> None:
        super().__init__(**{"name": f"{block.name}_showing", "dtype": block.dtype_policy, **kwargs})
        self.block = block

    def build(self, input_shape: Shape) -> None:
        if not self.block.built:
            self.block.build(input_shape)

    def call(self, x: Any) -> Any:
        return self.block(x, return_attention=True)

    def compute_output_spec(self, x: Any, **_: Any) -> Any:
        return self.block.compute_output_spec(x, return_attention=True)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "block": keras.saving.serialize_keras_object(self.block)}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "_Showing":
        return cls(**{**config, "block": keras.saving.deserialize_keras_object(config["block"])})
