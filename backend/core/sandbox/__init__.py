"""What the sandboxes of payment providers and carriers share: their settings, their memory with webhooks and knobs, the
thread that carries the webhooks, the doors that are alike, and how the process runs.

Nothing in it knows Django or the shop's database: a sandbox is a process of its own.
"""
