/** One POST to the API. */
import { currentLocale } from '@/shared/i18n/locale'
import { csrfToken } from '@/shared/lib/cookies'
import type { TrustedDocument } from './trusted'

export interface Answer {
  data?: unknown
  errors?: readonly { message: string; extensions?: Record<string, unknown> }[]
}

/** `isFresh`: something has just changed, so no answer of a moment ago will do. */
export async function post(document: TrustedDocument, variables: unknown, signal?: AbortSignal, isFresh = false): Promise<Answer> {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { ...headers(), ...(isFresh ? { 'Cache-Control': 'no-cache' } : {}) },
    body: JSON.stringify(body(document, variables)),
    ...(signal ? { signal } : {}),
  })
  const answer = (await response.json().catch(() => null)) as Answer | null
  if (!answer) throw new Error(`The shop answered ${response.status}`)
  return answer
}

export function body(document: TrustedDocument, variables: unknown): Record<string, unknown> {
  const named = document.text ? { query: document.text } : { documentId: document.documentId }
  return { ...named, operationName: document.operationName, variables: variables ?? {} }
}

function headers(): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'Accept-Language': currentLocale(),
    'X-CSRFToken': csrfToken(),
  }
}
