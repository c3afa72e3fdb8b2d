"""文章模板: articles begun from a skeleton, the product's or a body's own."""
