"""chanjiao (产教通): the platform a regional industry–education consortium runs on."""

__version__ = "0.1.0"
