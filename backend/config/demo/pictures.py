"""Pictures of the demo: composed and stored on every core at once, before anything refers to them."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections

from backend.accounts.rules import FACES
from backend.accounts.selectors import face_file
from backend.config.demo.composing import TILES, Kitchen
from backend.core.pictures.storing import store_picture

T = TypeVar("T")
R = TypeVar("R")


def store_all(*, kitchen: Kitchen, recipes: Iterable[str], banners: Iterable[str], now: datetime) -> dict[str, UUID]:
    """Compose and store every picture once, and say under which id each recipe is kept."""
    jobs: dict[str, Callable[[str], bytes]] = dict.fromkeys(recipes, kitchen.picture)
    jobs.update(dict.fromkeys(banners, kitchen.banner))

    def store(recipe: str) -> tuple[str, UUID]:
        return recipe, store_picture(data=jobs[recipe](recipe), owner_id=None, now=now, trusted=True).id

    return dict(_on_every_core(store, jobs))


def store_faces(*, kitchen: Kitchen) -> int:
    """Keep a small picture of every face that a person may wear, each on a tile of its own."""
    tiles = list(TILES)

    def store(numbered: tuple[int, str]) -> int:
        number, face = numbered
        name = face_file(face)
        if default_storage.exists(name):
            return 0
        render = "".join(chr(int(part, 16)) for part in face.split("-"))
        default_storage.save(name, ContentFile(kitchen.face(render, tiles[number % len(tiles)])))
        return 1

    return sum(_on_every_core(store, enumerate(sorted(FACES))))


def _on_every_core(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """Call `work` with each item; encoders let go of the interpreter, so threads are enough."""

    def one(item: T) -> R:
        try:
            return work(item)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        return list(pool.map(one, items))
