"""公众表单: what stands between a form on the open internet and the database.

`PublicFormMixin` (in `forms`) brings a rate limit, a question that people can answer and scripts mostly do not, and an
intake for files; all without JavaScript or pictures.
"""
