"""Reading a page in one language: what is still written in another?"""

from __future__ import annotations

import re

from playwright.sync_api import Page

# Pieces of text that a person reads, without codes, addresses and what is hidden.
VISIBLE_TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim()
    const parent = walker.currentNode.parentElement
    const isRead = parent.checkVisibility({ visibilityProperty: true })
    if (text && isRead && !parent.closest('script,style,svg,[lang]:not(html)')) found.push(text)
  }
  return found
}"""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z]{3,}")
# What is written in Latin letters in every language.
EVERYWHERE = re.compile(r"https?://|@|/s/")


def english_in(page: Page) -> list[str]:
    """Pieces of text with an English word and no Chinese letter."""
    texts: list[str] = page.evaluate(VISIBLE_TEXTS)
    return [text for text in texts if WORD.search(text) and not CHINESE.search(text) and not EVERYWHERE.search(text)]
