"""The roof: settings, addresses, server, worker and the one GraphQL schema. Nobody imports it.

It puts the apps together and holds no business rule.
"""
