"""Many pages at once: moved, given to another body, withdrawn; through the gate's verbs, and undone within minutes."""
