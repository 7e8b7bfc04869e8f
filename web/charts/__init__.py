"""Charts of indicators: numbers go in, shapes come out, and one template draws them all.

Pure functions of plain dataclasses: nothing here knows of practices, stores or pages. Classes only, because a style
written into the page would be refused. No colour tells anything alone: every kind of point and mark has a shape, every
kind of line a width and a dash of its own, and every number stands in the table beside the chart.
"""
