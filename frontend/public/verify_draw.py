"""Check a draw without trusting the shop: python3 verify_draw.py draw.json (save the file on the page of the draw)."""

import hashlib
import hmac
import json
import sys
from pathlib import Path


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def check(draw):
    seed, entries, winners = draw["seed"], draw["entries"], draw["winners"]
    digest = sha256("\n".join(entries))

    def score(entry):
        return hmac.new(bytes.fromhex(seed), f"{digest}:{entry}".encode(), hashlib.sha256).hexdigest(), entry

    return {
        "the seed is the one promised when the group opened": sha256(seed) == draw["seedHash"],
        "the entries are the ones that were sealed": digest == draw["entriesHash"],
        "the seal was made from this seed and these entries": sha256(f"{seed}:{digest}") == draw["commitment"],
        "the winners are the ones this seed draws": sorted(entries, key=score)[:winners] == draw["drawn"],
    }


if __name__ == "__main__":
    found = check(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    for sentence, holds in found.items():
        print("yes" if holds else "NO ", sentence)
    sys.exit(0 if all(found.values()) else 1)
