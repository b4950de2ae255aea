"""What was bought, by whom, at which price, and where the order stands: placed, paid,
confirmed, sent, closed. Lines copy the price and the words of the moment.

It moves no money (payments) and ships nothing (fulfilment); only its own move actions
change a state.
"""
