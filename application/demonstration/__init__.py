"""The demonstration: invented practices over two years, told by the same commands that people send."""

from application.demonstration.fill import fill

__all__ = ["fill"]
