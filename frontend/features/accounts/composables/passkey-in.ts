/** Coming in with a passkey; loaded when somebody asks for it. */
import { currentLocale } from '@/shared/i18n/locale'
import { csrfToken } from '@/shared/lib/cookies'
import { signWithKey } from './authenticator'

const BASE = '/_allauth/browser/v1/auth/passkey/'

async function post(path: string, body: object): Promise<{ status: number; said: Record<string, unknown> }> {
  try {
    const answer = await fetch(BASE + path, { method: 'POST', credentials: 'same-origin', headers: { 'Content-Type': 'application/json', 'Accept-Language': currentLocale(), 'X-CSRFToken': csrfToken() }, body: JSON.stringify(body) })
    return { status: answer.status, said: (await answer.json().catch(() => ({}))) as Record<string, unknown> }
  } catch {
    return { status: 0, said: {} }
  }
}

/** True: signed in. Null: the person turned back. A text: why not. */
export async function comeInByPasskey(): Promise<true | null | { status: number; message: string }> {
  const question = await post('ask', {})
  if (question.status !== 200) return { status: question.status, message: '' }
  const signed = await signWithKey(question.said['options'])
  if (!signed) return null
  const told = await post('answer', { id: question.said['id'], answer: signed })
  return told.status === 200 ? true : { status: told.status, message: String(told.said['message'] ?? '') }
}
