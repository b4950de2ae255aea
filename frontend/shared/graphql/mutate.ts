/**
 * `useAct` runs one mutation and gives either the thing or the refusal, never both. Whatever is refused has a sentence
 * from the server in the reader's language; what the network or a defect refuses has one from here.
 */
import { computed, ref, type Ref } from 'vue'
import { useClientHandle } from '@urql/vue'
import type { TadaDocumentNode } from 'gql.tada'
import { t } from '@/shared/i18n'
import { askToSignIn } from '@/shared/session/sign-in'
import { codesOf } from './client'

export interface Refusal {
  code: string
  message: string
  field: string | null
  details: Record<string, unknown>
}

type Payload<Data> = NonNullable<Data[keyof Data]>

export interface Act<Data, Variables> {
  run: (variables: Variables) => Promise<Payload<Data> | null>
  isRunning: Ref<boolean>
  refusal: Ref<Refusal | null>
  /** The refusal, when it is about this field of the form. */
  of: (field: string) => string | undefined
  clear: () => void
}

export function useAct<Data extends object, Variables extends object>(
  document: TadaDocumentNode<Data, Variables>,
): Act<Data, Variables> {
  const { client } = useClientHandle()
  const running = ref(0)
  const refusal = ref<Refusal | null>(null)

  async function run(variables: Variables): Promise<Payload<Data> | null> {
    running.value += 1
    refusal.value = null
    try {
      const { data, error } = await client.mutation(document, variables as never).toPromise()
      const payload = data ? (Object.values(data)[0] as Payload<Data> | null) : null
      const refused = firstRefusal(payload) ?? (error ? fromError(codesOf(error)) : null)
      if (!refused) return payload
      refusal.value = refused
      if (refused.code === 'SIGN_IN_REQUIRED') askToSignIn()
      return null
    } finally {
      running.value -= 1
    }
  }

  function fromError(codes: string[]): Refusal {
    const code = codes[0] || 'OFFLINE'
    const known = ['OFFLINE', 'CSRF_FAILED', 'UNKNOWN_DOCUMENT', 'SIGN_IN_REQUIRED', 'BUSY', 'TIMEOUT']
    const key = known.includes(code) ? code : 'INTERNAL'
    return { code, message: t(`refusal.${key}`), field: null, details: {} }
  }

  return {
    run,
    isRunning: computed(() => running.value > 0),
    refusal,
    of: (field) => (refusal.value?.field === field ? refusal.value.message : undefined),
    clear: () => void (refusal.value = null),
  }
}

function firstRefusal(payload: unknown): Refusal | null {
  const errors = (payload as { errors?: Partial<Refusal>[] } | null)?.errors
  const [first] = errors ?? []
  if (!first) return null
  return {
    code: String(first.code ?? 'INTERNAL'),
    message: String(first.message ?? ''),
    field: first.field ?? null,
    details: (first.details as Record<string, unknown> | null) ?? {},
  }
}
