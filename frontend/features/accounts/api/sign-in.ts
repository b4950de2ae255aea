/** The doors by which people come in and go: allauth's addresses, spoken to with the session cookie. */
import { currentLocale } from '@/shared/i18n/locale'
import { csrfToken } from '@/shared/lib/cookies'

const BASE = '/_allauth/browser/v1/'

export interface Doorway {
  /** 0: the network is gone. */
  status: number
  /** What was refused, in the reader's language where the server said it. */
  errors: { code: string; message: string; param?: string }[]
}

async function speak(method: string, path: string, body?: object): Promise<Doorway> {
  try {
    const answer = await fetch(`${BASE}${path}`, {
      method,
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': currentLocale(), 'X-CSRFToken': csrfToken() },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const said = (await answer.json().catch(() => ({}))) as { errors?: Doorway['errors'] }
    return { status: answer.status, errors: said.errors ?? [] }
  } catch {
    return { status: 0, errors: [] }
  }
}

export interface Contact {
  email?: string
  phone?: string
}

/** 401 is the good answer: a code is on its way. */
export const askForCode = (contact: Contact) => speak('POST', 'auth/code/request', contact)
export const showCode = (code: string) => speak('POST', 'auth/code/confirm', { code })
export const askAgain = () => speak('POST', 'auth/code/resend')
export const signInByPassword = (contact: Contact, password: string) => speak('POST', 'auth/login', { ...contact, password })
/** 401 is the good answer: nobody is signed in any more. */
export const signOut = () => speak('DELETE', 'auth/session')
export const setPassword = (next: string, current: string | null) =>
  speak('POST', 'account/password/change', { new_password: next, ...(current === null ? {} : { current_password: current }) })

/** An email or a mobile number, in the form the server keeps; null when it can be neither. */
export function contactOf(text: string): Contact | null {
  const given = text.normalize('NFKC').trim()
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given)) return { email: given }
  const digits = given.replace(/[\s\-().]/g, '').replace(/^00/, '+')
  if (/^1[3-9]\d{9}$/.test(digits)) return { phone: `+86${digits}` }
  if (/^861[3-9]\d{9}$/.test(digits)) return { phone: `+${digits}` }
  return /^\+[1-9]\d{5,14}$/.test(digits) ? { phone: digits } : null
}
