/** A campaign being made or changed: the form, what the server thinks of it, and the moves from draft to end. */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useAct, useActs, useAsk, type ResultOf } from '@/shared/graphql'
import { forgetKey, keyFor } from '@/shared/lib/keys'
import { EndCampaignMutation, PauseCampaignMutation, ResumeCampaignMutation, SaveCampaignMutation, StartCampaignMutation } from '../api/acts'
import { CampaignPreviewQuery, CampaignQuery, type CampaignParts } from '../api/campaigns'

export type CampaignFacts = ResultOf<typeof CampaignParts>
export type Params = Record<string, unknown>
export interface RuleForm {
  key: string
  id: string | null
  kind: string
  params: Params
  isEnabled: boolean
  version: number | null
}
export interface CampaignForm {
  names: Record<string, string>
  startsAt: string
  endsAt: string
  audience: { who: 'all' | 'new' | 'returning'; tiers: string[] }
  budgetMoney: number | null
  budgetPoints: number | null
  budgetCount: number | null
  rules: RuleForm[]
}
const HOUR = 3_600_000
const REST_MS = 350
let made = 0
const copyOf = <Plain>(plain: Plain): Plain => JSON.parse(JSON.stringify(plain)) as Plain

export const FIRST_PARAMS: Record<string, Params> = {
  group_price: { productIds: [], size: 3, ttlHours: 24, discountBps: 1500 },
  flash_price: { items: [], perPerson: 1, earlyAccessHours: {}, flagHouseholds: true },
  invite_reward: { inviterPoints: 300, inviteePoints: 200, windowDays: 30, perInviterCap: 50 },
  line_promotion: { type: 'nth_price', nth: 2, offBps: 5000 },
  full_reduction: { steps: [{ fromMinor: 9_900, offMinor: 1_000 }, { fromMinor: 19_900, offMinor: 2_500 }] },
  gift: { variantIds: [], fromMinor: 9_900, quantity: 1 },
  points_multiplier: { timesBps: 20_000 },
  check_in_bonus: { points: 5 },
  commission: { rateBps: 2_000 },
  contest: { topic: '', prizes: [500, 300, 200], mustHaveBought: true, leastVotes: 3 },
}

export function newRule(kind: string): RuleForm {
  return { key: `new${(made += 1)}`, id: null, kind, params: copyOf(FIRST_PARAMS[kind] ?? {}), isEnabled: true, version: null }
}

function emptyForm(kind: string): CampaignForm {
  const start = new Date(Math.floor(Date.now() / 60_000) * 60_000)
  return {
    names: { 'zh-Hans': '', 'zh-Hant': '', en: '' }, startsAt: start.toISOString(), endsAt: new Date(start.getTime() + (kind === 'flash_price' ? 4 : 7 * 24) * HOUR).toISOString(),
    audience: { who: 'all', tiers: [] }, budgetMoney: ['group_price', 'line_promotion', 'full_reduction', 'gift', 'commission'].includes(kind) ? 1_000_000 : null, budgetCount: null, budgetPoints: ['invite_reward', 'points_multiplier', 'check_in_bonus', 'contest'].includes(kind) ? 20_000 : null, rules: [newRule(kind)],
  }
}

function formOf(facts: CampaignFacts): CampaignForm {
  const audience = facts.audience as Partial<CampaignForm['audience']>
  const names = facts.names as Record<string, string>
  return copyOf({
    names: { 'zh-Hans': names['zh-Hans'] ?? '', 'zh-Hant': names['zh-Hant'] ?? '', en: names['en'] ?? '' },
    startsAt: facts.startsAt, endsAt: facts.endsAt,
    audience: { who: audience.who ?? 'all', tiers: audience.tiers ?? [] },
    budgetMoney: facts.budget.money?.minor ?? null, budgetPoints: facts.budget.points, budgetCount: facts.budget.count,
    rules: facts.rules.map((rule) => ({ key: rule.id, id: rule.id, kind: rule.kind, params: rule.params as Params, isEnabled: rule.isEnabled, version: rule.version })),
  })
}

