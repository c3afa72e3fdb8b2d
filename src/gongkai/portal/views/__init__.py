"""The portal's own screens in the back office."""
