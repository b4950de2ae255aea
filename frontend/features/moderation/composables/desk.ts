/**
 * One case on the desk: looking at it, holding it, deciding it. New evidence is never taken for seen: a decision names
 * the evidence that was on the desk, and the moderator looks again before deciding on more.
 */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useAct, useActs, useAsk, type ResultOf } from '@/shared/graphql'
import { forgetKey, keyFor } from '@/shared/lib/keys'
import { learnServerTime } from '@/shared/lib/server-clock'
import { ClaimCaseMutation, DecideCaseMutation, EscalateCaseMutation, ReleaseCaseMutation, RenewLeaseMutation, ReverseDecisionMutation, SnoozeCaseMutation } from '../api/acts'
import { CaseQuery, type CaseParts } from '../api/cases'
import { useNow } from './clock'
import type { ActionName } from './wording'

export type CaseFacts = ResultOf<typeof CaseParts>
export type DecisionFacts = CaseFacts['decisions'][number]
export const LEASE_MS = 5 * 60_000
const RENEW_MS = 60_000

export function useDesk(id: () => string | null) {
  const ask = useAsk(CaseQuery, () => ({ id: id() ?? '' }), { pause: () => !id() })
  const current = shallowRef<CaseFacts | null>(null)
  const seenRevision = ref(0)
  const now = useNow()
  const claim = useAct(ClaimCaseMutation)
  const renew = useAct(RenewLeaseMutation)
  const release = useAct(ReleaseCaseMutation)
  const decide = useAct(DecideCaseMutation)
  const reverse = useAct(ReverseDecisionMutation)
  const escalate = useAct(EscalateCaseMutation)
  const snooze = useAct(SnoozeCaseMutation)
  const acts = useActs(claim, renew, release, decide, reverse, escalate, snooze)

  function put(facts: CaseFacts | null | undefined, isSeen = false): void {
    if (!facts || facts.id !== id()) return
    if (isSeen || current.value?.id !== facts.id) seenRevision.value = facts.evidenceRevision
    current.value = facts
  }
  watch(() => ask.data.value?.moderationCase, (facts) => put(facts), { immediate: true })
  watch(id, () => {
    current.value = null
    acts.clear()
    put(ask.data.value?.moderationCase)
  })

  const leftMs = computed(() => (current.value?.lease ? Date.parse(current.value.lease.until) - now.value : 0))
  const isMine = computed(() => (current.value?.lease?.isMine ?? false) && leftMs.value > 0)
  const isTheirs = computed(() => current.value?.lease?.isMine === false && leftMs.value > 0)
  const isDecided = computed(() => current.value?.state === 'DECIDED')
  const hasNews = computed(() => (current.value?.evidenceRevision ?? 0) > seenRevision.value)
  const canDecide = computed(() => isMine.value && !hasNews.value && !isDecided.value)
  const held = () => ({ caseId: current.value?.id ?? '', fence: current.value?.fence ?? 0 })
  /** A fresh lease lasts five minutes from the server's now. */
  const learnClock = (until: string | undefined) => until && learnServerTime(new Date(Date.parse(until) - LEASE_MS).toISOString())

  async function take(): Promise<boolean> {
    const facts = (await claim.run({ input: { id: id() } }))?.case
    if (!facts) ask.again()
    else learnClock(facts.lease?.until)
    put(facts, true)
    return !!facts
  }
  async function takeNext(): Promise<string | null> {
    const facts = (await claim.run({ input: {} }))?.case
    learnClock(facts?.lease?.until)
    return facts?.id ?? null
  }
  async function keep(): Promise<void> {
    if (!isMine.value || !current.value || document.hidden) return
    const facts = (await renew.run({ input: held() }))?.case
    if (!facts) return ask.again()
    learnClock(facts.lease?.until)
    if (current.value?.id === facts.id) current.value = { ...current.value, ...facts }
  }
  const timer = setInterval(() => void keep(), RENEW_MS)
  onScopeDispose(() => clearInterval(timer))

  async function giveBack(): Promise<boolean> {
    const facts = (await release.run({ input: held() }))?.case
    put(facts)
    return !!facts
  }
  async function settle(choice: { action: ActionName; policy: string; statement: string }): Promise<boolean> {
    const facts = current.value
    if (!facts) return false
    const intention = `decide ${facts.id} ${facts.fence} ${JSON.stringify(choice)}`
    const input = { ...held(), version: facts.version, evidenceRevision: seenRevision.value, ...choice, idempotencyKey: keyFor(intention) }
    const answer = await decide.run({ input })
    if (!answer) {
      ask.again()
      return false
    }
    forgetKey(intention)
    put(answer.case)
    return true
  }
  async function takeBack(decisionId: string, statement: string): Promise<boolean> {
    const intention = `reverse ${decisionId} ${statement}`
    const answer = await reverse.run({ input: { decisionId, statement, idempotencyKey: keyFor(intention) } })
    if (!answer) return false
    forgetKey(intention)
    put(answer.case)
    ask.again()
    return true
  }
  async function handUp(note: string): Promise<boolean> {
    const facts = (await escalate.run({ input: { ...held(), note } }))?.case
    put(facts)
    return !!facts
  }
  async function putOff(until: string): Promise<boolean> {
    const facts = (await snooze.run({ input: { ...held(), until } }))?.case
    put(facts)
    return !!facts
  }

  return {
    current, now, leftMs, isMine, isTheirs, isDecided, hasNews, canDecide, seenRevision,
    isLoading: computed(() => !!id() && !current.value && !ask.problem.value && ask.data.value?.moderationCase !== null),
    isMissing: computed(() => !!id() && !current.value && ask.data.value?.moderationCase === null),
    problem: ask.problem, again: ask.again,
    lookAgain: () => (seenRevision.value = current.value?.evidenceRevision ?? 0),
    take, takeNext, giveBack, settle, takeBack, handUp, putOff,
    isClaiming: claim.isRunning, isDeciding: decide.isRunning, isReversing: reverse.isRunning,
    refusal: acts.refusal,
    reverseRefusal: reverse.refusal,
  }
}

export type Desk = ReturnType<typeof useDesk>