export function useEditor(id: () => string | null, kind: () => string) {
  const ask = useAsk(CampaignQuery, () => ({ id: id() ?? '' }), { pause: () => !id() })
  const facts = shallowRef<CampaignFacts | null>(null)
  const form = ref<CampaignForm>(emptyForm(kind()))
  const kept = ref(id() ? '' : JSON.stringify(form.value))
  const saved = useAct(SaveCampaignMutation)
  const start = useAct(StartCampaignMutation)
  const pause = useAct(PauseCampaignMutation)
  const resume = useAct(ResumeCampaignMutation)
  const end = useAct(EndCampaignMutation)
  const acts = useActs(saved, start, pause, resume, end)
  const isDirty = computed(() => JSON.stringify(form.value) !== kept.value)
  const isNew = computed(() => !id())

  function put(next: CampaignFacts | null | undefined, isWhole = true): void {
    if (!next) return
    facts.value = next
    if (!isWhole) return
    form.value = formOf(next)
    kept.value = JSON.stringify(form.value)
  }
  // What somebody is writing is never overwritten by an answer in the background.
  watch(() => ask.data.value?.campaign, (next) => {
    if (next && next.id === id()) put(next, !facts.value || (!isDirty.value && next.version !== facts.value.version))
  }, { immediate: true })

  const input = computed(() => ({
    ...(id() ? { id: id() } : {}), names: form.value.names, startsAt: form.value.startsAt, endsAt: form.value.endsAt, audience: form.value.audience,
    budgetMoney: form.value.budgetMoney, budgetPoints: form.value.budgetPoints, budgetCount: form.value.budgetCount,
    rules: form.value.rules.map((rule) => ({ ...(rule.id ? { id: rule.id } : {}), kind: rule.kind, params: rule.params, isEnabled: rule.isEnabled })),
  }))
  const rested = shallowRef(copyOf(input.value))
  let timer = 0
  watch(input, (next) => {
    clearTimeout(timer)
    timer = window.setTimeout(() => (rested.value = copyOf(next)), REST_MS)
  }, { deep: true })
  onScopeDispose(() => clearTimeout(timer))
  const preview = useAsk(CampaignPreviewQuery, () => ({ input: rested.value }), { pause: () => !!id() && !facts.value })
  const problems = computed(() => preview.data.value?.campaignPreview.problems ?? facts.value?.problems ?? [])
  const errors = computed(() => problems.value.filter((problem) => problem.severity === 'error'))
  const of = (field: string): string | undefined => (isNew.value && !isDirty.value ? undefined : problems.value.find((problem) => problem.field === field && problem.severity === 'error')?.message)

  async function save(): Promise<CampaignFacts | null> {
    acts.clear()
    const answer = await saved.run({ input: { ...input.value, ...(facts.value ? { version: facts.value.version } : {}) } })
    put(answer?.campaign)
    return answer?.campaign ?? null
  }
  /** What runs is what is on the screen: changes are saved first. */
  async function ready(): Promise<CampaignFacts | null> {
    return isDirty.value || !facts.value ? save() : facts.value
  }
  async function go(move: 'start' | 'resume'): Promise<boolean> {
    const now = await ready()
    if (!now) return false
    const intention = `${move} ${now.id} ${now.version}`
    const given = { input: { id: now.id, version: now.version, idempotencyKey: keyFor(intention) } }
    const answer = move === 'start' ? await start.run(given) : await resume.run({ input: { id: now.id, version: now.version } })
    if (answer) forgetKey(intention)
    put(answer?.campaign)
    return !!answer
  }
  async function halt(): Promise<boolean> {
    if (!facts.value) return false
    acts.clear()
    const answer = await pause.run({ input: { id: facts.value.id, version: facts.value.version } })
    put(answer?.campaign, !isDirty.value)
    return !!answer
  }
  async function finish(stopManner: 'LET_FINISH' | 'CANCEL_AND_REFUND'): Promise<boolean> {
    if (!facts.value) return false
    acts.clear()
    const answer = await end.run({ input: { id: facts.value.id, stopManner } })
    put(answer?.campaign)
    return !!answer
  }
  function reload(): void {
    facts.value = null
    acts.clear()
    ask.again()
  }

  return {
    form, facts, isDirty, isNew, of, problems, errors, refusal: acts.refusal, save, go, halt, finish, reload,
    preview: computed(() => preview.data.value?.campaignPreview ?? null), previewProblem: preview.problem,
    isLoading: computed(() => !!id() && !facts.value && !ask.problem.value && ask.data.value?.campaign !== null),
    problem: computed(() => ask.problem.value ?? (id() && ask.data.value?.campaign === null ? 'NOT_FOUND' : null)), again: ask.again,
    isBusy: acts.isRunning,
  }
}

export type Editor = ReturnType<typeof useEditor>
