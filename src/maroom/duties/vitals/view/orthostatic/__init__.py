"""The sheet on which a series lying, sitting and standing is taken."""

from maroom.duties.vitals.view.orthostatic.sheet import OrthostaticSheet

__all__ = ["OrthostaticSheet"]
