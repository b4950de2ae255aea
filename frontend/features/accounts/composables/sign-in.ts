/** Signing in step by step: a contact, then a code or a password. Who is new gets an account with the code. */
import { computed, onScopeDispose, ref } from 'vue'
import { t } from '@/shared/i18n'
import { becomeSignedIn } from '@/shared/session/viewer'
import { askAgain, askForCode, contactOf, showCode, signInByPassword, type Doorway } from '../api/sign-in'

const PAUSE_SECONDS = 30
const DIGITS = 6

export function useSignIn(done: () => void) {
  const step = ref<'contact' | 'code'>('contact')
  const way = ref<'code' | 'password'>('code')
  const contact = ref('')
  const code = ref('')
  const password = ref('')
  const refusal = ref<{ field: 'contact' | 'code' | 'password'; message: string } | null>(null)
  const isWaiting = ref(false)
  const pause = ref(0)
  const timer = setInterval(() => void (pause.value = Math.max(0, pause.value - 1)), 1000)
  onScopeDispose(() => clearInterval(timer))

  const refuse = (field: 'contact' | 'code' | 'password', message: string) => void (refusal.value = { field, message })

  /** What an answer means, unless the step itself knows better. */
  function explain(field: 'contact' | 'code' | 'password', { status, errors }: Doorway): void {
    if (status === 0) return refuse(field, t('refusal.OFFLINE'))
    if (status === 403) return refuse(field, t('refusal.CSRF_FAILED'))
    if (status === 429) return refuse(field, t('accounts.signIn.tooOften'))
    if (status >= 500) return refuse(field, t('refusal.INTERNAL'))
    refuse(field, errors[0]?.message ?? t('refusal.INTERNAL'))
  }
  async function trying(field: 'contact' | 'code' | 'password', ask: () => Promise<Doorway>): Promise<Doorway> {
    isWaiting.value = true
    refusal.value = null
    const answer = await ask().finally(() => (isWaiting.value = false))
    if (![200, 401, 409].includes(answer.status)) explain(field, answer)
    return answer
  }
  function cameIn(): void {
    becomeSignedIn(true)
    done()
  }

  async function begin(): Promise<void> {
    const given = contactOf(contact.value)
    if (!given) return refuse('contact', t('accounts.signIn.badContact'))
    if (way.value === 'password') return enter(given)
    const { status } = await trying('contact', () => askForCode(given))
    if (status === 409) return cameIn()
    if (status !== 401 && status !== 200) return
    step.value = 'code'
    code.value = ''
    pause.value = PAUSE_SECONDS
  }
  async function enter(given: { email?: string; phone?: string }): Promise<void> {
    if (!password.value) return refuse('password', t('accounts.signIn.needPassword'))
    const { status } = await trying('password', () => signInByPassword(given, password.value))
    if (status === 200 || status === 409) cameIn()
    else if (status === 401) refuse('password', t('accounts.signIn.unproven'))
  }
  async function confirm(): Promise<void> {
    const digits = code.value.normalize('NFKC').replace(/\D/g, '')
    if (digits.length !== DIGITS) return refuse('code', t('accounts.signIn.badCode'))
    const { status } = await trying('code', () => showCode(digits))
    if (status === 200) cameIn()
    else if (status === 400) refuse('code', t('accounts.signIn.wrongCode'))
    else if (status === 409 || status === 401) {
      step.value = 'contact'
      refuse('contact', t('accounts.signIn.codeOver'))
    }
  }
  async function resend(): Promise<void> {
    if (pause.value) return
    const { status } = await trying('code', askAgain)
    if (status === 200) pause.value = PAUSE_SECONDS
    else if (status === 409) {
      step.value = 'contact'
      refuse('contact', t('accounts.signIn.codeOver'))
    }
  }
  /** By face or fingerprint; the code for it comes when it is asked for. */
  async function byPasskey(): Promise<void> {
    isWaiting.value = true
    refusal.value = null
    const { comeInByPasskey } = await import('./passkey-in')
    const came = await comeInByPasskey()
    isWaiting.value = false
    if (came === true) cameIn()
    else if (came === null) refuse('contact', t('accounts.signIn.noPasskey'))
    else explain('contact', { status: came.status, errors: came.message ? [{ code: '', message: came.message }] : [] })
  }
  function change(): void {
    step.value = 'contact'
    refusal.value = null
  }
  const of = (field: string) => (refusal.value?.field === field ? refusal.value.message : undefined)
  const isPhone = computed(() => !!contactOf(contact.value)?.phone)
  return { step, way, contact, code, password, isWaiting, pause, isPhone, of, begin, confirm, resend, change, byPasskey }
}
