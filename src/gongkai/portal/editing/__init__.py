"""What helps those who write: tables, pasting, files as text, what is still lacking, templates."""
