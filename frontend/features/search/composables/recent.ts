/** What was searched for on this device lately. It stays on the device. */
const PLACE = 'tz-searches'
const MOST = 8

export function recentSearches(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '[]')
    return Array.isArray(kept) ? kept.filter((word): word is string => typeof word === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

export function rememberSearch(word: string): string[] {
  const words = [word, ...recentSearches().filter((each) => each !== word)].slice(0, MOST)
  localStorage.setItem(PLACE, JSON.stringify(words))
  return words
}

export function forgetSearches(): void {
  localStorage.removeItem(PLACE)
}
