"""The payment providers that the shop speaks to, one module each."""
