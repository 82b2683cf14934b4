"""From joint angles to characters: a posable body drawn in a grid of cells.

Pure: standard library only, no files, no clock. Pose data come in as plain mappings.
"""

from stretch_tui.figure.book import PoseBook
from stretch_tui.figure.diagram import Diagram
from stretch_tui.figure.frame import Frame, Paint, Style
from stretch_tui.figure.pose import PoseError, PoseProblem

__all__ = ["Diagram", "Frame", "Paint", "PoseBook", "PoseError", "PoseProblem", "Style"]
