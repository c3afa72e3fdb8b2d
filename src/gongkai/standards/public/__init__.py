"""Catalogues as the public reads them."""
