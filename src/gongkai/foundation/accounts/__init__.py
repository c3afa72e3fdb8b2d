"""用户: people who sign in, how they are locked out, and what signing in leaves in the record."""
