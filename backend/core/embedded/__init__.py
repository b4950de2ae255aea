"""The real PostgreSQL and Valkey for a machine that has neither, from two Python wheels.

Used when `DATABASE_URL` or `REDIS_URL` is not set, and by the tests. Everything lives under
one folder (`.data/`), nothing is installed, no port is opened: both engines listen on unix
sockets only. Starting twice is the same as starting once, also after a `kill -9`.
"""
