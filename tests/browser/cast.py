"""Names that the seed and the tests share."""

DOMAIN = "tuanzi.example"
PASSWORD = "tuanzi-demo"
# What each product is for: a pair buys it, it waits for a third in vain, it gets its campaign in the test, it is
# bought already by somebody, it is bought and sent back, it is found and goes the whole way.
PAIR, SLOW, ALONE, COFFEE = "succulent-yard", "wool-socks", "two-person-tent", "yunnan-drip-coffee"
# One whose price falls in steps, one that is drawn.
STEPS, DRAWN = "aksu-apples", "instant-camera"
RETURNED, FOUND = "building-blocks", "mechanical-keyboard"
# Its colours are tried on.
TINTED = "lip-balm-honey"
# What a creator shows.
PROMOTED = RETURNED
