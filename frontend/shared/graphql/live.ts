/**
 * Live hints over one socket, which opens with the first subscription. A hint only says that something changed; after
 * the socket was away, whatever may have been missed is asked for again (`onBack`).
 */
import { onScopeDispose, ref, watch, type MaybeRefOrGetter, toValue } from 'vue'
import type { Client } from 'graphql-ws'
import type { TadaDocumentNode } from 'gql.tada'
import { currentLocale } from '@/shared/i18n/locale'
import { body } from './request'
import type { TrustedDocument } from './trusted'

const NOBODY_LISTENS = 1000
export const isLive = ref(true)
const returning = new Set<() => void>()
let client: Promise<Client> | undefined

function socket(): Promise<Client> {
  client ??= import('graphql-ws').then(({ createClient }) => {
    let wasAway = false
    return createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/graphql`,
      connectionParams: () => ({ locale: currentLocale() }),
      lazyCloseTimeout: 5_000,
      keepAlive: 20_000,
      retryAttempts: Infinity,
      shouldRetry: () => true,
      on: {
        closed: (event) => {
          wasAway = true
          // Closed because nobody listens any more: nothing is wrong.
          isLive.value = (event as CloseEvent).code === NOBODY_LISTENS
        },
        connected: () => {
          isLive.value = true
          if (wasAway) for (const tell of returning) tell()
          wasAway = false
        },
      },
    })
  })
  return client
}

/** After signing in or out the socket must know who is there. */
export function reopenSocket(): void {
  void client?.then((open) => open.terminate())
}

interface Live<Data, Variables> {
  document: TadaDocumentNode<Data, Variables>
  /** null: do not listen (yet). */
  variables: MaybeRefOrGetter<Variables | null>
  onHint: (data: Data) => void
  /** Ask again for everything: hints may have been missed. */
  onBack?: () => void
}

export function useLive<Data, Variables>({ document, variables, onHint, onBack }: Live<Data, Variables>): void {
  let stop: (() => void) | undefined
  const listen = (given: Variables | null) => {
    stop?.()
    stop = undefined
    if (given === null) return
    stop = subscribe(document as unknown as TrustedDocument, given, onHint as (data: unknown) => void)
  }
  watch(() => JSON.stringify(toValue(variables)), () => listen(toValue(variables)), { immediate: true })
  if (onBack) returning.add(onBack)
  onScopeDispose(() => {
    stop?.()
    if (onBack) returning.delete(onBack)
  })
}

function subscribe(document: TrustedDocument, variables: unknown, tell: (data: unknown) => void): () => void {
  let isOver = false
  let end: (() => void) | undefined
  void socket().then((open) => {
    if (isOver) return
    // graphql-ws refuses to send a message without a text; the server reads the id.
    const payload = { query: '', ...body(document, variables) }
    end = open.subscribe(payload, {
      next: ({ data }) => data && tell(data),
      error: () => undefined,
      complete: () => undefined,
    })
  })
  return () => {
    isOver = true
    end?.()
  }
}
