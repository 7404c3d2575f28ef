"""Data for the lessons: Fashion-MNIST, a stand-in for it, and made-up data whose truth is known."""

from course_lib.data.cluttered import Cluttered, cluttered
from course_lib.data.fashion_mnist import FashionMNIST, fashion_mnist
from course_lib.data.garments import CLASS_NAMES, garments
from course_lib.data.noisy_labels import NoisyLabels, label_noise_matrix, noisy_labels, shuffled_labels
from course_lib.data.pipelines import augmentation, pipeline
from course_lib.data.planted_channels import Planted, planted_channels
from course_lib.data.subsets import balanced_subset, stratified_split, stratified_subset

__all__ = [
    "CLASS_NAMES",
    "Cluttered",
    "FashionMNIST",
    "NoisyLabels",
    "Planted",
    "augmentation",
    "balanced_subset",
    "cluttered",
    "fashion_mnist",
    "garments",
    "label_noise_matrix",
    "noisy_labels",
    "pipeline",
    "planted_channels",
    "shuffled_labels",
    "stratified_split",
    "stratified_subset",
]
