/**
 * How the client asks: what was seen before is shown at once and asked again in the background; a change throws away
 * what was seen. The first answer of a page comes with its HTML.
 */
import { CombinedError, makeErrorResult, type Exchange, type Operation, type OperationResult } from '@urql/core'
import { watch } from 'vue'
import { filter, fromPromise, map, merge, mergeMap, onPush, pipe, share, takeUntil, tap } from 'wonka'
import { isSignedIn } from '@/shared/session/viewer'
import { post } from './request'
import { stringifyKey, takeInlined } from './inlined'
import type { TrustedDocument } from './trusted'

const KEPT = 80
const FRESH_MS = 60_000

export const memory: Exchange = ({ forward, client }) => {
  const seen = new Map<number, OperationResult>()
  const times = new Map<number, number>()
  watch(isSignedIn, () => seen.clear(), { flush: 'sync' })
  const keep = (result: OperationResult) => {
    if (result.operation.kind === 'mutation') return seen.clear()
    if (result.operation.kind !== 'query' || result.error) return
    seen.delete(result.operation.key)
    seen.set(result.operation.key, result)
    times.set(result.operation.key, Date.now())
    if (seen.size > KEPT) seen.delete(seen.keys().next().value as number)
  }
  const known = (operation: Operation): OperationResult | undefined => {
    if (operation.kind !== 'query' || operation.context.requestPolicy === 'network-only') return undefined
    const age = Date.now() - (times.get(operation.key) ?? 0)
    // What is not asked again in the background must be fresh.
    if (operation.context.requestPolicy === 'cache-first' && age > FRESH_MS) return undefined
    return seen.get(operation.key)
  }
  const askAgain = (operation: Operation) =>
    queueMicrotask(() =>
      client.reexecuteOperation({ ...operation, context: { ...operation.context, requestPolicy: 'network-only' } }),
    )
  return (operations) => {
    const shared = share(operations)
    const atHand = pipe(
      shared,
      filter((operation) => known(operation) !== undefined),
      map((operation) => {
        const stale = operation.context.requestPolicy === 'cache-and-network'
        if (stale) askAgain(operation)
        return { ...(known(operation) as OperationResult), operation, stale }
      }),
    )
    const asked = pipe(
      shared,
      filter((operation) => known(operation) === undefined),
      forward,
      tap(keep),
    )
    return merge([atHand, asked])
  }
}

export const inlined: Exchange = ({ forward }) => (operations) => {
  const shared = share(operations)
  const first = new Map<number, unknown>()
  const isInlined = (operation: Operation) => {
    if (operation.kind !== 'query') return false
    const document = operation.query as unknown as TrustedDocument
    const data = takeInlined(stringifyKey(document.documentId, operation.variables))
    if (data !== undefined) first.set(operation.key, data)
    return data !== undefined
  }
  const answered = pipe(
    shared,
    map((operation) => ({ operation, inlined: isInlined(operation) })),
    share,
  )
  return merge([
    pipe(
      answered,
      filter((each) => each.inlined),
      map(({ operation }): OperationResult => {
        const data = first.get(operation.key)
        return { operation, data, error: undefined, stale: false, hasNext: false }
      }),
    ),
    pipe(
      answered,
      filter((each) => !each.inlined),
      map((each) => each.operation),
      forward,
    ),
  ])
}

export const network: Exchange = ({ forward }) => (operations) => {
  const shared = share(operations)
  const isAsked = (operation: Operation) => operation.kind === 'query' || operation.kind === 'mutation'
  const answers = pipe(
    shared,
    filter(isAsked),
    mergeMap((operation) => {
      const ended = pipe(
        shared,
        filter((other) => other.kind === 'teardown' && other.key === operation.key),
      )
      return pipe(fromPromise(ask(operation)), takeUntil(ended))
    }),
  )
  const rest = pipe(
    shared,
    filter((operation) => !isAsked(operation)),
    forward,
  )
  return merge([answers, rest])
}

async function ask(operation: Operation): Promise<OperationResult> {
  const document = operation.query as unknown as TrustedDocument
  try {
    const { data, errors } = await post(document, operation.variables, undefined, operation.context.requestPolicy === 'network-only')
    const error = errors?.length ? new CombinedError({ graphQLErrors: [...errors] }) : undefined
    return { operation, data: data ?? undefined, error, stale: false, hasNext: false }
  } catch (problem) {
    return makeErrorResult(operation, problem instanceof Error ? problem : new Error(String(problem)))
  }
}

/** Tell somebody about every error that is not part of an answer. */
export function watchErrors(tell: (error: CombinedError, operation: Operation) => void): Exchange {
  return ({ forward }) => (operations) =>
    pipe(
      forward(operations),
      onPush((result) => {
        if (result.error) tell(result.error, result.operation)
      }),
    )
}
