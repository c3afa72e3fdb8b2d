"""The screens of rectification."""
