"""Protection plans: repair after the shop's own time is over, bought for one piece.

It holds the plans with their versions, and one coverage for each covered piece. A plan is paid as an order of a
service, by the checkout that every order goes through; it keeps no money and moves none itself.
It repairs nothing: a repair is a case of aftersales, which asks here whether the piece is covered.
"""
