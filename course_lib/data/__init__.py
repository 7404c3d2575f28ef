"""Data for the lessons: Fashion-MNIST, a stand-in for it, and made-up data whose truth is known."""

from course_lib.data.cluttered import Cluttered, cluttered
from course_lib.data.fashion_mnist import FashionMNIST, fashion_mnist
from course_lib.data.garments import CLASS_NAMES, garments
from course_lib.data.planted_channels import Planted, planted_channels

__all__ = [
    "CLASS_NAMES",
    "Cluttered",
    "FashionMNIST",
    "Planted",
    "cluttered",
    "fashion_mnist",
    "garments",
    "planted_channels",
]
