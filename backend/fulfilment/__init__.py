"""Getting the goods to the person: parcels, their tracking, and what has arrived.

It starts only when an order is confirmed, so a group that has not filled ships nothing.
It is not returns (aftersales) and not stock counting (inventory).
"""
