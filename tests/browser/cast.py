"""Names that the seed and the tests share."""

DOMAIN = "tuanzi.example"
PASSWORD = "tuanzi-demo"
# What each product is for: a pair buys it, it waits for a third in vain, it gets its campaign in the test, it is
# bought already by somebody.
PAIR, SLOW, ALONE, COFFEE = "succulent-yard", "wool-socks", "two-person-tent", "yunnan-drip-coffee"
