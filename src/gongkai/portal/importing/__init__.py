"""导入: articles of a site that stood before this one, taken over as drafts and signed together."""
