"""What tests share: engines, clients, browser. State comes from `tests.factories` or from actions."""
