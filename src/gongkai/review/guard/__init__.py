"""The door: every request is judged before its view runs; what is refused is kept as an incident, without its text."""
