"""Finding things by words, in Chinese and English: one index that other apps fill through
a port, with who may see what.

It owns no product and no post: it keeps copies that can be built anew, and it never
answers with a row its viewer may not see.
"""
