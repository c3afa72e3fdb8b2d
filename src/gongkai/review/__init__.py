"""Floor 4. 发布审查: nothing reaches the public that has not passed the gate."""
