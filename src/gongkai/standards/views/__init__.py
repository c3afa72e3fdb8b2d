"""The screens of standard catalogues in the back office."""
