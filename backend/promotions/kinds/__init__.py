"""The kinds of rules that promotions fills itself: line promotions, full reductions and gifts."""
