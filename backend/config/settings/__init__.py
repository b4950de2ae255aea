"""Settings: `base` holds what is true everywhere, `dev`, `test` and `prod` the little that differs."""
