"""Live numbers for the people who run the shop: events read as data, counted by hour and day,
for campaigns, groups, invites and sales.

It imports no other app and writes nothing that others rely on: its figures can be made
anew from the events at any time.
"""
