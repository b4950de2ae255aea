/**
 * What is said in a room. A hint only tells the newest number; everything after the last entry known here is read then,
 * and again after the socket was away, so nothing is missed. A message keeps its own id until the server has written it
 * down, so sending it again says it once.
 */
import { newId } from '@/shared/lib/keys'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useClientHandle } from '@urql/vue'
import { codesOf, useAct, useLive } from '@/shared/graphql'
import { MarkRoomReadMutation, RecallMessageMutation, RoomChanged, RoomEventsQuery, SendMessageMutation, type RoomEvent } from '../api/rooms'
import { gapAfter, merged } from '../log'

const PAGE = 50
const AGAIN = ['OFFLINE', 'TIMEOUT', 'BUSY', 'INTERNAL', 'TOO_MANY_REQUESTS', 'SIGN_IN_REQUIRED', 'CSRF_FAILED']

export interface Unsent {
  id: string
  content: { body?: string; sticker?: string; productId?: string }
  state: 'sending' | 'failed' | 'refused'
  message: string
}

export function useRoomLog(roomId: () => string, seenUpTo: () => number) {
  const { client } = useClientHandle()
  const events = shallowRef<RoomEvent[]>([])
  const unsent = ref<Unsent[]>([])
  const isLoading = ref(true)
  const hasOlder = ref(false)
  const problem = ref<string | null>(null)
  const send = useAct(SendMessageMutation)
  const recall = useAct(RecallMessageMutation)
  const read = useAct(MarkRoomReadMutation)
  let isFilling = false
  let wanted = 0

  async function ask(where: { afterSeq?: number; beforeSeq?: number }): Promise<RoomEvent[] | null> {
    const { data, error } = await client.query(RoomEventsQuery, { id: roomId(), first: PAGE, ...where } as never, { requestPolicy: 'network-only' }).toPromise()
    if (data?.room) return data.room.events as RoomEvent[]
    problem.value = error ? codesOf(error)[0] || 'OFFLINE' : 'NOT_FOUND'
    return null
  }
  async function begin(): Promise<void> {
    isLoading.value = true
    problem.value = null
    const newest = await ask({})
    isLoading.value = false
    if (!newest) return
    events.value = merged([], newest)
    hasOlder.value = newest.length >= PAGE
    tellRead()
  }
  /** Read on from the newest entry known here until nothing is missing. */
  async function fill(lastSeq: number): Promise<void> {
    wanted = Math.max(wanted, lastSeq)
    if (isFilling || isLoading.value) return
    isFilling = true
    try {
      for (let after = gapAfter(events.value, wanted); after !== null; after = gapAfter(events.value, wanted)) {
        const more = await ask({ afterSeq: after })
        if (!more?.length) break
        take(more)
      }
      problem.value = null
    } finally {
      isFilling = false
    }
    tellRead()
  }
  function take(more: readonly RoomEvent[]): void {
    events.value = merged(events.value, more)
    const arrived = new Set(more.map((event) => event.clientMessageId))
    unsent.value = unsent.value.filter((each) => !arrived.has(each.id))
  }
  async function older(): Promise<void> {
    const first = events.value[0]?.seq
    if (!first || !hasOlder.value) return
    const more = await ask({ beforeSeq: first })
    if (!more) return
    take(more)
    hasOlder.value = more.length >= PAGE
  }

  function say(content: Unsent['content']): void {
    const made: Unsent = { id: newId(), content, state: 'sending', message: '' }
    unsent.value = [...unsent.value, made]
    void sendAgain(made.id)
  }
  async function sendAgain(id: string): Promise<void> {
    const what = unsent.value.find((each) => each.id === id)
    if (!what) return
    set(id, { state: 'sending', message: '' })
    const done = await send.run({ input: { roomId: roomId(), clientMessageId: id, ...what.content } })
    if (done?.event) {
      // Others may have spoken in between: what lies before it is read first, so that no number is skipped.
      await fill(done.event.seq)
      return take([done.event as RoomEvent])
    }
    const { code, message } = send.refusal.value ?? { code: 'OFFLINE', message: '' }
    set(id, { state: AGAIN.includes(code) ? 'failed' : 'refused', message })
  }
  const set = (id: string, to: Partial<Unsent>) => void (unsent.value = unsent.value.map((each) => (each.id === id ? { ...each, ...to } : each)))
  const forget = (id: string) => void (unsent.value = unsent.value.filter((each) => each.id !== id))

  async function takeBack(seq: number): Promise<string | null> {
    const done = await recall.run({ input: { roomId: roomId(), seq } })
    if (!done?.event) return recall.refusal.value?.message ?? null
    await fill(done.event.seq)
    return null
  }
  let told = 0
  function tellRead(): void {
    const newest = events.value.at(-1)?.seq ?? 0
    if (document.visibilityState !== 'visible' || newest <= Math.max(told, seenUpTo())) return
    told = newest
    void read.run({ input: { roomId: roomId(), seq: newest } })
  }
  const resendAll = () => unsent.value.filter((each) => each.state === 'failed').forEach((each) => void sendAgain(each.id))

  useLive({ document: RoomChanged, variables: () => ({ id: roomId() }), onHint: (hint) => void fill(hint.roomChanged.lastSeq), onBack: () => void back() })
  async function back(): Promise<void> {
    const more = await ask({ afterSeq: events.value.at(-1)?.seq ?? 0 })
    if (more?.length) take(more)
    problem.value = more ? null : problem.value
    if (more && more.length >= PAGE) await fill((more.at(-1)?.seq ?? 0) + 1)
    resendAll()
    tellRead()
  }
  const online = () => void back()
  addEventListener('online', online)
  document.addEventListener('visibilitychange', tellRead)
  onScopeDispose(() => {
    removeEventListener('online', online)
    document.removeEventListener('visibilitychange', tellRead)
  })
  watch(roomId, begin, { immediate: true })
  return { events, unsent, isLoading, hasOlder, problem, older, begin, say, sendAgain, forget, takeBack }
}
