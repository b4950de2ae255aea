/** The few cookies a page may read. */
export function cookie(name: string): string | null {
  const found = document.cookie.split('; ').find((part) => part.startsWith(`${name}=`))
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null
}

export function setCookie(name: string, value: string): void {
  const year = 60 * 60 * 24 * 365
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax`
}

/** The token that every change carries; the shell says in which cookie it is. */
export function csrfToken(): string {
  return cookie(document.documentElement.dataset['csrf'] || 'csrftoken') ?? ''
}
