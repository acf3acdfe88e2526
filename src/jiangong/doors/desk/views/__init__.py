"""The desk's pages. Each view makes one call into queries or operations."""

from jiangong.doors.desk.views.entrance import locked_out

__all__ = ["locked_out"]
