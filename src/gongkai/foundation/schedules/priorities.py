"""What goes first in the task queue: of one priority, what was put in first."""

WAITED_FOR = 10  # somebody looks at a screen until it is done, or is to hear of it at once; everything else has none
